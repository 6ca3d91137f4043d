"""Consortium and Forum: organisations, what they signed and promised, what they stand for."""

from partners.models.commitment import Commitment
from partners.models.commitment_change import CommitmentChange
from partners.models.commitments_page import CommitmentsPage
from partners.models.declaration import Declaration, JointDeclaration
from partners.models.evidence import Evidence
from partners.models.organisation import Membership, Organisation
from partners.models.partners_page import PartnersPage
from partners.models.progress_report import ProgressReport
from partners.models.testimonial import Testimonial, TestimonialsPage

__all__ = [
    "Commitment",
    "CommitmentChange",
    "CommitmentsPage",
    "Declaration",
    "Evidence",
    "JointDeclaration",
    "Membership",
    "Organisation",
    "PartnersPage",
    "ProgressReport",
    "Testimonial",
    "TestimonialsPage",
]
