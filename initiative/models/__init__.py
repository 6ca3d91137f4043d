"""Site-wide pages and records."""

from initiative.models.borrowed_text import BorrowedText
from initiative.models.event_pages import EventIndexPage, EventPage
from initiative.models.gone_address import GoneAddress
from initiative.models.governance import College, GovernanceBody, GovernancePage
from initiative.models.home_page import HomePage
from initiative.models.join_page import JoinPage
from initiative.models.menu import MenuItem
from initiative.models.news_pages import NewsArticlePage, NewsIndexPage
from initiative.models.person import Person
from initiative.models.place import Place
from initiative.models.standard_page import StandardPage
from initiative.models.statistic import Statistic
from initiative.models.sustainable_development_goal import SustainableDevelopmentGoal

__all__ = [
    "BorrowedText",
    "College",
    "EventIndexPage",
    "EventPage",
    "GoneAddress",
    "GovernanceBody",
    "GovernancePage",
    "HomePage",
    "JoinPage",
    "MenuItem",
    "NewsArticlePage",
    "NewsIndexPage",
    "Person",
    "Place",
    "StandardPage",
    "Statistic",
    "SustainableDevelopmentGoal",
]
