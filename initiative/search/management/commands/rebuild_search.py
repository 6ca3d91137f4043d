import os
import time

from django.core.management.base import BaseCommand, CommandError

from initiative.search import generation, generations
from initiative.search.documents import indexers
from initiative.search.rebuild import rebuild

_WIDTH = 30


class Command(BaseCommand):
    help = (
        "Make the search index anew, or that of a new version of the site beside the one there is. The site keeps answering "
        "from its index while this runs."
    )

    def add_arguments(self, parser):
        kinds = [indexer.kind for indexer in indexers()]
        parser.add_argument("kinds", nargs="*", metavar="kind", help=f"only these: {', '.join(kinds)}")
        parser.add_argument("--anew", action="store_true", help="also write entries that would say the same")
        parser.add_argument("--if-missing", action="store_true", help="only where this version has no whole index yet")
        parser.add_argument(
            "--drop-old",
            action="store_true",
            help="afterwards drop the indexes of older versions of the site at once, not days after they were last used",
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count() or 1,
            help="how many may share the work, where the database lets several write (as many as there are processors)",
        )

    def handle(self, *args, kinds, anew, if_missing, drop_old, processes, **options):
        known = {indexer.kind for indexer in indexers()}
        if unknown := set(kinds) - known:
            raise CommandError(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(sorted(known))}.")
        if kinds and anew:
            raise CommandError("--anew is for everything: leave the kinds away.")
        if kinds and drop_old:
            raise CommandError("--drop-old comes after everything was indexed: leave the kinds away.")
        self.quiet = options["verbosity"] == 0
        is_there = if_missing and not generations.problem()
        problems = 0 if is_there else self.build(kinds, anew, processes)
        if drop_old:
            self.drop_old()
        if not self.quiet and not is_there:
            for other in generations.others():
                self.stdout.write(
                    f"The index of generation {other.number} stands beside this one of {generation.GENERATION}."
                )
        if problems:
            raise CommandError(f"{problems} objects could not be indexed; the messages above say why.")

    def build(self, kinds: list[str], anew: bool, processes: int) -> int:
        """Index what there is, and say what was done; gives how many objects could not be indexed."""
        started = time.monotonic()
        outcome = rebuild(kinds, self.show, anew, processes)
        seconds = time.monotonic() - started
        if not self.quiet:
            self.stdout.write(
                f"{outcome.objects} objects in {seconds:.1f} s; {outcome.written} entries were new or had changed."
            )
        return outcome.problems

    def drop_old(self) -> None:
        """Drop the indexes of older versions, and say which."""
        dropped = generations.drop_old(at_once=True)
        if self.quiet:
            return
        for number in dropped:
            self.stdout.write(f"The index of generation {number} is dropped.")
        if not dropped:
            self.stdout.write("There was no older index to drop.")

    def show(self, kind: str, done: int, of: int) -> None:
        """A bar that grows on a terminal; elsewhere one line when a kind is done."""
        if self.quiet:
            return
        if self.stdout.isatty():
            filled = _WIDTH * done // of if of else _WIDTH
            bar = "█" * filled + "░" * (_WIDTH - filled)
            self.stdout.write(f"\r{kind:<16} {bar} {done}/{of}", ending="\n" if done == of else "")
            self.stdout.flush()
        elif done == of:
            self.stdout.write(f"{kind}: {done}")
