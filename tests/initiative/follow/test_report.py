"""What the secretariat sees: counts, never who it is; and the rights to it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from initiative.follow.models import Follow, Follower
from tests.initiative.follow.reader import ADA, BEN
from tests.reading import Reading, words

REPORT = "/admin/follows/"


@pytest.fixture
def enter(client, django_user_model):
    """Sign in as a member of a group."""

    def sign_in(group):
        user = django_user_model.objects.create_user(username=group, password="a password of tests")
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def followed(reader):
    reader.follow(ADA, "rye", frequency="daily")
    reader.follow(ADA, "rye", language="fr", frequency="weekly")
    reader.follow(BEN, "rye", frequency="weekly")
    reader.follow(BEN, "oats", frequency="weekly")
    reader.fill_in("cleo@example.org", "hops")


def table(page) -> list[list[str]]:
    return [[words(cell) for cell in row.find_all("td")] for row in page.soup.select("table.listing tbody tr")]


def test_what_is_followed_most_followed_first_and_by_nobody_in_particular(enter, followed):
    page = Reading(enter("Editors").get(REPORT))
    assert table(page) == [["Field rye (en)", "Fields", "1", "2"], ["Field oats (en)", "Fields", "0", "1"]]
    assert "2 addresses follow something." in page.text
    assert "1 follow waits to be confirmed." in page.text
    assert "are refused" not in page.text
    for address in (ADA, BEN, "cleo@example.org"):
        assert address not in page.html
    assert page.soup.find("input", attrs={"name": "email"}) is None


def test_what_is_gone_and_what_is_refused_is_said(enter, followed, field, clock):
    field.gone.add("oats")
    Follower.objects.filter(email=BEN).update(failing_since=clock.now)
    page = Reading(enter("Editors").get(REPORT))
    assert table(page)[1][0] == "No longer on this site"
    assert "The mails of 1 follower are refused. Each day they are tried again." in page.text


def test_moderators_erase_an_address_they_are_told(enter, followed):
    client = enter("Moderators")
    assert Reading(client.get(REPORT)).soup.find("input", attrs={"name": "email"}) is not None
    page = Reading(client.post(REPORT, {"email": "Ada@Example.org"}, follow=True))
    assert "The address is erased. It followed 2 things." in page.html
    assert not Follower.objects.filter(email=ADA).exists()
    assert Follow.objects.count() == 3
    assert "Nothing is followed under this address." in Reading(client.post(REPORT, {"email": ADA}, follow=True)).html
    assert client.post(REPORT, {"email": "nonsense"}).status_code == 200
    assert Follow.objects.count() == 3


def test_only_who_has_the_right(enter, client, followed):
    assert enter("Editors").post(REPORT, {"email": ADA}).status_code == 302
    assert enter("Translators").get(REPORT).status_code == 302
    assert enter("Partner managers").get(REPORT).status_code == 200
    client.logout()
    assert client.get(REPORT).headers["Location"].startswith(reverse("wagtailadmin_login"))
    assert Follow.objects.count() == 5


def test_the_menu_shows_it_to_who_may_see_it(enter, db):
    assert REPORT in enter("Editors").get("/admin/").content.decode()
    assert REPORT not in enter("Translators").get("/admin/").content.decode()


def test_a_site_on_which_nobody_sends_digests_says_so(enter, reader, clock):
    reader.follow()
    client = enter("Editors")
    clock.forward(days=2)
    assert "No digest has gone out" not in client.get("/admin/").content.decode()
    clock.forward(days=1)
    for path in ("/admin/", REPORT):
        assert "No digest has gone out since" in client.get(path).content.decode()


@pytest.mark.parametrize("count", [2, 30])
def test_the_report_asks_three_questions_of_follows_whatever_their_number(
    enter, reader, count, django_assert_max_num_queries
):
    follow = reader.follow()
    for number in range(count):
        Follow.objects.create(
            follower=follow.follower,
            kind="field",
            key=str(number),
            digest=str(number),
            asked_at=follow.asked_at,
            confirmed_at=follow.confirmed_at,
            seen_until=follow.seen_until,
            next_on=follow.next_on,
        )
    client = enter("Editors")
    client.get(REPORT)
    with django_assert_max_num_queries(14):
        assert len(table(Reading(client.get(REPORT)))) == min(count + 1, 25)


def test_the_rights_can_be_given_and_taken_back(db):
    from importlib import import_module

    from django.apps import apps

    migration = import_module("initiative.follow.migrations.0002_staff_rights")

    def rights():
        return {
            group.name: sorted(
                group.permissions.filter(content_type__app_label="follow").values_list("codename", flat=True)
            )
            for group in Group.objects.exclude(name__startswith="Translators (")
        }

    given = {
        "Editors": ["view_follow"],
        "Moderators": ["delete_follower", "view_follow"],
        "Partner managers": ["view_follow"],
        "Translators": [],
    }
    assert rights() == given
    migration.take(apps, None)
    assert rights() == {group: [] for group in given}
    migration.give(apps, None)
    assert rights() == given
