"""Lighthouse as on a phone, on the pages people come to: python -m bench.lighthouse, or make lighthouse, which fetches it.

The site serves itself as it does for anybody, with pages kept and its starter content; Lighthouse plays a middling phone on a
slow line. Medians of the runs. Lighthouse slows the browser four times, which makes such a phone of a machine that has 1,500 to
2,000 in its own benchmark; for a slower one its docs/throttling.md allows less: here in proportion, which is a rule of
this script's own. Set once, before the first page; where the machine changes meanwhile, it isn't right any more.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PATHS = {
    "home": "/en/",
    "library": "/en/resources/",
    "results": "/en/resources/?q=soil",
    "resource": "/en/resources/{resource}/",
    "priority": "{priority}",
    "committee": "/en/committee/",
    "partners and map": "/en/partners/",
    "article": "{article}",
    "form": "/en/application/",
}
# Lists of results ask search engines to stay away, which Lighthouse counts as a fault.
NOINDEX = {"results"}
SLOWDOWN = 4
BENCHMARK = 1_750  # the middle of what that is meant for


def main() -> None:
    """Measure and print a table; ends with 1 where a page isn't as promised."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--runs", type=int, default=5, help="of each page (5)")
    parser.add_argument("--program", default=os.environ.get("LIGHTHOUSE", "lighthouse"), help="where Lighthouse is")
    parser.add_argument("--pages", nargs="*", choices=PATHS, default=list(PATHS), help="some alone")
    parser.add_argument("--slowdown", type=float, help="of the browser (4, or less on a slow machine)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "initiative.settings"
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        import django

        django.setup()
        from django.conf import settings

        from bench import load
        from bench.measure import serving

        load.prepare()
        names = _names()
        with serving(kept=settings.PAGE_CACHE_MEGABYTES) as server:
            site = f"http://localhost:{server.port}"
            phone = Phone(arguments.program, Path(folder) / "report.json", arguments.slowdown or SLOWDOWN)
            if not arguments.slowdown:
                phone.calibrate(f"{site}{PATHS['home']}")
            print(f"\nThe browser is slowed {phone.slowdown:.1f} times.")
            print("\n| page | performance | accessibility | practices | SEO | LCP | CLS | TBT | bytes | requests |")
            print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
            pages = {name: site + PATHS[name].format(**names) for name in arguments.pages}
            good = [_page(name, [phone.report(url) for _run in range(arguments.runs)]) for name, url in pages.items()]
    raise SystemExit(not all(good))


def _names() -> dict[str, str]:
    from django.apps import apps
    from django.db import connection

    from initiative.models import NewsArticlePage
    from resources.models import Resource

    priority = apps.get_model("committee", "ResearchPriorityPage")
    names = {
        "resource": Resource.objects.live().order_by("pk").first().slug,
        "priority": priority.objects.live().filter(locale__language_code="en").order_by("path").first().get_path(),
        "article": NewsArticlePage.objects.live()
        .filter(locale__language_code="en")
        .order_by("path")
        .first()
        .get_path(),
    }
    connection.close()
    return names


def _page(name: str, reports: list[dict]) -> bool:
    """Print a page's row; whether it is as promised."""

    def median(read) -> float:
        return statistics.median(map(read, reports))

    scores = [100 * median(lambda report, of=of: report["categories"][of]["score"] or 0) for of in CATEGORIES]
    lcp, cls, tbt, size = (
        median(lambda report, of=of: report["audits"][of]["numericValue"])
        for of in ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time", "total-byte-weight")
    )
    requests = median(lambda report: len(report["audits"]["network-requests"]["details"]["items"]))
    told = " | ".join(f"{score:.0f}" for score in scores)
    print(
        f"| {name} | {told} | {lcp / 1_000:.2f} s | {cls:.3f} | {tbt:.0f} ms | {size / 1_000:.0f} kB | {requests:.0f} |",
        flush=True,
    )
    wanted = scores[:3] if name in NOINDEX else scores
    good = min(wanted) == 100 and lcp <= 1_500 and cls <= 0.01 and tbt <= 50
    if not good:
        _say_why(reports[-1])
    return good


class Phone:
    """Lighthouse on a machine; `slowdown` is how many times its browser is slowed."""

    def __init__(self, program: str, path: Path, slowdown: float):
        self.slowdown = slowdown
        self._program, self._path = program, path

    def calibrate(self, url: str) -> None:
        """Slow the browser less on a slower machine, which is measured five times: the median."""
        index = statistics.median(self.report(url)["environment"]["benchmarkIndex"] for _run in range(5))
        self.slowdown = min(SLOWDOWN, SLOWDOWN * index / BENCHMARK)

    def report(self, url: str) -> dict:
        """A report. Now and then Chromium gives Lighthouse no trace; then once more, three times at most.
        subprocess.CalledProcessError where it fails each time."""
        command = [
            self._program, url, "--quiet", "--output=json", f"--output-path={self._path}",
            f"--only-categories={','.join(CATEGORIES)}", f"--throttling.cpuSlowdownMultiplier={self.slowdown}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
        ]  # fmt: skip
        own = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM") or "/usr/bin/chromium"}
        for left in (2, 1, 0):
            if subprocess.run(command, check=not left, timeout=180, env=own).returncode == 0:
                break
        return json.loads(self._path.read_text())


def _say_why(report: dict) -> None:
    for of in CATEGORIES:
        for reference in report["categories"][of]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"    {of}: {audit['title']} {audit.get('displayValue', '')}")


if __name__ == "__main__":
    main()
