"""How long the translation board takes with many pages and records in four languages.

    python -m bench.board       a database of its own, filled, timed and thrown away

What is on the board is made up: 2,000 pages and 5,000 records, each with texts of a few hundred words, a third of the
translations behind, a third missing. The board reads nothing else, so neither pages nor records themselves are made.
"""

import datetime
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

PAGES, RECORDS, ROUNDS, MOST_SECONDS = 2_000, 5_000, 7, 1.0
WORDS = [
    "soil",
    "root",
    "carbon",
    "field",
    "water",
    "cover",
    "winter",
    "seed",
    "plough",
    "compost",
    "worm",
    "humus",
    "clay",
    "loam",
]
ASKED = ["", "?language=fr", "?view=all", "?view=outdated&kind=pages", "?q=winter&view=all", "?p=100"]


def fill() -> None:
    """Subjects and translations, always the same, and readers' wishes for some."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.utils import timezone

    from initiative.models import StandardPage
    from initiative.translations.enums import State
    from initiative.translations.models import Subject, Translation, TranslationRequest
    from resources.models import Resource

    dice, now = random.Random(4), timezone.now()
    call_command("migrate", verbosity=0)

    def text(words: int) -> str:
        return " ".join(dice.choice(WORDS) for _ in range(words))

    kinds = [StandardPage] * PAGES + [Resource] * RECORDS
    types = {model: ContentType.objects.get_for_model(model) for model in (StandardPage, Resource)}
    subjects = Subject.objects.bulk_create(
        (
            Subject(
                subject=f"page:{uuid.UUID(int=n)}" if model is StandardPage else f"resources.resource:{n}",
                content_type=types[model],
                title=f"Fictional {text(4)} {n}",
                language="en",
                in_spotlight=dice.random() < 0.01,
                words=250,
                changed_at=now,
                texts={"title": text(4), "introduction": text(30), "abstract": text(220)},
            )
            for n, model in enumerate(kinds)
        ),
        batch_size=500,
    )
    cells = []
    for subject in subjects:
        cells.append(Translation(subject=subject, language="en", state=State.SOURCE, since=now))
        for code in ("fr", "es", "ar"):
            state = dice.choice([State.MISSING, State.OUTDATED, State.CURRENT])
            since = now - datetime.timedelta(days=dice.randint(0, 700))
            cells.append(
                Translation(
                    subject=subject,
                    language=code,
                    state=state,
                    since=since,
                    words_to_do={State.MISSING: 250, State.OUTDATED: 30}.get(state, 0),
                    behind={"introduction": text(30)} if state == State.OUTDATED else {},
                    written={} if state == State.MISSING else {"introduction": "0" * 16, "abstract": "1" * 16},
                )
            )
    Translation.objects.bulk_create(cells, batch_size=500)
    TranslationRequest.objects.bulk_create(
        TranslationRequest(subject=subject.subject, language="ar", count=dice.randint(1, 60))
        for subject in dice.sample(subjects, 700)
    )


def measure() -> bool:
    """Time each address; True where all are quick enough."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.create_superuser("bench", "", None))
    slowest = 0.0
    for query in ASKED:
        taken = []
        for _round in range(ROUNDS):
            started = time.perf_counter()
            response = client.get(f"/admin/translations/{query}")
            taken.append(time.perf_counter() - started)
            assert response.status_code == 200, response.status_code
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/admin/translations/{query}")
        middle = statistics.median(taken)
        slowest = max(slowest, middle)
        print(f"/admin/translations/{query:<32} {middle * 1000:6.0f} ms  {len(asked)} statements")
    return slowest < MOST_SECONDS


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "initiative.settings"}
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("REDIS_URL", None)
        Path(folder, "static").mkdir()
        import django
        from django.conf import settings

        # The addresses of styles need no build here.
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        django.setup()
        fill()
        return 0 if measure() else 1


if __name__ == "__main__":
    sys.exit(main())
