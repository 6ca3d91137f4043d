"""The board: what it opens on, what one can ask it for, what it costs."""

import csv
import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from initiative.models import StandardPage
from initiative.translations.models import Subject, Translation, TranslationRequest
from initiative.translations.queries import figures
from initiative.translations.requests import ask
from initiative.translations.tracking import refresh
from tests import factories
from tests.initiative.translations.content import FRENCH, body, cells, draft, make_english, member, publish, translate
from tests.reading import words

BOARD = "/admin/translations/"


def make_content(site):
    page = make_english(site)
    translate(page, "fr", **FRENCH, body=body("Elles descendent."))
    publish(page, introduction="Roots hold 736 partners.")
    return page


@pytest.fixture
def editor(client, english):
    client.force_login(member("Editors"))
    return client


def read(client, query=""):
    response = client.get(f"{BOARD}{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(client, query=""):
    return [words(title) for title in read(client, query).select(".tr-title")]


def add(title, **fields):
    """A record on the board, missing in three languages."""
    statistic = factories.StatisticFactory(label_en=title, **fields)
    subject = refresh(statistic.subject)
    Subject.objects.filter(pk=subject.pk).update(title=title)
    return statistic


def row(page, title):
    """Column → words of the cell."""
    heads = [words(head) for head in page.select(".tr-board thead th")][1:]
    found = next(line for line in page.select(".tr-board tbody tr") if words(line.select_one(".tr-title")) == title)
    return dict(zip(heads, (words(cell) for cell in found.select("td")), strict=True))


def test_each_page_is_a_row_and_each_language_a_column(editor):
    page = read(editor)
    assert row(page, "Roots") == {
        "English": "Source 8 words",
        "Français": "Needs update 4 words",
        "Español": "Missing 8 words",
        "العربية": "Missing 8 words",
    }
    cell = page.select_one("a.tr-cell--outdated")
    assert (
        cell["href"].split("?")[0]
        == f"/admin/translations/{cells(StandardPage.objects.get(slug='roots', locale__language_code='en'))['fr'].pk}/"
    )


def test_it_opens_on_what_readers_ask_for_then_the_spotlight_then_what_waits_longest(editor):
    Subject.objects.all().delete()
    old, lit, asked, new = (add(title) for title in ("Old", "Lit", "Asked", "New"))
    Translation.objects.filter(subject__subject=old.subject).update(since=timezone.now() - datetime.timedelta(days=100))
    Translation.objects.filter(subject__subject=new.subject).update(since=timezone.now() + datetime.timedelta(hours=1))
    Subject.objects.filter(subject=lit.subject).update(in_spotlight=True)
    ask(asked.subject, "fr")
    assert titles(editor) == ["Asked", "Lit", "Old", "New"]
    # In Spanish nobody has asked.
    assert titles(editor, "?language=es")[0] == "Lit"
    assert "3 months" in row(read(editor), "Old")["Français"]


def test_how_often_readers_asked(editor, english):
    ask(english.subject, "ar")
    TranslationRequest.objects.update(count=12)
    assert row(read(editor), "Roots")["العربية"] == "Missing 8 words 12 requests"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Roots", "735 partners"]),
        ("?view=to-do", ["Roots", "735 partners"]),
        ("?view=outdated", ["Roots"]),
        ("?view=outdated&language=fr", ["Roots"]),
        ("?view=outdated&language=es", []),
        ("?view=missing&language=es", ["Roots", "735 partners"]),
        ("?view=missing&language=fr", ["735 partners"]),
        ("?view=current", []),
        ("?view=draft", []),
        ("?view=all", ["Roots", "735 partners"]),
        ("?kind=pages", ["Roots"]),
        ("?kind=initiative.statistic", ["735 partners"]),
        ("?q=ROOT", ["Roots"]),
        ("?q=nothing", []),
        ("?owner=nobody&q=roots", ["Roots"]),
        ("?owner=me", []),
        # What is unknown is ignored.
        ("?view=x&language=xx&kind=auth.user&owner=999&p=x&q=%00", ["Roots", "735 partners"]),
        ("?p=99", ["Roots", "735 partners"]),
    ],
)
def test_filters(editor, english, query, found):
    add("735 partners")
    ask(english.subject, "fr")
    assert titles(editor, query) == found


def test_what_is_taken_care_of(editor, english):
    cell = cells(english)["fr"]
    ada = member("Translators (French)")
    Translation.objects.filter(pk=cell.pk).update(owner=ada, note="Ask Bo first.")
    page = read(editor, f"?owner={ada.pk}")
    assert row(page, "Roots")["Français"] == "Needs update 4 words Translators (French) Ask Bo first."
    assert titles(editor, "?owner=nobody&language=fr") == []
    editor.force_login(ada)
    assert titles(editor, "?owner=me") == ["Roots"]


def test_who_writes_one_language_begins_with_it(client, english):
    client.force_login(member("Translators (French)"))
    page = read(client)
    assert [words(head) for head in page.select(".tr-board thead th")] == ["Page or record", "Français"]
    assert words(page.select_one("#tr-language option[selected]")) == "French"
    assert len(read(client, "?language=").select(".tr-board thead th")) == 5


def test_a_draft_in_moderation_and_what_is_left_say_so(editor, english):
    spanish = english.get_translations().get(locale__language_code="es").specific
    spanish.alias_of, spanish.live = None, False
    spanish.save()
    draft(spanish, title="Raíces")
    spanish.refresh_from_db()
    spanish.get_workflow().start(spanish, member("Moderators"))
    refresh(english.subject)
    assert row(read(editor), "Roots")["Español"] == "Draft 4 words In moderation 1 text left"
    assert titles(editor, "?view=moderation") == ["Roots"]
    assert titles(editor, "?view=left&language=es") == ["Roots"]


def test_figures(english):
    add("735 partners")
    assert [
        (one.language, one.done, one.outdated, one.drafts, one.missing, one.total, one.words_to_do) for one in figures()
    ] == [
        ("en", 0, 0, 0, 0, 0, 0),
        ("fr", 0, 1, 0, 1, 2, 6),
        ("es", 0, 0, 0, 2, 2, 10),
        ("ar", 0, 0, 0, 2, 2, 10),
    ]
    publish(english.get_translations().get(locale__language_code="fr").specific, introduction="736.")
    french = figures()[1]
    assert (french.done, french.up_to_outdated, french.up_to_draft, french.total) == (1, 1, 1, 2)


def test_the_same_figures_are_on_the_home_page(editor):
    panel = BeautifulSoup(editor.get("/admin/").content, "html.parser").select_one(
        "[data-panel]#panel-translations-section, #translations-section, .tr-figures"
    )
    assert "Français 0 of 1 up to date 1 needs update 4 words to do" in words(panel)


def test_nothing_to_do_is_said(editor, english):
    Subject.objects.all().delete()
    assert "Nothing to do here" in words(read(editor).select_one(".tr-nothing"))
    assert "Nothing matches" in words(read(editor, "?q=x").select_one(".tr-nothing"))


def test_the_list_as_a_file(editor, english):
    add("=HYPERLINK()")
    ask(english.subject, "fr")
    ada = member("Translators (French)")
    Translation.objects.filter(subject__subject=english.subject, language="fr").update(owner=ada, note="+1")
    response = editor.get(f"{BOARD}board.csv?language=fr")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="translations-{timezone.localdate()}.csv"'
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert [line["title"] for line in rows] == ["Roots", "'=HYPERLINK()"]
    cell = cells(english)["fr"]
    assert rows[0] == {
        "title": "Roots",
        "kind": "Standard page",
        "source_language": "en",
        "language": "fr",
        "state": "Needs update",
        "moderation": "",
        "words": "8",
        "words_to_do": "4",
        "parts_left": "0",
        "since": timezone.localdate().isoformat(),
        "requests": "1",
        "machine_made": "",
        "taken_care_of_by": "Translators (French)",
        "note": "'+1",
        "url": f"http://testserver/admin/translations/{cell.pk}/",
    }


@pytest.mark.parametrize("groups", [(), ("Partner managers",)])
def test_who_may_see_it(client, english, groups):
    client.force_login(member(*groups))
    assert client.get(BOARD).status_code == (200 if groups else 302)


@pytest.mark.parametrize("count", [4, 40])
def test_it_costs_the_same_however_much_there_is(editor, site, django_assert_num_queries, count):
    for number in range(count // 2):
        add(f"Figure {number}")
        refresh(factories.add_article(site, slug=f"article-{number}").subject)
    read(editor)  # what is looked up once, and kept
    with django_assert_num_queries(18):
        read(editor)
    with django_assert_num_queries(10):
        b"".join(editor.get(f"{BOARD}board.csv"))
