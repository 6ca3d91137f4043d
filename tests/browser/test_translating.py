"""A translator who may write French, a moderator, and a reader: from an outdated text on the board to the French page."""

import pytest
from playwright.sync_api import expect
from wagtail.models import Revision

from initiative.translations.models import Subject
from resources.models import Resource
from tests.browser.content import PASSWORD, SENTENCES
from tests.browser.editor import Editor

# The number changes; the French still says four.
FIVE = {
    "en": SENTENCES["en"].replace("four of them", "five of them"),
    "fr": SENTENCES["fr"].replace("dont quatre", "dont cinq"),
}


def sign_in(reader, name: str):
    """Through the form, as on the first day."""
    page = reader.go("/admin/translations/")
    page.wait_for_url("**/admin/login/**")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/translations/")
    return page


def row_of(page, thing):
    """Its line of the board; something else may have the same title."""
    name = thing.subject if isinstance(thing, Resource) else f"page:{thing.translation_key}"
    number = Subject.objects.get(subject=name).pk
    return page.get_by_role("row").filter(has=page.locator(f"[name='row'][value='{number}']"))


def state_of(thing) -> tuple:
    """What must not change: all that is known of the English."""
    revisions = Revision.objects.for_instance(thing).order_by("pk").values_list("pk", flat=True)
    return thing.title, thing.live_revision_id, thing.latest_revision_id, thing.last_published_at, list(revisions)


@pytest.fixture
def article(pages):
    """Somebody has changed a number in the English article."""
    page = pages["article", "en"]
    page.introduction = FIVE["en"]
    page.save_revision().publish()
    return pages["article", "en"]


@pytest.fixture
def work(pages):
    """The same in the abstract of a work."""
    record = Resource.objects.get(slug="work-0")
    record.abstract_en = FIVE["en"]
    record.save_revision().publish()
    return Resource.objects.get(slug="work-0")


def bring_up_to_date(page, thing, field: str):
    """The translator takes it from the board, reads what changed, writes, and sends it on."""
    row = row_of(page, thing)
    cell = row.get_by_role("link", name="À mettre à jour")
    cell.click()
    changed = page.locator(".tr-line--changed")
    expect(changed).to_have_count(1)
    expect(changed.locator("del")).to_have_text("four")
    expect(changed.locator("ins")).to_have_text("five")
    text = changed.locator(f"[name='text-{field}']")
    expect(text).to_have_value(SENTENCES["fr"])
    text.fill(FIVE["fr"])
    expect(page.get_by_role("button", name="Publier")).to_have_count(0)
    page.get_by_role("button", name="Envoyer en modération").click()
    expect(page.locator(".messages")).to_contain_text("Envoyée en modération")
    expect(row_of(page, thing)).to_contain_text("En modération")


def approve(page, thing):
    """The moderator takes it from the same board."""
    row_of(page, thing).get_by_role("link").filter(has_text="in moderation").click()
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.locator(".messages")).to_contain_text("Approved")


def test_a_page_from_the_board_to_the_reader(browse, pages, article):
    before, told = state_of(article), pages["article", "fr"].introduction
    translator, visitor = browse(), browse()
    page = sign_in(translator, "traductrice")
    bring_up_to_date(page, article, "introduction")
    expect(visitor.go(pages["article", "fr"].get_path()).locator(".lead")).to_have_text(told)

    moderator = Editor(browse(), "moderators")
    moderator.reader.go("/admin/translations/")
    approve(moderator.page, article)
    expect(visitor.go(pages["article", "fr"].get_path()).locator(".lead")).to_have_text(FIVE["fr"])
    expect(visitor.go(pages["article", "en"].get_path()).locator(".lead")).to_have_text(FIVE["en"])
    assert state_of(pages["article", "en"]) == before
    page.reload()
    expect(row_of(page, article)).to_have_count(0)


def test_a_record_from_the_board_to_the_reader(browse, pages, work):
    translator, visitor = browse(), browse()
    page = sign_in(translator, "traductrice")
    bring_up_to_date(page, work, "abstract")
    path = f"{pages['library', 'fr'].get_path()}work-0/"
    expect(visitor.go(path).locator("main")).to_contain_text(SENTENCES["fr"])

    moderator = Editor(browse(), "moderators")
    moderator.reader.go("/admin/translations/")
    approve(moderator.page, work)
    expect(visitor.go(path).locator("main")).to_contain_text(FIVE["fr"])
    public = visitor.go(f"{pages['library', 'en'].get_path()}work-0/")
    expect(public.locator("main")).to_contain_text(FIVE["en"])
    now = Resource.objects.get(pk=work.pk)
    assert (now.abstract_en, now.abstract_ar, now.title) == (work.abstract_en, work.abstract_ar, work.title)
