"""The pages of the form: one step each, kept with each press, signed and sent in the end."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiative.base import languages
from initiative.guard.limits import visitor
from initiative.letters.services import write
from partners.intake import services
from partners.intake.answers import rows_of
from partners.intake.beside import dropped, new_press, press_of, turn_of
from partners.intake.enums import Kind, State
from partners.intake.handlers import Section
from partners.intake.models import Submission
from partners.intake.models.submission import COME_BACK
from partners.intake.uploads import add_turned_away
from partners.joining import addresses
from partners.joining.declaration import fingerprint, statement_of, wording_for
from partners.joining.doors import BY_ADDRESS, BY_VISITOR, DRAWN, by_token, private, secret, with_submission
from partners.joining.forms import BeginForm, ContactForm, SigningForm
from partners.joining.pages import page, stepper
from partners.joining.pdf import signed_declaration
from partners.joining.services import ChangedMeanwhile, sign_and_send
from partners.joining.steps import BY_NAME, CHECK, STEPS, Progress

NOT_MOVED = "not moved"  # the code of that error
require_form = require_http_methods(["GET", "HEAD", "POST"])


@private
@require_form
def begin(request):
    """The first page, for anybody: who writes. From here on a link brings them back."""
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        data.setdefault("press", new_press())
    form = BeginForm(data, initial={"press": new_press()})
    if form.is_bound and form.is_valid():
        if form.is_trapped:
            return HttpResponseRedirect(addresses.begin())
        submission = begin_application(request, form)
        if submission is not None:
            return HttpResponseRedirect(addresses.step(submission, Progress(submission).next_after("contact")))
        form.add_error(None, _("Too many applications were begun from here, or for this address. Try again later."))
        return page(request, "begin", _("Apply to join"), 429, form=form, **stepper(None, "contact"))
    about = _("Apply to join the Forum of partners or the Consortium of members. First, tell us who is writing.")
    return page(request, "begin", _("Apply to join"), description=about, form=form, **stepper(None, "contact"))


@transaction.atomic
def begin_application(request, form: BeginForm) -> Submission | None:
    """The application that this page begins, or began; None where there were too many."""
    typed, answers = ContactForm.typed(request.POST), form.cleaned_data
    who = {"name": answers["name"], "email": answers["email"], "language": languages.current()}
    press, occasion = press_of(request.POST), "begun"
    submission, is_new = services.begin(press, Kind.APPLICATION, answers={"contact": typed}, **who)
    if not is_new:
        # Somebody went back to the first page, or pressed twice.
        if not submission.is_open:
            return submission
        is_moved, occasion = submission.email != who["email"], "moved"
        submission = services.keep(submission, "contact", typed, **who)
        if not is_moved:
            return submission
    if not may_write(request, submission.email):
        transaction.set_rollback(True)
        return None
    write_link(submission, occasion)
    return submission


def may_write(request, email: str) -> bool:
    """Count a letter; False where too many were caused from here, or written to there."""
    return BY_VISITOR.take(visitor(request)) and BY_ADDRESS.take(email.lower())


def write_link(submission: Submission, occasion: str) -> None:
    """Write the letter with the link that brings back."""
    address = settings.SITE_URL + addresses.come_back(submission)
    # Keys outlive their letters: of the address, no more than that it is this one.
    address_known = salted_hmac("partners.joining.link", submission.email.lower(), algorithm="sha256").hexdigest()
    key = f"application {submission.pk} link {address_known} {occasion}"
    template = "partners/joining/letters/begun.txt"
    write(key, submission.email, template, submission.language, {"submission": submission, "address": address})


@secret
@require_form
def come_back(request, token):
    """By the link of a letter. Programs that look through letters open links, too: that its reader has the address, and knows of
    the application, is what a button says, once."""
    submission = by_token(token, COME_BACK)
    if submission.address_confirmed is None and submission.proves_address(request.GET.get("to", "")):
        if request.method != "POST":
            return page(request, "confirm", _("Your application"), submission=submission)
        services.confirm_address(submission)
    return HttpResponseRedirect(addresses.overview(submission))


@with_submission
@require_safe
def overview(request, submission):
    """On to the step where somebody left; once it is sent, the receipt and what came of it."""
    if submission.state == State.DRAFT and "later" not in request.GET:
        return HttpResponseRedirect(addresses.step(submission, Progress(submission).next_after()))
    context = {"submission": submission, "state": submission.state, "organisation": submission.organisation}
    if submission.is_open:
        return page(
            request, "kept", _("Your application is kept"), on=addresses.step(submission, STEPS[0].name), **context
        )
    return page(request, "receipt", _("Your application"), **context)


@with_submission
@require_POST
def send_link(request, submission):
    """The letter with the link once more."""
    occasion = f"{timezone.now():%Y-%m-%d %H:%M}"
    sent = may_write(request, submission.email)
    if sent:
        write_link(submission, occasion)
    return page(request, "link", _("Your link"), 200 if sent else 429, submission=submission, sent=sent)


@with_submission
@require_safe
def declaration(request, submission):
    """What was signed, as a PDF."""
    signature = submission.signatures.select_related("version").last()
    if signature is None:
        raise Http404("Nothing was signed")
    if not DRAWN.take(submission.reference):
        return render(request, "429.html", {"sent": None}, status=429)
    with translation.override(signature.language):
        content = signed_declaration(signature, submission)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{submission.reference}.pdf"'
    return response


@with_submission
@require_form
def step(request, submission, name):
    """One step, or the check at the end."""
    if name == CHECK:
        return check(request, submission)
    if name not in BY_NAME:
        raise Http404("No such step")
    if not submission.is_open:
        return HttpResponseRedirect(addresses.overview(submission))
    step = BY_NAME[name]
    if request.method != "POST":
        form = step.read(submission) if "look" in request.GET and name in submission.answers else step.blank(submission)
        return show_step(request, submission, step, form)
    form = step.form_class(request.POST, request.FILES, **step.options(submission))
    for field in form.file_fields:
        form.fields[field].required = form.fields[field].required and not submission.files_of(field)
    form.is_valid()
    add_turned_away(form, request)
    try:
        submission = keep_step(request, submission, step, form)
    except services.NotOpen:
        return HttpResponseRedirect(addresses.overview(submission))
    is_whole = step.form_class.is_kept_whole(request.POST)
    if "later" in request.POST and is_whole and not form.has_error("email", NOT_MOVED):
        return HttpResponseRedirect(f"{addresses.overview(submission)}?later")
    if "drop" in request.POST and is_whole:
        return HttpResponseRedirect(addresses.step(submission, name))
    if form.is_valid():
        return HttpResponseRedirect(addresses.step(submission, Progress(submission).next_after(name)))
    if says_the_same(submission, step, form):
        # The page of what is kept: going back or loading it again sends nothing anew.
        return HttpResponseRedirect(addresses.look(submission, name))
    return show_step(request, submission, step, form)


def says_the_same(submission, step, form) -> bool:
    """Whether what is kept of a step is all that was sent, and has the same mistakes: a file that isn't taken isn't kept."""
    if not step.form_class.is_kept_whole(form.data):
        return False
    typed = step.form_class.typed(form.data)
    return submission.typed(step.name) == typed and step.read(submission).errors == form.errors


def keep_step(request, submission, step, form) -> Submission:
    """Keep what was typed and given, right or wrong; what is right also where it is shown in lists. Raises NotOpen."""
    more = {"language": languages.current()}
    cleaned, typed = form.cleaned_data, step.form_class.typed(request.POST)
    if step.name == "organisation":
        more["subject"] = cleaned.get("organisation", submission.subject)
    if step.name == "contact":
        more["name"] = cleaned.get("name", submission.name)
        if may_move(request, submission, form):
            more["email"] = cleaned["email"]
        elif form.has_error("email", NOT_MOVED):
            typed["email"] = submission.email
    with services.files_or_nothing() as files:
        submission = services.keep(submission, step.name, typed, **turn_of(request.POST), **more)
        for field in form.file_fields:
            for checked in form.fields[field].found:
                files.append(services.keep_file(submission, field, checked))
        if file := dropped(request.POST):
            services.drop_file(submission, file)
        if "email" in more and submission.email == more["email"]:
            write_link(submission, "moved")
    return submission


def may_move(request, submission, form: ContactForm) -> bool:
    """Whether letters go to another address from now on: one is given, and may be written to. Where too much was written there
    already, whoever had it written, the form says so."""
    email = form.cleaned_data.get("email", submission.email)
    if email == submission.email:
        return False
    if may_write(request, email):
        return True
    told = _("Too many letters were sent from here, or to this address. Ours still go to %(email)s; try again later.")
    form.add_error("email", ValidationError(told % {"email": submission.email}, NOT_MOVED))
    return False


def show_step(request, submission, step, form):
    progress = Progress(submission)
    files = {name: submission.files_of(name) for name in form.file_fields}
    return page(
        request,
        "step",
        str(step.title),
        form=form,
        step=step,
        submission=submission,
        files=[(form[name], files[name]) for name in files],
        keep=f"{addresses.step(submission, step.name)}keep/",
        previous=previous_of(submission, step),
        **stepper(submission, step.name, progress),
    )


def previous_of(submission, step) -> dict | None:
    """`{"title", "url"}` of the step before; None before the first."""
    before = STEPS[: STEPS.index(step)]
    return {"title": before[-1].title, "url": addresses.step(submission, before[-1].name)} if before else None


@with_submission
@require_POST
def keep_typed(request, submission, name):
    """What a page keeps by itself while somebody types: nothing is checked, nothing is answered."""
    if name not in BY_NAME:
        raise Http404("No such step")
    try:
        services.keep(submission, name, BY_NAME[name].form_class.typed(request.POST), **turn_of(request.POST))
    except services.NotOpen:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def check(request, submission):
    """All answers once more, the declaration, and the signature."""
    if not submission.is_open:
        return HttpResponseRedirect(addresses.overview(submission))
    progress = Progress(submission)
    wording = wording_for(submission.typed("organisation").get("body", ""))
    form = SigningForm(request.POST if request.method == "POST" else None)
    if form.is_bound and progress.is_complete and wording and form.is_valid():
        try:
            answers = form.cleaned_data
            sign_and_send(
                submission, answers["statement"], answers["signer"], answers["signer_function"], answers["publish"]
            )
            return HttpResponseRedirect(addresses.overview(submission))
        except ChangedMeanwhile:
            submission.refresh_from_db()
            progress = Progress(submission)
            form.add_error(
                None, _("An answer was changed meanwhile, on another page. Read all of it again, then sign.")
            )
    sections = [
        (
            Section(step.name, str(step.title), rows_of(step.blank(submission), submission)),
            addresses.look(submission, step.name),
            progress.is_done(step.name),
        )
        for step in STEPS
    ]
    return page(
        request,
        "check",
        _("Check and send"),
        form=form,
        sections=sections,
        submission=submission,
        wording=wording,
        complete=progress.is_complete,
        shown=fingerprint(wording, statement_of(submission)) if wording else "",
        **stepper(submission, CHECK, progress),
    )
