"""Asking for a translation: a form of one button, without a cookie, and what is said after."""

from datetime import timedelta

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiative.base import languages
from initiative.base.head import Alternate, Head, language_menu
from initiative.guard.limits import Limit, visitor
from initiative.guard.origin import from_this_site
from initiative.translations import requests
from initiative.translations.wanted import Wanted, find

# Many wishes from one address are no reader's; a second one for the same translation on a day is thanked for, not counted.
_MANY = Limit("translations", times=20, period=timedelta(hours=1))
_SAME = Limit("translation", times=1, period=timedelta(days=1))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_this_site
def ask_for_translation(request):
    """The button again, or thanks. A wish is counted and leads to the thanks, so that reloading them counts nothing."""
    wanted = find(request.GET.get("of", ""))
    if wanted is None:
        raise Http404("Nothing of this name to translate")
    if request.method != "POST":
        return _show(request, wanted, thanks="thanks" in request.GET)
    if not wanted.is_translated and not _count(request, wanted):
        return _show(request, wanted, is_refused=True)
    return HttpResponseRedirect(f"{request.path}?{urlencode({'of': wanted.subject, 'thanks': 1})}", status=303)


def _count(request, wanted: Wanted) -> bool:
    """False where too many came from there already."""
    who, language = visitor(request), languages.current()
    if not _MANY.take(who):
        return False
    if _SAME.take(f"{who} {language} {wanted.subject}"):
        requests.ask(wanted.subject, language)
    return True


def _show(request, wanted: Wanted, thanks=False, is_refused=False):
    query = urlencode({"of": wanted.subject})
    here = reverse("ask_for_translation")
    alternates = [Alternate(code, f"{translate_url(here, code)}?{query}", True) for code in languages.codes()]
    title = gettext("Thank you") if thanks else gettext("Ask for a translation")
    context = {
        "head": Head(title, alternates=alternates, noindex=True),
        "languages": language_menu(alternates),
        "title": title,
        "wanted": wanted,
        "language": languages.language_name(languages.current()),
        "thanks": thanks,
        "is_refused": is_refused,
    }
    response = render(request, "translations/ask.html", context, status=429 if is_refused else 200)
    if is_refused:
        response["Retry-After"] = str(int(_MANY.period.total_seconds()))
    return response
