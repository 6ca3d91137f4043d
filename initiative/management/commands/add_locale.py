"""`manage.py add_locale xx`: a tree for a language that has just been added to the settings."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction
from django.utils.translation import to_locale
from wagtail.models import Locale, Page

from initiative.aliases import show_the_best
from initiative.base import languages, messages
from initiative.base.querysets import borrowed_language


class Command(BaseCommand):
    help = (
        "Give a language of settings.LANGUAGES its tree: every published page is there, in the best language it is written in, "
        "from the home page down; then fill the search index. Run again, it adds what is missing."
    )

    def add_arguments(self, parser):
        parser.add_argument("code", help="a language code of settings.LANGUAGES, such as pt")

    def handle(self, *, code, verbosity=1, **options):
        if code not in languages.codes():
            raise CommandError(
                f"{code} is no language of this site: add it to LANGUAGES in initiative/settings.py first."
            )
        say = self.stdout.write if verbosity else lambda line: None
        with transaction.atomic():
            locale, is_new = Locale.objects.get_or_create(language_code=code)
            say(f"{languages.own_name(code)}: {'a new locale' if is_new else 'the locale was there'}.")
            keys = self._keys()
            for key in keys:
                show_the_best(key)
        say(f"{len(keys)} pages, {Page.objects.live().filter(locale=locale).count()} of them in its tree.")
        call_command("rebuild_search", verbosity=0)
        for line in self._missing(code):
            say(self.style.WARNING(line))

    @staticmethod
    def _keys() -> list:
        """What is published, each page once and before those below it."""
        pages = Page.objects.live().filter(depth__gt=1).annotate(borrowed=borrowed_language()).filter(borrowed="")
        return list(dict.fromkeys(pages.order_by("depth", "path").values_list("translation_key", flat=True)))

    @staticmethod
    def _missing(code: str) -> list[str]:
        """What is still to do by people."""
        if code == settings.LANGUAGE_CODE:
            return []
        files = [folder / to_locale(code) / "LC_MESSAGES" / "django.po" for folder in settings.LOCALE_PATHS]
        found = [messages.read_catalog(file) for file in files if file.exists()]
        if not found:
            return ["The interface has no messages in it: make messages, then translate them."]
        left = sum(1 for catalog in found for message in catalog if message.id and not _is_translated(message))
        return [f"{left} sentences of the interface are still to translate."] if left else []


def _is_translated(message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else message.string
    return all(forms) and not message.fuzzy
