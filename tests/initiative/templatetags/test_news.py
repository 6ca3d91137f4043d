"""Rows of articles are written here letter by letter: nothing of a page gets into another unescaped."""

import datetime

import pytest
import wagtail_factories
from django.template.loader import get_template
from django.utils import translation

from initiative.styleguide.things import Thing

HOSTILE = "<i>\"'&"
ESCAPED = "&lt;i&gt;&quot;&#x27;&amp;"


def drawn(**props):
    return " ".join(get_template("components/news_row.html").render(props).split())


def article(**more):
    given = {"title": "Soils", "path": "#", "date": datetime.date(2024, 5, 1), "introduction": "", "archived": False}
    return Thing(**{**given, "image": None, **more})


def test_a_row():
    row = drawn(article=article(introduction="What & why.", text_language="ar", archived=True), level=4)
    assert row == (
        '<li class="news"> <p class="meta" lang="en" dir="ltr"><time datetime="2024-05-01">1 May 2024</time> '
        '<span class="tag calm">Archived</span></p> <div> '
        '<h4 class="row-title"><a href="#"><bdi lang="ar">Soils</bdi></a></h4> '
        '<p><bdi lang="ar">What &amp; why.</bdi></p> </div> </li>'
    )


def test_its_heading_goes_before_its_title_and_a_page_is_where_its_tree_has_it():
    with translation.override("fr"):
        row = drawn(article=article(display_title="Les sols", url_path="/home-fr/actualités/sols/"))
    assert '<p class="meta" lang="fr" dir="ltr"><time datetime="2024-05-01">1er mai 2024</time></p>' in row
    assert '<h3 class="row-title"><a href="/fr/actualit%C3%A9s/sols/"><bdi>Les sols</bdi></a></h3>' in row


def test_everything_that_an_article_says_is_escaped():
    given = dict.fromkeys(("title", "path", "introduction", "text_language"), HOSTILE)
    row = drawn(article=article(**given), level=HOSTILE)
    assert HOSTILE not in row
    assert row.count(ESCAPED) == 7


@pytest.mark.django_db
def test_a_picture_and_a_plain_row_without_it():
    told = article(image=wagtail_factories.ImageFactory(), introduction="What it is.")
    row = drawn(article=told)
    assert row.startswith('<li class="news pictured">')
    assert row.count('<div class="news-pic"><picture>') == 1
    assert row.count(' sizes="(width < 60rem) 100vw, 22rem"') == 3
    plain = drawn(article=told, plain=True)
    assert plain.startswith('<li class="news">')
    assert "picture" not in plain
    assert "What it is." not in plain
