"""PDFs made for a test, as small as they may be."""

_ENCRYPTED = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"


def pdf(*pages: str, encrypted: bool = False, size: tuple[int, int] = (200, 100)) -> bytes:
    """A PDF with a line of text on each page; a page without text is a black square, as a scan would be."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for text in pages:
        lines = text.encode("latin-1").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)").split(b"\n")
        shown = b" ".join(b"(" + line + b") Tj T*" for line in lines)
        content = b"BT /F1 8 Tf 10 TL 10 80 Td " + shown + b" ET" if text else b"10 10 50 50 re f"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (*size, len(objects))
        )
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    if encrypted:
        objects.append(_ENCRYPTED)
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    more = b"/Encrypt %d 0 R /ID [<00> <00>] " % len(objects) if encrypted else b""
    trailer = b"trailer << %s/Root 1 0 R /Size %d >>" % (more, len(objects) + 1)
    return b"%sxref\n0 %d\n0000000000 65535 f \n%s%s\nstartxref\n%d\n%%%%EOF\n" % (
        written,
        len(objects) + 1,
        table,
        trailer,
        len(written),
    )
