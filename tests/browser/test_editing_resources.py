"""A work comes into the library: its facts once, its texts per language, previewed, published, scheduled."""

import datetime

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from resources.models import Resource
from tests.browser.editor import Editor

ADD = "/admin/snippets/resources/resource/add/"


def write_resource(editor, title: str, slug: str):
    editor.go(ADD)
    # Before the title, of which it is made else, a moment later than a machine types.
    editor.write("slug", slug)
    editor.write("title", title)
    editor.page.locator("[data-chooser-url*='resourcetype'], #id_type-chooser").first.get_by_role(
        "button"
    ).first.click()
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_role("link", name="Articles").click()
    expect(dialog).to_be_hidden()
    expect(editor.page.locator("#id_type")).not_to_have_value("")


def test_a_moderator_adds_a_work_in_two_languages(browse):
    editor, visitor = Editor(browse(), "moderators"), browse()
    write_resource(editor, "A field guide to humus", "humus")
    editor.tab("English")
    editor.write("abstract_en", "What the dark layer is made of.")
    editor.tab("Français")
    editor.write("abstract_fr", "De quoi est faite la couche sombre.")
    editor.write("title_translation_fr", "Guide de l’humus")

    expect(editor.preview().locator("h1")).to_have_text("A field guide to humus")  # what was typed has come over
    shown = editor.preview("Français")
    expect(shown.locator("html")).to_have_attribute("lang", "fr")
    expect(shown.locator("main")).to_contain_text("De quoi est faite la couche sombre.")
    shown = editor.preview("English")
    expect(shown.locator("main")).to_contain_text("What the dark layer is made of.")
    editor.end_preview()
    visitor.go("/en/resources/humus/", 404)
    editor.act("Publish", "published")

    public = visitor.go("/en/resources/humus/")
    expect(public.locator("html")).to_have_attribute("lang", "en")
    expect(public.locator("h1")).to_have_text("A field guide to humus")
    expect(public.locator("main")).to_contain_text("What the dark layer is made of.")
    public = visitor.go("/fr/ressources/humus/")
    expect(public.locator("html")).to_have_attribute("lang", "fr")
    expect(public.locator("h1 [lang=en]")).to_have_text("A field guide to humus")
    expect(public.locator("main")).to_contain_text("Guide de l’humus")
    expect(public.locator("main")).to_contain_text("De quoi est faite la couche sombre.")
    # Nobody wrote it in Arabic: the French text, said to be French.
    public = visitor.go("/ar/resources/humus/")
    expect(public.locator("main")).to_have_attribute("lang", "fr")
    # Readers find it at once.
    public = visitor.go("/en/resources/?q=humus")
    expect(public.locator("ol.results h3")).to_have_text("A field guide to humus")


def test_a_moderator_schedules_a_work(browse):
    editor, visitor = Editor(browse(), "moderators"), browse()
    write_resource(editor, "Tomorrow's soil", "tomorrow")
    editor.schedule((timezone.now() + datetime.timedelta(days=1)).strftime("%Y-%m-%d %H:%M"))
    editor.act("Schedule to publish", "scheduled")
    call_command("publish_scheduled", verbosity=0)
    visitor.go("/en/resources/tomorrow/", 404)

    revision = Resource.objects.get(slug="tomorrow").scheduled_revision
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    expect(visitor.go("/en/resources/tomorrow/").locator("h1")).to_have_text("Tomorrow's soil")


def test_a_wrong_date_is_told_and_nothing_is_lost(browse):
    editor = Editor(browse(), "moderatrice")
    write_resource(editor, "Un sol sans date", "sans-date")
    editor.write("issued", "mai 2022")
    editor.tab("Français")
    editor.write("abstract_fr", "Un résumé.")
    editor.act("Publier", "n'a pas pu être créé")
    page = editor.page
    said = page.locator("[data-field]", has=page.locator("#id_issued")).locator("[data-field-errors]")
    expect(said).to_contain_text("« mai 2022 » n’est pas une date. Écrivez 2022")
    expect(page.locator("#id_issued")).to_have_value("mai 2022")
    expect(page.locator("#id_title")).to_have_value("Un sol sans date")
    expect(page.locator("#id_abstract_fr")).to_have_value("Un résumé.")
    assert not Resource.objects.filter(slug="sans-date", live=True).exists()
