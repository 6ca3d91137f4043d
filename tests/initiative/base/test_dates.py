import datetime

import pytest
from django.core.exceptions import ValidationError

from initiative.base import dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", datetime.date(2022, 1, 1), datetime.date(2022, 12, 31)),
        ("2024-02", datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)),
        ("2022-05-31", datetime.date(2022, 5, 31), datetime.date(2022, 5, 31)),
        ("2018-10-24/2018-10-26", datetime.date(2018, 10, 24), datetime.date(2018, 10, 26)),
        ("2018/2020-02", datetime.date(2018, 1, 1), datetime.date(2020, 2, 29)),
    ],
)
def test_first_and_last_day(text, first, last):
    assert (dates.first_day(text), dates.last_day(text)) == (first, last)


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("", "en", ""),
        ("2022", "en", "2022"),
        ("2022-05", "en", "May 2022"),
        ("2022-05-31", "en", "31 May 2022"),
        ("2022-05-31", "fr", "31 mai 2022"),
        ("2022-05-01", "fr", "1er mai 2022"),
        ("2022-05-01/2022-05-11", "fr", "1er–11 mai 2022"),
        ("2022-05", "es", "mayo de 2022"),
        ("2022-05", "ar", "مايو 2022"),
        ("2018-10-24/2018-10-26", "en", "24–26 October 2018"),
        ("2018-10-24/2018-10-26", "fr", "24–26 octobre 2018"),
        ("2018-10-24/2018-10-26", "es", "24–26 de octubre de 2018"),
        ("2020-12-09/2021-01-02", "en", "9 December 2020 – 2 January 2021"),
        ("2018/2020", "fr", "2018 – 2020"),
        ("2018/2018", "fr", "2018"),
        ("spring 2022", "fr", "spring 2022"),  # never hidden
    ],
)
def test_display(text, language, shown):
    assert dates.display(text, language) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "31 May 2022, 14:05"),
        ("fr", "31 mai 2022, 14:05"),
        ("es", "31 de mayo de 2022, 14:05"),
        ("ar", "31 مايو 2022، 2:05 م"),
    ],
)
def test_a_moment_is_in_the_time_of_the_site(language, shown):
    east = datetime.timezone(datetime.timedelta(hours=3))
    assert dates.moment(datetime.datetime(2022, 5, 31, 17, 5, tzinfo=east), language) == shown


@pytest.mark.parametrize(
    "text", ["2022-13", "2022-02-30", "22", "31/05/2022", "2022/2021", "2022-05-31T10:00", "٢٠٢٢", "x"]
)
def test_nonsense_is_refused_with_a_sentence(text):
    with pytest.raises(ValidationError, match=r"is not a date\. Write 2022"):
        dates.validate(text)
