"""Samples of `components/chart.html`."""

from initiative.base.charts import by_year
from initiative.styleguide.words import say

GROUP = "Charts"


def samples():
    years = {year: (year * 7) % 23 + (year - 1995) for year in range(1998, 2027)}
    given = {"title": say("title"), "unit": say("partners")}
    return {
        "Twenty-nine years": {"chart": by_year(years, lambda start, end: "#"), "note": say("sentence"), **given},
        "A few": {"chart": by_year({2019: 3, 2021: 1, 2024: 2}), "level": 4, **given},
        "Large numbers, a century": {"chart": by_year({1900: 12_000, 1950: 350_000, 2024: 1_200_000}), **given},
        "A long word": {"chart": by_year({2023: 1, 2024: 4}), "title": say("long"), "unit": say("long")},
        "Empty": {"chart": by_year({2024: 3}), **given},
    }
