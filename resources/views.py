"""Pages of the library that aren't in the page tree."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from initiative.base import languages
from initiative.base.head import Alternate, Head, language_menu
from initiative.guard.limits import visitor
from initiative.guard.origin import from_this_site
from resources.queries import live_resource
from resources.reader_forms import REPORTS, ReportForm
from resources.services.problem_reports import receive_report


@never_cache
@from_this_site
@require_http_methods(["GET", "HEAD", "POST"])
def report_problem(request, slug):
    """Tell the editors what is wrong with a resource. Not cached, so that the form has its time; no cookie is set."""
    resource = _found(slug)
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if form.is_trapped:
                return redirect("report_received", slug=slug)
            if REPORTS.take(visitor(request)):
                told = {name: form.cleaned_data[name] for name in ("problem", "text", "email")}
                receive_report(resource, **told, language=languages.current())
                return redirect("report_received", slug=slug)
            form.add_error(
                None, gettext("Many reports came from your connection. Nothing is lost: send this in an hour.")
            )
            status = 429
    title = gettext("Report a problem")
    head = _head("report_problem", slug, gettext("Error: %(title)s") % {"title": title} if form.errors else title)
    return _page(request, "resources/report.html", head, status, resource=resource, form=form)


@never_cache
@require_safe
def report_received(request, slug):
    """The receipt."""
    head = _head("report_received", slug, gettext("Thank you"))
    return _page(request, "resources/report_received.html", head, 200, resource=_found(slug))


def _found(slug):
    resource = live_resource(slug)
    if resource is None:
        raise Http404("No such resource")
    return resource


def _head(name: str, slug: str, title: str) -> Head:
    addresses = []
    for code in languages.codes():
        with translation.override(code):
            addresses.append(Alternate(code, reverse(name, args=[slug]), True))
    return Head(title, alternates=addresses, noindex=True)


def _page(request, template, head, status, **context):
    context |= {"head": head, "languages": language_menu(head.alternates)}
    return render(request, template, context, status=status)
