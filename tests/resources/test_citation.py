"""One record, one source: what every format says of it."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from citeproc.source.json import CiteProcJSON
from django.utils.html import strip_tags
from wagtail.signal_handlers import disable_reference_index_auto_update

from initiative.base.head import Head
from initiative.starter.records import RecordLoader
from resources import feeds, metadata
from resources.citations import apa_html, citation_item
from resources.enums import Role
from resources.exports import FORMATS
from resources.models import Resource
from resources.queries import resources_in_portions
from tests.resources import reading_back as read
from tests.resources.schema_org import missing_properties
from tests.resources.shared_works import COUNT, FOLDER, store_works

STARTER = 18
ATOM_AUTHORS = (Role.AUTHOR, Role.DIRECTOR, Role.EDITOR)


@pytest.fixture(scope="module", params=["starter", "shared"])
def works(request, _tree, django_db_blocker):
    """The resources of the starter content, or 200 real ones, with all that is public of them; the third is a newer version
    of the second, and that of the first."""
    with django_db_blocker.unblock():
        if request.param == "starter":
            with disable_reference_index_auto_update():
                RecordLoader().load()  # the pages don't matter here
            keys = list(Resource.objects.values_list("pk", flat=True))
        elif FOLDER.is_dir():
            keys = [resource.pk for resource in store_works()]
        else:
            pytest.skip(f"the shared works aren't at {FOLDER}")
        for older, newer in pairwise(keys[:3]):
            Resource.objects.filter(pk=newer).update(replaces=older)
        found = [resource for portion in resources_in_portions(keys) for resource in portion]
    assert len(found) == {"starter": STARTER, "shared": COUNT}[request.param]
    first, second, third = (one.slug for one in found[:3])
    versions = [(one.older_slug, one.newer_slug) for one in found if one.older_slug or one.newer_slug]
    assert versions == [(None, second), (first, third), (second, None)]
    return found


def written(name, works) -> str:
    return "".join(FORMATS[name].written(works))


def agree(found: dict, works, but=lambda told: told) -> None:
    """All works are there, in order, and all is said of them that the records say."""
    assert list(found) == [work.slug for work in works]
    for work in works:
        assert found[work.slug] == but(read.of_record(work))


def test_bibtex_read_back_by_bibtexparser(works, db):
    # TeX makes dashes and quotation marks of two signs.
    def as_printed(told):
        return replace(told, title=_tex(told.title), makers=[_tex(name) for name in told.makers])

    agree(read.from_bibtex(written("bib", works)), works, but=as_printed)


def _tex(text: str) -> str:
    return text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")


def test_ris_read_back_by_rispy(works, db):
    agree(read.from_ris(written("ris", works)), works)


def test_csl_json(works, db):
    agree(read.from_csl(written("csl.json", works)), works)


def test_csv(works, db):
    def in_cells(told):
        return replace(told, makers=["; ".join(told.makers)], editors=["; ".join(told.editors)])

    agree(read.from_csv(written("csv", works)), works, but=in_cells)


def test_json(works, db):
    agree(read.from_json(written("json", works)), works)


def test_csl_json_is_understood_by_citeproc(works, db):
    unknown = {"director", "narrator", "custom"}  # to citeproc-py; all of them are CSL 1.0.2
    items = [{key: value for key, value in citation_item(work).items() if key not in unknown} for work in works]
    source = CiteProcJSON(items)
    for work in works:
        told, reference = read.of_record(work), source[work.slug.lower()]
        assert str(reference["title"]) == told.title
        names = [name.parts() for name in reference.get("author", [])]
        if not any(contribution.role == "director" for contribution in work.contributions.all()):
            assert [read.joined(family, given) for given, family, *_rest in names] == told.makers
        editors = [name.parts() for name in reference.get("editor", [])]
        assert [read.joined(family, given) for given, family, *_rest in editors] == told.editors
        assert _issued(reference) == told.date
        assert str(reference.get("DOI", "")) == told.doi


def _issued(reference) -> str:
    """The date as citeproc-py understood it, in EDTF."""
    if "issued" not in reference:
        return ""
    issued = reference["issued"]
    ends = [issued.begin, issued.end] if "begin" in issued else [issued]
    return "/".join(
        "-".join(f"{end[part]:0{4 if part == 'year' else 2}}" for part in ("year", "month", "day") if part in end)
        for end in ends
    )


def test_the_reference_names_title_year_and_doi(works, db):
    for work in works:
        told, text = read.of_record(work), strip_tags(apa_html(citation_item(work), "en"))
        plain = (
            text.replace("&amp;", "&")
            .replace("&#x27;", "'")
            .replace("&quot;", '"')
            .replace("&lt;", "<")
            .replace("&gt;", ">")
        )
        # A style may write the first letter after a colon as it likes.
        assert told.title.rstrip(".").casefold() in plain.casefold()
        assert plain.count(told.title) <= 1 or told.title in (work.container, work.publisher)
        assert f"({told.date[:4] or 'n.d.'}" in plain
        assert told.doi in plain


def test_the_page_head_says_it_three_times_more(works, db):
    for work in works:
        told, head = read.of_record(work), Head(work.title, canonical=work.get_url())
        metadata.describe(head, work, citation_item(work))
        first_day = told.date.partition("/")[0]
        alone = replace(told, date=first_day, url="", replaces="", replaced_by="")
        assert read.from_metas(head.metas) == alone
        assert read.from_json_ld(head.json_ld) == replace(alone, replaces=told.replaces)
        assert missing_properties(json.loads(head.json_ld)) == []
        as_said = replace(told, makers=read.names_as_said(work), editors=[], replaces="", replaced_by="")
        assert read.from_dublin_core(head.metas) == as_said


def test_atom_read_back_by_feedparser(works, client, monkeypatch, db):
    monkeypatch.setattr(feeds, "NEWEST", 1_000)
    monkeypatch.setattr(feeds, "latest_published", lambda count, among: works)
    found = read.from_atom(client.get("/en/resources/feed.atom").content)
    assert list(found) == [work.slug for work in works]
    for work in works:
        # feedparser takes tags out of titles, and reads their entities. Editors count as authors.
        told = read.of_record(work)
        title, makers = re.sub(r"<[^>]*>", "", told.title), set(read.names_as_said(work, *ATOM_AUTHORS))
        in_atom = replace(told, title=title, makers=makers, editors=[], url="")
        assert replace(found[work.slug], makers=set(found[work.slug].makers)) == in_atom
