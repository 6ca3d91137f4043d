"""Ask a running site for its front page and each address of its sitemap; ends with 1 where one answers wrongly."""

import re
import sys
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

HTML = re.compile(r'<html[^>]*\slang="([a-z-]+)"[^>]*\sdir="(ltr|rtl)"')
RIGHT_TO_LEFT = {"ar"}


def get(address: str) -> tuple[str, str]:
    """The address that answered in the end, and its text. Raises HTTPError, ValueError for a cookie."""
    with urlopen(Request(address, headers={"Accept-Language": "en"}), timeout=60) as answer:
        if answer.headers.get("Set-Cookie"):
            raise ValueError("it sets a cookie")
        return answer.geturl(), answer.read().decode()


def fault(address: str) -> str:
    """What is wrong with the page at `address`; empty where nothing is."""
    try:
        final, text = get(address)
    except (HTTPError, ValueError) as error:
        return str(error)
    language = urlsplit(final).path.split("/")[1]
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    html = HTML.search(text)
    if html is None or html.groups() != (language, direction):
        return f'<html> is not lang="{language}" dir="{direction}"'
    headings = len(re.findall(r"<h1[\s>]", text))
    return "" if headings == 1 else f"{headings} <h1>"


def main(site: str) -> int:
    sitemap = get(f"{site}/sitemap.xml")[1]
    paths = ["/", *(urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", sitemap))]
    faults = {path: found for path in paths if (found := fault(site + path))}
    for path, found in faults.items():
        print(f"{path}: {found}")
    print(f"{len(paths) - len(faults)} of {len(paths)} addresses answer as they should.")
    return 1 if faults or len(paths) == 1 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
