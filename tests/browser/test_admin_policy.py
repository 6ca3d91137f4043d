"""The admin under a policy that runs nothing inline: its screens complain of nothing, and its widgets work."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from PIL import Image as Picture
from playwright.sync_api import expect
from wagtail.images.models import Image
from wagtail.models import Workflow, WorkflowTask

from partners.models import Organisation
from resources.models import Resource
from tests.browser import screens, senders
from tests.browser.editor import Editor

# Wagtail's own screens, beside ours in `screens.ADMIN`.
OTHERS = [
    "wagtailadmin_account", "second_factor", "wagtailimages:index", "wagtailimages:add_multiple", "wagtaildocs:index",
    "wagtaildocs:add_multiple", "wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:index",
    "wagtailadmin_workflows:index", "wagtailadmin_workflows:add", "wagtailadmin_workflows:task_index", "wagtailredirects:index",
    "wagtailredirects:add", "wagtailadmin_reports:site_history", "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages", "wagtailadmin_reports:workflow",
    "wagtailsites:index", "wagtaillocales:index",
]  # fmt: skip
# Chromium writes what the policy refuses to the console, which `browse` looks at; styles and frames aren't always told there.
LISTEN = """document.addEventListener("securitypolicyviolation", event =>
    console.error(`refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""


@pytest.fixture
def editor(browse) -> Editor:
    reader = browse()
    reader.context.add_init_script(LISTEN)
    return Editor(reader, "admin")


def test_no_screen_of_the_admin_runs_what_is_written_into_it(editor, pages):
    reader = editor.reader
    senders.add_senders(Organisation.objects.get())
    workflow = Workflow.objects.get()
    people = get_user_model().objects.get(username="admin")
    paths = [
        *(reverse(name) for name in OTHERS),
        reverse("wagtailadmin_workflows:edit", args=[workflow.pk]),
        reverse("wagtailusers_users:edit", args=[people.pk]),
        reverse("wagtailadmin_pages:history", args=[pages["article", "en"].pk]),
        reverse("wagtailadmin_explore", args=[pages["news", "en"].pk]),
        *(screen.path(pages, "en") for screen in screens.ADMIN.values()),
    ]
    for path in paths:
        page = reader.go(path)
        assert page.locator("script:not([src]):not([type='application/json'])").count() == 0, path
        # Screens without a form have nothing that says they are ready; their menu is.
        expect(page.locator("#wagtail-sidebar .sidebar__inner")).to_be_visible()
    # Wagtail's names of time zones, which Chromium without a window has not all of.
    reader.forgive("identifier: w-locale")
    # Tables are drawn by Handsontable, which has no language called "en" and says so.
    reader.forgive('Language with code "en"')
    assert reader.complaints == []


def test_what_is_written_into_a_page_would_be_refused_and_told(editor):
    page = editor.reader.go(reverse("wagtailadmin_home"))
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.stolen = true";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.stolen") is None
    assert any("refused: script-src-elem inline" in complaint for complaint in editor.reader.complaints)
    editor.reader.complaints.clear()


def test_a_day_a_picture_and_another_page_are_chosen(editor, pages):
    page = editor.page
    editor.go(reverse("wagtailadmin_pages:edit", args=[pages["article", "en"].pk]))
    day = page.locator("#id_date")
    day.click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    calendar.locator("td[data-date='17']:not(.xdsoft_other_month)").click()
    expect(day).to_have_value(f"{day.input_value()[:8]}17")

    page.locator("#id_image-chooser").get_by_role("button", name="Choose an image").click()
    dialog = page.locator(".modal")
    dialog.get_by_role("link", name="Ground").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#id_image")).to_have_value(str(Image.objects.get().pk))

    # One that is uploaded on the way.
    page.locator("#id_image-chooser").get_by_role("button", name="Actions").click()
    page.locator("[data-chooser-action-choose]:visible", has_text="Change image").click()
    dialog.get_by_role("tab", name="Upload").click()
    picture = io.BytesIO()
    Picture.new("RGB", (200, 100), (20, 80, 50)).save(picture, "PNG")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "leaf.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    expect(dialog.locator("[name$=title]")).to_have_value("leaf")
    dialog.get_by_role("button", name="Upload").click()
    expect(page.locator("#id_image-chooser")).to_contain_text("leaf")
    editor.act("Publish", "published")
    editor.reader.forgive('Language with code "en"')
    article = pages["article", "en"]
    assert (article.image.title, article.date.day) == ("leaf", 17)


def test_rows_are_added_moved_and_kept(editor, pages):
    page = editor.page
    work = Resource.objects.get(slug="work-0")
    editor.go(reverse("wagtailsnippets_resources_resource:edit", args=[work.pk]))
    before = work.contributions.count()
    page.get_by_role("button", name="Add contribution").click()
    row = f"#id_contributions-{before}"
    page.locator(f"{row}-person-chooser").get_by_role("button", name="Choose").first.click()
    dialog = page.locator(".modal")
    dialog.get_by_role("link", name="Ada Loam").first.click()
    expect(dialog).to_have_count(0)
    expect(page.locator(f"{row}-person")).not_to_have_value("")
    # A row that moves comes into the page again; its chooser still opens one dialogue.
    page.locator(f"#inline_child_contributions-{before}").get_by_role("button", name="Move up").click()
    page.locator(f"{row}-person-chooser").get_by_role("button", name="Actions").click()
    page.locator("[data-chooser-action-choose]:visible", has_text="Choose another").click()
    expect(dialog).to_have_count(1)
    dialog.get_by_role("link", name="Ada Loam").first.click()
    expect(dialog).to_have_count(0)
    editor.act("Publish", "published")
    assert work.contributions.count() == before + 1


def test_a_workflow_gets_its_tasks(editor):
    page = editor.reader.go(reverse("wagtailadmin_workflows:add"))
    page.locator("#id_name").fill("Two looks")
    page.get_by_role("button", name="Add task").click()
    row = page.locator("#id_workflow_tasks-0-task-chooser, #id_workflow_tasks-1-task-chooser").last
    row.get_by_role("button", name="Choose a task").click()
    dialog = page.locator(".modal")
    dialog.get_by_role("tab", name="Existing").click()
    dialog.get_by_role("link", name="Moderators approval").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Create").click()
    page.wait_for_load_state()
    assert WorkflowTask.objects.filter(workflow__name="Two looks").count() == 1
