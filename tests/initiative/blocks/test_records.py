"""Pages that a text leads to."""

from initiative.blocks.records import PageBlock


def test_the_pages_of_a_text_are_read_in_one_statement_each_its_own(site, django_assert_num_queries):
    news, join = site["news", "en"], site["join", "en"]
    keys = [join.pk, None, news.pk, 1_000_000, join.pk]
    PageBlock().bulk_to_python(keys)  # the statement is written from here on
    with django_assert_num_queries(1):
        pages = PageBlock().bulk_to_python(keys)
    assert [page and (page.pk, page.title) for page in pages] == [
        (join.pk, join.title),
        None,
        (news.pk, news.title),
        None,
        (join.pk, join.title),
    ]
    assert pages[0] is not pages[4]


def test_where_none_is_chosen_nothing_is_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert PageBlock().bulk_to_python([None]) == [None]


def test_migrations_know_it_as_wagtails():
    assert PageBlock(label="page").deconstruct() == ("wagtail.blocks.PageChooserBlock", (), {"label": "page"})
