"""The partner directory: two facets, their counts, and the list they leave."""

from collections import Counter
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiative.base.languages import babel_locale, current
from partners.enums import Body, PartnerType
from partners.queries import live_partners


class Directory:
    """What a reader chose in the address, and what it leaves. Unknown values are ignored."""

    def __init__(self, chosen: QueryDict, path: str):
        self.path = path
        self.rows = list(live_partners().values_list("pk", "type", "country"))
        self.types = {value for value in chosen.getlist("type") if value in PartnerType.values}
        known = {country for _pk, _type, country in self.rows if country}
        self.countries = {value for value in chosen.getlist("country") if value in known}
        self.body = chosen.get("body") if chosen.get("body") in Body.values else ""

    def organisations(self):
        """The organisations that fit, by name."""
        found = live_partners()
        if self.types:
            found = found.filter(type__in=self.types)
        if self.countries:
            found = found.filter(country__in=self.countries)
        if self.body:
            found = found.filter(memberships__body=self.body).distinct()
        return found

    @property
    def facets(self) -> list[dict]:
        """Types and countries with counts; a facet's counts ignore its own choice."""
        types = Counter(kind for _pk, kind, country in self.rows if not self.countries or country in self.countries)
        countries = Counter(
            country for _pk, kind, country in self.rows if country and (not self.types or kind in self.types)
        )
        names = babel_locale(current()).territories
        return [
            {
                "name": "type",
                "label": _("Type"),
                "options": [
                    {"value": key, "label": label, "count": types[key], "checked": key in self.types}
                    for key, label in PartnerType.choices
                ],
            },
            {
                "name": "country",
                "label": _("Country"),
                "options": [
                    {
                        "value": code,
                        "label": names.get(code, code),
                        "count": countries[code],
                        "checked": code in self.countries,
                    }
                    for code in sorted({row[2] for row in self.rows if row[2]}, key=lambda code: names.get(code, code))
                ],
            },
        ]

    @property
    def chips(self) -> list[dict]:
        """What is chosen, each as `{"label", "url"}` with the address of the directory without it."""
        names = babel_locale(current()).territories
        chosen = [("type", key, label) for key, label in PartnerType.choices if key in self.types]
        chosen += [("country", code, names.get(code, code)) for code in sorted(self.countries)]
        chosen += [("body", key, label) for key, label in Body.choices if key == self.body]
        pairs = [(name, value) for name, value, _label in chosen]
        return [
            {"label": label, "url": self._address([pair for pair in pairs if pair != (name, value)])}
            for name, value, label in chosen
        ]

    def _address(self, pairs: list[tuple[str, str]]) -> str:
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    @property
    def is_filtered(self) -> bool:
        """True where the reader chose something."""
        return bool(self.types or self.countries or self.body)
