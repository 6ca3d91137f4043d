import pytest

from initiative.base.paging import page_count, page_links, page_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("7", 7),
        ("007", 7),
        ("0", 1),
        ("-3", 1),
        ("x", 1),
        ("", 1),
        (None, 1),
        ("1e3", 1),
        ("٣", 1),
        ("5001", 5000),
        ("999999999", 5000),
        ("9" * 5000, 1),
    ],
)
def test_a_page_number_is_a_number(text, number):
    assert page_number(text, 5000) == number


@pytest.mark.parametrize(("total", "count"), [(0, 1), (1, 1), (20, 1), (21, 2), (100_000, 5000)])
def test_how_many_pages(total, count):
    assert page_count(total, 20) == count


@pytest.mark.parametrize(
    ("number", "count", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_first_last_and_neighbours_are_linked(number, count, shown):
    links = page_links(number, count, lambda page: f"?page={page}")
    assert [link and link["number"] for link in links] == shown
    assert [link["url"] for link in links if link and link["current"]] == [f"?page={number}"]
