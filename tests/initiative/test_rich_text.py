from django.utils import translation
from wagtail.rich_text import expand_db_html

from tests.factories import add_article


def test_links_to_pages_lead_to_the_language_of_the_reader(site, django_assert_num_queries):
    library, join = site["library", "en"].pk, site["join", "fr"].pk
    text = (
        f'<p><a linktype="page" id="{library}">Library</a> and <a linktype="page" id="{join}">join</a>, '
        f'then <a linktype="page" id="{library}">again</a>.</p>'
    )
    with translation.override("fr"), django_assert_num_queries(1):
        assert expand_db_html(text) == (
            '<p><a href="/fr/ressources/">Library</a> and <a href="/fr/rejoindre/">join</a>, '
            'then <a href="/fr/ressources/">again</a>.</p>'
        )


def test_a_page_without_translation_is_linked_in_its_own_language(site):
    article = add_article(site, slug="roots").pk
    with translation.override("es"):
        assert expand_db_html(f'<a linktype="page" id="{article}">x</a>') == '<a href="/en/news/roots/">x</a>'


def test_a_link_to_a_page_that_is_gone_or_makes_no_sense_leads_nowhere(site):
    for wrong in ('id="999999"', 'id="x"', "", 'id="-1"', 'id="1e3"'):
        assert expand_db_html(f'<a linktype="page" {wrong}>words</a>') == "<a>words</a>"


def test_other_links_are_left_alone(db):
    text = '<a href="https://example.org/?a=1&amp;b=2">elsewhere</a> <a href="mailto:a@example.org">write</a>'
    assert expand_db_html(text) == text
