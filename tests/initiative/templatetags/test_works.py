"""Rows of works are written here letter by letter: nothing of a record gets into a page unescaped."""

from django.template.loader import get_template
from django.utils.html import format_html

from initiative.styleguide.things import Thing, resource, translated
from initiative.templatetags.works import maker_link

HOSTILE = "<i>\"'&"
ESCAPED = "&lt;i&gt;&quot;&#x27;&amp;"


def drawn(component, **props):
    return " ".join(get_template(f"components/{component}.html").render(props).split())


def hostile(**more):
    given = dict.fromkeys(("path", "title", "language", "byline", "abstract", "date_display"), HOSTILE)
    given |= {"type": Thing(singular=HOSTILE), "source_parts": [HOSTILE, "2024"], "file_language_names": [HOSTILE]}
    return resource(**given, **{"text_in": lambda field, language: HOSTILE, **more})


def test_everything_that_a_record_says_is_escaped():
    row = drawn("resource_hit", resource=hostile(), snippet_language=HOSTILE)
    assert HOSTILE not in row
    assert row.count(ESCAPED) == 10
    row = drawn("resource_hit", resource=hostile(), attached=HOSTILE, attached_language=HOSTILE, title=HOSTILE)
    assert HOSTILE not in row
    assert row.count(ESCAPED) == 10


def test_what_is_safe_already_stays():
    marked = format_html("<mark>{}</mark>", "Roots & soil")
    row = drawn("resource_hit", resource=resource(), title=marked, snippet=marked)
    assert row.count("<mark>Roots &amp; soil</mark>") == 2


def test_a_row():
    work = resource(
        date_display="2024",
        file_language_names=["English"],
        archived=True,
        byline="Ada & Co",
        title="Roots",
        source_parts=["A journal", "2024"],
    )
    assert drawn("resource_hit", resource=work, snippet="Some text", snippet_language="ar", level=4).partition(
        "</svg> "
    )[2] == (
        '</div> <div> <p class="meta"><b>Article</b> <span><bdi>A journal</bdi>, <bdi class="whole">2024</bdi></span></p> '
        '<h4 class="row-title"><a href="#"><bdi lang="en">Roots</bdi></a></h4> '
        '<p class="meta">Ada &amp; Co</p> <p class="sum" lang="ar" dir="rtl">Some text</p> '
        '<p class="meta apart"><span>English</span><span class="oa">Open access</span><span class="tag calm">Archived</span></p> '
        "</div> </li>"
    )


def test_a_long_abstract_is_cut_where_there_is_no_passage():
    words = " ".join(str(number) for number in range(60))
    row = drawn("resource_hit", resource=resource(abstract=words))
    assert '<p class="sum">0 1 2 ' in row
    assert " 43 44 …</p>" in row
    assert '<p class="sum"' not in drawn("resource_hit", resource=resource(abstract=""))


def test_the_line_adds_who_made_it_where_that_is_asked_for():
    work = resource(byline="Ada", source_parts=[])
    assert drawn("resource_line", resource=work) == '<p class="meta"><b>Article</b></p>'
    assert drawn("resource_line", resource=work, who=True) == '<p class="meta"><b>Article</b> <span>Ada</span></p>'
    assert drawn("resource_line", resource=Thing(kind="Film")) == '<p class="meta"><b>Film</b></p>'


def test_a_tile_escapes_everything_too():
    topic = Thing(**translated(name=HOSTILE))
    tile = drawn("resource_tile", resource=hostile(), makers=[HOSTILE], topics=[topic], level=4)
    assert HOSTILE not in tile
    assert tile.count(ESCAPED) == 7
    assert tile.count("h4") == 2


def test_a_tile():
    work = resource(title="Roots & soil", source_parts=["A journal", "2024"], date_display="2024", language="fr")
    tile = drawn("resource_tile", resource=work, makers=["Ada", "Bo"], topics=[Thing(**translated(name="Roots"))] * 2)
    cover, image, rest = tile.partition('width="240" height="320" alt="" loading="lazy" decoding="async">')
    assert image
    assert cover.startswith('<article> <div class="cover book"> <img src="/art/cover/')
    assert rest == (
        ' </div> <h3 class="row-title"><a href="#"><bdi lang="fr">Roots &amp; soil</bdi></a></h3> '
        '<p class="meta"><b>Article</b> <span><bdi>A journal</bdi>, <bdi class="whole">2024</bdi></span></p> '
        '<p class="why">Also by: <bdi>Ada and Bo</bdi></p> '
        '<p class="why">Also on: <span>Roots</span>, <span>Roots</span></p> </article>'
    )


def test_who_made_a_work_leads_to_their_page_or_to_what_else_they_made():
    known, other = Thing(name="Ada <b>", path="/en/ada/?a&b"), Thing(name='Bo "& Co"', path="")
    assert maker_link(known, "/en/resources/", last=True) == '<a href="/en/ada/?a&amp;b"><bdi>Ada &lt;b&gt;</bdi></a>'
    assert maker_link(other, "/en/resources/", last=False) == (
        '<a href="/en/resources/?q=%22Bo%20%22%26%20Co%22%22"><bdi>Bo &quot;&amp; Co&quot;</bdi></a>, '
    )
    assert maker_link(other, "", last=True) == "<bdi>Bo &quot;&amp; Co&quot;</bdi>"
