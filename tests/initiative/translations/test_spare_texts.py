"""Texts that a translation may leave empty: what search engines are told, where the page has a title and an introduction itself."""

from bs4 import BeautifulSoup

from initiative.base.wording import digest
from initiative.translations.models import Translation
from tests.initiative.translations.content import WRITTEN, cell, page_in, publish, write


def test_what_search_engines_are_told_falls_back_to_the_page_s_own_title_and_introduction(moderator, english, client):
    """In its own language, so it may be left empty and the translation is whole."""
    publish(english, seo_title="Roots, from above", search_description="How they go down.")
    write(moderator, cell(english), "publish", **WRITTEN)
    page = page_in(english, "fr")
    assert (page.seo_title, page.search_description, page.untranslated) == ("", "", {})
    assert (cell(english).state, cell(english).parts_left, cell(english).words_to_do) == ("current", 0, 0)
    head = BeautifulSoup(client.get("/fr/racines/").content, "html.parser").head
    assert head.title.text.startswith("Racines")
    assert head.find("meta", attrs={"name": "description"})["content"] == "Les racines ont 735 partenaires."

    publish(english, seo_title="Roots, seen from above")
    assert cell(english).state == "current"
    publish(page, seo_title="Roots, seen from above")
    assert (cell(english).parts_left, cell(english).words_to_do) == (1, 4)  # a copy
    publish(page_in(english, "fr"), seo_title="")
    for page in (english, page_in(english, "fr")):
        publish(page, body=[])
    assert cell(english).state == "current"
    publish(page_in(english, "fr"), introduction="")
    assert cell(english).state == "missing"
    publish(english, introduction="")
    # Its title is all there is to write; but then nothing can be told instead of the description.
    assert cell(english).state == "missing"
    publish(english, search_description="")
    assert (cell(english).state, cell(english).words_to_do) == ("current", 0)


def test_a_title_for_search_engines_that_is_a_copy_is_told_of_and_may_be_meant_so(moderator, english):
    """One that was filled from the source, as they once were, and one that somebody wrote."""
    publish(english, seo_title="Initiative 4 per 1000 Le Bourget")
    write(moderator, cell(english), "publish", **WRITTEN)
    page = page_in(english, "fr")
    left = {"language": "en", "texts": {"seo_title": digest("Initiative 4 per 1000 Le Bourget")}, "parts": {}}
    publish(page, seo_title="Initiative 4 per 1000 Le Bourget", untranslated=left)
    assert (cell(english).state, cell(english).parts_left) == ("current", 1)
    write(moderator, cell(english), "publish", title="Les racines")
    assert page_in(english, "fr").seo_title == ""

    publish(page_in(english, "fr"), seo_title="Initiative 4 per 1000 Le Bourget")
    write(moderator, cell(english), "publish", title="Racines")
    assert page_in(english, "fr").seo_title == "Initiative 4 per 1000 Le Bourget"


def test_what_was_behind_without_need_is_right_again(moderator, english):
    publish(english, seo_title="Roots, seen from above")
    write(moderator, cell(english), "publish", **WRITTEN)
    Translation.objects.filter(pk=cell(english).pk).update(behind={"seo_title": None}, state="outdated")
    assert (cell(english).state, cell(english).behind) == ("current", {})
