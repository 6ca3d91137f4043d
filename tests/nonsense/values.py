"""What readers, robots and scanners send, and what may be answered."""

FINE = {200, 400, 404, 414}
_SEARCHED = [
    [slug, ""] for slug in ("resources", "ressources", "partners", "partenaires", "commitments", "engagements")
]

NONSENSE = [
    "",
    "\x00",
    "soil\x00carbon",
    '"',
    '""""',
    "'",
    "' OR 1=1 --",
    "x" * 10_000,
    '"' + "soil " * 2_000,
    "(" * 500,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e309",
    "٣",
    "½",
    "NaN",
    "None",
    "../../etc/passwd",
    "%",
    "%%%s%d",
    "_",
    "*",
    "soil* AND NOT (carbon OR",
    "NEAR/3",
    ":*",
    "a:b:c & | ! <->",
    "\\",
    "\ufeff\u202e\u200f",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\U0001f331" * 50,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "\r\nSet-Cookie: a=b",
    "true",
    "[]",
]

# The parameters of the library, with what they understand.
UNDERSTOOD = {
    "q": ["soil", "ro*", '"roots and soil"', "-water", "soil OR racines", "roots -soil", "c:d AND (e"],
    "scope": ["everything", "title", "content"],
    "exact": ["1"],
    "sort": ["relevance", "newest", "oldest", "title"],
    "show": ["20", "50", "100"],
    "page": ["1", "2", "5000", "5001"],
    "type": ["studies", "etudes"],
    "topic": ["water", "eau"],
    "place": ["DE", "150"],
    "language": ["en", "fr"],
    "year_from": ["2000", "2022", "0", "9999"],
    "year_to": ["2000", "2022", "0000"],
    "priority": ["storage"],
    "audience": ["farmers", "public"],
    "publisher": ["house-of-loam", "trust"],
    "access": ["open", "restricted"],
    "licence": ["CC-BY-4.0"],
    "spotlight": ["1"],
    "archived": ["1", "yes"],
}
# Every parameter that some page reads, and some that none does.
PARAMETERS = [*UNDERSTOOD, "country", "region", "body", "sdg", "kind", "year", "next", "slug", "format", "unknown"]
# What may stand at the end of an address.
PATHS = [
    "/%00",
    "/a%00b/",
    "/..%2f..%2fetc/passwd",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/",
    "//example.org/",
    "/" + "x" * 1_500 + "/",
    "/" + "x" * 10_000 + "/",
    "/" + "a/" * 900,
    "/-1/",
    "/٣/",
    "/%FF/",
    "/\u202e/",
    "/<script>/",
    "/'/",
    '/"/',
    "/a b/",
    "/a;b/",
    "/.git/config",
    "/wp-login.php",
    "/index.html",
    "/export.exe",
    "/cite.",
    "/feed.atom/",
    "/%E2%80%8F/",
]
HEADERS = [
    {"Accept-Language": "\x00"},
    {"Accept-Language": "x" * 10_000},
    {"Accept-Language": ",;q=,;;q=1e9"},
    {"Accept": "nonsense"},
    {"HX-Request": "true", "HX-Current-URL": "\x00"},
    {"HX-Request": "true", "HX-Target": '"'},
    {"If-None-Match": "nonsense"},
    {"If-Modified-Since": "nonsense"},
    {"Range": "bytes=-1"},
    {"Cookie": "sessionid=%00; csrftoken=\x01; a"},
    {"X-Forwarded-Host": "example.org", "X-Forwarded-Proto": "nonsense"},
]


def fine(path: str) -> set[int]:
    """What may be answered. Searched lists, like `/`, lead from other ways to say a thing to the one address."""
    return FINE | {302} if path == "/" or path.split("/")[2:] in _SEARCHED else FINE
