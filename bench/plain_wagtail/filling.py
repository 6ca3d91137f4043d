"""Works below one list; rows are written by the thousand, as Wagtail's own way takes an hour."""

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page, Site

from bench.plain_wagtail.models import Topic, Work, WorkIndex
from bench.records import Maker
from initiative.base import dates


def fill(count: int) -> None:
    """So many works, if there are none."""
    call_command("migrate", interactive=False, verbosity=0)
    if Work.objects.exists():
        return
    with transaction.atomic():
        _fill(count)


def _fill(count: int) -> None:
    topics = Topic.objects.bulk_create(Topic(name=f"Topic {number}") for number in range(40))
    index = WorkIndex(title="Works", slug="works", intro="All works, newest first.", show_in_menus=True)
    Site.objects.get(is_default_site=True).root_page.add_child(instance=index)
    maker = Maker(1, len(topics), ["Kenya", "France"], 1, 1)
    records = [maker.record(number) for number in range(count)]
    kind = ContentType.objects.get_for_model(Work)
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(index.path, index.depth + 1, record.number + 1),
            depth=index.depth + 1,
            title=record.title,
            draft_title=record.title,
            slug=f"bench-{record.number}",
            url_path=f"{index.url_path}bench-{record.number}/",
            content_type=kind,
            locale=index.locale,
        )
        for record in records
    )
    for page, record in zip(pages, records, strict=True):
        issued_on = dates.first_day(record.issued)
        work = Work(page_ptr=page, issued_on=issued_on, abstract=record.abstract, publisher=record.publisher)
        work.save_base(raw=True)
    about = Work.topics.through
    about.objects.bulk_create(
        about(work_id=page.pk, topic_id=topics[place].pk)
        for page, record in zip(pages, records, strict=True)
        for place in record.topics
    )
    Page.objects.filter(pk=index.pk).update(numchild=count)
