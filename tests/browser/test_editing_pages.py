"""An article from the first word to the reader: written, previewed, published, translated, scheduled, reviewed."""

import datetime

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from initiative.models import NewsArticlePage
from tests.browser.content import PASSWORD
from tests.browser.editor import Editor


def begin_article(editor, pages, title: str):
    editor.go(f"/admin/pages/add/initiative/newsarticlepage/{pages['news', 'en'].pk}/")
    editor.write("title", title)
    editor.page.keyboard.press("Tab")
    # Wagtail makes the slug of it.
    expect(editor.page.locator("#id_slug")).not_to_have_value("")


def test_signing_in(reader):
    page = reader.go("/admin/")
    page.wait_for_url("**/admin/login/**")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("button", name="Library")).to_be_visible()


def test_an_article_is_written_published_and_translated(browse, pages):
    editor, visitor = Editor(browse(), "admin"), browse()
    page = editor.page
    begin_article(editor, pages, "Roots remember")
    editor.write("heading", "Roots remember every winter")
    editor.write("introduction", "What stays in the ground.")
    editor.write_block("Text", "Under the snow, roots go on.")

    shown = editor.preview()
    expect(shown.locator("h1")).to_have_text("Roots remember every winter")
    expect(shown.locator("main")).to_contain_text("Under the snow, roots go on.")
    editor.end_preview()
    visitor.go("/en/news/roots-remember/", 404)
    editor.act("Publish", "published")

    public = visitor.go("/en/news/roots-remember/")
    expect(public.locator("h1")).to_have_text("Roots remember every winter")
    expect(public.locator("main")).to_contain_text("Under the snow, roots go on.")
    # Not translated yet: French readers get the English text, and are told so.
    public = visitor.go("/fr/actualites/roots-remember/")
    expect(public.locator("main")).to_have_attribute("lang", "en")

    # Wagtail has put an alias of it into every tree, which becomes the translation.
    article = NewsArticlePage.objects.get(slug="roots-remember", locale__language_code="en")
    editor.go(f"/admin/pages/{article.pk}/edit/")
    editor.switch_to("French")
    page.get_by_role("link", name="Convert this alias into an ordinary page").click()
    page.get_by_role("button", name="Yes, convert it").click()
    editor.ready()
    editor.write("title", "Les racines se souviennent")
    editor.write("heading", "Les racines se souviennent de chaque hiver")
    editor.write_rich_text("Sous la neige, les racines continuent.")
    editor.tab("Promote")
    editor.write("slug", "les-racines")
    editor.act("Publish", "published")

    public = visitor.go("/fr/actualites/les-racines/")
    expect(public.locator("html")).to_have_attribute("lang", "fr")
    expect(public.locator("main")).not_to_have_attribute("lang", "en")
    expect(public.locator("h1")).to_have_text("Les racines se souviennent de chaque hiver")
    expect(public.locator("main")).to_contain_text("Sous la neige, les racines continuent.")
    public = visitor.go("/en/news/roots-remember/")
    expect(public.locator("h1")).to_have_text("Roots remember every winter")
    assert visitor.cookies == []


def test_a_moderator_schedules_an_article(browse, pages):
    editor, visitor = Editor(browse(), "moderators"), browse()
    begin_article(editor, pages, "Tomorrow")
    editor.schedule((timezone.now() + datetime.timedelta(days=1)).strftime("%Y-%m-%d %H:%M"))
    editor.act("Schedule to publish", "scheduled")
    call_command("publish_scheduled", verbosity=0)
    visitor.go("/en/news/tomorrow/", 404)

    article = NewsArticlePage.objects.get(slug="tomorrow", locale__language_code="en")
    revision = article.scheduled_revision
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    expect(visitor.go("/en/news/tomorrow/").locator("h1")).to_have_text("Tomorrow")


def test_an_editor_submits_and_a_moderator_approves(browse, pages):
    editor, moderator, visitor = Editor(browse(), "editors"), Editor(browse(), "moderators"), browse()
    begin_article(editor, pages, "Reviewed")
    expect(editor.page.locator("button[name='action-publish']")).to_have_count(0)
    editor.act("Submit to Moderators approval", "submitted for moderation")
    visitor.go("/en/news/reviewed/", 404)

    article = NewsArticlePage.objects.get(slug="reviewed", locale__language_code="en")
    moderator.go(f"/admin/pages/{article.pk}/edit/")
    moderator.act("Approve", "updated")
    expect(visitor.go("/en/news/reviewed/").locator("h1")).to_have_text("Reviewed")
