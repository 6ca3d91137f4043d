"""Where the text of a licence stands."""

import re

_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-[A-Z]{2})*)-(\d\.\d)(-IGO)?")


def licence_url(licence: str) -> str:
    """The address of a licence by its SPDX identifier; empty for what has none.

    `CC-BY-NC-SA-3.0-IGO` → `https://creativecommons.org/licenses/by-nc-sa/3.0/igo/`
    """
    if licence == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if found := _CREATIVE_COMMONS.fullmatch(licence):
        terms, version, igo = found.groups()
        return f"https://creativecommons.org/licenses/{terms.lower()}/{version}/{'igo/' if igo else ''}"
    return ""
