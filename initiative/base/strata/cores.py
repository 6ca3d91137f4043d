"""Numbers as soil cores: each goes as deep as its number. All are cut from one profile, `static/art/profile.svg`."""

DEEPEST = 520
SHALLOWEST = 24


def cores(values):
    """Numbers (zero or more) -> for each the height of its core, whole pixels.

    The largest number is DEEPEST high; none is lower than SHALLOWEST, so that a small number can be seen. Raises
    ValueError for a negative number.
    """
    values = list(values)
    if any(value < 0 for value in values):
        raise ValueError("A core can't be negative")
    most = max(values, default=0) or 1
    return [max(SHALLOWEST, round(DEEPEST * float(value / most))) for value in values]
