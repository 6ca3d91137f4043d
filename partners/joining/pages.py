"""What the pages of the form have in common: head, language menu, steps."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import gettext as _

from initiative.base import languages
from initiative.base.head import Alternate, Head, language_menu
from initiative.base.landmarks import landmarks
from partners.intake.models import Submission
from partners.joining import addresses
from partners.joining.steps import CHECK, STEPS, Progress


def page(request, template: str, title: str, status: int = 200, description: str = "", **context) -> HttpResponse:
    """A page of the form. Its language menu leads to itself in each language; only the first page is described, and found by
    robots."""
    alternates = [Alternate(code, translate_url(request.path, code), True) for code in languages.codes()]
    head = (
        Head(title, description, alternates=alternates, canonical=request.path)
        if description
        else Head(title, noindex=True)
    )
    join = landmarks().get("join")
    context |= {
        "head": head,
        "languages": language_menu(alternates),
        "crumbs": [{"title": join.title, "url": join.url}] if join else [],
        "title": title,
    }
    return render(request, f"partners/joining/{template}.html", context, status=status)


def stepper(submission: Submission | None, here: str, progress: Progress | None = None) -> dict:
    """The steps for the top of the page: `{"steps": [{"title", "url", "state"}], "number", "count"}`."""
    rows = []
    for step in STEPS:
        done = progress is not None and progress.is_done(step.name)
        state = "here" if step.name == here else "done" if done else ""
        url = addresses.step(submission, step.name) if submission and state != "here" else ""
        rows.append({"title": step.title, "url": url, "state": state})
    rows.append({"title": _("Check and send"), "url": "", "state": "here" if here == CHECK else ""})
    number = next(number for number, row in enumerate(rows, 1) if row["state"] == "here")
    return {"steps": rows, "number": number, "count": len(rows)}
