"""Samples of `components/logo.html`."""

from initiative.styleguide.things import SamplePicture, organisation

GROUP = "Marks and small parts"
NARROW = True


def samples():
    return {
        "Letters": {"organisation": organisation()},
        "Letters, other ground": {"organisation": organisation(name="Peat", monogram="P")},
        "A logo": {"organisation": organisation(logo=SamplePicture())},
        "A large logo": {"organisation": organisation(logo=SamplePicture()), "large": True},
    }
