"""Somebody with a browser: goes to pages, presses keys, and notes whatever the browser complains of."""

from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

# A page that is left while something is still on its way; no mistake.
_LEFT = "net::ERR_ABORTED"


class Reader:
    """One browser context with one page. `wishes` are Playwright's options of a context, and `width` in pixels."""

    def __init__(self, browser, origin: str, patience: int, width: int = 1440, **wishes):
        self.origin = origin
        self.complaints: list[str] = []
        wishes.setdefault("viewport", {"width": width, "height": 900})
        # What one test visits is nothing to another's server; who wants the worker says so.
        wishes.setdefault("service_workers", "block")
        self.scripts = wishes.get("java_script_enabled", True)
        wishes.setdefault("reduced_motion", "reduce")
        self.context = browser.new_context(base_url=origin, **wishes)
        self.context.set_default_timeout(patience)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        self.context.on("request", self._see_request)
        self.context.on("requestfailed", self._see_failure)
        self.context.on("response", self._see_response)
        self.page = self.context.new_page()

    def go(self, path: str, status: int = 200):
        """The page at a path of the site, loaded, with whatever comes after; the status is checked."""
        response = self.page.goto(path, wait_until="load")
        if self.scripts:
            self.reach()
        assert response.status == status, f"{path} → {response.status}"
        if status >= 400:
            self.forgive(f" {status} {path}")
        return self.page

    def reach(self) -> None:
        """The pointer comes to the page; then lists change in place."""
        self.page.mouse.move(1, 1)
        self.page.mouse.move(0, 0)
        self.page.wait_for_function("() => !document.querySelector('meta[name=htmx]') || window.htmx")

    def unroll(self) -> None:
        """As after somebody has been down the whole page: what waits to be laid out until it is near is laid out."""
        # A constructed sheet is no inline style, which the site's policy forbids.
        self.page.evaluate("""() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("* { content-visibility: visible !important; }");
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }""")

    def forgive(self, words: str) -> None:
        """Forget the complaints with these words."""
        self.complaints = [complaint for complaint in self.complaints if words not in complaint]

    def sign_in(self, user) -> None:
        """Have the session of a user, as after the form."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.origin}])

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()

    @property
    def path(self) -> str:
        """Path and query of the page."""
        return self.page.url.removeprefix(self.origin)

    @property
    def cookies(self) -> list[str]:
        """The names of the cookies that were set."""
        return [cookie["name"] for cookie in self.context.cookies()]

    @property
    def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def resize(self, width: int, height: int = 900) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Text where the focus is."""
        self.page.keyboard.type(text)

    def tab_to(self, target, most: int = 150, key: str = "Tab") -> None:
        """Press Tab until the element has the focus. AssertionError where it can't be reached."""
        wanted = target.element_handle()
        for _press in range(most):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{target} can't be reached with the keyboard")

    @property
    def focus_ring(self) -> bool:
        """Whether one sees where the focus is: an outline of two pixels or more, or a line under the search field."""
        return self.page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                const line = document.activeElement.closest(".find:has(input:focus)");
                return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                    || line !== null && getComputedStyle(line).boxShadow !== "none";
            }"""
        )

    def _hear(self, message) -> None:
        if "htmx:sendAbort" in message.text:
            # A newer request took its place, no mistake; htmx has just told of it by another name too.
            if self.complaints and "htmx:afterRequest" in self.complaints[-1]:
                self.complaints.pop()
        elif message.type == "error":
            where = urlsplit(message.location.get("url", "")).path
            status = message.text.partition("status of ")[2][:3]
            self.complaints.append(f"console: {status} {where} {message.text}")

    def _see_request(self, request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:", "about:")):
            self.complaints.append(f"a request to a third party: {request.url}")

    def _see_failure(self, request) -> None:
        if request.failure != _LEFT:
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _see_response(self, response) -> None:
        if response.status >= 400:
            self.complaints.append(f"answer: {response.status} {urlsplit(response.url).path}")
