"""`manage.py publish_scheduled`: Wagtail's, but each thing by itself. Two workers at once don't do it twice, and one that can't
be published keeps no other from being."""

import logging
from collections.abc import Callable, Iterable

from django.apps import apps
from django.core.management import CommandError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    def handle(self, *args, **options):
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        # What has just expired and is published anew at once ends up published, as in Wagtail's.
        failed = [*done_each(expired(), _unpublish), *done_each([due()], _publish)]
        if failed:
            raise CommandError(f"Neither published nor taken back: {', '.join(failed)}. The log says why.")


def expired() -> Iterable[QuerySet]:
    """What is still there past its time: pages, and then each kind of record."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, DraftStateMixin) and not issubclass(kind, Page)]
    for kind in (Page, *kinds):
        yield kind.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")


def due() -> QuerySet[Revision]:
    """Revisions whose time to be published has come."""
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")


def done_each(found: Iterable[QuerySet], act: Callable[[Model], None]) -> list[str]:
    """Do something with each that still is so when its row is this process' own; gives what failed, as `app.model number`."""
    failed = []
    for things in found:
        for number in list(things.values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    if thing := things.select_for_update(skip_locked=True).filter(pk=number).first():
                        act(thing)
            except Exception:  # whatever signals and fields raise
                name = f"{things.model._meta.label} {number}"
                logger.exception("%s can't be published or taken back in time.", name)
                failed.append(name)
    return failed


def _unpublish(thing) -> None:
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")
