"""What the pages of the desk have in common."""

from django.http import HttpResponse
from django.shortcuts import render

from initiative.base.head import Head
from partners.desk.forms import language_choices
from partners.desk.models import Representative


def page(
    request, template: str, title: str, me: Representative | None = None, status: int = 200, **context
) -> HttpResponse:
    """A page of the desk, in the language of who reads it. Its addresses have no language, so it has no language menu but the
    one of the desk."""
    context |= {"head": Head(title, noindex=True), "languages": [], "title": title, "me": me}
    if me is not None:
        context |= {"organisation": me.organisation, "desk_languages": language_choices()}
    return render(request, f"partners/desk/{template}.html", context, status=status)
