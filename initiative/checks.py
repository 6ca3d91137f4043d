"""Rules of the house, checked at every start: what a new language or page type must bring along."""

from django.conf import settings
from django.core import checks
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import get_page_models


@checks.register()
def languages_have_fallbacks_and_messages(app_configs, **kwargs):
    """Fallbacks name known languages only; every language but the source has its messages."""
    known = {code for code, _name in settings.LANGUAGES}
    found = []
    for code, chain in settings.LANGUAGE_FALLBACKS.items():
        if unknown := ({code} - {"default"} | set(chain)) - known:
            names = ", ".join(sorted(unknown))
            message = f"LANGUAGE_FALLBACKS names languages that LANGUAGES doesn't: {names}."
            found.append(checks.Error(message, id="initiative.E001"))
    if settings.LANGUAGE_CODE not in settings.LANGUAGE_FALLBACKS.get("default", ()):
        found.append(checks.Error("The default fallbacks must hold LANGUAGE_CODE.", id="initiative.E002"))
    interface = settings.LOCALE_PATHS[0]
    for code in sorted(known - {settings.LANGUAGE_CODE}):
        locale = code.replace("-", "_")
        if not (interface / locale / "LC_MESSAGES" / "django.po").exists():
            hint = "Run make messages, and translate what it finds."
            found.append(
                checks.Warning(f"The interface isn't translated into {code}.", hint=hint, id="initiative.W001")
            )
    return found


@checks.register()
def page_types_can_be_shown_and_found(app_configs, **kwargs):
    """Every page type has a template and says what the search should find."""
    found = []
    for model in get_page_models():
        if model._meta.app_label == "wagtailcore":
            continue
        try:
            get_template(model.template)
        except TemplateDoesNotExist:
            found.append(checks.Error(f"There is no template {model.template}.", obj=model, id="initiative.E003"))
        if not hasattr(model, "search_text"):
            message = "A page type extends BasePage, so that it has a head and is found."
            found.append(checks.Error(message, obj=model, id="initiative.E004"))
    return found
