"""What is signed, and by whom."""

from partners.joining.models.declaration_version import DeclarationVersion
from partners.joining.models.signature import Signature

__all__ = ["DeclarationVersion", "Signature"]
