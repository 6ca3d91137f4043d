"""A menu item outlives the translation it was made with."""

from wagtail.models import Page

from initiative.models import BorrowedText, MenuItem
from initiative.navigation import menus
from tests.factories import add_alias


def item_of(page):
    return MenuItem.objects.get(menu="header", page=page.pk)


def titles(code):
    return [item["title"] for item in menus(language=code)["header"]]


def test_the_item_of_a_deleted_page_goes_on_with_its_translation(site):
    item = item_of(site["library", "en"])
    site["library", "en"].delete()
    item.refresh_from_db()
    assert item.page_id == site["library", "fr"].pk
    assert titles("fr") == ["Library fr", "Partners fr"]
    assert titles("en") == ["Partners en"]


def test_also_where_a_page_above_is_deleted(site):
    item = item_of(site["library", "en"])
    site["home", "en"].delete()
    item.refresh_from_db()
    assert item.page_id == site["library", "fr"].pk


def test_not_with_one_that_is_unpublished_or_borrowed(site):
    item = item_of(site["library", "en"])
    Page.objects.filter(pk=site["library", "fr"].pk).update(live=False)
    BorrowedText.objects.create(page=site["library", "es"], language="en")
    site["library", "en"].delete()
    item.refresh_from_db()
    assert item.page_id == site["library", "ar"].pk


def test_without_a_translation_the_item_goes(site):
    item = item_of(site["library", "en"])
    for code in ("fr", "es", "ar"):
        site["library", code].delete()
    alias = add_alias(site["library", "en"], "fr")
    site["library", "en"].delete()
    assert not MenuItem.objects.filter(pk=item.pk).exists()
    assert not MenuItem.objects.filter(page=alias.pk).exists()


def test_a_menu_that_has_the_translation_already_does_not_get_it_twice(site):
    item = item_of(site["library", "en"])
    taken = [MenuItem.objects.create(menu="header", page=site["library", code]).pk for code in ("fr", "es", "ar")]
    site["library", "en"].delete()
    assert not MenuItem.objects.filter(pk=item.pk).exists()
    assert MenuItem.objects.filter(pk__in=taken).count() == 3
