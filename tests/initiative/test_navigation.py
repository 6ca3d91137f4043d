import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from initiative.models import MenuItem
from initiative.navigation import forget_menus, links, menus
from initiative.staff_sessions import services
from tests.factories import add_alias, add_article
from tests.reading import read


def header(path="", language=None):
    return [(item["title"], item["url"]) for item in menus(path, language)["header"]]


def test_a_page_is_chosen_once_and_linked_in_every_language(site):
    assert header() == [("Library en", "/en/resources/"), ("Partners en", "/en/partners/")]
    assert header(language="fr") == [("Library fr", "/fr/ressources/"), ("Partners fr", "/fr/partenaires/")]
    with translation.override("ar"):
        assert header() == [("Library ar", "/ar/resources/"), ("Partners ar", "/ar/partners/")]


def test_every_menu_is_there_even_if_empty(site):
    assert {menu: len(items) for menu, items in menus().items()} == {
        "header": 2,
        "explore": 0,
        "take_part": 0,
        "about": 0,
        "legal": 0,
    }


def test_items_stand_in_their_order(site):
    MenuItem.objects.create(menu="header", page=site["news", "fr"], order=0)
    MenuItem.objects.filter(page=site["library", "en"]).update(order=9)
    forget_menus()
    assert [title for title, _url in header()] == ["Partners en", "News en", "Library en"]


def test_an_item_is_current_on_its_page_and_below(site):
    def current(path):
        return [item["title"] for item in menus(path)["header"] if item["current"]]

    assert current("/en/resources/") == ["Library en"]
    assert current("/en/resources/roots/") == ["Library en"]
    assert current("/en/partners/?type=states") == ["Partners en"]
    assert current("/en/") == []
    assert current("/fr/ressources/") == []


def test_an_item_is_current_whatever_the_script_of_its_slug(client, site):
    page = site["partners", "ar"]
    page.slug = "شركاء"
    page.save_revision().publish()
    page = read(client, "/ar/شركاء/")
    here = page.soup.select('header a[aria-current][href*="%"]')
    assert {link["href"] for link in here} == {"/ar/%D8%B4%D8%B1%D9%83%D8%A7%D8%A1/"}


def test_what_is_current_is_not_kept_for_the_next_reader(site):
    assert menus("/en/resources/")["header"][0]["current"] is True
    assert menus("/en/partners/")["header"][0]["current"] is False


def test_a_page_without_translation_is_left_out_of_that_language(site):
    article = add_article(site, title="Roots")
    MenuItem.objects.create(menu="explore", page=article)
    assert [item["title"] for item in menus()["explore"]] == ["Roots"]
    assert menus(language="fr")["explore"] == []
    add_alias(article, "fr")
    forget_menus()
    assert [item["title"] for item in menus(language="fr")["explore"]] == ["Roots"]


def test_a_page_cannot_stand_in_a_menu_twice(site):
    with pytest.raises(IntegrityError), transaction.atomic():
        MenuItem.objects.create(menu="header", page=site["library", "en"])
    MenuItem.objects.create(menu="legal", page=site["library", "en"])


def test_two_statements_and_then_none(site, django_assert_num_queries):
    with django_assert_num_queries(2):
        menus()
    with django_assert_num_queries(0):
        menus("/fr/", "fr")


def test_while_they_say_the_same_what_was_drawn_of_them_is_kept(site):
    first = menus("/en/resources/")
    forget_menus()
    assert menus("/en/resources/") is first
    page = site["library", "en"]
    page.title = "All resources"
    page.save_revision().publish()
    assert menus("/en/resources/") is not first


def test_changes_to_menus_and_pages_are_seen_at_once(site):
    menus()
    item = MenuItem.objects.create(menu="header", page=site["join", "en"], order=1)
    assert header()[-1] == ("Join en", "/en/join/")

    page = site["join", "en"]
    page.title = "Take part"
    page.save_revision().publish()
    assert header()[-1] == ("Take part", "/en/join/")

    site["join", "en"].unpublish()
    assert ("Take part", "/en/join/") not in header()

    site["partners", "en"].delete()
    assert ("Partners en", "/en/partners/") not in header()

    item.delete()
    assert header() == [("Library en", "/en/resources/")]


def test_links_by_role_and_the_search(site):
    with translation.override("fr"):
        found = links()
    assert found["library"] == "/fr/ressources/"
    assert found["home"] == "/fr/"
    assert found["search"].startswith("/fr/")
    assert set(found) == {
        "home",
        "library",
        "committee",
        "priorities",
        "criteria",
        "partners",
        "commitments",
        "testimonials",
        "join",
        "news",
        "events",
        "governance",
        "search",
    }


def test_the_menus_on_the_page(client, site):
    for menu, role in (("explore", "news"), ("take_part", "join"), ("about", "governance"), ("legal", "about")):
        MenuItem.objects.create(menu=menu, page=site[role, "en"])
    page = read(client, "/es/recursos/")
    assert [link["href"] for link in page.soup.header.select(".top-menu a")] == ["/es/recursos/", "/es/socios/"]
    assert [link["href"] for link in page.soup.header.select(".top-menu a[aria-current=page]")] == ["/es/recursos/"]
    footer = [link["href"] for link in page.soup.footer.find_all("a") if not link.has_attr("hreflang")]
    assert footer == ["/es/noticias/", "/es/unirse/", "/es/gobernanza/", "/es/acerca/"]


def test_whoever_is_signed_in_sees_at_once_what_another_process_changed(client, admin_client, site):
    def shown(by):
        return [link["href"] for link in read(by, "/en/about/").soup.header.select(".top-menu a")]

    assert shown(client) == shown(admin_client) == ["/en/resources/", "/en/partners/"]
    MenuItem.objects.filter(page=site["partners", "en"]).update(menu="explore")  # no signal: as in another process
    assert shown(client) == ["/en/resources/", "/en/partners/"]
    assert shown(admin_client) == ["/en/resources/"]


def over(client, user, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = "gone"


def of_nobody(client, user, settings):  # as who knows the password of a private page has one
    session = client.session
    session["passed"] = True
    session.save()


def ended_elsewhere(client, user, settings):
    client.force_login(user)
    services.end_others(user, None)


def without_second_factor(client, user, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(user)


@pytest.mark.parametrize("session", [over, of_nobody, ended_elsewhere, without_second_factor])
def test_a_session_that_signs_nobody_in_has_nothing_read_anew(client, admin_user, settings, site, session):
    client.get("/en/about/")
    session(client, admin_user, settings)
    MenuItem.objects.filter(page=site["partners", "en"]).update(menu="explore")  # no signal: as in another process
    header = read(client, "/en/about/").soup.header
    assert [link["href"] for link in header.select(".top-menu a")] == ["/en/resources/", "/en/partners/"]
