"""Make the site's fonts lighter: kerning that doesn't vary, in round numbers, without pairs nobody sees. In place, and harmless
to repeat.
And cut the letters of the soil's layers and the figures of the italic, for pages that need no more of it, and what hardly any
page needs out of the upright, which every page asks for.

.venv/bin/python -m tools.slim_fonts

The kerning of a variable font is half of its bytes, and most of it says how little it changes from cut to cut. One
cut's kerning serves them all: half way between text and titles, or between regular and bold.
"""

from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FACES = Path(__file__).parent.parent / "static" / "fonts"
HALF_WAY = {"opsz": 36, "wght": 500}
UNSEEN = 0.008  # em: an eighth of a pixel in running text
NET = 0.005  # em: kerning in multiples of it, a third of a pixel in the largest titles; fewer different numbers pack better
RARE = "¢£¥¦ª¬¯´¶¸¹¼½¾÷ÐðÞþÝýÿ"
MARKS = "0123456789OAEBCR,. \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def main() -> None:
    """Each face, with its size before and after."""
    rare()
    for path in sorted(set(FACES.glob("*.woff2")) - {FACES / "newsreader-italic-marks.woff2"}):
        before = path.stat().st_size
        font = TTFont(path)
        steady(font, TTFont(path))
        round_off(font)
        prune(font)
        font.flavor = "woff2"
        written = BytesIO()
        font.save(written)
        if len(written.getvalue()) < 0.99 * before:
            path.write_bytes(written.getvalue())
        print(f"{path.name}: {before} → {path.stat().st_size} bytes")
    marks()


def rare() -> None:
    """RARE in a face of its own, which browsers fetch when one of them is there; from then on the upright is without."""
    upright = FACES / "newsreader-latin.woff2"
    held = set(TTFont(upright).getBestCmap())
    if not held & set(map(ord, RARE)):
        return
    options = Options(flavor="woff2", layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    for name, letters in (("newsreader-rare", set(map(ord, RARE))), ("newsreader-latin", held - set(map(ord, RARE)))):
        font, subsetter = TTFont(upright), Subsetter(options)
        subsetter.populate(unicodes=letters)
        subsetter.subset(font)
        written = BytesIO()
        save_font(font, written, options)
        (FACES / f"{name}.woff2").write_bytes(written.getvalue())


def marks() -> None:
    """The italic's MARKS, with their kerning."""
    options = Options(flavor="woff2", layout_features=["kern"])
    font = TTFont(FACES / "newsreader-italic-latin.woff2")
    subsetter = Subsetter(options)
    subsetter.populate(text=MARKS)
    subsetter.subset(font)
    save_font(font, FACES / "newsreader-italic-marks.woff2", options)


def steady(font: TTFont, other: TTFont) -> None:
    """Give a variable font the kerning of one of its cuts, taken from the same font opened again."""
    if "fvar" not in font:
        return
    cut = instantiateVariableFont(other, {axis.axisTag: HALF_WAY[axis.axisTag] for axis in font["fvar"].axes})
    for table in ("GPOS", "GDEF"):
        if table in cut:
            font[table] = cut[table]
        elif table in font:
            del font[table]


def round_off(font: TTFont) -> None:
    """Give every pair of letters a multiple of the net, none where it is less than one."""
    net = round(NET * font["head"].unitsPerEm)
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType != 2:
                continue
            pairs = (
                [record for pairs in table.PairSet for record in pairs.PairValueRecord]
                if table.Format == 1
                else [record for row in table.Class1Record for record in row.Class2Record]
            )
            for value in (record.Value1 for record in pairs if record.Value1):
                advance = _advance(value)
                value.XAdvance = round(advance / net) * net if abs(advance) >= net else 0


def prune(font: TTFont) -> None:
    """Take out single pairs that differ by nothing one sees from what their classes say."""
    unseen = UNSEEN * font["head"].unitsPerEm
    for lookup in font["GPOS"].table.LookupList.Lookup:
        pairs, classes = (
            [table for table in lookup.SubTable if (table.LookupType, table.Format) == (2, form)] for form in (1, 2)
        )
        for table in pairs:
            for first, second in zip(table.Coverage.glyphs, table.PairSet, strict=True):
                second.PairValueRecord = [
                    record
                    for record in second.PairValueRecord
                    if abs(_advance(record.Value1) - _by_class(classes, first, record.SecondGlyph)) >= unseen
                ]
                second.PairValueCount = len(second.PairValueRecord)
            kept = [each for each in zip(table.Coverage.glyphs, table.PairSet, strict=True) if each[1].PairValueCount]
            table.Coverage.glyphs = [glyph for glyph, _pairs in kept]
            table.PairSet = [pairs for _glyph, pairs in kept]
            table.PairSetCount = len(kept)


def _by_class(tables, first: str, second: str) -> float:
    for table in tables:
        if first in table.Coverage.glyphs:
            row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
            return _advance(row.Class2Record[table.ClassDef2.classDefs.get(second, 0)].Value1)
    return 0


def _advance(value) -> float:
    return getattr(value, "XAdvance", 0) or 0


if __name__ == "__main__":
    main()
