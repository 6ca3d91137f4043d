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


def fine(path: str) -> set[int]:
    """What may be answered. Searched lists, like `/`, lead from other ways to say a thing to the one address."""
    return FINE | {302} if path == "/" or path.split("/")[2:] in _SEARCHED else FINE
