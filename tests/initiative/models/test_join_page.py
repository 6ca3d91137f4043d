import json

import pytest
from django.urls import reverse
from django.utils import translation

from tests.reading import read


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_how_to_join_in_each_language(client, site, code):
    page = site["join", code]
    page.heading, page.introduction = f"Take part {code}", f"For {code}."
    page.body = json.dumps([{"type": "text", "value": f"<h2>What to send {code}</h2><p>Words.</p>"}])
    page.save_revision().publish()
    shown = read(client, page.get_path())
    assert shown.headings == [(1, f"Take part {code}"), (2, f"What to send {code}")]
    assert shown.text.endswith("Words.")
    with translation.override(code):
        assert reverse("joining:begin") in shown.links.values()
    assert page.search_text().startswith(f"For {code}. ")
