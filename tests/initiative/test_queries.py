"""Site-wide questions."""

from initiative.queries import statistics_in
from tests.factories import StatisticFactory


def test_a_series_is_read_oldest_first(db):
    for date, order in (("2020", 0), ("2018-12", 0), ("2018-12", 1), ("2016-11", 0)):
        StatisticFactory(series="partners", date=date, order=order, label=f"{date}/{order}")
    StatisticFactory(series="others", date="2017")
    found = [statistic.label for statistic in statistics_in("partners")]
    assert found == ["2016-11/0", "2018-12/0", "2018-12/1", "2020/0"]
