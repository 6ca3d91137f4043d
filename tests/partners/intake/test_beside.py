import pytest
from django.http import QueryDict

from partners.intake.beside import dropped, new_press, press_of, turn_of


def sent(**said):
    data = QueryDict(mutable=True)
    data.update(said)
    return data


def test_what_the_sites_own_pages_say():
    press = new_press()
    assert press_of(sent(press=press)) == press
    assert turn_of(sent(page="k3j9x0q1z7", turn="1764151200000")) == {"page": "k3j9x0q1z7", "turn": 1_764_151_200_000}
    assert dropped(sent(drop="42")) == 42


# A database refuses NUL, and Python the longest of these numbers.
@pytest.mark.parametrize(
    "text", ["", "\x00", "a\x00bcdefghijklmnopq", "\U000fb10b", "é" * 20, "x" * 65, "9" * 5000, "-1", "²", "a b"]
)
def test_anything_else_is_as_if_it_were_not_there(text):
    assert press_of(sent(press=text)) not in (text, press_of(sent(press=text)))
    assert turn_of(sent(page=text, turn=text))["turn"] == 0
    assert turn_of(sent(page=text))["page"] in ("", "-1")
    assert dropped(sent(drop=text)) == 0
