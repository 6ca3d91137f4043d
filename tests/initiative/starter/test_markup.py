import pytest

from initiative.starter.markup import plain, rich


def link(target):
    return f'<a href="{target}">'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nline.\n\nTwo.", "<p>One line.</p><p>Two.</p>"),
        ("### Head\n\nText", "<h2>Head</h2><p>Text</p>"),
        ("### Head\nText", "<h2>Head</h2><p>Text</p>"),
        ("- one\n- **two**\n  more", "<ul><li>one</li><li><b>two</b>   more</li></ul>"),
        ("*lit* & <b>", "<p><i>lit</i> &amp; &lt;b&gt;</p>"),
        ("[How](page:about/governance)", '<p><a href="page:about/governance">How</a></p>'),
        ("", ""),
    ],
)
def test_rich(text, html):
    assert rich(text, link) == html


def test_plain_has_no_marks():
    assert plain("Meetings have **[a page](page:events)**,\n*soon*.") == "Meetings have a page, soon."
