"""Each thing by itself: nothing is published twice by two workers (`make nodes` has two at once), and what fails keeps no other."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published

from initiative.management.commands.publish_scheduled import Command, done_each, due
from tests.factories import ResourceFactory, add_article


@pytest.fixture
def past():
    return timezone.now() - timedelta(minutes=1)


def coming(site, past, **fields):
    article = add_article(site, live=False, go_live_at=past, **fields)
    article.save_revision(approved_go_live_at=past)
    return article


@pytest.mark.django_db
def test_it_is_this_command_that_the_worker_calls_and_a_dry_run_is_wagtails(site, past, capsys):
    assert isinstance(load_command_class(get_commands()["publish_scheduled"], "publish_scheduled"), Command)
    article = coming(site, past)
    call_command("publish_scheduled", dryrun=True)
    assert article.title in capsys.readouterr().out
    article.refresh_from_db()
    assert not article.live


@pytest.mark.django_db
def test_what_can_not_be_published_keeps_no_other_and_is_named(site, past, monkeypatch, caplog):
    first, second = coming(site, past), coming(site, past + timedelta(seconds=1))
    going, resource = add_article(site, expire_at=past), ResourceFactory(expire_at=past)
    broken = first.latest_revision

    def refuse(sender, instance, **_facts):
        if instance.pk == first.pk:
            raise LookupError("not this one")

    page_published.connect(refuse)
    try:
        with pytest.raises(CommandError, match=rf"taken back: wagtailcore\.Revision {broken.pk}\. The log says why\.$"):
            call_command("publish_scheduled")
    finally:
        page_published.disconnect(refuse)
    for thing in (first, second, going, resource):
        thing.refresh_from_db()
    assert [first.live, second.live, going.live, resource.live] == [False, True, False, False]
    assert [going.expired, resource.expired] == [True, True]
    # Nothing of it is half done, and it is tried again.
    assert Revision.objects.filter(approved_go_live_at__isnull=False).get() == broken
    assert "LookupError: not this one" in caplog.text
    call_command("publish_scheduled")
    first.refresh_from_db()
    assert first.live


@pytest.mark.django_db
def test_what_another_did_meanwhile_is_not_done_again(site, past):
    articles = [coming(site, past + timedelta(seconds=number)) for number in range(3)]
    done = []

    def act(revision):
        done.append(revision.object_id)
        call_command("publish_scheduled")  # the other worker, which has all three

    assert done_each([due()], act) == []
    assert done == [str(articles[0].pk)]
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() == 3
