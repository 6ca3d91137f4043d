"""What the library's list shows for one address: results, facets with counts, chips, pages."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base.head import Feed
from initiative.follow import follow_path
from initiative.search import Hit, Query
from initiative.search.listing import SearchList, one_of
from resources import exports
from resources.facets import FACETS, KIND
from resources.queries import resources_in_order

_SCOPES = [("everything", _("Everywhere")), ("title", _("In titles")), ("content", _("In contents"))]


@dataclass(frozen=True)
class Row:
    """A resource and how the search found it."""

    resource: object
    hit: Hit
    # The title of the work with what was found marked; the hit's own has the translation beside it.
    title_html: SafeString


class LibraryList(SearchList):
    """The library as one address asks for it."""

    kind = KIND
    declared = FACETS
    orders = (("newest", _("newest first")), ("oldest", _("oldest first")), ("title", _("by title")))

    def __init__(self, params: QueryDict, path: str, language: str | None = None):
        super().__init__(params, path, language)
        self.scope = one_of(params.get("scope"), _SCOPES)
        self.exact = bool(params.get("exact"))
        self.archived = bool(params.get("archived"))

    @property
    def query(self) -> Query:
        asked = super().query
        facets = asked.facets if self.archived else {**asked.facets, "archived": ("no",)}
        return replace(asked, facets=facets, scope=self.scope, exact=self.exact)

    @cached_property
    def rows(self) -> list[Row]:
        """The resources of this page with their hits, in order."""
        hits = {int(hit.object_id): hit for hit in self.results.hits}
        mark = self.results.highlighter.title
        return [
            Row(resource, hits[resource.pk], mark(resource.title, resource.language))
            for resource in resources_in_order(list(hits))
        ]

    @property
    def scopes(self) -> list[dict]:
        """Where to search, for the form."""
        return [{"value": value, "label": label, "checked": value == self.scope} for value, label in _SCOPES]

    @property
    def others(self) -> list[tuple[str, str]]:
        asked, *order = super().others
        return [
            asked,
            ("scope", "" if self.scope == "everything" else self.scope),
            ("exact", "1" if self.exact else ""),
            *order,
            ("archived", "1" if self.archived else ""),
        ]

    @property
    def exports(self) -> list[dict]:
        """The whole list in each format: `{"label", "type", "url"}`."""
        return [{**link, "url": self.url(path=link["url"])} for link in exports.links(f"{self.path}export.")]

    @property
    def feed_url(self) -> str:
        """What comes to this list from now on, as a feed."""
        return self.url(path=f"{self.path}feed.atom")

    @property
    def feeds(self) -> list[Feed]:
        """Feed and formats, for the page's head."""
        atom = Feed(gettext("New in this list"), "application/atom+xml", self.feed_url)
        return [atom, *(Feed(str(export["label"]), export["type"], export["url"]) for export in self.exports)]

    @property
    def lasting(self) -> list[tuple[str, str]]:
        """What was asked and chosen, whatever the order and page: facets by value, which outlive their slugs."""
        others = [(name, value) for name, value in self.others if value and name != "sort"]
        return [*others, *((name, value) for name, values in self.selection.values.items() for value in sorted(values))]

    @property
    def follow_url(self) -> str:
        """The form to follow this list by e-mail."""
        return follow_path("search", [*self.others, *self.selection.pairs()])

    @property
    def is_everything(self) -> bool:
        return super().is_everything and not self.archived
