"""How answers are packed."""

import brotli
import pytest

from initiative.base.encodings import best_encoding, pack, unpack

LINE = b"<li><label class=tick>%d</label></li>\n"


@pytest.mark.parametrize(
    ("accepted", "best"),
    [("gzip, br", "br"), ("gzip;q=1, br;q=0", "gzip"), ("identity", ""), ("", ""), ("br;q=x", "")],
)
def test_the_best_that_a_browser_takes(accepted, best):
    assert best_encoding(accepted) == best


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
@pytest.mark.parametrize("lines", [0, 1, 1_000, 10_000])
def test_what_is_packed_can_be_unpacked(encoding, lines):
    content = b"".join(LINE % number for number in range(lines))
    assert unpack(encoding, pack(encoding, content)) == content


def test_a_page_has_a_window_of_its_size_and_what_is_longer_repeats_from_afar():
    page = b"".join(LINE % number for number in range(1_000))
    assert pack("br", page) == brotli.compress(page, quality=5, lgwin=16)
    apart = page + bytes(range(256)) * 300 + page
    assert len(pack("br", apart)) < len(brotli.compress(apart, quality=5, lgwin=16))
