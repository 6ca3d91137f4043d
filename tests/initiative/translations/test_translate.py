"""A translation beside its source, in pages: begun, brought up to date, previewed, sent on."""

import json

import pytest
from bs4 import BeautifulSoup
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from initiative.models import BorrowedText, StandardPage
from initiative.translations.models import Translation
from tests import factories
from tests.initiative.translations.content import (
    BODY,
    FRENCH,
    OTHER,
    TEXT,
    WRITTEN,
    address,
    body,
    cell,
    draft,
    latest,
    member,
    page_in,
    publish,
    sent,
    sheet,
    states,
    translate,
    write,
)
from tests.reading import words

MORE = f"body__{OTHER}"


@pytest.fixture
def translator(client, english):
    client.force_login(member("Translators (French)"))
    return client


def said(response):
    """What the admin says after it, errors beside the texts among it."""
    page = BeautifulSoup(response.content, "html.parser")
    return words(page.select_one(".messages")), [words(error) for error in page.select(".tr-error, .help-critical")]


def test_what_is_missing_is_shown_beside_its_source(translator, english):
    page = sheet(translator, cell(english))
    lines = [
        (words(line.select_one("h3")), words(line.select_one(".tr-side--source"))) for line in page.select(".tr-line")
    ]
    assert lines == [
        ("Title Not translated 1 word", "Roots"),
        ("Introduction Not translated 4 words", "Roots hold 735 partners."),
        ("Text Not translated 3 words", "Down they go."),
        ("Last part of the address", "Empty: made from the title."),
    ]
    assert [part["text"] for part in json.loads(sent(page)[f"text-{BODY}"])["blocks"]] == [""]
    source, target = page.select_one(".tr-side--source"), page.select_one("input[name=text-title]")
    assert (source["lang"], source["dir"], target["lang"], target["dir"]) == ("en", "ltr", "fr", "ltr")
    arabic = sheet(translator, cell(english, "ar"))
    assert arabic.select_one("input[name=text-title]") is None  # this translator doesn't write Arabic
    assert "ask an administrator" in words(arabic.select_one(".help-info"))


def test_a_draft_leaves_what_readers_see(translator, english, client):
    response = write(translator, cell(english), **WRITTEN)
    assert response.status_code == 302
    page = page_in(english, "fr")
    assert (page.alias_of_id, page.live, page.title, page.has_unpublished_changes) == (None, True, "Roots", True)
    assert BorrowedText.objects.get(page=page).language == "en"
    own = latest(page)
    assert (own.title, own.slug, own.introduction) == ("Racines", "racines", "Les racines ont 735 partenaires.")
    assert [(part.id, part.value.source) for part in own.body] == [(TEXT, own.body[0].value.source)]
    assert "Elles descendent." in own.body[0].value.source
    assert own.untranslated == {}
    assert states(english) == {"en": "source", "fr": "draft", "es": "missing", "ar": "missing"}
    assert cell(english).words_to_do == 0
    assert page_in(english, "en").title == "Roots"


def test_a_translator_sends_it_to_moderation_and_a_moderator_publishes(client, english):
    client.force_login(member("Translators (French)"))
    assert "publish" not in str(sheet(client, cell(english)).select(".tr-foot button"))
    assert write(client, cell(english), "publish", **WRITTEN).status_code == 302  # refused: to the admin's home
    assert states(english)["fr"] == "missing"
    response = write(client, cell(english), "submit", **WRITTEN)
    assert (response.status_code, response.url) == (302, "/admin/translations/")
    assert (cell(english).state, cell(english).review) == ("draft", "waiting")
    page = sheet(client, cell(english))
    assert "currently awaiting moderation" in words(page.select_one(".help-warning"))
    assert page.select(".tr-foot") == []

    client.force_login(member("Moderators"))
    page = sheet(client, cell(english))
    assert [words(button) for button in page.select(".tr-foot button")][:2] == ["Approve and publish", "Save draft"]
    assert write(client, cell(english), "approve").status_code == 302
    french = page_in(english, "fr")
    assert (french.title, french.live, french.has_unpublished_changes) == ("Racines", True, False)
    assert not BorrowedText.objects.filter(page=french).exists()
    assert states(english) == {"en": "source", "fr": "current", "es": "missing", "ar": "missing"}
    assert page_in(english, "en").title == "Roots"


def test_an_outdated_text_shows_what_changed_and_is_brought_up_to_date(moderator, english):
    translate(english, "fr", **FRENCH, body=body("Elles descendent."))
    publish(english, introduction="Roots hold 736 partners.", title="Deep roots")
    page = sheet(moderator, cell(english))
    changed = page.select(".tr-line--changed")
    assert [words(line.select_one("h3")) for line in changed] == [
        "Title Changed in the source +2 −1 words",
        "Introduction Changed in the source +1 −1 words",
    ]
    difference = changed[1].select_one(".tr-diff")
    assert [(piece.name, words(piece)) for piece in difference.find_all(["ins", "del"])] == [
        ("del", "735"),
        ("ins", "736"),
    ]
    write(moderator, cell(english), "publish", introduction="Les racines ont 736 partenaires.")
    assert cell(english).behind == {"title": "Roots"}
    write(moderator, cell(english), "publish", done=["title"])
    assert (cell(english).state, cell(english).behind) == ("current", {})
    assert page_in(english, "fr").title == "Racines"


def test_a_text_confirmed_needs_no_moderation_and_one_changed_does(client, english):
    translate(english, "fr", **FRENCH, body=body("Elles descendent."))
    publish(english, title="Deep roots", introduction="Roots hold 736 partners.")
    client.force_login(member("Translators (French)"))
    write(client, cell(english), "save", done=["title"], introduction="Les racines ont 736 partenaires.")
    assert cell(english).behind == {"introduction": "Roots hold 735 partners."}
    assert cell(english).words_to_do == 0
    client.force_login(member("Moderators"))
    write(client, cell(english), "publish")
    assert cell(english).state == "current"


def test_a_moderator_who_mends_the_text_publishes_it_at_once(client, english):
    client.force_login(member("Translators (French)"))
    write(client, cell(english), "submit", **WRITTEN)
    client.force_login(member("Moderators"))
    write(client, cell(english), "approve", title="Les racines")
    french = page_in(english, "fr")
    assert (french.title, french.introduction, french.has_unpublished_changes) == (
        "Les racines",
        WRITTEN["introduction"],
        False,
    )
    assert french.current_workflow_state is None


def test_untouched_parts_come_from_the_source_and_say_so_to_readers(moderator, english, client):
    publish(english, body=body("Down they go, and down again.", "Then they spread."))
    write(
        moderator,
        cell(english),
        "publish",
        title="Racines",
        introduction="Les racines.",
        **{MORE: "<p>Puis elles s’étendent.</p>"},
    )
    page = page_in(english, "fr")
    assert [words(BeautifulSoup(part.value.source, "html.parser")) for part in page.body] == [
        "Down they go, and down again.",
        "Puis elles s’étendent.",
    ]
    assert page.untranslated["language"] == "en"
    assert set(page.untranslated["parts"]) == {f"body.{TEXT}"}
    assert (cell(english).state, cell(english).parts_left, cell(english).words_to_do) == ("outdated", 1, 6)
    client.logout()
    shown = BeautifulSoup(client.get("/fr/racines/").content, "html.parser")
    left = shown.select_one(".left-as-is")
    assert (left["lang"], left["dir"], words(left)) == ("en", "ltr", "Down they go, and down again.")
    assert shown.main.get("lang") is None
    assert shown.select_one(".lead").get("lang") is None


def test_what_somebody_writes_there_later_is_no_longer_marked(moderator, english, client):
    write(moderator, cell(english), "publish", title="Racines", **{BODY: "<p>Elles descendent.</p>"})
    shown = BeautifulSoup(client.get("/fr/racines/").content, "html.parser")
    assert shown.select_one(".lead")["lang"] == "en"
    publish(page_in(english, "fr"), introduction="Les racines.")
    shown = BeautifulSoup(client.get("/fr/racines/").content, "html.parser")
    assert shown.select_one(".lead").get("lang") is None
    assert cell(english).parts_left == 0


def test_a_text_left_empty_is_empty_again_in_the_form(moderator, english):
    write(moderator, cell(english), "publish", title="Racines", **{BODY: "<p>Elles descendent.</p>"})
    form = sent(sheet(moderator, cell(english)))
    assert (form["text-title"], form["text-introduction"]) == ("Racines", "")


def test_the_preview_says_what_is_left_empty(translator, english):
    data = sent(sheet(translator, cell(english))) | {"text-title": "Racines profondes"}
    response = translator.post(address(cell(english), "preview"), data)
    shown = BeautifulSoup(response.content, "html.parser")
    assert shown.html["lang"] == "fr"
    assert words(shown.h1) == "Racines profondes"
    assert [words(item) for item in shown.select("aside .notice li")] == ["Introduction", "Text"]
    assert "anglais" in words(shown.select_one("aside .notice"))
    assert shown.select_one(".lead")["lang"] == "en"
    assert page_in(english, "fr").alias_of_id is not None  # nothing was saved


def test_a_part_is_not_published_half_translated(moderator, english):
    accordion = [
        {
            "type": "accordion",
            "id": TEXT,
            "value": [{"type": "item", "id": OTHER, "value": {"title": "Why?", "text": "<p>Because of roots.</p>"}}],
        }
    ]
    latest_page = latest(english)
    latest_page.body = accordion
    publish(english, body=latest_page._meta.get_field("body").to_python(json.dumps(accordion)))
    question = {f"body__{TEXT}__{OTHER}__title": "Pourquoi ?"}
    data = (
        sent(sheet(moderator, cell(english)))
        | {f"text-{name}": text for name, text in question.items()}
        | {"text-title": "Racines", "text-introduction": "x", "step": "publish"}
    )
    response = moderator.post(address(cell(english)), data)
    message, errors = said(response)
    assert "Nothing was saved" in message
    assert errors == ["The rest of this part is translated: translate this too, or leave all of the part empty."]
    assert states(english)["fr"] == "missing"
    # A draft may be.
    assert moderator.post(address(cell(english)), data | {"step": "save"}).status_code == 302
    assert states(english)["fr"] == "draft"


def test_a_part_that_only_the_translation_has_stays_until_it_is_taken_out(moderator, english):
    translate(english, "fr", **FRENCH, body=body("Elles descendent.", "Une note pour la France."))
    page = sheet(moderator, cell(english))
    own = page.select(".tr-line")[3]
    assert words(own.select_one("h3")) == "Text 2 Only in this translation"
    write(moderator, cell(english), "publish", **{MORE: "<p>Une autre note.</p>"})
    assert "Une autre note." in page_in(english, "fr").body[1].value.source
    write(moderator, cell(english), "publish", removed=[f"body.{OTHER}"])
    assert len(page_in(english, "fr").body) == 1


def test_what_is_gone_from_the_source_can_be_taken_out(moderator, english):
    publish(english, body=body("Down they go.", "And 4 spread."))
    translate(english, "fr", **FRENCH, body=body("Elles descendent.", "Et 4 s’étalent."))
    publish(english, body=body("Down they go."))
    line = sheet(moderator, cell(english)).select(".tr-line--changed")
    assert [words(one.select_one("h3")) for one in line] == ["Text 2 Gone from the source +0 −3 words"]
    write(moderator, cell(english), "publish", removed=[f"body.{OTHER}"])
    assert (cell(english).state, len(page_in(english, "fr").body)) == ("current", 1)


def test_a_date_that_changed_is_taken_over(moderator, site):
    event = factories.add_event(site, title="Field day", slug="field-day", date="2027-05-01")
    event.copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)
    french = translate(event, "fr", title="Journée")
    publish(event, date="2027-05-08")
    assert cell(event).behind == {"=date": "2027-05-01"}
    line = sheet(moderator, cell(event)).select_one(".tr-line--changed")
    assert words(line).startswith("Date Changed in the source 2027-05-01 2027-05-08")
    write(moderator, cell(event), "publish")
    french.refresh_from_db()
    assert (french.date, str(french.starts_on), cell(event).state) == ("2027-05-08", "2027-05-08", "current")


def with_blocks(thing, *blocks):
    """Publish a page with these blocks: (type, value)."""
    raw = [
        {"type": kind, "value": value, "id": f"11111111-0000-4000-8000-00000000010{n}"}
        for n, (kind, value) in enumerate(blocks)
    ]
    publish(thing, body=StandardPage._meta.get_field("body").to_python(json.dumps(raw)))


def test_a_picture_and_an_address_within_a_block_that_changed(moderator, english):
    one, other = (
        get_image_model().objects.create(title=title, file=get_test_image_file(filename=f"{title}.png"))
        for title in ("Old root", "New root")
    )
    picture = {"image": one.pk, "alt": "A root", "caption": "", "credit": ""}
    call = {"text": "Join", "label": "Here", "page": None, "url": "https://example.org/old"}
    with_blocks(english, ("image", picture), ("call_to_action", call))
    french = translate(english, "fr", **FRENCH)
    with_blocks(
        french,
        ("image", picture | {"alt": "Une racine"}),
        ("call_to_action", call | {"text": "Rejoignez", "label": "Ici"}),
    )
    assert cell(english).state == "current"
    with_blocks(
        english, ("image", picture | {"image": other.pk}), ("call_to_action", call | {"url": "https://example.org/new"})
    )
    assert (cell(english).state, cell(english).words_to_do) == ("outdated", 0)
    page = sheet(moderator, cell(english))
    lines = page.select(".tr-line--changed")
    assert [words(line.select_one("h3")) for line in lines] == [
        "Image Changed in the source",
        "Call to action › Or address Changed in the source",
    ]
    shown = [[(side.name, words(side)) for side in line.select(".tr-diff > *")] for line in lines]
    assert shown == [
        [("del", "Old root"), ("ins", "New root")],
        [("del", "https://example.org/old"), ("ins", "https://example.org/new")],
    ]
    assert [bool(line.select(".tr-diff img")) for line in lines] == [True, False]
    # One is taken over, the other stays as the translation has it.
    write(moderator, cell(english), "publish", done=["=body.11111111-0000-4000-8000-000000000101.url"])
    own = page_in(english, "fr")
    assert (own.body[0].value["image"], own.body[0].value["alt"]) == (other, "Une racine")
    assert (own.body[1].value["url"], own.body[1].value["text"]) == ("https://example.org/old", "Rejoignez")
    assert (cell(english).state, cell(english).behind) == ("current", {})


def test_a_block_without_a_word_that_is_gone_from_the_source(moderator, english):
    picture = get_image_model().objects.create(title="Root", file=get_test_image_file())
    block = ("image", {"image": picture.pk, "alt": "", "caption": "", "credit": ""})
    with_blocks(english, block)
    translate(english, "fr", **FRENCH, body=latest(english).body)
    with_blocks(english)
    (line,) = sheet(moderator, cell(english)).select(".tr-line--changed")
    assert words(line.select_one("h3")) == "Image Gone from the source"
    assert words(line.select_one(".tr-side--target")) == "Root Keep what the translation has Take this part out"
    write(moderator, cell(english), "publish", removed=["body.11111111-0000-4000-8000-000000000100"])
    assert (cell(english).state, len(page_in(english, "fr").body)) == ("current", 0)


def test_facts_that_were_not_looked_at_before_flag_nothing(english):
    call = ("call_to_action", {"text": "Join", "label": "Here", "page": None, "url": "https://example.org/old"})
    with_blocks(english, call)
    translate(english, "fr", **FRENCH, body=latest(english).body)
    subject = cell(english).subject
    subject.texts = {path: text for path, text in subject.texts.items() if not path.startswith("=body")}
    subject.save()
    assert cell(english).state == "current"


def test_the_source_changed_while_somebody_wrote(moderator, english):
    data = sent(sheet(moderator, cell(english))) | {
        "text-title": "Racines",
        "text-introduction": "735.",
        "step": "publish",
    }
    publish(english, introduction="Roots hold 736 partners.")
    response = moderator.post(address(cell(english)), data)
    assert said(response)[1] == ["The source has changed meanwhile. Read it again, then save."]
    page = BeautifulSoup(response.content, "html.parser")
    assert sent(page)["text-introduction"] == "735."  # nothing typed is lost
    assert moderator.post(address(cell(english)), sent(page) | {"step": "publish"}).status_code == 302
    assert page_in(english, "fr").introduction == "735."


def test_somebody_else_saved_meanwhile(moderator, english):
    french = translate(english, "fr", **FRENCH, body=body("Elles descendent."))
    data = sent(sheet(moderator, cell(english))) | {"text-title": "Mes racines", "step": "publish"}
    draft(french, title="Leurs racines")
    response = moderator.post(address(cell(english)), data)
    assert said(response)[1] == [
        "Somebody else saved this translation meanwhile. Saving now puts your texts in the place of theirs."
    ]
    page = BeautifulSoup(response.content, "html.parser")
    assert moderator.post(address(cell(english)), sent(page) | {"step": "publish"}).status_code == 302
    assert page_in(english, "fr").title == "Mes racines"


def test_an_address_that_is_taken_is_said_at_the_address(moderator, english, site):
    factories.add_page(site["home", "fr"], StandardPage, title="Autre", slug="prise")
    response = write(moderator, cell(english), "publish", slug="prise", **WRITTEN)
    assert "already in use" in said(response)[1][0]
    assert sent(BeautifulSoup(response.content, "html.parser"))["text-title"] == "Racines"
    assert write(moderator, cell(english), "publish", slug="pas bon", **WRITTEN).status_code == 200
    assert write(moderator, cell(english), "publish", slug="libre", **WRITTEN).status_code == 302
    assert page_in(english, "fr").slug == "libre"


def test_a_text_that_is_too_long_is_said_beside_it(moderator, english):
    response = write(moderator, cell(english), "save", title="x" * 300)
    assert "at most 255" in said(response)[1][0]
    assert states(english)["fr"] == "missing"


def test_a_page_without_an_alias_is_made_where_it_belongs(moderator, site):
    page = factories.add_page(site["about", "en"], StandardPage, title="Worms", slug="worms")
    assert page_in(page, "en").get_translations().count() == 0
    write(moderator, cell(page), "publish", title="Vers")
    french = page_in(page, "fr")
    assert (french.get_parent().pk, french.slug, french.live) == (site["about", "fr"].pk, "vers", True)


def test_where_it_goes_back_to(moderator, english):
    here = "/admin/translations/?language=fr&view=missing"
    page = sheet(moderator, cell(english))
    data = sent(page) | {"step": "publish", "text-title": "Racines", "next": here}
    assert moderator.post(address(cell(english)), data).url == here
    data = sent(sheet(moderator, cell(english))) | {"step": "publish", "next": "https://example.org/"}
    assert moderator.post(address(cell(english)), data).url == "/admin/translations/"


@pytest.mark.parametrize("name", ["translate", "preview", "care", "right", "source"])
def test_the_source_has_no_such_page(moderator, english, name):
    assert moderator.post(address(cell(english, "en"), name)).status_code == 404


@pytest.mark.parametrize(
    "query", [{}, {"step": "x"}, {"step": "publish", "text-title": "\x00"}, {"revision": "x" * 5_000, "step": "save"}]
)
def test_nonsense_is_refused(moderator, english, query):
    assert moderator.post(address(cell(english)), query).status_code in (200, 302)
    assert Translation.objects.get(subject__subject=english.subject, language="fr").state == "missing"


@pytest.mark.parametrize("count", [2, 30])
def test_it_costs_the_same_however_long_the_page_is(moderator, english, django_assert_max_num_queries, count):
    parts = [{"type": "text", "value": f"<p>Part {n} of many.</p>"} for n in range(count)]
    publish(english, body=StandardPage._meta.get_field("body").to_python(json.dumps(parts)))
    one = cell(english)
    sheet(moderator, one)
    with django_assert_max_num_queries(32):
        sheet(moderator, one)
