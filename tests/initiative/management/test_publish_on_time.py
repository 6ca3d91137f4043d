"""What editors schedule is published without anybody at hand."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import ResourceFactory, add_article

pytestmark = pytest.mark.django_db


def test_pages_and_records_are_published_and_expire_when_it_is_time(site):
    past = timezone.now() - timedelta(minutes=1)
    article = add_article(site, live=False, go_live_at=past)
    article.save_revision(approved_go_live_at=past)
    coming, going = ResourceFactory(live=False, go_live_at=past), ResourceFactory(expire_at=past)
    coming.save_revision(approved_go_live_at=past)
    call_command("publish_on_time", once=True)
    for thing in (article, coming, going):
        thing.refresh_from_db()
    assert [article.live, coming.live, going.live] == [True, True, False]


def test_what_is_not_due_waits(site):
    later = timezone.now() + timedelta(hours=1)
    resource = ResourceFactory(live=False, go_live_at=later)
    resource.save_revision(approved_go_live_at=later)
    call_command("publish_on_time", once=True)
    resource.refresh_from_db()
    assert not resource.live
