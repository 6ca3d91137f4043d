"""Samples of `components/cover.html`."""

from initiative.styleguide.things import SamplePicture, resource

GROUP = "Marks and small parts"
NARROW = True


def samples():
    return {
        "Inside the page": {"resource": resource(), "form": "inline"},
        "Loads when seen": {"resource": resource("terra_rossa", ("cracks",))},
        "A thumb": {"resource": resource("podzol", ("stones",)), "form": "thumb"},
        "Uploaded": {"resource": resource(cover=SamplePicture())},
        "Uploaded, a thumb": {"resource": resource(cover=SamplePicture()), "form": "thumb"},
    }
