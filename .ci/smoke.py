"""Ask a running site for its front page and each address of its sitemap; ends with 1 where one answers wrongly."""

import re
import sys
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

LANGUAGE = re.compile(rb"<html[^>]*\slang=\"?([a-z-]+)")


def get(address: str) -> tuple[str, bytes]:
    with urlopen(Request(address, headers={"Accept-Language": "en"}), timeout=60) as answer:  # raises for 400 and above
        if answer.headers.get("Set-Cookie"):
            raise ValueError(f"{address} sets a cookie")
        return answer.geturl(), answer.read()


def main(site: str) -> int:
    final, _ = get(f"{site}/")
    print(f"/ leads to {urlsplit(final).path}")
    sitemap = get(f"{site}/sitemap.xml")[1].decode()
    paths = [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", sitemap)]
    if not paths:
        print("The sitemap is empty.")
        return 1
    wrong = 0
    for path in paths:
        language = LANGUAGE.search(get(site + path)[1])
        if language is None or language[1].decode() != path.split("/")[1]:
            print(f"{path} is not in its language: {language and language[1]}")
            wrong = 1
    print(f"{len(paths)} addresses of the sitemap answer in their language.")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
