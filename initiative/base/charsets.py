"""Which encodings what is sent may be in. Before Django makes a request of it: it reads an address in the encoding that the
form names, and Python knows some (idna, base64) that fail on what is no fault of theirs."""

from collections.abc import Callable, Iterable

from django.utils.http import parse_header_parameters

# What pages are in, so browsers send nothing else; Django refuses other plain forms, too, but not those with files.
_ENCODINGS = frozenset({"", "utf-8", "utf8"})


def with_known_charsets(application: Callable) -> Callable:
    """`application` (WSGI), which is not asked about a body in an encoding that no page has: that is answered 400."""

    def answer(environ: dict, start_response: Callable) -> Iterable[bytes]:
        try:
            _, named = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        except ValueError:  # of a parameter that says its own encoding (RFC 2231)
            named = {"charset": "unknown"}
        if named.get("charset", "").lower() in _ENCODINGS:
            return application(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", "11")])
        return [b"Bad request"]

    return answer
