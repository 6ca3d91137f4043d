import json

from initiative.models import StandardPage
from tests.factories import add_page
from tests.reading import read


def test_pages_below_are_listed_where_editors_say_so(client, site):
    about = site["about", "fr"]
    add_page(about, StandardPage, title="Stratégie", slug="strategie", show_in_menus=True)
    add_page(about, StandardPage, title="Brouillon", slug="brouillon", show_in_menus=True, live=False)
    add_page(about, StandardPage, title="À part", slug="a-part")
    page = read(client, "/fr/a-propos/")
    assert page.links == {"Stratégie": "/fr/a-propos/strategie/"}


def test_its_text_in_each_language(client, site):
    for code, text in (("en", "Roots hold."), ("fr", "Tiennent."), ("es", "Sostienen."), ("ar", "تمسك.")):
        page = site["about", code]
        page.body = json.dumps([{"type": "text", "value": f"<p>{text}</p>"}])
        page.introduction = f"In {code}."
        page.save_revision().publish()
        shown = read(client, page.get_path())
        assert shown.text == f"About {code} In {code}. {text}"


def test_what_the_search_finds_of_it():
    body = json.dumps([{"type": "text", "value": "<p>Roots hold.</p>"}])
    assert StandardPage(title="x", introduction="In short.", body=body).search_text().startswith("In short. ")
    assert "Roots hold." in StandardPage(title="x", body=body).search_text()
