"""What the site knows of one country."""

from django.http import Http404
from django.utils.functional import cached_property

from initiative.base import languages
from initiative.base.facets import address
from initiative.base.head import Alternate, Head
from initiative.base.landmarks import landmarks
from initiative.base.strata.countries import COUNTRIES
from initiative.queries import events_in
from partners.ledger import Entries, public_entries
from partners.rows import CommitmentRow, PartnerRow, commitments_in_order, partners_in
from partners.totals import Total, totals, unknown
from resources.queries import resources_in

# More than this the page leaves to the lists that it links to.
MOST = 30


def country_url(code: str, language: str | None = None) -> str:
    """The path of a country's page in a language (the active one by default); empty while the directory isn't published."""
    directory = landmarks().url("partners", language)
    return f"{directory}countries/{code.lower()}/" if directory else ""


def country_links(places) -> list[dict]:
    """`{"name", "url"}` of countries, by name; a region has no page."""
    found = [{"name": place.name, "url": "" if place.is_region else country_url(place.code)} for place in places]
    return sorted(found, key=lambda place: languages.in_order(place["name"]))


class CountryRecord:
    """Partners, commitments, resources and events of one country. Raises Http404 for what is no country."""

    def __init__(self, code: str, locale_id: int):
        self.code = code.upper()
        if code != code.lower() or self.code not in COUNTRIES:
            raise Http404("No such country")
        self.locale_id = locale_id

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return languages.babel_locale(languages.current()).territories.get(self.code, self.code)

    @cached_property
    def _partners(self) -> tuple[list[PartnerRow], int]:
        return partners_in(self.code, MOST)

    @property
    def partners(self) -> list[PartnerRow]:
        """Its partners, by name, as many as the page shows."""
        return self._partners[0]

    @property
    def partner_count(self) -> int:
        """How many partners it has."""
        return self._partners[1]

    @cached_property
    def commitments(self) -> list[CommitmentRow]:
        """The commitments carried out in it, newest first, as many as the page shows."""
        return commitments_in_order(self._commitments.newest_first[:MOST])

    @cached_property
    def commitment_count(self) -> int:
        """How many commitments there are."""
        return len(self._commitments)

    @cached_property
    def _commitments(self) -> Entries:
        return public_entries().narrowed("country", [self.code])

    @property
    def partners_url(self) -> str:
        """All of its partners."""
        return address(landmarks().url("partners"), [("country", self.code)])

    @property
    def commitments_url(self) -> str:
        """All of its commitments; empty while there is no page for them."""
        path = landmarks().url("commitments")
        return address(path, [("country", self.code)]) if path else ""

    @cached_property
    def totals(self) -> list[Total]:
        """What its commitments come to."""
        return totals(self._commitments) if self.commitments else []

    @cached_property
    def unknown(self) -> list[str]:
        """What that doesn't say."""
        return unknown(self._commitments) if self.commitments else []

    @cached_property
    def resources(self) -> list:
        """The newest works of the library about it."""
        return resources_in(self.code)

    @cached_property
    def events(self) -> list:
        """Events held in it, latest first."""
        return events_in(self.locale_id, self.code)

    @property
    def is_empty(self) -> bool:
        """True where the site knows nothing of it yet."""
        return not (self.partners or self.commitments or self.resources or self.events)

    def head(self) -> Head:
        """Its page's head: the same facts in every language."""
        urls = [(code, country_url(self.code, code)) for code in languages.codes()]
        alternates = [Alternate(code, url, True) for code, url in urls if url]
        return Head(self.name, canonical=country_url(self.code), alternates=alternates, noindex=self.is_empty)
