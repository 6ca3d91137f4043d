"""Are the files still what they were?"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.files.storage import storages
from django.db.models import FileField

from initiative.keeping.models import KnownFile

# Pictures in other sizes are made anew from the originals.
_MADE_ANEW = {"wagtailimages.rendition"}
_PORTION = 500


@dataclass(frozen=True)
class Stored:
    """A file that a record names. `sha1` is what was worked out when it came, empty where that wasn't."""

    storage: str
    name: str
    sha1: str = ""


@dataclass
class Findings:
    """How many files were looked at, and the names of those that aren't there, are shorter or longer, or of other content."""

    checked: int = 0
    new: int = 0
    missing: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.missing or self.cut or self.changed)


def stored_files() -> Iterator[Stored]:
    """Each file that a record of any kind names, once."""
    seen = set()
    for model in apps.get_models():
        if model._meta.label_lower in _MADE_ANEW or model._meta.proxy:
            continue
        hashed = any(each.name == "file_hash" for each in model._meta.get_fields())
        for each in model._meta.local_fields:
            if not isinstance(each, FileField):
                continue
            columns = [each.name, *(["file_hash"] if hashed else [])]
            rows = model._base_manager.exclude(**{each.name: ""}).exclude(**{each.name: None}).values_list(*columns)
            for name, *sha1 in rows.iterator(chunk_size=_PORTION):
                stored = Stored(_alias(each.storage), name, *sha1)
                if (stored.storage, name) not in seen:
                    seen.add((stored.storage, name))
                    yield stored


def check_files() -> Findings:
    """Look at all files. One that is new is noted, and one that no record names any more forgotten."""
    found, known = Findings(), {(each.storage, each.name): each for each in KnownFile.objects.iterator()}
    fresh: list[KnownFile] = []
    for stored in stored_files():
        found.checked += 1
        before = known.pop((stored.storage, stored.name), None)
        _compare(stored, before, found, fresh)
        if len(fresh) >= _PORTION:
            KnownFile.objects.bulk_create(fresh, ignore_conflicts=True)
            fresh = []
    KnownFile.objects.bulk_create(fresh, ignore_conflicts=True)
    gone = [each.pk for each in known.values()]
    for start in range(0, len(gone), _PORTION):
        KnownFile.objects.filter(pk__in=gone[start : start + _PORTION]).delete()
    return found


def note_replaced(storage: str, before: str, name: str, content: bytes) -> None:
    """A file of the name `name` takes the place of one named `before`: it is known by what was to be written, from now on."""
    KnownFile.objects.filter(storage=storage, name=before).delete()
    sha256 = hashlib.sha256(content).hexdigest()
    KnownFile.objects.update_or_create(storage=storage, name=name, defaults={"size": len(content), "sha256": sha256})


def _compare(stored: Stored, before: KnownFile | None, found: Findings, fresh: list[KnownFile]) -> None:
    label = f"{stored.storage}: {stored.name}"
    try:
        size, sha256, sha1 = digest(stored)
    except OSError:
        found.missing.append(label)
        return
    if before is None:
        found.new += 1
        if stored.sha1 and stored.sha1 != sha1:
            found.changed.append(label)  # not noted: it is to be found again
        else:
            fresh.append(KnownFile(storage=stored.storage, name=stored.name, size=size, sha256=sha256))
    elif size != before.size:
        found.cut.append(label)
    elif sha256 != before.sha256:
        found.changed.append(label)


def digest(stored: Stored) -> tuple[int, str, str]:
    """Size in bytes, SHA-256 and SHA-1 of a file. Raises OSError where it can't be read."""
    sha256, sha1, size = hashlib.sha256(), hashlib.sha1(usedforsecurity=False), 0
    with storages[stored.storage].open(stored.name) as file:
        for chunk in file.chunks():
            sha256.update(chunk)
            sha1.update(chunk)
            size += len(chunk)
    return size, sha256.hexdigest(), sha1.hexdigest()


def _alias(storage) -> str:
    """The name of a field's storage in the settings."""
    return "private" if type(storage) is type(storages["private"]) else "default"
