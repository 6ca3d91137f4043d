"""How long the partners' pages take with many partners and commitments.

    python -m bench.partners              a database of its own, filled, timed and thrown away
    python -m bench.partners --keep DIR   the same, kept in DIR, which it makes: DATA_DIR=DIR python manage.py serve shows it

Every organisation in it is made up, and says so in its name. See bench/README.md for what was measured.
"""

import argparse
import datetime
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ORGANISATIONS, COMMITMENTS = 2_000, 5_000
GROUND = [
    "Ash",
    "Bank",
    "Chalk",
    "Clay",
    "Dell",
    "Fen",
    "Field",
    "Heath",
    "Hill",
    "Loam",
    "Marl",
    "Moor",
    "Peat",
    "Silt",
]
KINDS = ["Cooperative", "Council", "Foundation", "Institute", "Trust", "Union", "University", "Works"]
WORK = {
    "ha": "Keep {} hectares under living cover",
    "t-c": "Store {} tonnes of carbon in cropland",
    "t-co2e": "Save {} tonnes of CO₂ equivalent",
    "people": "Train {} people in the care of soil",
    "farms": "Accompany {} farms into agroforestry",
    "percent": "Raise the share of fields with hedges to {} per cent",
    "": "Bring the care of soil into every course",
}
OFTEN = ["FR", "FR", "FR", "DE", "ES", "SN", "PE", "IN", "BR", "MA", "US", "KE", "CR", "VN", "AU"]
PAGES = [
    "/en/partners/",
    "/en/partners/?q=clay&type=research",
    "/en/partners/?region=150&body=forum",
    "/ar/partners/?page=20",
    "/en/partners/countries/fr/",
    "/en/partners/countries/fr/embed/",
    "/en/commitments/",
    "/en/commitments/?status=behind&country=FR",
    "/en/commitments/fictional-commitment-7/",
    "/api/v1/partners",
    "/api/v1/commitments?page=40",
]


def fill(organisations: int, commitments: int) -> None:
    """The starter site with so many fictional partners and commitments, indexed."""
    from django.core.management import call_command

    from initiative.search.rebuild import rebuild

    call_command("migrate", verbosity=0)
    call_command("load_starter_content", verbosity=0)
    load(organisations, commitments)
    rebuild()


def load(organisations: int, commitments: int) -> None:
    """So many fictional partners and commitments, always the same; none where there are such. The index doesn't know them yet."""
    from django.utils import timezone

    from initiative.models import Place, SustainableDevelopmentGoal
    from partners.enums import Body, PartnerType, Unit
    from partners.models import Commitment, Membership, Organisation, ProgressReport
    from resources.models import Topic

    if Organisation.objects.filter(slug__startswith="fictional-").exists():
        return
    dice = random.Random(4)
    codes = sorted(code for code in Place.objects.values_list("code", flat=True) if code.isalpha() and code != "AQ")
    today, published = timezone.localdate(), timezone.now() - datetime.timedelta(days=2_500)
    made = Organisation.objects.bulk_create(
        Organisation(
            slug=f"fictional-organisation-{n}",
            name=f"{dice.choice(GROUND)} {dice.choice(KINDS)} {n} (fictional)",
            type=dice.choice(PartnerType.values),
            listed=True,
            live=True,
            country_id=dice.choice(OFTEN if dice.random() < 0.6 else codes),
            description_en="It exists in measurements and pictures only.",
            description_fr="Elle n’existe que dans les mesures et les images.",
            first_published_at=published,
        )
        for n in range(organisations)
    )
    Membership.objects.bulk_create(
        Membership(organisation=one, body=body, since=str(dice.randint(2016, 2025)))
        for one in made
        for body in Body.values
        if body == "forum" or dice.random() < 0.4
    )
    goals, topics = list(SustainableDevelopmentGoal.objects.all()), list(Topic.objects.all())
    found = []
    for n in range(commitments):
        unit = dice.choice(list(WORK))
        start = dice.randint(2018, 2026)
        target = {"": None, "percent": 60}.get(unit, dice.randint(1, 80) * 50)
        told = dice.choice(GROUND)
        found.append(
            Commitment(
                slug=f"fictional-commitment-{n}",
                organisation=dice.choice(made),
                title_en=f"{WORK[unit].format(f'{target:,}' if target else '')} by {start + 6}",
                goal_en=f"A goal that nobody has set, for {told.lower()} that nobody farms.",
                actions_en="Sow\nShare\nMeasure",
                timetable_en=f"From {start} to {start + 6}, with a report each winter.",
                resources_en="Two advisers and a seed drill, all of them imagined.",
                start=str(start),
                end=str(start + 6),
                baseline=target if target is None else target // 10,
                target=target,
                unit=Unit(unit) if unit else "",
                live=True,
                first_published_at=published,
                outcome=dice.choice(["ended-early", "removed"]) if dice.random() < 0.04 else "",
                outcome_on=today,
            )
        )
    Commitment.objects.bulk_create(found, batch_size=500)
    for field, choices, most in (("sdgs", goals, 3), ("topics", topics, 3)):
        through = getattr(Commitment, field).through
        column = f"{choices[0]._meta.model_name}_id"
        through.objects.bulk_create(
            (
                through(**{"commitment_id": one.pk, column: choice.pk})
                for one in found
                for choice in dice.sample(choices, dice.randint(1, most))
            ),
            batch_size=2_000,
        )
    reports = []
    for one in found:
        begun = datetime.date(int(one.start), 12, dice.randint(1, 28))
        share = dice.uniform(0.5, 1.2)
        for year in range(dice.randint(0, 4)):
            day = begun.replace(year=begun.year + year)
            if day < today:
                done = min(1, share * (year + 1) / 6)
                value = one.target and round(one.baseline + (one.target - one.baseline) * done)
                reports.append(
                    ProgressReport(
                        commitment=one,
                        reported_on=day,
                        value=value,
                        story_en="A dry autumn. What was sown in September came up; what was sown later did not.",
                        language="en",
                        state="approved",
                        decided_on=day,
                    )
                )
    ProgressReport.objects.bulk_create(reports, batch_size=500)
    for one in found:
        if not one.outcome:
            one.outcome_on = None
        one._keep(one.standing())
    Commitment.objects.bulk_update(
        found,
        ["course", "rests_on", "due_on", "silent_on", "reported_on", "value", "valued_on", "outcome_on"],
        batch_size=500,
    )


def measure(times: int) -> list[tuple[str, float, float, float, int, int]]:
    """Address; of some answers the median, the slowest, and the median of the processor's time, in milliseconds; statements,
    bytes. What is kept for a few seconds is forgotten before each; templates and content types, read once in the life of a
    process, are there."""
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, found = Client(), []
    for path in PAGES:
        response = client.get(path)
        if response.status_code != 200:
            sys.exit(f"{path} answers {response.status_code}")
        taken, worked = [], []
        for _time in range(times):
            for cache in caches.all():
                cache.clear()
            begun, before = time.perf_counter(), time.process_time()
            client.get(path)
            worked.append(1000 * (time.process_time() - before))
            taken.append(1000 * (time.perf_counter() - begun))
        for cache in caches.all():
            cache.clear()
        with CaptureQueriesContext(connection) as spent:
            client.get(path)
        size = len(response.content)
        found.append((path, statistics.median(taken), max(taken), statistics.median(worked), len(spent), size))
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--keep", metavar="DIR", help="where to keep the filled site")
    arguments.add_argument("--organisations", type=int, default=ORGANISATIONS)
    arguments.add_argument("--commitments", type=int, default=COMMITMENTS)
    arguments.add_argument("--times", type=int, default=15, help="answers per address (15)")
    chosen = arguments.parse_args()
    folder = Path(chosen.keep or tempfile.mkdtemp(prefix="bench-"))
    new = not (folder / "db.sqlite3").exists()
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "initiative.settings", "LOG_LEVEL": "ERROR"}
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("REDIS_URL", None)
    import django

    folder.mkdir(parents=True, exist_ok=True)
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    try:
        if new:
            begun = time.monotonic()
            call_command("compile_translations", verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
            fill(chosen.organisations, chosen.commitments)
            seconds = time.monotonic() - begun
            print(
                f"{chosen.organisations:,} organisations, {chosen.commitments:,} commitments: filled in {seconds:.0f} s"
            )
        settings.ALLOWED_HOSTS.append("testserver")
        print(f"{'median':>8} {'slowest':>8} {'CPU':>8} {'SQL':>4} {'kB':>6}")
        for path, median, slowest, worked, statements, size in measure(chosen.times):
            print(f"{median:5.0f} ms {slowest:5.0f} ms {worked:5.0f} ms {statements:4} {size / 1000:6.0f}  {path}")
    finally:
        if not chosen.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
