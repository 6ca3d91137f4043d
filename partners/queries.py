"""Questions about partners, asked in words."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from committee.queries import priorities_of
from initiative.base.known import Known
from initiative.base.landmarks import landmarks
from initiative.base.prepared import Prepared
from initiative.base.querysets import JoinedKeys
from initiative.base.records import bring_along, columns
from initiative.queries import goals_of, places_of
from partners.enums import PartnerType, ReportState
from resources.queries import topics_of

# What a line about a commitment shows beside its title.
_LINE = ("slug", "start", "end", "course", "due_on", "silent_on")


def partner_types() -> list[dict]:
    """The seven types: `{"key", "name", "url"}`, each leading to its part of the directory."""
    directory = landmarks().url("partners")
    return [
        {"key": key, "name": name, "url": f"{directory}?type={key}" if directory else ""}
        for key, name in PartnerType.choices
    ]


def live_partners():
    """Published organisations of the directory, by name, ready for a list."""
    return live_organisations().filter(listed=True)


def live_organisations():
    """Published organisations by name, ready for a list; also those that only made something in the library."""
    return _with_logo().prefetch_related("memberships")


def _with_logo():
    from partners.models import Organisation

    found = Organisation.objects.live().select_related("country", "logo").prefetch_related("logo__renditions")
    return found.order_by("name", "pk")


def organisation_by_slug(slug: str):
    """The live organisation of this slug with all that its page shows, or None. Three statements, and one each where it is
    spoken of or signed something; each written once."""
    organisation = _organisation.first(slug)
    if organisation is None:
        return None
    for field, read, has_any in (
        ("memberships", _seats, True),
        ("commitments", _made, True),
        ("testimonials", _heard, organisation.is_heard),
        ("declarations", _signed, organisation.has_signed),
    ):
        bring_along(organisation, field, read(organisation.pk) if has_any else [])
    return organisation


def _organisation_called(slug: str):
    from partners.models import Declaration, Testimonial

    own = {"organisation": OuterRef("pk")}
    heard, signed = Exists(Testimonial.objects.filter(**own)), Exists(Declaration.objects.filter(**own))
    return _with_logo().filter(slug=slug).annotate(is_heard=heard, has_signed=signed).order_by()


def _memberships_of(organisation: int):
    from partners.models import Membership

    return Membership.objects.filter(organisation=organisation)


def _commitments_made_by(organisation: int):
    from partners.models import Commitment

    found = Commitment.objects.live().filter(organisation=organisation).order_by("pk")
    return found.only("organisation", "live", *_LINE, *columns("title"))


def _testimonials_of(organisation: int):
    from partners.models import Testimonial

    return Testimonial.objects.live().filter(organisation=organisation)


def _declarations_of(organisation: int):
    from partners.models import Declaration

    return Declaration.objects.select_related("joint_declaration").filter(organisation=organisation)


_organisation = Prepared(_organisation_called)
_seats, _made = Prepared(_memberships_of), Prepared(_commitments_made_by)
_heard, _signed = Prepared(_testimonials_of), Prepared(_declarations_of)


def public_commitments():
    """Published commitments of published organisations; those that ended or were taken back too."""
    from partners.models import Commitment

    return Commitment.objects.live().filter(organisation__live=True)


def in_countries(codes) -> Q:
    """Carried out in any of these countries; where a commitment names none, its organisation's country stands for it."""
    from partners.models import Commitment

    places = Commitment.places.through.objects.filter(commitment=OuterRef("pk"))
    return Q(Exists(places.filter(place__in=codes))) | (Q(organisation__country__in=codes) & ~Q(Exists(places)))


def live_commitments():
    """Published commitments of published organisations, newest first, ready for a list."""
    found = public_commitments().select_related("organisation__country", "organisation__logo")
    return found.prefetch_related("organisation__logo__renditions").order_by("-start", "-pk")


class JointDeclarations(list):
    """The texts that partners sign, oldest first; stays as it is. `drawn`: what was drawn of it."""

    def __init__(self, found: Iterable):
        super().__init__(found)
        self.drawn: dict = {}

    def say_the_same(self, others: "JointDeclarations") -> bool:
        """Whether these are the others, word for word."""
        return _texts_of(self) == _texts_of(others)


def _texts_of(declarations: JointDeclarations) -> list[list]:
    return [[getattr(one, field.attname) for field in one._meta.concrete_fields] for one in declarations]


def _read_joint_declarations() -> JointDeclarations:
    from partners.models import JointDeclaration

    return JointDeclarations(JointDeclaration.objects.all())


joint_declarations: Known[JointDeclarations] = Known(
    "joint-declarations", _read_joint_declarations, same=JointDeclarations.say_the_same
)


def live_testimonials():
    """Published testimonials in order, ready for a list."""
    from partners.models import Testimonial

    return Testimonial.objects.live().select_related("organisation__country", "person")


def commitments_on(priority_id: int, count: int) -> list:
    """The newest commitments on a research priority."""
    return list(live_commitments().filter(priorities=priority_id)[:count])


def commitment_by_slug(slug: str):
    """The live commitment of this slug with all that its page shows, or None. Two statements, and one each where its
    organisation has a logo, it has changed, or a report has evidence; each but for the logo's written once."""
    commitment = _commitment.first(slug)
    if commitment is None:
        return None
    commitment.approved_reports = _reports(commitment.pk)
    evidence = defaultdict(list)
    for one in _evidence.among(*(report.pk for report in commitment.approved_reports if report.has_evidence)):
        evidence[one.report_id].append(one)
    for report in commitment.approved_reports:
        bring_along(report, "evidence", evidence[report.pk])
    bring_along(commitment, "changes", _changes(commitment.pk) if commitment.has_changed else [])
    for field, read in (("sdgs", goals_of), ("topics", topics_of), ("priorities", priorities_of)):
        bring_along(commitment, field, read(_keys(commitment, field)))
    bring_along(commitment, "places", places_of(_keys(commitment, "places", str)))
    return commitment


def _keys(commitment, field: str, kind: type = int) -> list:
    joined = getattr(commitment, f"keys_of_{field}")
    return list(map(kind, joined.split(","))) if joined else []


def _commitment_called(slug: str):
    from partners.models import CommitmentChange

    keys = {f"keys_of_{field}": JoinedKeys("pk", field=field) for field in ("sdgs", "topics", "priorities", "places")}
    changed = Exists(CommitmentChange.objects.filter(commitment=OuterRef("pk")))
    return live_commitments().filter(slug=slug).annotate(has_changed=changed, **keys).order_by()


def _reports_on(commitment: int):
    from partners.models import Evidence, ProgressReport

    found = ProgressReport.objects.approved().filter(commitment=commitment)
    return found.annotate(has_evidence=Exists(Evidence.objects.filter(report=OuterRef("pk"))))


def _evidence_of(*reports: int):
    from partners.models import Evidence

    return Evidence.objects.filter(report__in=reports)


def _changes_of(commitment: int):
    from partners.models import CommitmentChange

    return CommitmentChange.objects.filter(commitment=commitment)


_commitment, _reports = Prepared(_commitment_called), Prepared(_reports_on)
_evidence, _changes = Prepared(_evidence_of), Prepared(_changes_of)


def public_evidence(slug: str, pk: int):
    """The file of an approved report on the live commitment of this slug, or None."""
    from partners.models import Evidence

    shown = Evidence.objects.filter(report__commitment__in=live_commitments(), report__state=ReportState.APPROVED)
    return shown.exclude(file="").filter(report__commitment__slug=slug, pk=pk).first()
