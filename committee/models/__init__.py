"""The Scientific and Technical Committee: its members and meetings, research priorities and criteria."""

from committee.models.committee_page import CommitteePage
from committee.models.criterion import CriteriaPage, Criterion, CriterionGroup
from committee.models.meeting import Meeting
from committee.models.priority_pages import PrioritiesIndexPage, ResearchPriorityPage
from committee.models.research_priority import ResearchPriority
from committee.models.term import Term

__all__ = [
    "CommitteePage",
    "CriteriaPage",
    "Criterion",
    "CriterionGroup",
    "Meeting",
    "PrioritiesIndexPage",
    "ResearchPriority",
    "ResearchPriorityPage",
    "Term",
]
