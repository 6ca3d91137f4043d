"""The style guide is as usable as what it shows."""

from django.contrib.auth import get_user_model

from tests.browser.test_every_page import mistakes

# Samples stand there as parts of no page: their headings follow no order, and the same part is there in many states.
_OF_A_PAGE = ("heading-order", "landmark-unique")


def test_nothing_sticks_out_and_axe_finds_nothing_wrong(browse):
    reader = browse(width=390, color_scheme="dark")
    reader.sign_in(get_user_model().objects.get(username="admin"))
    page = reader.go("/styleguide/?language=ar")
    assert reader.overflow == 0
    assert [mistake for mistake in mistakes(page) if not mistake.startswith(_OF_A_PAGE)] == []
