"""Machines give themselves away; people lose nothing."""

from datetime import timedelta

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone, translation

from initiative.guard.forms import GuardedForm, opened_at


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch):
    """However slow the machine, nobody takes longer than they are said to."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


class Letter(GuardedForm):
    text = forms.CharField()


def sent(seconds=10, **more) -> Letter:
    return Letter({"text": "Hello", "opened": opened_at(timezone.now() - timedelta(seconds=seconds)), **more})


def test_a_person_passes():
    form = sent()
    assert form.is_valid(), form.errors
    assert not form.is_trapped


def test_a_machine_is_told_nothing():
    form = sent(url="https://spam.example/", seconds=0)
    assert form.is_valid()
    assert form.is_trapped


QUICK = "That was quicker than a person writes. Nothing is lost: send it once more."
LONG = "This page was open for a long time. Nothing is lost: send it once more."


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"seconds": 1}, QUICK),
        ({"seconds": -60}, QUICK),
        ({"seconds": 13 * 3600}, LONG),
        ({"opened": ""}, LONG),
        ({"opened": "1:forged"}, LONG),
        ({"opened": opened_at(timezone.now())[:-1]}, LONG),
    ],
)
def test_what_does_not_look_like_a_person_is_asked_once_more(given, message):
    form = sent(**given)
    assert not form.is_valid()
    assert form.non_field_errors() == [message]
    assert form["text"].value() == "Hello"


def test_it_says_so_in_the_language_of_the_reader():
    with translation.override("fr"):
        assert sent(seconds=1).non_field_errors() == [
            "C’est plus rapide qu’une personne n’écrit. Rien n’est perdu\u00a0: envoyez encore une fois."
        ]


def test_the_time_is_kept_while_it_counts_and_renewed_when_it_does_not():
    early, late = sent(seconds=1), sent(seconds=13 * 3600)
    assert early.stamp == early.data["opened"]
    assert late.stamp != late.data["opened"]
    again = Letter({"text": "Hello", "opened": late.stamp})
    assert again.non_field_errors() == [QUICK]


def test_the_component_gives_both_fields():
    html = render_to_string("components/guard.html", {"form": Letter()})
    assert 'name="url" value=""' in html
    assert f'name="opened" value="{Letter().stamp.split(":")[0][:6]}' in html
    assert not Letter(QueryDict("text=a&url=&opened=")).is_trapped
