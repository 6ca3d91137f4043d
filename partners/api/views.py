"""The read API, `/api/v1/`: pages of partners and commitments, one of each, and all of them as files."""

from typing import Annotated, Literal

from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Path, Query
from ninja.decorators import decorate_view

from partners.api import files, records
from partners.api.docs import Documentation
from partners.api.schemas import CommitmentDetail, CommitmentPage, PartnerOut, PartnerPage, Problem
from partners.enums import PartnerType, Status
from partners.queries import commitment_by_slug, in_countries

PER_PAGE = 50

api = NinjaAPI(
    title="Partners and commitments of the “4 per 1000” Initiative",
    version="1",
    description="What is public of partners and their commitments, read only, without a key. Licence: CC BY 4.0. "
    "Files and the dictionary of fields: /api/v1/partners.csv, .json, .geojson; /api/v1/dictionary.",
    urls_namespace="api",
    docs=Documentation(),
    docs_decorator=require_safe,
)
Number = Annotated[int, Query(ge=1, le=10_000, description="Which page, from 1.")]
Country = Annotated[str, Query(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")]
Slug = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]+$", max_length=200)]
WRONG = {422: Problem}


def public(view):
    """Anybody may read it, from any site. Middleware gives it an ETag, and lets caches keep it as they do pages."""

    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answered


def _page(request, found, number: int, records_of, chosen: dict) -> dict:
    count = found.count()
    start = (number - 1) * PER_PAGE

    def at(other: int) -> str:
        query = urlencode([*((name, value) for name, value in chosen.items() if value), ("page", other)])
        return request.build_absolute_uri(f"{request.path}?{query}")

    return {
        "count": count,
        "next": at(number + 1) if start + PER_PAGE < count else None,
        "previous": at(number - 1) if number > 1 else None,
        **files.about(),
        "results": records_of(found[start : start + PER_PAGE]),
    }


@api.get("/partners", response={200: PartnerPage, **WRONG}, summary="Partners, fifty a page")
@decorate_view(public)
def list_partners(
    request,
    page: Number = 1,
    country: Country | None = None,
    type: Literal[tuple(PartnerType.values)] | None = None,  # noqa: A002  (the parameter's name)
):
    found = records.partners()
    if country:
        found = found.filter(country=country)
    if type:
        found = found.filter(type=type)
    return _page(request, found, page, records.partner_records, {"country": country, "type": type})


@api.get("/partners/{slug}", response={200: PartnerOut, 404: Problem, **WRONG}, summary="One partner")
@decorate_view(public)
def one_partner(request, slug: Slug):
    found = records.partner_records(records.partners().filter(slug=slug))
    if not found:
        raise Http404
    return found[0]


@api.get("/commitments", response={200: CommitmentPage, **WRONG}, summary="Commitments, fifty a page")
@decorate_view(public)
def list_commitments(
    request,
    page: Number = 1,
    country: Country | None = None,
    status: Literal[tuple(Status.values)] | None = None,
):
    found = records.commitments().with_status()
    if country:
        found = found.filter(in_countries([country]))
    if status:
        found = found.filter(status_then=status)
    return _page(request, found, page, records.commitment_records, {"country": country, "status": status})


@api.get("/commitments/{slug}", response={200: CommitmentDetail, 404: Problem, **WRONG}, summary="One commitment")
@decorate_view(public)
def one_commitment(request, slug: Slug):
    commitment, found = commitment_by_slug(slug), records.commitment_records(records.commitments().filter(slug=slug))
    if commitment is None or not found:
        raise Http404
    return {**found[0], "reports": [records.report_record(report) for report in commitment.public_reports]}


@api.get("/dictionary", response=dict, summary="What each field means")
@decorate_view(public)
def dictionary(request):
    return files.dictionary()


@public
def file(request, name: str, extension: str) -> HttpResponse:
    """All partners or all commitments as a file. 404 for an unknown set or format."""
    if name not in files.SETS or extension not in files.WRITERS:
        raise Http404("No such file")
    response = HttpResponse(files.WRITERS[extension](name), content_type=files.MEDIA_TYPES[extension])
    response["Content-Disposition"] = f'attachment; filename="4-per-1000-{name}.{extension}"'
    response["Link"] = f'<{records.LICENCE}>; rel="license"'
    response["X-Robots-Tag"] = "noindex"
    return response
