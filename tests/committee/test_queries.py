from committee.queries import priorities_of
from tests.factories import ResearchPriorityFactory, add_priority_page


def test_a_priority_knows_at_once_where_its_page_has_gone(site, django_capture_on_commit_callbacks):
    priorities = [ResearchPriorityFactory(number=number, title=f"Question {number}") for number in (2, 1)]
    keys = [priority.pk for priority in priorities]

    def paths():
        return [priority.path for priority in priorities_of(keys)]

    assert paths() == ["", ""]
    page = add_priority_page(site, priorities[1], slug="roots")
    assert paths() == ["/en/research-priorities/roots/", ""]
    index = site["priorities", "en"]
    index.slug = "questions"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    assert paths() == ["/en/questions/roots/", ""]
    page.unpublish()
    assert paths() == ["", ""]
    assert priorities_of([*keys, 0]) == priorities[::-1]
