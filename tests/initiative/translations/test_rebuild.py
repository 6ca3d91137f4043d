"""The board made anew."""

from django.core.management import call_command

from initiative.translations.models import Subject, Translation
from tests import factories
from tests.initiative.translations.content import FRENCH, body, cells, make_english, publish, translate


def test_everything_is_looked_at_and_what_is_known_is_kept(site, capsys):
    english = make_english(site)
    translate(english, "fr", **FRENCH, body=body("Elles descendent."))
    publish(english, introduction="Roots hold 736 partners.")
    statistic = factories.StatisticFactory(label_en="partners", label_fr="partenaires")
    Subject.objects.create(
        subject="page:gone", content_type=Subject.objects.get().content_type, title="Gone", language="en",
        changed_at=Subject.objects.get().changed_at,
    )  # fmt: skip
    call_command("rebuild_translations")
    assert not Subject.objects.filter(subject="page:gone").exists()
    assert cells(english)["fr"].behind == {"introduction": "Roots hold 735 partners."}
    assert Translation.objects.get(subject__subject=statistic.subject, language="fr").state == "current"
    assert capsys.readouterr().out.endswith("; 1 of the board are gone.\n")
    # Each page in every language, each record.
    assert Subject.objects.filter(subject__startswith="page:").count() == len(factories.LANDINGS) + 2
