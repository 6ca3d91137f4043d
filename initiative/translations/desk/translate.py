"""A translation beside its source: read what changed, write, preview, hand on."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from initiative.base import languages
from initiative.base.rights import may_write
from initiative.translations.desk.access import for_writers, translation_or_404
from initiative.translations.editions import Edition, open_edition
from initiative.translations.forms import CareForm, TranslationForm, field_name
from initiative.translations.machine import MachineFailed, machine
from initiative.translations.proposals import empty_rows, propose
from initiative.translations.publishing import Step, keep, lock_of, steps
from initiative.translations.queries import asked_for

# What the button of the machine sends in place of a step.
PROPOSE = "propose"
LABELS = {
    Step.SAVE: gettext_lazy("Save draft"),
    Step.SUBMIT: gettext_lazy("Send to moderation"),
    Step.APPROVE: gettext_lazy("Approve and publish"),
    Step.PUBLISH: gettext_lazy("Publish"),
}
_SAID = {
    Step.SAVE: gettext_lazy("Saved as a draft: “%(title)s” in %(language)s."),
    Step.SUBMIT: gettext_lazy("Sent to moderation: “%(title)s” in %(language)s."),
    Step.APPROVE: gettext_lazy("Approved: “%(title)s” in %(language)s."),
    Step.PUBLISH: gettext_lazy("Published: “%(title)s” in %(language)s."),
}


def _edition_or_404(pk: int) -> Edition:
    edition = open_edition(translation_or_404(pk))
    if edition is None:
        raise Http404("No such page or record")
    return edition


@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request, pk):
    """The two languages side by side."""
    edition = _edition_or_404(pk)
    possible = steps(edition, request.user)
    if request.method != "POST":
        return _show(request, edition, TranslationForm(edition), possible)
    if request.POST.get("step") == PROPOSE and possible and machine():
        return _propose(request, edition, possible)
    step = next((step for step in possible if step.value == request.POST.get("step")), None)
    if step is None:
        raise PermissionDenied
    form = TranslationForm(edition, request.POST)
    if form.is_valid() and not (step is not Step.SAVE and _is_unfinished(form)):
        try:
            keep(edition, request.user, step, form.compose() if form.has_new_texts else None, form.done, form.machine)
        except ValidationError as refusal:
            _add_errors(form, refusal)
        else:
            return _said(request, edition, step)
    messages.error(request, _("Nothing was saved: see the marks beside the texts."))
    return _show(request, _edition_or_404(pk), form, possible)


def _propose(request, edition: Edition, possible):
    """The form as it was sent, its empty fields filled by the machine. Nothing is saved."""
    form = TranslationForm(edition, request.POST)
    form.is_valid()  # what is wrong is said when it is saved
    rows = [row for row in empty_rows(edition, form.texts) if row.path in form.texts]
    try:
        proposals = propose(machine(), edition, rows)
    except MachineFailed as reason:
        messages.error(request, str(reason))
        return _show(request, edition, form, possible)
    if proposals.texts:
        said = ngettext(
            "The machine proposes %(count)d text. Read it before you save.",
            "The machine proposes %(count)d texts. Read them before you save.",
            len(proposals.texts),
        )
        messages.warning(request, said % {"count": len(proposals.texts)})
    elif not proposals.refused:
        messages.info(request, _("There is no empty text for the machine to fill."))
    if proposals.refused:
        said = _(
            "What the machine made of these can’t be taken: %(labels)s. It broke their markup, or made them too long."
        )
        messages.error(request, said % {"labels": ", ".join(proposals.refused)})
    return _show(request, edition, form.fill(proposals.texts), possible)


def _is_unfinished(form: TranslationForm) -> bool:
    """Whether something stands in the way of readers seeing it."""
    is_half, is_unread = form.mark_half_translated(), form.mark_unread()
    return is_half or is_unread


def _add_errors(form: TranslationForm, refusal: ValidationError) -> None:
    for name, errors in refusal.update_error_dict({}).items():
        field = next((field for field in (field_name("text", name), name) if field in form.fields), None)
        for error in errors:
            form.add_error(field, error)


def _said(request, edition: Edition, step: Step):
    title, language = edition.subject.title, languages.language_name(edition.language)
    messages.success(request, _SAID[step] % {"title": title, "language": language})
    if step is Step.SAVE:
        return redirect("translations:translate", edition.translation.pk)
    return redirect(get_valid_next_url_from_request(request) or "translations:board")


def _show(request, edition: Edition, form: TranslationForm, possible):
    cell, source, target = edition.translation, edition.source_language, edition.language
    lock = lock_of(edition, request.user)
    context = {
        "edition": edition,
        "cell": cell,
        "subject": edition.subject,
        "form": form,
        "lines": list(form.lines()),
        "steps": [(step, LABELS[step] if edition.has_drafts else _("Save")) for step in possible],
        "lock_message": lock.get_message(request.user) if lock else "",
        "may_write": edition.may_translate(request.user),
        "care_form": CareForm(instance=cell) if may_write(request.user, target) else None,
        "asked": asked_for(edition.subject, [target])[target],
        "source": {"code": source, "name": languages.own_name(source), "dir": languages.direction(source)},
        "target": {"code": target, "name": languages.own_name(target), "dir": languages.direction(target)},
        "propose": PROPOSE if possible and machine() else "",
        "full_form_url": full_form_url(edition),
        "next": get_valid_next_url_from_request(request),
        "header_title": f"{edition.subject.title} ({languages.own_name(target)})",
        "breadcrumbs_items": [
            {"url": reverse("translations:board"), "label": _("Translations")},
            {"url": "", "label": edition.subject.title},
        ],
        "header_icon": "globe",
        "media": form.media,
    }
    return render(request, "translations/translate.html", context)


def full_form_url(edition: Edition) -> str:
    """Where everything else about the page or record is changed; empty where there is no page of its own yet."""
    thing = edition.thing
    if edition.subject.is_page:
        return reverse("wagtailadmin_pages:edit", args=[thing.pk]) if edition.is_begun else ""
    return reverse(type(thing).snippet_viewset.get_url_name("edit"), args=[thing.pk])


@for_writers
@require_POST
def preview(request, pk):
    """The page or record as readers would see it with what is in the form, and what of it would be in another language."""
    edition = _edition_or_404(pk)
    if not edition.may_translate(request.user) or not edition.has_drafts:
        raise PermissionDenied
    form = TranslationForm(edition, request.POST)
    form.is_valid()  # a preview shows what can be shown
    texts = {path: text.value for path, text in edition.target_texts().items()} | form.texts
    labels = [text.label for text in edition.left_empty(texts)]
    left = {"labels": labels, "language": languages.language_name(edition.source_language, edition.language)}
    thing = edition.compose(texts, None, form.removed, frozenset(form.done))
    mode = None if edition.subject.is_page else edition.language
    return thing.make_preview_request(request, mode, {"left_empty": left if labels else None})
