"""`manage.py nightly`: what keeps a site well that nobody looks at. The worker begins it (NIGHTLY_AT), or cron."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import close_old_connections

from initiative.keeping.backups import KeepingError, forget_old
from initiative.keeping.duties import NIGHT, noting
from initiative.keeping.nightly import TOLD

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Once: back up and delete old backups, look at the files, take memberships that have ended out of the directory, ask for "
        "every page. What fails is told and noted, and the rest is done; ends with 3 then."
    )

    def add_arguments(self, parser):
        folder = settings.BACKUP_FOLDER
        parser.add_argument(
            "target",
            type=Path,
            nargs="?" if folder else None,
            default=folder and Path(folder),
            help="where the folders of all backups are (BACKUP_FOLDER)",
        )

    def handle(self, *, target, **options):
        call = partial(call_command, stdout=self.stdout)
        tasks: dict[str, Callable[[], object]] = {
            "backup": partial(call, "backup", target, nightly=True),
            "old backups": partial(self.forget_old, target),
            "check_files": partial(call, "check_files", nightly=True),
            # One process: the site is to answer meanwhile, and the worker's room is small.
            "rebuild_search": partial(call, "rebuild_search", "organisation", processes=1),
            "warm": partial(call, "warm", nightly=True),
        }
        failed: list[str] = []
        with noting(NIGHT):
            for name, act in tasks.items():
                # What is old goes only where there is something new.
                if not (name == "old backups" and failed) and not self.is_done(name, act):
                    failed.append(name)
            close_old_connections()
            if failed:
                raise CommandError(f"Not done: {', '.join(failed)}.", returncode=TOLD)

    def is_done(self, name: str, act: Callable[[], object]) -> bool:
        """Whether it went well; what failed is told, by letter, too (ERROR_EMAILS), and keeps nothing else from being done."""
        close_old_connections()  # PostgreSQL may have been away meanwhile
        try:
            act()
        except Exception:  # any command's
            logger.exception("%s failed by night.", name)
            return False
        return True

    def forget_old(self, target: Path) -> None:
        """Those older than KEEP_BACKUPS days. Raises CommandError where some, or all, have to stay."""
        if not settings.KEEP_BACKUPS:
            return
        try:
            forgotten = forget_old(target, settings.KEEP_BACKUPS)
        except KeepingError as error:
            raise CommandError(str(error)) from error
        for name in forgotten.deleted:
            self.stdout.write(f"{name} was older than {settings.KEEP_BACKUPS} days and is deleted.")
        for name, why in forgotten.left.items():
            self.stdout.write(f"{name} can't be deleted: {why}")
        if forgotten.left:
            raise CommandError("Some old backups can't be deleted.")
