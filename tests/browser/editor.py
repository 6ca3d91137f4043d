"""Somebody of the secretariat in the admin, with clicks and typing as anybody would."""

import re

from django.contrib.auth import get_user_model
from playwright.sync_api import expect


class Editor:
    """A user of `content.build` who has signed in."""

    def __init__(self, reader, username: str):
        self.reader = reader
        self.page = reader.page
        self.reader.sign_in(get_user_model().objects.get(username=username))

    def go(self, path: str):
        """A form of the admin, once its scripts are at work."""
        self.reader.go(path)
        self.ready()

    def ready(self):
        """Wait for the form and its scripts: the menu at its foot is one of the last things they bring to life."""
        expect(self.page.locator("[data-edit-form]")).to_be_visible()
        self.page.wait_for_load_state("load")
        expect(self._actions).to_have_attribute("aria-expanded", "false")

    @property
    def _actions(self):
        return self.page.locator("footer .w-dropdown__toggle")

    def write(self, field: str, text: str):
        """Type into a field of the form, by its name, instead of what was there."""
        place = self.page.locator(f"#id_{field}")
        place.click()
        place.press("ControlOrMeta+a")
        place.press("Delete")
        place.press_sequentially(text)

    def write_block(self, kind: str, text: str):
        """Add the first block to the body and type into it."""
        self.page.get_by_role("button", name="Insert a block").first.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        self.write_rich_text(text)

    def write_rich_text(self, text: str):
        """Type into the first text of the body, instead of what was there."""
        self.rich_text.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        # The editor hands over what was typed a moment later.
        expect(self.page.locator("input[name='body-0-value']")).to_have_value(re.compile(re.escape(text)))

    @property
    def rich_text(self):
        """Where the first text of the body is written."""
        return self.page.locator(".public-DraftEditor-content").first

    def tab(self, name: str):
        self.page.get_by_role("tab", name=name).click()

    def preview(self, mode: str = ""):
        """The document in the preview beside the form."""
        toggle = self.page.locator("[data-side-panel-toggle='preview']")
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        if mode:
            # While it loads, Wagtail lets nobody choose.
            expect(self.page.locator("[data-w-preview-target='spinner']")).to_be_hidden()
            self.page.locator("#id_preview_mode").select_option(label=mode)
        return self.page.frame_locator("#w-preview-iframe")

    def end_preview(self):
        self.page.locator("[data-side-panel-toggle='preview']").click()

    def act(self, name: str, says: str):
        """An action of the menu at the foot of the form; what the admin says then."""
        self._actions.click()
        self.page.locator("footer").get_by_role("button", name=name, exact=True).click()
        expect(self.page.locator(".messages")).to_contain_text(says)

    def switch_to(self, language: str):
        """The same page in another language."""
        self._status()
        self.page.get_by_role("button", name="Switch locales").click()
        self.page.get_by_role("link", name=language).click()
        self.page.wait_for_load_state()
        # Wagtail's page of an alias has no form, which one of its own scripts looks for.
        self.reader.forgive("identifier: w-teleport")

    def _status(self):
        self.page.locator("[data-side-panel-toggle='status']").click()

    def schedule(self, when: str):
        """Set the day and hour of publication."""
        self._status()
        self.page.get_by_role("button", name="Set schedule").click()
        dialog = self.page.get_by_role("dialog", name="Set publishing schedule")
        place = dialog.locator("#id_go_live_at")
        place.click()
        place.press_sequentially(when)
        dialog.get_by_role("heading").first.click()  # the calendar closes
        expect(self.page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
        expect(place).to_have_value(when)
        dialog.get_by_role("button", name="Save schedule").click()
