import pytest

from resources.enums import Licence
from resources.licences import licence_url

CC = "https://creativecommons.org"


@pytest.mark.parametrize(
    ("licence", "url"),
    [
        ("CC0-1.0", f"{CC}/publicdomain/zero/1.0/"),
        ("CC-BY-4.0", f"{CC}/licenses/by/4.0/"),
        ("CC-BY-NC-ND-4.0", f"{CC}/licenses/by-nc-nd/4.0/"),
        ("CC-BY-3.0-IGO", f"{CC}/licenses/by/3.0/igo/"),
        ("CC-BY-NC-SA-3.0-IGO", f"{CC}/licenses/by-nc-sa/3.0/igo/"),
        ("all-rights-reserved", ""),
        ("", ""),
        ("CC-BY", ""),
    ],
)
def test_where_a_licence_stands(licence, url):
    assert licence_url(licence) == url


def test_every_open_licence_of_the_library_has_an_address():
    assert [one for one in Licence.values if not licence_url(one)] == ["", "all-rights-reserved"]
