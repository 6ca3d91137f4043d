"""A small generator of our own, so that no release of Python can redraw the library."""

import hashlib


def seed_of(text):
    """The seed for `text`: the first 32 bits of its SHA-256, 0 to 2**32 - 1."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


class Dice:
    """mulberry32. The same seed gives the same rolls, on every machine and for ever."""

    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFF

    def roll(self, low=0.0, high=1.0):
        """A number from `low` up to, but not, `high`."""
        self.state = (self.state + 0x6D2B79F5) & 0xFFFFFFFF
        t = self.state
        t = ((t ^ (t >> 15)) * (t | 1)) & 0xFFFFFFFF
        t ^= (t + ((t ^ (t >> 7)) * (t | 61))) & 0xFFFFFFFF
        return low + (high - low) * (((t ^ (t >> 14)) & 0xFFFFFFFF) / 4294967296)

    def rolls(self, count, low=0.0, high=1.0, every=1):
        """Of so many rolls the first and each `every`th after it: a drawing takes two hundred, and to be called took longer than
        to roll."""
        state, span, rolled = self.state, high - low, []
        for turn in range(0, count, every):
            at = (state + 0x6D2B79F5 * (turn + 1)) & 0xFFFFFFFF
            t = ((at ^ (at >> 15)) * (at | 1)) & 0xFFFFFFFF
            t ^= (t + ((t ^ (t >> 7)) * (t | 61))) & 0xFFFFFFFF
            rolled.append(low + span * (((t ^ (t >> 14)) & 0xFFFFFFFF) / 4294967296))
        self.skip(count)
        return rolled

    def skip(self, count):
        """Leave so many rolls out."""
        self.state = (self.state + 0x6D2B79F5 * count) & 0xFFFFFFFF

    def pick(self, items):
        """One of `items`, a sequence that isn't empty."""
        return items[int(self.roll(0, len(items)))]
