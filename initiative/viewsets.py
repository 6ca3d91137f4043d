"""Site-wide records in the admin."""

from django.utils.translation import gettext_lazy as _

from initiative.base.viewsets import RecordViewSet, SnippetViewSetGroup
from initiative.models import College, GovernanceBody, MenuItem, Place, Statistic, SustainableDevelopmentGoal


class StatisticViewSet(RecordViewSet):
    model = Statistic
    icon = "order"
    menu_label = _("Statistics")
    list_display = ["label", "value", "date", "series"]
    list_filter = ["series"]
    facts = ["value", "qualifier", "date", "series", "order", "source_url", "key"]
    texts = ["label", "unit", "source"]


class GoalViewSet(RecordViewSet):
    model = SustainableDevelopmentGoal
    icon = "list-ol"
    menu_label = _("Sustainable Development Goals")
    list_display = ["number", "title", "named_by_initiative"]
    facts = ["number", "named_by_initiative"]
    texts = ["title", "contribution"]


class GovernanceBodyViewSet(RecordViewSet):
    model = GovernanceBody
    icon = "group"
    menu_label = _("Governance bodies")
    list_display = ["name", "order", "decides"]
    facts = ["key", "order", "decides", "landmark"]
    texts = ["name", "role", "members"]


class CollegeViewSet(RecordViewSet):
    model = College
    icon = "group"
    menu_label = _("Colleges")
    list_display = ["name", "order"]
    facts = ["key", "order"]
    texts = ["name"]


class PlaceViewSet(RecordViewSet):
    model = Place
    icon = "globe"
    menu_label = _("Countries and regions")
    list_display = ["code", "name", "parent"]
    facts = ["code", "parent"]


class MenuItemViewSet(RecordViewSet):
    model = MenuItem
    icon = "bars"
    menu_label = _("Menus")
    list_display = ["page", "menu", "order"]
    list_filter = ["menu"]
    facts = ["menu", "page", "order"]


class SiteGroup(SnippetViewSetGroup):
    menu_label = _("Site")
    menu_icon = "cog"
    menu_order = 230
    items = [MenuItemViewSet, StatisticViewSet, GoalViewSet, GovernanceBodyViewSet, CollegeViewSet, PlaceViewSet]
