"""Rows of organisations and commitments are written letter by letter: nothing of a record gets into a page unescaped."""

from types import SimpleNamespace

from django.template.loader import get_template
from django.utils import translation

from initiative.styleguide.things import SamplePicture, Thing, organisation, translated

HOSTILE = "<i>\"'&"
ESCAPED = "&lt;i&gt;&quot;&#x27;&amp;"


def drawn(component, **props):
    return " ".join(get_template(f"components/{component}.html").render(props).split())


def hostile():
    given = dict.fromkeys(("path", "name", "monogram", "get_type_display"), HOSTILE)
    return organisation(**given, acronym=f"x{HOSTILE}", country=Thing(name=HOSTILE))


def commitment(**more):
    given = {
        "path": "/c/",
        "organisation": organisation(),
        "start": "2020",
        "end": "2030-05",
        **translated(title="Cover"),
    }
    return Thing(**{**given, "status": Thing(label="Behind"), **more})


def test_everything_that_a_record_says_is_escaped():
    row = drawn("entry", organisation=hostile(), note=HOSTILE)
    assert HOSTILE not in row
    assert row.count(ESCAPED) == 7
    status = SimpleNamespace(label=HOSTILE)
    told = commitment(organisation=hostile(), path=HOSTILE, start=HOSTILE, end=HOSTILE, status=status)
    told.title = HOSTILE
    row = drawn("commitment_row", commitment=told)
    assert HOSTILE not in row
    assert row.count(ESCAPED) == 8


def test_an_organisation():
    given = {"path": "/o/", "name": "Soil Trust", "acronym": "ST", "monogram": "ST", "country": Thing(name="Peru")}
    trust = organisation(**given, get_type_display="NGO")
    assert drawn("entry", organisation=trust, note="Forum", count=1_200, level=4) == (
        '<li class="entry"> <span class="mono tone-3" aria-hidden="true">ST</span> <div> '
        '<h4 class="row-title"><a href="/o/"><bdi>Soil Trust (ST)</bdi></a></h4> '
        '<p class="meta"><span>NGO</span> <span>Peru</span> <span class="whole">1,200 commitments</span></p> </div> '
        '<p class="meta entry-end">Forum</p> </li>'
    )
    assert "ST)" not in drawn("entry", organisation=organisation(**{**given, "name": "The ST", "acronym": "ST"}))
    with translation.override("fr"):
        assert '<span class="whole">1 engagement</span>' in drawn("entry", organisation=trust, count=1)


def test_a_logo_is_a_picture():
    row = drawn("entry", organisation=organisation(logo=SamplePicture()))
    assert '<span class="logo">' in row
    assert "mono" not in row


def test_a_commitment():
    told = commitment(status=Thing(label="Behind"), organisation=organisation(name="Trust", country=None))
    row = drawn("commitment_row", commitment=told)
    assert '<h3 class="row-title"><a href="/c/">Cover</a></h3> <p class="meta"><b><bdi>Trust</bdi></b></p>' in row
    assert row.endswith("Behind</b>2020 – May 2030</p> </li>")
    bare = drawn("commitment_row", commitment=commitment(start=""), level="4", anonymous=True)
    assert bare.startswith('<li class="entry bare"> <div> <h4')
    assert bare.endswith("Behind</b></p> </li>")
