"""Site-wide questions."""

from django.utils import translation
from wagtail.models import PageViewRestriction

from initiative.base.querysets import where_all_are_open
from initiative.queries import events_in, goals_of, statistics_in
from tests.factories import GoalFactory, PlaceFactory, StatisticFactory, add_event


def test_a_series_is_read_oldest_first(db):
    for date, order in (("2020", 0), ("2018-12", 0), ("2018-12", 1), ("2016-11", 0)):
        StatisticFactory(series="partners", date=date, order=order, label=f"{date}/{order}")
    StatisticFactory(series="others", date="2017")
    found = [statistic.label for statistic in statistics_in("partners")]
    assert found == ["2016-11/0", "2018-12/0", "2018-12/1", "2020/0"]


def test_events_of_a_country_come_latest_first_with_what_a_row_shows(site, django_assert_num_queries):
    peru, kenya, locale = PlaceFactory(code="PE"), PlaceFactory(code="KE"), site["events", "en"].locale_id
    for slug, date, country in (("old", "2020", peru), ("new", "2024-05", peru), ("other", "2022", kenya)):
        add_event(site, title=slug, slug=slug, date=date, country=country, city="Lima", time="9:00")
    with django_assert_num_queries(1):
        rows = [
            (
                event.display_title,
                event.date,
                event.city,
                event.country.name,
                event.time,
                event.online,
                event.text_language,
            )
            for event in events_in(locale, "PE")
        ]
    assert rows == [
        ("new", "2024-05", "Lima", "Peru", "9:00", False, "en"),
        ("old", "2020", "Lima", "Peru", "9:00", False, "en"),
    ]


def test_where_all_were_known_to_be_open_private_events_are_left_out_once_that_is_no_longer_known(site):
    peru, locale = PlaceFactory(code="PE"), site["events", "en"].locale_id
    add_event(site, title="Secret", slug="secret", date="2020", country=peru)
    with where_all_are_open(True):
        assert len(events_in(locale, "PE")) == 1
    PageViewRestriction.objects.create(page=site["events", "en"], restriction_type=PageViewRestriction.LOGIN)
    assert events_in(locale, "PE") == []
    with where_all_are_open(True):  # as the answer knows that was begun before
        assert len(events_in(locale, "PE")) == 1


def test_goals_by_number_and_as_they_are_called_now(db, django_assert_num_queries):
    life, hunger = GoalFactory(number=15, title_en="Life", title_fr="Vie"), GoalFactory(number=2, title_en="Hunger")
    GoalFactory(number=13)
    assert [goal.title for goal in goals_of([life.pk, 1_000_000, hunger.pk])] == ["Hunger", "Life"]
    with django_assert_num_queries(0), translation.override("fr"):
        assert [goal.title for goal in goals_of([life.pk])] == ["Vie"]
    life.title_en = "Life on land"
    life.save()
    assert [goal.title for goal in goals_of([life.pk])] == ["Life on land"]
    hunger.delete()
    assert goals_of([hunger.pk]) == goals_of([]) == []
