"""The queue in the admin: what came in, and deciding on it."""

from django.core.exceptions import ValidationError
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from initiative.base import lists
from initiative.base.languages import language_name
from partners.intake.duplicates import Register
from partners.intake.enums import Decision, Kind, State
from partners.intake.forms.decision import DecisionForm
from partners.intake.handlers import handler_of
from partners.intake.models import Submission, SubmissionFile
from partners.intake.queue import received_for
from partners.intake.services import DecidedAlready, decide
from partners.models import Organisation
from partners.private_files import hand_out


class QueueView(generic.IndexView):
    """What came in: what waits comes first, the oldest at the top."""

    page_title = gettext_lazy("Sent in")
    default_ordering = ["rank", "sent"]
    list_filter = ["state", "kind"]

    @cached_property
    def register(self) -> Register:
        return Register()

    @cached_property
    def columns(self):
        return [
            self._get_title_column("__str__"),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            DateColumn("sent", label=_("Sent"), sort_key="sent"),
            Column("missing", label=_("Missing"), accessor=self._missing),
            Column("same", label=_("Possibly the same"), accessor=self._same),
        ]

    def get_base_queryset(self):
        rank = Case(When(state=State.SENT, then=Value(0)), default=Value(1))
        return received_for(self.request.user).annotate(rank=rank).prefetch_related("files")

    def get_edit_url(self, instance):
        return reverse(self.edit_url_name, args=[instance.pk])

    def _missing(self, submission) -> str:
        return lists.comma().join(handler_of(submission).missing(submission)) if submission.state == State.SENT else ""

    def _same(self, submission) -> str:
        if submission.kind != Kind.APPLICATION or submission.is_closed:
            return ""
        count = len(self.register.like(submission))
        return ngettext("%(count)s organisation", "%(count)s organisations", count) % {"count": count} if count else ""


class DecideView(generic.base.WagtailAdminTemplateMixin, View):
    """One submission: what was answered, what is missing, what may be the same, what was done with it; and the decision."""

    template_name = "partners/intake/decide.html"
    index_url_name = ""
    header_icon = ""

    def setup(self, request, pk, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.submission = get_object_or_404(
            received_for(request.user).select_related("organisation", "commitment"), pk=pk
        )
        self.handler = handler_of(self.submission)

    @cached_property
    def alike(self):
        return Register().like(self.submission) if self.handler.joins and not self.submission.is_closed else []

    def get_form(self, data=None) -> DecisionForm:
        same = [found.record for found in self.alike if isinstance(found.record, Organisation)]
        return DecisionForm(data, submission=self.submission, same=same, joins=self.handler.joins)

    def get(self, request, *args, **kwargs):
        return self.show(self.get_form())

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.show(form)
        decision = Decision(form.cleaned_data["decision"])
        try:
            decide(
                self.submission,
                form.cleaned_data["rounds"],
                decision,
                request.user,
                form.cleaned_data["reason"],
                form.chosen,
            )
        except DecidedAlready as already:
            state = already.submission.get_state_display()
            messages.error(request, _("Nothing was done: it was dealt with meanwhile (%(state)s).") % {"state": state})
            return redirect(request.path)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form)
        messages.success(request, _("%(decision)s: done, and the sender is told.") % {"decision": decision.label})
        return redirect(self.index_url_name)

    def show(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def get_page_title(self):
        return self.submission.subject or self.submission.reference

    def get_page_subtitle(self):
        return self.submission.get_kind_display()

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Sent in")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            submission=self.submission,
            language=language_name(self.submission.language),
            sections=self.handler.sections(self.submission),
            missing=[] if self.submission.is_closed else self.handler.missing(self.submission),
            alike=self.alike,
            transitions=self.submission.transitions.all(),
            may_decide=self.submission.state == State.SENT,
            **kwargs,
        )


class FileView(View):
    """A file of a submission, for those who may decide on it."""

    def get(self, request, pk, file):
        submission: Submission = get_object_or_404(received_for(request.user), pk=pk)
        found: SubmissionFile = get_object_or_404(submission.files.all(), pk=file)
        return hand_out(found.file, found.name, found.media_type)
