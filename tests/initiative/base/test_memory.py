"""What a large answer took."""

import gc
import weakref

from initiative.base.memory import give_back


class Thing:
    pass


def test_what_refers_to_itself_alone_is_let_go():
    gc.disable()
    try:
        thing = Thing()
        thing.itself, seen = thing, weakref.ref(thing)
        del thing
        assert seen() is not None
        give_back()
        assert seen() is None
    finally:
        gc.enable()
