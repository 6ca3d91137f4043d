"""The partner directory: its facets, their counts, and the list they leave."""

from collections import Counter
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiative.base.dates import is_over
from initiative.base.facets import Choice, Facet, Option, Selection
from initiative.base.languages import babel_locale, current
from partners.enums import Body, PartnerType
from partners.queries import live_partners


class Directory:
    """What a reader chose in the address, and what it leaves. Unknown values are ignored."""

    def __init__(self, chosen: QueryDict, path: str):
        self.path = path
        self.partners = _read()
        facets = [
            Facet("type", _("Type"), lambda: _options(PartnerType)),
            Facet("country", _("Country"), self._countries),
            Facet("body", _("Memberships"), lambda: _options(Body)),
        ]
        self.selection = Selection(facets, chosen)

    def organisations(self):
        """The organisations that fit, by name."""
        if not self.selection:
            return live_partners()
        return live_partners().filter(pk__in=[pk for pk, values in self.partners.items() if self._fits(values)])

    @cached_property
    def facets(self) -> list[tuple[Facet, list[Choice]]]:
        """Each facet with its choices; one with nothing to choose is left out. Its counts ignore its own choice."""
        pairs = ((facet, self.selection.choices(facet, self._counts(facet.name))) for facet in self.selection.facets)
        return [(facet, choices) for facet, choices in pairs if choices]

    @property
    def chips(self) -> list[dict]:
        """What is chosen, each as `{"label", "url"}` with the address of the directory without it."""
        return self.selection.chips(self.path, [])

    @property
    def is_filtered(self) -> bool:
        """True where the reader chose something."""
        return bool(self.selection)

    def _fits(self, values: dict[str, set[str]], but: str = "") -> bool:
        return all(name == but or values[name].intersection(chosen) for name, chosen in self.selection.values.items())

    def _counts(self, name: str) -> Counter:
        return Counter(
            value for values in self.partners.values() if self._fits(values, but=name) for value in values[name]
        )

    def _countries(self) -> list[Option]:
        names = babel_locale(current()).territories
        codes = set().union(*(values["country"] for values in self.partners.values()))
        return sorted((Option(code, names.get(code, code)) for code in codes), key=lambda option: option.label)


def _options(values: type[PartnerType] | type[Body]) -> list[Option]:
    return [Option(value, label) for value, label in values.choices]


def _read() -> dict[int, dict[str, set[str]]]:
    """Every partner of the directory: primary key → its values by facet, in two statements. Bodies it has left don't
    count."""
    partners = {
        pk: {"type": {kind} - {""}, "country": {country} - {None}, "body": set()}
        for pk, kind, country in live_partners().values_list("pk", "type", "country")
    }
    members = live_partners().filter(memberships__body__in=Body.values)
    for pk, body, until in members.values_list("pk", "memberships__body", "memberships__until"):
        if not is_over(until):
            partners[pk]["body"].add(body)
    return partners
