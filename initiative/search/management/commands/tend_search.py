from django.core.management.base import BaseCommand

from initiative.search import generations
from initiative.search.indexing import catch_up


class Command(BaseCommand):
    help = (
        "Take into the search what another version of the site has changed, and drop the index of an older one that was "
        "not seen for a week, or of any that was not for a day and may have what the site no longer shows."
    )

    def handle(self, **options):
        generations.note_used()
        catch_up()
        generations.drop_old()
