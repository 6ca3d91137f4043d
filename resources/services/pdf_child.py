"""Reads a PDF in a process of its own: a damaged or hostile one may crash, hang or fill the memory of this process alone.

Run by `resources.services.pdf` as a script, without Django and without the site's environment:

    python -I pdf_child.py text FILE '{"pages": 300, "words": 15000, "letters": 150000}'   → JSON on standard output
    python -I pdf_child.py cover FILE '{"width": 960}'                                       → PNG on standard output
"""

import json
import os
import sys

_PASSWORD, _SECURITY = 4, 5  # PDFium's errors
_MEMORY, _SECONDS, _WRITTEN = 1 << 30, 30, 64 << 20  # bytes, of processor time, bytes
# A scan may carry the name of the program that made it on each page.
_FEWEST_WORDS = 10
_LETTERS_OF_A_PAGE = 50_000


def limit() -> None:
    """Let the system stop this process where the clock of its parent doesn't."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, most in (("RLIMIT_AS", _MEMORY), ("RLIMIT_CPU", _SECONDS), ("RLIMIT_FSIZE", _WRITTEN)):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (ValueError, OSError):  # macOS knows not all of them
            continue
    os.nice(10)


def read_text(document, pages: int, words: int, letters: int) -> dict:
    """`{"state", "pages", "text"}`; pages are parted by a form feed. Reads no further than any of the limits."""
    texts, seen, size, count = [], set(), 0, 0
    for number in range(min(len(document), pages)):
        text = _text_of(document, number)
        texts.append(text)
        found = text.split()
        seen.update(word for word in found if sum(map(str.isalpha, word)) > 1)
        size, count = size + len(text), count + len(found)
        if size >= letters or count >= words:
            break
    if len(seen) < _FEWEST_WORDS:
        return {"state": "no_text", "pages": len(document), "text": ""}
    return {"state": "found", "pages": len(document), "text": "\f".join(texts)[:letters]}


def _text_of(document, number: int) -> str:
    """The text of a page; empty for one that can't be read, which takes nothing from the others."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
        return text.get_text_range(0, min(text.count_chars(), _LETTERS_OF_A_PAGE))
    except pypdfium2.PdfiumError:
        return ""


def draw_cover(document, width: int) -> None:
    """Write the first page as a PNG, on white, at most twice as tall as it is wide."""
    page = document[0]
    across, down = page.get_size()
    scale = width / max(across, down / 2, 1)
    page.render(scale=scale).to_pil().convert("RGB").save(sys.stdout.buffer, "PNG")


def main() -> None:
    action, path, told = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    limit()
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            if action == "cover":
                draw_cover(document, **told)
            else:
                json.dump(read_text(document, **told), sys.stdout)
    except pypdfium2.PdfiumError as error:
        state = "encrypted" if error.err_code in (_PASSWORD, _SECURITY) else "damaged"
        json.dump({"state": state, "pages": None, "text": ""}, sys.stdout)
    except MemoryError:
        json.dump({"state": "too_large", "pages": None, "text": ""}, sys.stdout)


if __name__ == "__main__":
    main()
