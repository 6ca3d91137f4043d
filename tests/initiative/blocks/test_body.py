"""Each block as a reader gets it, in a page of its own."""

import json
from itertools import pairwise

import pytest
import wagtail_factories
from bs4 import BeautifulSoup
from wagtail.blocks.stream_block import StreamBlockValidationError

from initiative.blocks import BodyBlock, words
from initiative.models import StandardPage
from tests.factories import GoalFactory, StatisticFactory, add_page
from tests.reading import read
from tests.reading import words as text_of

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def show(client, site):
    """Blocks → the page that has them as its body, in a language."""

    def with_body(*blocks, language="en"):
        body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
        page = add_page(site["home", language], StandardPage, title="Blocks", slug="blocks", body=body)
        return read(client, page.get_path())

    return with_body


def test_text_has_headings_that_can_be_linked_to(show):
    page = show(
        ("text", "<h2>What roots do</h2><p>They <b>hold</b> H<sub>2</sub>O.</p><h3>Below</h3><h2>ما تحت الأرض</h2>"),
        ("text", "<h2>What roots do</h2><h2>…</h2><ul><li>One</li></ul>"),
    )
    assert [(tag.name, tag.get("id"), text_of(tag)) for tag in page.main.select(".stream h2, .stream h3")] == [
        ("h2", "s-what-roots-do", "What roots do"),
        ("h3", None, "Below"),
        ("h2", "s-ما-تحت-الأرض", "ما تحت الأرض"),
        ("h2", "s-what-roots-do-2", "What roots do"),
        ("h2", "s-4", "…"),
    ]
    assert "They hold H 2 O." in page.text
    listed = [(link["href"], text_of(link)) for link in page.main.select("nav[aria-labelledby=on-page] a")]
    assert listed == [
        ("#s-what-roots-do", "What roots do"),
        ("#s-ما-تحت-الأرض", "ما تحت الأرض"),
        ("#s-what-roots-do-2", "What roots do"),
        ("#s-4", "…"),
    ]


def test_a_short_page_has_no_list_of_contents(show):
    page = show(("text", "<h2>One</h2><p>Words.</p><h2>Two</h2>"))
    assert page.main.select("nav[aria-labelledby=on-page]") == []


def test_an_image_with_words_for_those_who_do_not_see_it(show):
    image = wagtail_factories.ImageFactory(title="File name")
    with_words = {"image": image.pk, "alt": "Roots in black soil", "caption": "A pit", "credit": "Ada Loam"}
    page = show(("image", with_words), ("image", {"image": image.pk, "alt": ""}))
    first, second = page.main.select("figure")
    assert first.img["alt"] == "Roots in black soil"
    assert text_of(first.figcaption) == "A pit Picture: Ada Loam"
    assert {source["type"] for source in first.find_all("source")} == {"image/avif", "image/webp"}
    assert second.img["alt"] == ""  # never the title, which may be a file's name
    assert second.figcaption is None


def test_an_image_that_was_deleted_leaves_no_trace(show):
    image = wagtail_factories.ImageFactory()
    number = image.pk
    image.delete()
    page = show(("image", {"image": number, "alt": "Gone"}), ("text", "<p>Still here.</p>"))
    assert page.main.find("figure") is None
    assert "Still here." in page.text


def test_a_quotation_in_its_own_language(show):
    said = {
        "text": "La terre & nous",
        "attribution": "Ada",
        "source": "https://example.org/a?b=1&c=2",
        "language": "fr",
    }
    page = show(("quote", said), ("quote", {"text": "Soil.", "attribution": "Bo"}))
    first, second = page.main.select("blockquote")
    assert (first["lang"], first["cite"], text_of(first)) == ("fr", "https://example.org/a?b=1&c=2", "La terre & nous")
    assert page.links["source"] == "https://example.org/a?b=1&c=2"
    assert not second.has_attr("lang")
    assert not second.has_attr("cite")


@pytest.mark.parametrize(
    ("language", "value", "label", "date"),
    [
        ("en", "1,234,567.5", "hectares", "December 2018"),
        ("fr", "1 234 567,5", "des hectares", "décembre 2018"),
        ("es", "1.234.567,5", "unas hectáreas", "diciembre de 2018"),
        ("ar", "1,234,567.5", "des hectares", "ديسمبر 2018"),
    ],
)
def test_a_statistic_with_its_date_and_source(show, language, value, label, date):
    statistic = StatisticFactory(
        value="1234567.5",
        date="2018-12",
        label_en="hectares",
        label_fr="des hectares",
        label_es="unas hectáreas",
        source_en="Annual report",
        source_url="https://example.org/report",
    )
    page = show(("statistic", {"statistic": statistic.pk}), language=language)
    assert f"{value} {label} {date} Annual report" in page.text.replace("\xa0", " ").replace("\u202f", " ")
    assert page.links["Annual report"] == "https://example.org/report"


def test_a_statistic_that_was_deleted_leaves_no_trace(show):
    statistic = StatisticFactory(label="gone")
    number = statistic.pk
    statistic.delete()
    assert "gone" not in show(("statistic", {"statistic": number})).text


def test_a_series_of_statistics_oldest_first(show):
    StatisticFactory(series="members", value=42, date="2020", unit="members")
    StatisticFactory(series="members", value=7, date="2016", unit="members", qualifier="over")
    StatisticFactory(series="other", value=99, date="2018", unit="others")
    page = show(("statistics", {"title": "How it grew", "series": "members"}))
    assert (2, "How it grew") in page.headings
    assert [text_of(item) for item in page.main.select("ol.cores li")] == ["2016 over 7 members", "2020 42 members"]
    rows = [[text_of(cell) for cell in row.find_all(["th", "td"])] for row in page.main.select(".figures tbody tr")]
    assert [row[:2] for row in rows] == [["2016", "over 7"], ["2020", "42"]]


def test_a_call_to_action_leads_to_the_page_in_the_language_of_the_reader(show, site):
    value = {"text": "Dig with us", "label": "How to join", "page": site["join", "en"].pk, "url": ""}
    page = show(("call_to_action", value), language="fr")
    assert page.links["How to join"] == "/fr/rejoindre/"
    assert "Dig with us" in page.text


def test_a_call_to_action_may_lead_elsewhere_or_nowhere(show):
    page = show(
        ("call_to_action", {"text": "Read", "label": "The report", "page": None, "url": "https://example.org/"}),
        ("call_to_action", {"text": "Only words", "label": "No link", "page": None, "url": ""}),
    )
    assert page.links["The report"] == "https://example.org/"
    assert "No link" not in page.links
    assert "Only words" in page.text


def test_questions_open_to_answers(show):
    page = show(("accordion", [{"title": "Who?", "text": "<p>Anybody.</p>"}, {"title": "How?", "text": "<p>So.</p>"}]))
    assert [(text_of(item.summary), item.has_attr("open")) for item in page.main.select(".stream details")] == [
        ("Who?", False),
        ("How?", False),
    ]
    assert "Anybody." in page.text


def table(**more):
    data = [["", "2018", "2020"], ["Forest", "1 <b>", None], ["Field", "3\n4", "5"]]
    return {"caption": "Stocks of carbon", "table": {"data": data, **more}}


def test_a_table_with_both_headers(show):
    page = show(("table", table(first_row_is_table_header=True, first_col_is_header=True, table_header_choice="both")))
    shown = page.main.table
    assert text_of(shown.caption) == "Stocks of carbon"
    assert [(cell.name, cell.get("scope"), text_of(cell)) for cell in shown.thead.find_all(["th", "td"])] == [
        ("td", None, ""),
        ("th", "col", "2018"),
        ("th", "col", "2020"),
    ]
    assert [
        [(cell.name, cell.get("scope"), text_of(cell)) for cell in row.find_all(["th", "td"])]
        for row in shown.tbody("tr")
    ] == [
        [("th", "row", "Forest"), ("td", None, "1 <b>"), ("td", None, "")],
        [("th", "row", "Field"), ("td", None, "3 4"), ("td", None, "5")],
    ]


def test_a_table_without_headers(show):
    page = show(
        ("table", table(first_row_is_table_header=False, first_col_is_header=False, table_header_choice="neither"))
    )
    assert page.main.table.thead is None
    assert page.main.table.find("th") is None
    assert len(page.main.table.tbody("tr")) == 3


def test_a_wide_table_is_reached_by_the_keyboard(show):
    frame = show(("table", table())).main.find("table").parent
    assert (frame["role"], frame["tabindex"], frame["aria-label"]) == ("region", "0", "Stocks of carbon")


def test_a_film_loads_nothing_before_it_is_asked_for(show):
    page = show(("video", {"title": "Roots", "url": FILM, "transcript": "They grow.\n\nThey hold."}))
    (frame,) = page.main.select("a[data-video]")
    assert (frame["data-video"], frame["data-title"], frame["href"]) == ("dQw4w9WgXcQ", "Roots", FILM)
    assert page.main.find("iframe") is None
    assert "youtube" not in str(page.main).lower().replace(FILM.lower(), "").replace("from youtube,", "")
    assert "They hold." in page.text


def test_a_film_elsewhere_is_a_link(show):
    page = show(("video", {"title": "Roots", "url": "https://vimeo.com/1"}))
    assert page.main.select("a[data-video]") == []
    assert page.main.select_one("figure a")["href"] == "https://vimeo.com/1"
    assert "YouTube" not in page.text


def test_documents_with_format_and_size(show):
    document = wagtail_factories.DocumentFactory(
        title="Statutes", file__filename="statutes.pdf", file__data=b"x" * 2048
    )
    gone = wagtail_factories.DocumentFactory(title="Gone", file__data=b"x")
    number = gone.pk
    gone.delete()
    page = show(("documents", [document.pk, number]))
    (row,) = page.main.select("ul.files li")
    assert text_of(row) == "PDF Statutes 2 kB"
    assert row.a["href"] == document.url


def test_cards_with_and_without_links(show, site):
    cards = [
        {"title": "Library", "text": "<p>Read <i>more</i>.</p>", "page": site["library", "en"].pk, "url": ""},
        {"title": "Elsewhere", "text": "", "page": None, "url": "https://example.org/"},
        {"title": "Nowhere", "text": "<p>Just words.</p>", "page": None, "url": ""},
    ]
    page = show(("text", "<h2>Three</h2>"), ("cards", cards), language="es")
    assert page.links["Library"] == "/es/recursos/"
    assert page.links["Elsewhere"] == "https://example.org/"
    assert "Nowhere" not in page.links
    assert [level for level, title in page.headings if title in ("Library", "Elsewhere", "Nowhere")] == [3, 3, 3]


def test_without_a_section_heading_before_them_cards_are_sections_themselves(show):
    page = show(("cards", [{"title": "Alone", "text": "", "page": None, "url": ""}]))
    assert page.headings == [(1, "Blocks"), (2, "Alone")]


def test_a_timeline_with_dates_as_readers_write_them(show):
    steps = [
        {"date": "2015-12-01", "title": "Paris", "text": "<p>Born.</p>"},
        {"date": "2018-10-24/2018-10-26", "title": "Johannesburg", "text": ""},
        {"date": "in spring", "title": "Later", "text": ""},
    ]
    page = show(("timeline", steps), language="fr")
    assert [text_of(item) for item in page.main.select("ol.timeline li")] == [
        "1er décembre 2015 Paris Born.",
        "24 – 26 octobre 2018 Johannesburg",
        "in spring Later",
    ]
    assert [tag["datetime"] for tag in page.main.select("ol.timeline time")] == [
        "2015-12-01",
        "2018-10-24",
        "2018-10-26",
    ]


def test_the_goals_that_the_initiative_names(show):
    GoalFactory(
        number=2, title_en="Zero hunger", title_fr="Faim zéro", contribution_en="Feeds.", contribution_fr="Nourrit."
    )
    GoalFactory(number=13, title_en="Climate action", title_fr="", contribution_en="", contribution_fr="")
    GoalFactory(number=14, title="Life below water", named_by_initiative=False)
    page = show(("goals", {"title": "Nos objectifs"}), language="fr")
    assert (2, "Nos objectifs") in page.headings
    assert [text_of(item) for item in page.main.select("ul.goals li")] == ["2 Faim zéro Nourrit.", "13 Climate action"]
    english = page.main.select("ul.goals li")[1].find(lang="en")
    assert text_of(english) == "Climate action"


def test_headings_follow_one_another_whatever_the_blocks(show):
    GoalFactory(number=2)
    page = show(
        ("timeline", [{"date": "2015", "title": "Alone", "text": ""}]),
        ("goals", {"title": ""}),
        ("text", "<p>No heading.</p><h2>First</h2><h3>Under it</h3>"),
        ("cards", [{"title": "Card", "text": "", "page": None, "url": ""}]),
        ("goals", {"title": "Goals"}),
    )
    levels = [level for level, _title in page.headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(1) == 1


def test_the_words_of_a_body_are_found_by_the_search(db):
    page = StandardPage(
        title="x",
        body=json.dumps(
            [
                {"type": "text", "value": "<h2>Roots</h2><p>hold &amp; feed</p>"},
                {"type": "accordion", "value": [{"title": "Who?", "text": "<p>Anybody</p>"}]},
                {"type": "table", "value": table()},
                {"type": "quote", "value": {"text": "Said", "attribution": "Ada"}},
            ]
        ),
    )
    found = BeautifulSoup(words(page.body), "html.parser").get_text(" ")
    for word in ("Roots", "hold", "feed", "Who?", "Anybody", "Stocks of carbon", "Said"):
        assert word in found
    assert "roots" not in found


def test_labels_of_blocks_are_in_the_language_of_the_editor(db):
    block = StandardPage._meta.get_field("body").stream_block
    labels = {name: str(child.label) for name, child in block.child_blocks.items()}
    assert labels["call_to_action"] == "Call to action"
    assert len(labels) == 15


NOTES = (
    "footnotes",
    [{"text": "<p>Lal, <i>Science</i>, 2004.</p>"}, {"text": "<p>Minasny, 2017.</p>"}, {"text": "<p>Unsaid.</p>"}],
)


def test_references_in_a_text_lead_to_its_notes_and_back(show):
    page = show(
        ("text", "<p>Soils hold carbon [2], more than trees [2] [1].</p>"),
        ("text", '<p>Again [1], not [7], not <a href="https://example.org/[1]">this [3]</a>.</p>'),
        NOTES,
    )
    links = [(link["href"], link.get("id"), text_of(link)) for link in page.main.select("a[role=doc-noteref]")]
    assert links == [
        ("#note-2", "note-ref-2", "2"),
        ("#note-2", None, "2"),
        ("#note-1", "note-ref-1", "1"),
        ("#note-1", None, "1"),
    ]
    assert [
        (note["id"], [link["href"] for link in note.select("a[role=doc-backlink]")])
        for note in page.main.select("[role=doc-endnotes] li")
    ] == [("note-1", ["#note-ref-1"]), ("note-2", ["#note-ref-2"]), ("note-3", [])]
    assert "not [7], not this [3]" in page.text
    assert page.main.select('a[href="https://example.org/[1]"]')
    assert "carbon<sup" in page.html, "a mark stands at its word"
    assert [note.div["dir"] for note in page.main.select("[role=doc-endnotes] li")] == ["auto"] * 3


def test_without_notes_square_brackets_are_just_that(show):
    assert "Soils hold carbon [2]." in show(("text", "<p>Soils hold carbon [2].</p>")).text


def test_a_reference_to_a_note_that_is_not_there_is_told_to_the_editor():
    block = BodyBlock()
    body = block.to_python(
        [{"type": "text", "value": "<p>One [1], none [4].</p>"}, {"type": NOTES[0], "value": NOTES[1]}]
    )
    with pytest.raises(StreamBlockValidationError) as told:
        block.clean(body)
    assert list(told.value.non_block_errors) == ["A text refers to note [4], but there are 3 notes."]
    block.clean(block.to_python([{"type": "text", "value": "<p>Just [4].</p>"}]))
