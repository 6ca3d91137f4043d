"""Writing something and sending it: kept as it is typed, sent once, changed again where that is asked for."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from initiative.base import languages
from partners.desk.accepting import changes_of
from partners.desk.doors import at_desk
from partners.desk.kinds import BY_KIND, BY_NAME, FORM, Sending
from partners.desk.models import Representative
from partners.desk.views.overview import own_commitment, own_submission
from partners.desk.views.pages import page
from partners.intake import services
from partners.intake.beside import dropped, press_of, turn_of
from partners.intake.enums import Kind
from partners.intake.forms.fields import LineField
from partners.intake.models import Submission
from partners.intake.uploads import add_turned_away

require_form = require_http_methods(["GET", "HEAD", "POST"])


class Desk:
    """One thing that a representative writes: new, or going on with a submission."""

    def __init__(self, request, me: Representative, sending: Sending, submission: Submission | None, commitment=None):
        self.request, self.me, self.sending = request, me, sending
        self.submission = submission
        self.about = submission or Submission(organisation=me.organisation, commitment=commitment, kind=sending.kind)

    @cached_property
    def press(self) -> str:
        """The number of the page that is open."""
        return press_of(self.request.POST)

    @property
    def files(self) -> list:
        return list(self.submission.files.all()) if self.submission else []

    def form(self):
        """The form as it is opened."""
        if self.submission:
            return self.sending.blank(self.submission)
        return self.sending.form_class(
            initial=self.sending.start(self.me.organisation), **self.sending.options(self.about)
        )

    def sent_form(self):
        """The form as it was sent, checked."""
        form = self.sending.form_class(self.request.POST, self.request.FILES, **self.sending.options(self.about))
        form.is_valid()
        add_turned_away(form, self.request)
        return form

    def keep(self, form=None) -> None:
        """Keep what was typed, and the files that are right: all of it or nothing. Raises NotOpen, OtherPage, StorageError."""
        with services.files_or_nothing() as files:
            self._keep(form, files)

    def _keep(self, form, files: list[str]) -> None:
        typed = self.sending.form_class.typed(self.request.POST)
        if self.submission is None:
            me = self.me
            self.submission, _new = services.begin(
                self.press,
                self.sending.kind,
                organisation=me.organisation,
                commitment=self.about.commitment,
                name=me.name,
                email=me.email,
                language=languages.current(),
                answers={"before": self.sending.start(me.organisation)},
            )
        self.submission = services.keep(
            self.submission,
            FORM,
            typed,
            subject=self._subject(typed),
            language=languages.current(),
            **turn_of(self.request.POST),
        )
        for name in form.file_fields if form else []:
            for checked in form.fields[name].found:
                most = self.sending.most_files.get(name, 1)
                files.append(services.keep_file(self.submission, name, checked, most))
        if file := dropped(self.request.POST):
            services.drop_file(self.submission, file)

    def _subject(self, typed: dict) -> str:
        if self.sending.subject:
            return LineField(required=False).clean(typed.get(self.sending.subject, ""))[:255]
        if self.about.commitment:
            return self.about.commitment.best("title")[:255]
        return self.me.organisation.name

    def address(self, name: str) -> str:
        """Of the submission, by name of the page."""
        return reverse(f"desk:{name}", args=[self.me.organisation.slug, self.submission.reference])


def write(request, desk: Desk) -> HttpResponse:
    """Show the form, or keep and send it."""
    if request.method != "POST":
        return show(request, desk, desk.form())
    form = desk.sent_form()
    try:
        desk.keep(form)
    except (services.NotOpen, services.OtherPage):
        if desk.submission is not None:
            return HttpResponseRedirect(desk.address("sent"))
        raise Http404("Another page") from None
    is_whole = desk.sending.form_class.is_kept_whole(request.POST)
    if "later" in request.POST and is_whole:
        return HttpResponseRedirect(reverse("desk:overview", args=[desk.me.organisation.slug]))
    if "drop" in request.POST and is_whole:
        return HttpResponseRedirect(desk.address("edit"))
    if form.is_valid() and desk.sending.kind == Kind.PROFILE and not _says_something(desk.submission):
        form.add_error(None, _("Nothing is changed yet."))
    if not form.is_valid():
        return show(request, desk, form)
    services.send(desk.submission)
    return HttpResponseRedirect(desk.address("sent"))


def _says_something(submission: Submission) -> bool:
    return bool(changes_of(submission) or submission.files.exists())


def show(request, desk: Desk, form) -> HttpResponse:
    here = desk.address("edit") if desk.submission else request.path
    return page(
        request,
        "write",
        str(desk.sending.title),
        desk.me,
        form=form,
        sending=desk.sending,
        submission=desk.submission,
        commitment=desk.about.commitment,
        files=[(form[name], [file for file in desk.files if file.field == name]) for name in form.file_fields],
        press=desk.press,
        action=here,
        keep=f"{here}keep/",
    )


def keep_typed(desk: Desk) -> HttpResponse:
    """What an open page keeps by itself while somebody types."""
    try:
        desk.keep()
    except (services.NotOpen, services.OtherPage):
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _new(request, me, name) -> Desk:
    if name not in BY_NAME or BY_NAME[name].kind == Kind.REPORT:
        raise Http404("Nothing of that name is sent")
    return Desk(request, me, BY_NAME[name], None)


def _report(request, me, commitment) -> Desk:
    return Desk(request, me, BY_NAME["report"], None, own_commitment(me, commitment))


def _again(request, me, reference) -> Desk:
    submission = own_submission(me, reference)
    return Desk(request, me, BY_KIND[submission.kind], submission)


@at_desk
@require_form
def new(request, me, name):
    """A new profile, commitment or proposal."""
    return write(request, _new(request, me, name))


@at_desk
@require_POST
def keep_new(request, me, name):
    return keep_typed(_new(request, me, name))


@at_desk
@require_form
def report(request, me, commitment):
    """A report on a commitment."""
    return write(request, _report(request, me, commitment))


@at_desk
@require_POST
def keep_report(request, me, commitment):
    return keep_typed(_report(request, me, commitment))


@at_desk
@require_form
def edit(request, me, reference):
    """Go on with what isn't sent, or change what was asked for."""
    desk = _again(request, me, reference)
    if not desk.submission.is_open:
        return HttpResponseRedirect(desk.address("sent"))
    return write(request, desk)


@at_desk
@require_POST
def keep_edit(request, me, reference):
    return keep_typed(_again(request, me, reference))
