"""How partners and commitments enter the search index."""

from django.apps import apps

from initiative.base import languages
from initiative.registry import register_public_records
from initiative.search import Document, Indexer
from initiative.search import register as register_indexer
from partners.facets import KIND, facet_document
from partners.models import Commitment, CommitmentsPage, Organisation, PartnersPage
from partners.queries import live_commitments, live_partners


def organisation_documents(organisation):
    """A document per language whose directory is published."""
    country, facets = organisation.country, facet_document(organisation)
    for code in languages.codes():
        url = organisation.get_url(code)
        if url:
            yield Document(
                kind=KIND,
                object_id=str(organisation.pk),
                language=code,
                title=organisation.name,
                names=[organisation.acronym],
                body=organisation.best("description", code),
                keywords=country.name_in(code) if country else "",
                url=url,
                date=None,
                shown_language=organisation.shown_language(code),
                facets=facets,
            )


def commitment_documents(commitment):
    """A document per language whose commitments page is published."""
    for code in languages.codes():
        url = commitment.get_url(code)
        if url:
            yield Document(
                kind="commitment",
                object_id=str(commitment.pk),
                language=code,
                title=commitment.best("title", code),
                body=" ".join(commitment.best(field, code) for field in ("goal", "actions", "timetable", "resources")),
                keywords=commitment.organisation.name,
                url=url,
                date=None,
                shown_language=commitment.shown_language(code),
                facets={},
            )


def _partners():
    return (
        live_partners()
        .select_related("country__parent__parent__parent")
        .prefetch_related("commitments__topics__parent__parent", "commitments__sdgs")
    )


def register() -> None:
    """Tell the search of partners and commitments; called once, when the apps are ready."""
    register_indexer(
        Indexer(
            kind=KIND,
            model=Organisation,
            queryset=_partners,
            documents=organisation_documents,
            # What its commitments are about is what it is found by.
            dependents={
                Commitment: lambda commitment: Organisation.objects.filter(pk=commitment.organisation_id),
                apps.get_model("initiative", "Place"): lambda place: Organisation.objects.filter(country=place),
            },
            beneath={PartnersPage: lambda page: _partners()},
        )
    )
    register_indexer(
        Indexer(
            kind="commitment",
            model=Commitment,
            queryset=live_commitments,
            documents=commitment_documents,
            # What readers may see is the queryset's to say: an organisation just unpublished takes its commitments along.
            dependents={Organisation: lambda organisation: Commitment.objects.filter(organisation=organisation)},
            beneath={CommitmentsPage: lambda page: live_commitments()},
        )
    )
    register_public_records(live_partners)
    register_public_records(live_commitments)
