"""Everything that readers, applicants, partners and the secretariat see, by name: where it is in a language."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from initiative.follow import links
from initiative.translations.models import Translation
from partners.desk.doors import COOKIE
from partners.desk.signing_in import ROOT
from partners.joining import addresses
from partners.joining.steps import CHECK, STEPS
from partners.models import Organisation
from resources.models import Resource
from tests.browser import senders


@dataclass(frozen=True)
class Screen:
    """`path` takes the pages and a language; `signed_in`: for whoever is at the desk in that language; `staff`: for the
    secretariat, whose admin speaks it; `then`: what is done there first."""

    path: Callable[..., str]
    status: int = 200
    signed_in: bool = False
    staff: bool = False
    then: Callable[..., None] | None = None

    def open(self, reader, pages, language: str):
        """The screen in a browser."""
        if self.signed_in:
            token = senders.desk_cookie(language)
            reader.context.add_cookies(
                [{"name": COOKIE, "value": token, "domain": "localhost", "path": ROOT, "httpOnly": True}]
            )
        if self.staff:
            user = get_user_model().objects.get(username="admin")
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
            reader.sign_in(user)
        # For addresses without a language.
        reader.context.set_extra_http_headers({"Accept-Language": language})
        with translation.override(language):
            page = reader.go(self.path(pages, language), self.status)
        if self.then:
            self.then(page)
            page.wait_for_load_state()
            # What isn't right comes back with a status that says so.
            for status in (400, 422):
                reader.forgive(f": {status} {urlsplit(page.url).path}")
        return page


def _page(role: str, rest: str = "") -> Screen:
    return Screen(lambda pages, code: f"{pages[role, code].get_path()}{rest}")


def _named(name: str, *args, query: str = "", **more) -> Screen:
    return Screen(lambda pages, code: f"{reverse(name, args=args)}{query}", **more)


def _application(state: str, address: Callable[..., str]) -> Screen:
    return Screen(lambda pages, code: address(senders.application(code, state)))


def _follow(url: Callable[..., str], is_confirmed: bool) -> Screen:
    def path(pages, code):
        found = senders.follow(code, is_confirmed)
        return "/" + url(found).split("/", 3)[3]

    return Screen(path)


def _press(page) -> None:
    """The form of the page is sent."""
    page.locator("main form button.button").first.click()


def _forget(page) -> None:
    """A form that was full is sent with gaps and a mistake."""
    page.locator("#id_organisation").fill("")
    page.locator("#id_website").fill("valle hondo")
    _press(page)


def _desk(name: str, *more: str) -> Screen:
    return _named(f"desk:{name}", "soil-trust", *more, signed_in=True)


def _staff(name: str, *args, of: Callable | None = None) -> Screen:
    """A screen of the admin; `of`: takes the pages, gives the key of what it shows."""
    return Screen(lambda pages, code: reverse(name, args=[of(pages)] if of else args), staff=True)


def _snippet(model: str, view: str = "list", **more) -> Screen:
    return _staff(f"wagtailsnippets_{model.replace('.', '_')}:{view}", **more)


def _side_by_side(name: Callable[..., str]) -> Screen:
    """A text beside its translation into the language of the admin, or into French; `name`: what the translations call it."""

    def path(pages, code):
        wanted = {"subject__subject": name(pages), "language": "fr" if code == "en" else code}
        return reverse("translations:translate", args=[Translation.objects.get(**wanted).pk])

    return Screen(path, staff=True)


# Role of a page of `content.build`, and what comes after its address.
PAGES = {
    "home": _page("home"),
    "standard": _page("about"),
    "standard, below another": _page("child"),
    "news": _page("news"),
    "article": _page("article"),
    "events": _page("events"),
    "event": _page("event"),
    "governance": _page("governance"),
    "join": _page("join"),
    "committee": _page("committee"),
    "member": _page("committee", "ada-loam/"),
    "priorities": _page("priorities"),
    "priority": _page("priority"),
    "criteria": _page("criteria"),
    "partners": _page("partners"),
    "organisation": _page("partners", "soil-trust/"),
    "country": _page("partners", "countries/ke/"),
    "country, in a frame": _page("partners", "countries/ke/embed/"),
    "commitments": _page("commitments"),
    "commitment": _page("commitments", "cover-crops/"),
    "testimonials": _page("testimonials"),
    "library": _page("library"),
    "results": _page("library", "?q=soils&type=films&topic=roots"),
    "no results": _page("library", "?q=xyzzyx&type=films"),
    "resource": _page("library", "work-0/"),
}
OTHERS = {
    "article in one language": _page("only"),
    "asking for a translation": Screen(
        lambda pages, code: f"{reverse('ask_for_translation')}?of={pages['only', 'en'].subject}"
    ),
    "work withdrawn": Screen(lambda pages, code: f"{pages['library', code].get_path()}gone/", status=410),
    "nowhere": Screen(lambda pages, code: f"/{code}/nowhere/", status=404),
    "no connection": _named("offline"),
    "search": _named("search"),
    "search, found": _named("search", query="?q=soils"),
    "search, one kind": _named("search", query="?q=soils&kind=resource"),
    "search, nothing found": _named("search", query="?q=xyzzyx"),
    "problem": _named("report_problem", "work-0"),
    "problem, with mistakes": _named("report_problem", "work-0", then=_press),
    "problem received": _named("report_received", "work-0"),
    "follow": _named("follow", "organisation", query="?slug=soil-trust"),
    "follow, with mistakes": _named("follow", "organisation", query="?slug=soil-trust", then=_press),
    "follow sent": _named("follow_sent"),
    "follow to confirm": _follow(links.confirm_url, is_confirmed=False),
    "follows of a reader": _follow(lambda follow: links.mine_url(follow.follower), is_confirmed=True),
    "follows to stop": _follow(lambda follow: links.stop_url(follow.follower), is_confirmed=True),
    "application": Screen(lambda pages, code: addresses.begin()),
    **{
        f"application, {name}": _application("begun", lambda made, name=name: addresses.step(made, name))
        for name in [*(step.name for step in STEPS), CHECK]
    },
    "application, with mistakes": Screen(
        lambda pages, code: addresses.step(senders.application(code, "begun"), "organisation"), then=_forget
    ),
    "application, by the link of a letter": _application("begun", addresses.come_back),
    "application kept": _application("begun", lambda made: f"{addresses.overview(made)}?later"),
    "application sent": _application("sent", addresses.overview),
    "API": Screen(lambda pages, code: "/api/v1/docs"),
    "desk, the door": _named("desk_door"),
    "desk": _desk("overview"),
    "desk, a link that is over": _named("desk:come_in", ".".join(["0" * 22] * 2), status=410),
    "desk, reading": _desk("reading"),
    "desk, people": _desk("people"),
    "desk, profile": _desk("new", "profile"),
    "desk, commitment": _desk("new", "commitment"),
    "desk, work": _desk("new", "resource"),
    "desk, report": _desk("report", "cover-crops"),
}
# What readers see; the admin's own components are Wagtail's to answer for.
SCREENS = PAGES | OTHERS
ADMIN = {
    "admin": _staff("wagtailadmin_home"),
    "admin, board": _staff("translations:board"),
    "admin, page side by side": _side_by_side(lambda pages: f"page:{pages['article', 'en'].translation_key}"),
    "admin, work side by side": _side_by_side(lambda pages: Resource.objects.get(slug="work-0").subject),
    "admin, jobs": _staff("translations:jobs"),
    "admin, sent in": _staff("submissions:index"),
    "admin, one sent in": _staff("submissions:edit", of=lambda pages: senders.application("fr", "sent").pk),
    "admin, representatives": _staff("representatives:index"),
    "admin, pages": _staff("wagtailadmin_explore", of=lambda pages: pages["home", "en"].pk),
    "admin, a page": _staff("wagtailadmin_pages:edit", of=lambda pages: pages["article", "en"].pk),
    "admin, works": _snippet("resources.resource"),
    "admin, a work": _snippet("resources.resource", "edit", of=lambda pages: Resource.objects.get(slug="work-0").pk),
    "admin, problems": _snippet("resources.problemreport"),
    "admin, withdrawn": _snippet("resources.tombstone"),
    "admin, organisations": _snippet("partners.organisation"),
    "admin, an organisation": _snippet("partners.organisation", "edit", of=lambda pages: Organisation.objects.get().pk),
    "admin, commitments": _snippet("partners.commitment"),
    "admin, people": _snippet("initiative.person"),
    "admin, statistics": _snippet("initiative.statistic"),
    "admin, files": _staff("files_report"),
    "admin, signed in": _staff("signed_in"),
}
EVERYTHING = SCREENS | ADMIN
