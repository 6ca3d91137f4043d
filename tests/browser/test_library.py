"""A reader in the library, without a mouse; with JavaScript and without."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def visitor(request, browse, pages):
    return Visitor(browse(java_script_enabled=request.param), pages["library", "en"].get_path(), request.param)


class Visitor:
    """Somebody in the library with a keyboard."""

    def __init__(self, reader, path, script):
        self.reader, self.script = reader, script
        self.page = reader.go(path)

    @property
    def asked(self) -> dict[str, list[str]]:
        """What the address asks for."""
        return parse_qs(urlsplit(self.reader.path).query, keep_blank_values=True)

    @property
    def found(self) -> list[str]:
        """The slugs of the results, in order."""
        links = self.page.locator("ol.results h3 a").all()
        return [link.get_attribute("href").rstrip("/").rpartition("/")[2] for link in links]

    @property
    def total(self):
        return self.page.locator("[data-results]")

    @property
    def chips(self) -> list[str]:
        texts = self.page.locator(".chip").all_inner_texts()
        return [words.partition(":")[2].partition(",")[0].strip() for words in texts]

    def chip(self, name: str):
        return self.page.locator(".chip", has_text=name)

    def search(self, words: str):
        self.reader.tab_to(self.page.get_by_label("Search the library"))
        self.reader.type(words)
        self.reader.press("Enter")

    def tick(self, name: str):
        """A box of a facet; without script the button too."""
        self.reader.tab_to(self.box(name))
        self.reader.press("Space")
        button = self.page.get_by_role("button", name="Show results")
        if not self.script:
            self.reader.tab_to(button)
            self.reader.press("Enter")
        elif self.page.viewport_size["width"] > 1000:
            expect(button).to_be_hidden()

    def box(self, name: str):
        """The box of a choice, which is called by its label and its count."""
        return self.page.get_by_role("checkbox", name=re.compile(rf"^{name} \d+$"))

    def sees(self, total: str, **asked):
        """The heading says how many there are, and the address says why."""
        expect(self.total).to_have_text(total)
        assert self.asked == {name: value.split() for name, value in asked.items()}


# Of thirty works every third is a film and every second is on roots.
def test_asking_narrowing_and_coming_back(visitor, browse, pages):
    reader, page = visitor.reader, visitor.page
    expect(visitor.total).to_have_text("30 results")
    visitor.search("grains")
    page.wait_for_url("**?q=grains*")
    visitor.sees("30 results", q="grains")
    visitor.tick("Roots")
    page.wait_for_url("**topic=roots*")
    visitor.sees("15 results", q="grains", topic="roots")
    visitor.tick("Films")
    page.wait_for_url("**type=films*")
    visitor.sees("5 results", q="grains", topic="roots", type="films")
    narrowed, address = visitor.found, reader.path
    assert sorted(narrowed) == ["work-0", "work-12", "work-18", "work-24", "work-6"]
    assert visitor.chips == ["Films", "Roots"]

    # Without one of the two.
    reader.tab_to(visitor.chip("Films"))
    reader.press("Enter")
    page.wait_for_url(lambda url: "type=" not in url)
    visitor.sees("15 results", q="grains", topic="roots")
    assert visitor.chips == ["Roots"]

    page.go_back()
    expect(visitor.total).to_have_text("5 results")
    assert (reader.path, visitor.found) == (address, narrowed)
    expect(page.get_by_label("Search the library")).to_have_value("grains")
    expect(visitor.box("Films")).to_be_checked()
    page.go_forward()
    expect(visitor.total).to_have_text("15 results")
    page.go_back()
    expect(visitor.total).to_have_text("5 results")

    # The same in French.
    menu = page.locator("header details[data-menu]:visible")
    reader.tab_to(menu.locator("summary"))
    reader.press("Enter")
    reader.tab_to(menu.get_by_role("link", name="Français"))
    reader.press("Enter")
    page.wait_for_url("**/fr/**")
    visitor.sees("5 résultats", q="grains", topic="roots-fr", type="films-fr")
    assert visitor.found == narrowed
    assert visitor.chips == ["Films (fr)", "Roots (fr)"]

    # What is shared shows the same to somebody else.
    other = browse()
    other.go(address)
    assert Visitor(other, address, True).found == narrowed


def test_pages_and_order(visitor):
    reader, page = visitor.reader, visitor.page
    first = visitor.found
    assert len(first) == 20
    reader.tab_to(page.get_by_role("link", name="Next"))
    reader.press("Enter")
    page.wait_for_url("**page=2*")
    expect(page.locator("ol.results > li")).to_have_count(10)
    assert not set(first) & set(visitor.found)
    reader.tab_to(page.get_by_label("Sort"))
    reader.type("by t")
    if not visitor.script:
        reader.tab_to(page.get_by_role("button", name="Show results"), key="Shift+Tab")
        reader.press("Enter")
    page.wait_for_url("**sort=title*")
    titles = page.locator("ol.results h3").all_inner_texts()
    assert len(titles) == 20
    assert titles[0].startswith("Des sols")


def test_nothing_is_found(visitor):
    visitor.tick("Roots")
    visitor.page.wait_for_url("**topic=roots*")
    visitor.search("xyzzyx")
    visitor.page.wait_for_url("**?q=xyzzyx*")
    visitor.sees("0 results", q="xyzzyx", topic="roots")
    visitor.reader.tab_to(visitor.page.get_by_role("link", name="Without the words"))
    visitor.reader.press("Enter")
    visitor.sees("15 results", topic="roots")
    expect(visitor.page.get_by_label("Search the library")).to_have_value("")
    visitor.search("xyzzyx")
    visitor.page.wait_for_url("**?q=xyzzyx*")
    visitor.reader.tab_to(visitor.page.get_by_role("link", name="See the whole library"))
    visitor.reader.press("Enter")
    visitor.page.wait_for_url("**/en/resources/")
    expect(visitor.total).to_have_text("30 results")


def test_what_htmx_changes_is_said_and_the_focus_stays(reader, pages):
    visitor = Visitor(reader, pages["library", "en"].get_path(), True)
    page, said = visitor.page, visitor.page.locator("[data-announce]")
    title = page.title()
    page.evaluate("window.still = true")  # gone if the whole page is loaded
    expect(said).to_have_text("")
    expect(said).to_have_attribute("role", "status")

    visitor.search("grains")
    expect(said).to_have_text("30 results")
    expect(page.get_by_label("Search the library")).to_be_focused()
    visitor.tick("Roots")
    expect(said).to_have_text("15 results")
    expect(visitor.box("Roots")).to_be_focused()
    assert reader.focus_ring
    reader.tab_to(visitor.chip("Roots"))
    reader.press("Enter")
    expect(said).to_have_text("30 results")
    # The chip is gone; the focus goes to what it changed.
    expect(visitor.total).to_be_focused()
    assert page.evaluate("window.still")
    assert page.title() == f"“grains” – {title}"


def test_filters_on_the_phone(browse, pages):
    visitor = Visitor(browse(width=390), pages["library", "en"].get_path(), True)
    reader, page = visitor.reader, visitor.page
    box = visitor.box("Roots")
    expect(box).to_be_hidden()
    reader.tab_to(page.locator("summary", has_text="Narrow the results"))
    reader.press("Enter")
    visitor.tick("Roots")
    expect(visitor.total).to_have_text("15 results")
    # The sheet stays open, and says that something is chosen.
    expect(box).to_be_visible()
    expect(page.locator("summary b")).to_have_text("1 active")
    expect(box).to_be_focused()
    assert reader.overflow == 0
    # And is left by a button that is always in sight.
    button = page.get_by_role("button", name="Show results")
    expect(button).to_be_in_viewport()
    reader.tab_to(button)
    reader.press("Enter")
    expect(box).to_be_hidden()
    expect(visitor.total).to_be_focused()
    expect(visitor.total).to_be_in_viewport()


def test_years_folds_and_a_longer_page(visitor):
    reader, page = visitor.reader, visitor.page
    reader.tab_to(page.get_by_label("From"))
    reader.type("2014")
    reader.press("Enter")
    page.wait_for_url("**year_from=2014*")
    visitor.sees("18 results", year_from="2014")
    assert visitor.chips == ["from 2014"]
    # A facet that starts closed is opened, and stays so.
    summary = page.locator("summary", has_text="Written for")
    expect(visitor.box("Farmers and advisers")).to_be_hidden()
    reader.tab_to(summary)
    reader.press("Enter")
    visitor.tick("Farmers and advisers")
    page.wait_for_url("**audience=farmers*")
    visitor.sees("9 results", year_from="2014", audience="farmers")
    expect(visitor.box("Farmers and advisers")).to_be_checked()
    expect(visitor.box("Farmers and advisers")).to_be_visible()
    if visitor.script:
        expect(visitor.box("Farmers and advisers")).to_be_focused()
    reader.tab_to(page.get_by_role("link", name="Clear all"))
    reader.press("Enter")
    page.wait_for_url("**/en/resources/")
    expect(visitor.total).to_have_text("30 results")
    expect(page.get_by_label("From")).to_have_value("")
    reader.tab_to(page.get_by_role("navigation", name="Results on a page").get_by_role("link", name="50"))
    reader.press("Enter")
    page.wait_for_url("**?show=50")
    expect(page.locator("ol.results > li")).to_have_count(30)
    # The choice is kept by what is asked next.
    visitor.tick("Roots")
    page.wait_for_url("**topic=roots*")
    visitor.sees("15 results", topic="roots", show="50")


def test_a_spelling_that_is_taken_stands_in_the_field(visitor):
    visitor.search("hedjes")
    visitor.page.wait_for_url("**q=hedjes*")
    visitor.reader.tab_to(visitor.page.get_by_role("link", name="hedges"))
    visitor.reader.press("Enter")
    visitor.page.wait_for_url("**q=hedges*")
    expect(visitor.page.get_by_label("Search the library")).to_have_value("hedges")


def test_what_cannot_be_loaded_is_said(reader, pages):
    visitor = Visitor(reader, pages["library", "en"].get_path(), True)
    told = visitor.page.get_by_text("The list could not be loaded.")
    expect(told).to_be_hidden()
    reader.context.set_offline(True)
    visitor.tick("Roots")
    expect(told).to_be_visible()
    reader.context.set_offline(False)
    visitor.tick("Films")
    visitor.sees("5 results", topic="roots", type="films")
    expect(told).to_be_hidden()
    for words in ("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError"):
        reader.forgive(words)


def test_who_goes_back_before_the_script_is_here_sees_what_the_address_says(browse, pages):
    reader = browse()
    page = reader.go(pages["library", "en"].get_path())
    for name in ("Roots", "Films"):
        page.get_by_role("checkbox", name=re.compile(f"^{name}")).check()
        page.wait_for_url(f"**={name.lower()}*")
    expect(page.locator("[data-results]")).to_have_text("5 results")
    held, waiting = [], True
    page.route("**/js/site*.js", lambda route: held.append(route) if waiting else route.continue_())
    page.reload(wait_until="commit")
    page.wait_for_selector("footer", state="attached")
    page.evaluate("history.back()")
    page.wait_for_url(lambda address: "films" not in address, wait_until="commit")
    expect(page.locator("[data-results]")).to_have_text("5 results")
    waiting = False
    for route in held:
        route.continue_()
    expect(page.locator("[data-results]")).to_have_text("15 results")


def test_what_changes_lists_in_place_runs_for_those_who_reach_for_the_page(browse, pages):
    """It is at hand, but runs only then; and what it put in place before is there for those who come back later."""
    reader = browse()
    page, library = reader.page, pages["library", "en"].get_path()
    with page.expect_response("**/htmx-2.min.*.js"):
        page.goto(library)
    assert page.evaluate("typeof htmx") == "undefined"
    reader.press("Tab")
    page.wait_for_function("() => window.htmx")

    page.get_by_role("checkbox", name=re.compile("^Roots")).check()
    page.wait_for_url("**topic=roots*")
    page.reload()
    assert page.evaluate("typeof htmx") == "undefined"
    page.evaluate("history.back()")
    expect(page.locator("[data-results]")).to_have_text("30 results")

    # A tick without pointer or key, as some assistive technology makes, counts too.
    assert page.evaluate("typeof htmx") == "undefined"
    page.evaluate("document.querySelector('input[name=topic]').click()")
    page.wait_for_url("**topic=*")
    expect(page.locator("[data-results]")).to_have_text("15 results")
