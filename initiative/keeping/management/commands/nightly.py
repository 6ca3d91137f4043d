"""`manage.py nightly`: what keeps a site well that nobody looks at. The worker begins it (NIGHTLY_AT), or cron."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from initiative.keeping.backups import forget_old

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Once: back up and delete old backups, look at the files, take memberships that have ended out of the directory, ask for "
        "every page. What fails is told and noted, and the rest is done; ends with 1 then."
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
        parser.add_argument(
            "--keep",
            type=int,
            default=settings.KEEP_BACKUPS,
            metavar="DAYS",
            help="how long backups are kept; 0: for ever (KEEP_BACKUPS, %(default)s)",
        )

    def handle(self, *, target, keep, **options):
        call = partial(call_command, stdout=self.stdout)
        tasks: dict[str, Callable[[], object]] = {
            "backup": partial(self.back_up, call, target, keep),
            "check_files": partial(call, "check_files", nightly=True),
            # One process: the site is to answer meanwhile, and the worker's room is small.
            "rebuild_search": partial(call, "rebuild_search", "organisation", processes=1),
            "warm": partial(call, "warm", nightly=True),
        }
        if failed := [name for name, act in tasks.items() if not self.is_done(name, act)]:
            raise CommandError(f"Not done: {', '.join(failed)}.")

    def is_done(self, name: str, act: Callable[[], object]) -> bool:
        """Whether it went well; what failed is told, by letter, too (ERROR_EMAILS), and keeps nothing else from being done."""
        try:
            act()
        except Exception:  # any command's
            logger.exception("%s failed by night.", name)
            return False
        return True

    def back_up(self, call: Callable[..., object], target: Path, days: int) -> None:
        """A new one first: what is old goes only where there is one."""
        call("backup", target, nightly=True)
        if days:
            for name in forget_old(target, days):
                self.stdout.write(f"{name} was older than {days} days and is deleted.")
