"""Texts within a StreamField, and one stream in the shape of another."""

import json

import pytest

from initiative.models import StandardPage
from initiative.translations import streams

FIELD = StandardPage._meta.get_field("body")
BLOCK = FIELD.stream_block


def stream(*parts):
    """Parts: (type, value) or (type, value, id)."""
    raw = [{"type": part[0], "value": part[1], **({"id": part[2]} if len(part) > 2 else {})} for part in parts]
    return FIELD.to_python(json.dumps(raw))


def stored(*parts):
    return streams.stored(stream(*parts), "body")


def texts(raw):
    return {path: text for path, text in everything(raw).items() if not path.startswith("=")}


def everything(raw):
    return {slot.path: slot.text for slot in streams.slots(BLOCK, raw, "body")}


def test_every_text_has_a_path():
    raw = stored(
        ("text", "<p>One</p>", "a"),
        ("quote", {"text": "Said", "attribution": "Ada", "source": "https://example.org", "language": "fr"}, "b"),
        ("accordion", [{"type": "item", "id": "i", "value": {"title": "Why?", "text": "<p>So</p>"}}], "c"),
        ("timeline", [{"type": "item", "id": "j", "value": {"date": "2022", "title": "Then", "text": ""}}], "d"),
        ("statistics", {"title": "Partners", "series": "partners"}, "e"),
        ("table", {"caption": "Yields", "table": {"data": [["Crop", "t"], ["Rye", "5"]], "first_row_is_table_header": True}}, "f"),
        ("call_to_action", {"text": "Join", "label": "Here", "page": None, "url": ""}, "g"),
        ("documents", [{"type": "item", "id": "k", "value": 7}], "h"),
    )  # fmt: skip
    assert texts(raw) == {
        "body.a": "<p>One</p>",
        "body.b.text": "Said",
        "body.b.attribution": "Ada",
        "body.c.i.title": "Why?",
        "body.c.i.text": "<p>So</p>",
        "body.d.j.title": "Then",
        "body.d.j.text": "",
        "body.e.title": "Partners",
        "body.f.caption": "Yields",
        "body.f.table.0.0": "Crop",
        "body.f.table.0.1": "t",
        "body.f.table.1.0": "Rye",
        "body.f.table.1.1": "5",
        "body.g.label": "Here",
        "body.g.text": "Join",
    }


def test_every_fact_has_a_path_too():
    raw = stored(
        ("image", {"image": 3, "alt": "A root", "caption": "", "credit": ""}, "a"),
        ("quote", {"text": "Said", "attribution": "Ada", "source": "https://example.org", "language": "fr"}, "b"),
        ("timeline", [{"type": "item", "id": "j", "value": {"date": "2022", "title": "Then", "text": ""}}], "d"),
        ("call_to_action", {"text": "Join", "label": "Here", "page": 5, "url": ""}, "g"),
        ("documents", [{"type": "item", "id": "k", "value": 7}, {"type": "item", "id": "l", "value": 8}], "h"),
    )
    assert {path: text for path, text in everything(raw).items() if path.startswith("=")} == {
        "=body.a.image": "3",
        "=body.b.source": "https://example.org",
        "=body.b.language": "fr",
        "=body.d.j.date": "2022",
        "=body.g.page": "5",
        "=body.g.url": "–",  # not given: what comes there later is a change
        "=body.h": "7, 8",
    }
    models = {slot.path: slot.model and slot.model.__name__ for slot in streams.slots(BLOCK, raw, "body")}
    assert [models[path] for path in ("=body.a.image", "=body.b.source", "=body.g.page", "=body.h")] == [
        "Image", None, "Page", "Document",
    ]  # fmt: skip


def test_what_is_stored_without_ids_gets_the_same_ones_each_time():
    parts = [("text", "<p>One</p>"), ("accordion", [{"title": "Why?", "text": "<p>So</p>"}])]
    assert list(texts(stored(*parts))) == list(texts(stored(*parts)))
    assert stored(*parts)[1]["value"][0]["type"] == "item"


def test_labels_lead_from_the_block_to_the_text():
    raw = stored(("accordion", [{"type": "item", "id": "i", "value": {"title": "Why?", "text": ""}}], "c"))
    assert [[str(label) for label in slot.labels] for slot in streams.slots(BLOCK, raw, "body")] == [
        ["Questions and answers", "question"],
        ["Questions and answers", "answer"],
    ]


def shaped(source, target):
    return streams.in_the_shape_of(BLOCK, stored(*source), stored(*target), "body")


def simple(raw):
    return [(part["id"], part["value"]) for part in raw]


def test_parts_with_the_same_id_belong_together_wherever_they_stand():
    found = shaped(
        [("text", "<p>One</p>", "a"), ("text", "<p>Two</p>", "b"), ("text", "<p>New</p>", "n")],
        [("text", "<p>Deux</p>", "b"), ("text", "<p>Un</p>", "a")],
    )
    assert simple(found) == [("a", "<p>Un</p>"), ("b", "<p>Deux</p>"), ("n", "")]


def test_without_common_ids_order_and_type_decide():
    found = shaped(
        [("text", "<p>One</p>", "a"), ("quote", {"text": "Said"}, "b"), ("text", "<p>Two</p>", "c")],
        [("text", "<p>Un</p>", "x"), ("text", "<p>Deux</p>", "y")],
    )
    assert [(part["id"], part["value"]) for part in found if part["type"] == "text"] == [
        ("a", "<p>Un</p>"),
        ("c", "<p>Deux</p>"),
    ]
    assert found[1]["value"]["text"] == ""


def test_what_only_the_translation_has_stays_where_it_is():
    found = shaped(
        [("text", "<p>One</p>", "a"), ("text", "<p>Two</p>", "b")],
        [("text", "<p>Un</p>", "a"), ("text", "<p>En plus</p>", "own"), ("text", "<p>Deux</p>", "b")],
    )
    assert [part["id"] for part in found] == ["a", "own", "b"]


def test_a_new_part_takes_all_but_its_texts_from_the_source():
    found = shaped([("statistics", {"title": "Partners", "series": "partners"}, "a")], [])
    assert found[0]["value"] == {"title": "", "series": "partners"}
    found = shaped(
        [("timeline", [{"type": "item", "id": "j", "value": {"date": "2022", "title": "Then", "text": ""}}], "d")], []
    )
    assert found[0]["value"][0]["value"] == {"date": "2022", "title": "", "text": ""}


def test_what_is_no_text_stays_the_translations_own():
    found = shaped(
        [("video", {"title": "Film", "url": "https://youtu.be/aaaaaaaaaaa", "still": 3, "transcript": ""}, "a")],
        [("video", {"title": "Le film", "url": "https://youtu.be/bbbbbbbbbbb", "still": None, "transcript": ""}, "a")],
    )
    assert found[0]["value"] == {
        "title": "Le film",
        "url": "https://youtu.be/bbbbbbbbbbb",
        "still": None,
        "transcript": "",
    }


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([["Culture"], ["Seigle"]], [["Culture", ""], ["Seigle", ""]]),
        ([], [["", ""], ["", ""]]),
    ],
)
def test_a_table_has_the_size_of_the_sources(cells, expected):
    found = shaped(
        [("table", {"caption": "Yields", "table": {"data": [["Crop", "t"], ["Rye", "5"]]}}, "f")],
        [("table", {"caption": "Rendements", "table": {"data": cells}}, "f")],
    )
    assert found[0]["value"]["table"]["data"] == expected


def test_nothing_is_changed_in_the_stream_itself():
    page = stream(("text", "<p>One</p>", "a"))
    for slot in streams.slots(BLOCK, streams.stored(page, "body"), "body"):
        slot.write("<p>Other</p>")
    assert page[0].value.source == "<p>One</p>"
