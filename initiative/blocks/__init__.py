"""What editors build a page's body from."""

from initiative.blocks.body import BodyBlock, NotesBlock, StandardBodyBlock, words

__all__ = ["BodyBlock", "NotesBlock", "StandardBodyBlock", "words"]
