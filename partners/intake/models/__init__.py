"""What comes in, its files, and what was done with it."""

from partners.intake.models.submission import Submission
from partners.intake.models.submission_file import SubmissionFile
from partners.intake.models.transition import Transition

__all__ = ["Submission", "SubmissionFile", "Transition"]
