"""Who may speak for an organisation, and how they come in."""

from partners.desk.models.desk_session import DeskSession
from partners.desk.models.reminder import Reminder
from partners.desk.models.representative import Representative
from partners.desk.models.sign_in_link import SignInLink

__all__ = ["DeskSession", "Reminder", "Representative", "SignInLink"]
