from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from initiative.base import languages
from initiative.translations.editions import Edition, open_edition
from initiative.translations.enums import Kind, State
from initiative.translations.machine import Machine, MachineFailed, machine
from initiative.translations.models import Translation
from initiative.translations.proposals import Proposals, empty_rows, propose
from initiative.translations.publishing import keep_machines_draft


class Command(BaseCommand):
    help = (
        "Draft what is missing in a language by the machine of the settings (MACHINE_TRANSLATION_URL). Nothing is published: "
        "people read the drafts, and say that they are right. Records that have no drafts are left out."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", required=True, choices=languages.codes(), help="the language to translate into")
        parser.add_argument("--most", type=int, help="how many pages and records at most")

    def handle(self, *args, to, most=None, verbosity=1, **options):
        service = machine()
        if service is None:
            raise CommandError("MACHINE_TRANSLATION_URL names no machine.")
        missing = Translation.objects.filter(language=to, state=State.MISSING, subject__is_public=True)
        drafted, left = 0, []
        for pk in list(missing.order_by("pk").values_list("pk", flat=True)):
            if drafted == most:
                break
            cell = Translation.objects.select_related("subject").get(pk=pk)
            edition = open_edition(cell)
            if edition is None or not edition.has_drafts:
                continue
            try:
                proposals = _draft(service, edition)
            except MachineFailed as reason:
                raise CommandError(f"{reason} {_told(drafted)}") from reason
            except ValidationError as reason:
                left.append(f"{cell.subject.title}: {' '.join(reason.messages)}")
                continue
            drafted += bool(proposals.texts)
            left += [f"{cell.subject.title}: left empty: {label}" for label in proposals.refused]
        if verbosity:
            for line in left:
                self.stdout.write(line)
            self.stdout.write(_told(drafted))


def _told(count: int) -> str:
    return f"{count} pages and records drafted."


def _draft(service: Machine, edition: Edition) -> Proposals:
    """Draft one page or record, as far as the machine got it right."""
    texts = {row.path: row.target.value for row in edition.rows if row.text.kind is not Kind.FACT}
    proposals = propose(service, edition, empty_rows(edition, texts))
    if proposals.texts:
        texts |= proposals.texts
        keep_machines_draft(edition, edition.compose(texts, edition.made_slug(texts)), proposals.texts)
    return proposals
