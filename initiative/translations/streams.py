"""The texts within a StreamField: where each stands, and how one stream takes the shape of another.

Works on the stored form (lists and dictionaries), so that reading and writing walk the same way.
"""

import uuid
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from initiative.translations.enums import Kind

_NAMESPACE = uuid.UUID("4b1000a0-0400-5000-8000-00000000b10c")


_WITH_TEXTS = (
    blocks.BaseStreamBlock,
    blocks.ListBlock,
    blocks.BaseStructBlock,
    blocks.RichTextBlock,
    blocks.TextBlock,
    blocks.CharBlock,
    TableBlock,
)


@dataclass(frozen=True)
class Slot:
    """One text in a stream. `path` is made of the names and ids that lead to it; `labels` are for people, outermost first.

    A fact (a picture, where a link leads, a date) stands there too, by its key or as it is written; `model`: what the key
    is of.
    """

    path: str
    labels: tuple
    kind: Kind
    features: tuple | None
    max_length: int | None
    holder: dict | list
    key: object
    model: type | None = None

    @property
    def value(self):
        """What stands there now, as it is stored."""
        return self.holder[self.key]

    @property
    def text(self) -> str:
        """The same as a text."""
        return _fact(self.value) if self.kind is Kind.FACT else str(self.value or "")

    def write(self, value) -> None:
        """Put something else there."""
        self.holder[self.key] = value


# A fact that isn't given is one too: what comes there later is a change.
_NO_FACT = "–"


def _fact(value) -> str:
    """A fact as text; of a list, what its items say."""
    if isinstance(value, list):
        value = ", ".join(_fact(item.get("value")) for item in value if isinstance(item, dict))
    return _NO_FACT if value in (None, "", {}) else str(value)


def stored(stream, path: str) -> list:
    """A StreamField's value as it is stored, to read and write; every part of it has an id, the same each time."""
    for place, part in enumerate(stream.raw_data):
        part["id"] = part.get("id") or _made_up(path, place)  # else Wagtail makes another one each time
    raw = deepcopy(stream.get_prep_value())
    _name_parts(stream.stream_block, raw, path)
    return raw


def _name_parts(block, raw, path: str) -> None:
    """Give ids to what was stored without: items of lists, and blocks that a program wrote."""
    if isinstance(block, blocks.BaseStreamBlock):
        for place, child in enumerate(raw):
            child["id"] = child.get("id") or _made_up(path, place)
            if child["type"] in block.child_blocks:
                _name_parts(block.child_blocks[child["type"]], child["value"], f"{path}.{child['id']}")
    elif isinstance(block, blocks.ListBlock):
        for place, item in enumerate(raw or []):
            if not (isinstance(item, dict) and item.get("type") == "item" and "value" in item):
                raw[place] = item = {"type": "item", "value": item, "id": None}
            item["id"] = item.get("id") or _made_up(path, place)
            _name_parts(block.child_block, item["value"], f"{path}.{item['id']}")
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            if isinstance(raw, dict) and name in raw:
                _name_parts(child, raw[name], f"{path}.{name}")


def _made_up(path: str, place: int) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{path}.{place}"))


def slots(stream_block, raw: list, path: str) -> Iterator[Slot]:
    """Every text and fact of a stored stream, in reading order. What a block lists in `same_in_every_language` is a fact, and
    so is a list of facts as a whole."""
    yield from _stream_slots(stream_block, raw, path, (), frozenset())


def _stream_slots(block, raw, path, labels, same) -> Iterator[Slot]:
    for child in raw:
        inner = block.child_blocks.get(child["type"])
        if inner is not None:
            yield from _slots(inner, child, "value", f"{path}.{child['id']}", (*labels, inner.label), same)


def _slots(block, holder, key, path, labels, same) -> Iterator[Slot]:
    value = holder[key]
    same = same | set(getattr(block, "same_in_every_language", ()))
    if isinstance(block, blocks.BaseStreamBlock):
        yield from _stream_slots(block, value, path, labels, same)
    elif isinstance(block, blocks.ListBlock) and not isinstance(block.child_block, _WITH_TEXTS):
        yield _fact_slot(block.child_block, holder, key, path, labels)
    elif isinstance(block, blocks.ListBlock):
        for item in value or []:
            yield from _slots(block.child_block, item, "value", f"{path}.{item['id']}", labels, same)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            if not isinstance(value, dict) or name not in value:
                continue
            if name in same:
                yield _fact_slot(child, value, name, f"{path}.{name}", (*labels, child.label))
            else:
                yield from _slots(child, value, name, f"{path}.{name}", (*labels, child.label), same)
    else:
        yield from _slots_of_one(block, holder, key, path, labels)


def _slots_of_one(block, holder, key, path, labels) -> Iterator[Slot]:
    """Those of a block that holds no other."""
    if isinstance(block, TableBlock):
        for row, cells in enumerate((holder[key] or {}).get("data") or []):
            for column, _cell in enumerate(cells):
                yield Slot(f"{path}.{row}.{column}", labels, Kind.LINE, None, None, cells, column)
    elif isinstance(block, blocks.RichTextBlock):
        features = tuple(block.features) if block.features else None
        yield Slot(path, labels, Kind.HTML, features, None, holder, key)
    elif isinstance(block, blocks.TextBlock | blocks.CharBlock):
        kind = Kind.TEXT if isinstance(block, blocks.TextBlock) else Kind.LINE
        yield Slot(path, labels, kind, None, getattr(block.field, "max_length", None), holder, key)
    elif not isinstance(block, blocks.StaticBlock):
        yield _fact_slot(block, holder, key, path, labels)


def _fact_slot(block, holder, key, path: str, labels: tuple) -> Slot:
    model = block.model_class if isinstance(block, blocks.ChooserBlock) else None
    return Slot(f"={path}", labels, Kind.FACT, None, None, holder, key, model)


def in_the_shape_of(stream_block, source: list, target: list, path: str) -> list:
    """The target's texts in the source's parts, in the source's order and with its ids; both as `stored` gives them.

    What the target doesn't have yet is there without its texts (pictures, links and figures are the source's). What
    only the target has stays where it is. Parts belong together if they have the same id; where no two have, by their
    order and type.
    """
    shaped = _shape(stream_block, source, target)
    _name_parts(stream_block, shaped, path)
    return shaped


def _shape(block, source, target, same=frozenset()):
    same = same | set(getattr(block, "same_in_every_language", ()))
    if isinstance(block, blocks.BaseStreamBlock):
        return _shape_children(source, target or [], lambda child: block.child_blocks.get(child["type"]), same)
    if isinstance(block, blocks.ListBlock):
        return _shape_children(source or [], target or [], lambda _item: block.child_block, same)
    if isinstance(block, blocks.BaseStructBlock):
        return _shape_struct(block, source, target, same)
    if isinstance(block, TableBlock):
        return _shape_table(source, target)
    if isinstance(block, blocks.RichTextBlock | blocks.TextBlock | blocks.CharBlock):
        return "" if target is None else target
    return deepcopy(source if target is None else target)


def _shape_children(source: list, target: list, block_of, same) -> list:
    pairs = _pairs(source, target)
    partners = {id(other): child["id"] for child, other in pairs if other}
    shaped = []
    for child, other in pairs:
        inner = block_of(child)
        value = child["value"] if inner is None else _shape(inner, child["value"], other and other["value"], same)
        shaped.append({**child, "value": deepcopy(value)})
    # What is only the target's own stays behind the part it stood behind.
    before = None
    for other in target:
        if id(other) in partners:
            before = partners[id(other)]
        else:
            place = next((n for n, one in enumerate(shaped) if one["id"] == before), -1) + 1
            shaped.insert(place, deepcopy(other))
            before = other["id"]
    return shaped


def _pairs(source: list, target: list) -> list[tuple[dict, dict | None]]:
    """Each part of the source with the target's that belongs to it, or None."""
    by_id = {(other["type"], other["id"]): other for other in target}
    if any((child["type"], child["id"]) in by_id for child in source):
        return [(child, by_id.get((child["type"], child["id"]))) for child in source]
    matched = {}
    kinds = SequenceMatcher(None, [c["type"] for c in source], [c["type"] for c in target], autojunk=False)
    for first, other, size in kinds.get_matching_blocks():
        matched.update({first + n: target[other + n] for n in range(size)})
    return [(child, matched.get(place)) for place, child in enumerate(source)]


def _shape_struct(block, source: dict, target, same) -> dict:
    target = target if isinstance(target, dict) else {}
    shaped = {**source, **target}
    for name, child in block.child_blocks.items():
        if name in source and name not in same and isinstance(child, _WITH_TEXTS):
            shaped[name] = _shape(child, source[name], target.get(name), same)
    return shaped


def _shape_table(source, target):
    shaped, cells = deepcopy(source), (target or {}).get("data") or []
    for row, line in enumerate((shaped or {}).get("data") or []):
        for column in range(len(line)):
            has_cell = row < len(cells) and column < len(cells[row])
            line[column] = cells[row][column] if has_cell else ""
    return shaped
