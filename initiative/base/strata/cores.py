"""Numbers as soil cores: each goes as deep as its number. All are cut from one profile, `static/art/profile.svg`."""

PROFILE_WIDTH, PROFILE_HEIGHT = 1200, 700
DEEPEST = 520
SHALLOWEST = 24
_SLICE = 236


def cores(values):
    """Numbers (zero or more) -> for each a dict with `height` (units of SVG) and `offset` into the profile, both whole.

    The largest number is DEEPEST high; none is lower than SHALLOWEST, so that a small number can be seen. Raises
    ValueError for a negative number.
    """
    values = list(values)
    if any(value < 0 for value in values):
        raise ValueError("A core can't be negative")
    most = max(values, default=0) or 1
    return [
        {
            "height": max(SHALLOWEST, round(DEEPEST * float(value / most))),
            "offset": -(index * _SLICE % (PROFILE_WIDTH - _SLICE)),
        }
        for index, value in enumerate(values)
    ]
