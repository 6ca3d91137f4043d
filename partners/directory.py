"""The partner directory: one list, as a list and as a map, for what an address asks."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiative.base.atlas import CountryMap, Part
from initiative.base.facets import address, addresses
from initiative.search.listing import SearchList
from partners.facets import FACETS, KIND
from partners.rows import PartnerRow, partners_in_order

# Shown on the map, not beside the list.
_ON_THE_MAP = "region"


class Directory(SearchList):
    """What a reader asked and chose, and what it leaves."""

    kind = KIND
    bare = True
    page_sizes = (30,)
    declared = FACETS
    orders = (("title", _("by name")),)

    @cached_property
    def organisations(self) -> list[PartnerRow]:
        """The organisations of this page, in order."""
        return partners_in_order([int(hit.object_id) for hit in self.results.hits])

    @property
    def beside(self) -> list:
        """The facets beside the list."""
        return [(facet, choices) for facet, choices in self.facets if facet.name != _ON_THE_MAP]

    @cached_property
    def map(self) -> CountryMap:
        """How many there are in each country, and in each part of the world. A choice of countries hides no others."""
        chosen = self.selection.values
        (region,) = chosen.get("region", ("",))[:1]
        return CountryMap(
            self.results.counts.get("country", {}),
            addresses(self.path, [*self.others, *self.selection.pairs(but="country")], "country"),
            chosen.get("country", ()),
            region,
            self._parts(region),
        )

    def _parts(self, region: str) -> list[Part]:
        (_facet, choices), *_none = [pair for pair in self.facets if pair[0].name == "region"] or [(None, [])]
        return [
            Part(
                choice.slug, choice.option.label, choice.count, self._with("region", choice.slug), choice.slug == region
            )
            for choice in choices
        ]

    @property
    def world_url(self) -> str:
        """The same list of the whole world."""
        return self._with("region", "")

    def _with(self, facet: str, value: str) -> str:
        """This list with one value of a facet instead of those chosen in it."""
        return address(self.path, [*self.others, *self.selection.pairs(but=facet), (facet, value)])
