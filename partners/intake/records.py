"""From what was accepted to published records. What editors are still drafting is neither lost nor published by it."""

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.text import slugify
from modeltranslation.utils import build_localized_fieldname
from wagtail.images import get_image_model

from initiative.models import Place, SustainableDevelopmentGoal
from partners.intake.forms.commitment import CommitmentForm
from partners.intake.models import Submission, SubmissionFile
from partners.models import Commitment, Organisation

_TEXTS = ("title", "goal", "actions", "timetable", "resources", "measure")


def publish_new(record, user):
    """Save a new record and publish it. Raises ValidationError."""
    record.live = False
    record.save()
    record.save_revision(user=user).publish(user=user)
    record.refresh_from_db()
    return record


def publish_change(record, change: Callable, user):
    """Change a record and publish it; an editor's draft of it gets the same change, and stays a draft.

    `change` is called with each version. Raises ValidationError.
    """
    stored = type(record).objects.get(pk=record.pk)
    latest = stored.get_latest_revision_as_object() if stored.latest_revision_id else stored
    draft = latest if stored.live and stored.has_unpublished_changes else None
    published = stored if stored.live else latest
    change(published)
    published.save_revision(user=user).publish(user=user)
    if draft is not None:
        change(draft)
        draft.save_revision(user=user)
    record.refresh_from_db()
    return record


def free_slug(model, text: str, submission: Submission) -> str:
    """A slug that no record of the model has: from a text, or from the submission's reference where it has no letters that
    addresses are made of."""
    slug = slugify(text)[:80].strip("-")
    if slug and not model.objects.filter(slug=slug).exists():
        return slug
    return f"{slug}-{submission.reference}".lower().strip("-")


def set_texts(record, texts: dict[str, str], language: str) -> None:
    """Write texts into the fields of a language."""
    for field, text in texts.items():
        setattr(record, build_localized_fieldname(field, language), text)


def make_logo(submission_file: SubmissionFile, title: str, user):
    """A picture of the site from a logo that was sent."""
    with submission_file.file.open("rb") as content:
        file = ContentFile(content.read(), name=submission_file.file.name.rpartition("/")[2])
    return get_image_model().objects.create(title=title[:255], file=file, uploaded_by_user=user)


def make_commitment(organisation: Organisation, form: CommitmentForm, submission: Submission, user) -> Commitment:
    """The commitment that a valid form describes, in the language of its submission, published."""
    answers = form.cleaned_data
    commitment = Commitment(
        organisation=organisation,
        slug=free_slug(Commitment, answers["title"], submission),
        start=str(answers["start"]),
        end=str(answers["end"]),
        baseline=answers["baseline"],
        target=answers["target"],
        unit=answers["unit"],
    )
    set_texts(commitment, {field: answers[field] for field in _TEXTS}, submission.language)
    commitment.places = Place.objects.filter(code__in=form.places)
    commitment.sdgs = SustainableDevelopmentGoal.objects.filter(number__in=answers["sdgs"])
    # Only the desk asks for these. Their models are other rooms': reached through the links to them.
    commitment.priorities = related(Commitment, "priorities").filter(key__in=answers.get("priorities", []))
    commitment.topics = related(Commitment, "topics").filter(key__in=answers.get("topics", []))
    with translation.override(submission.language):
        return publish_new(commitment, user)


def related(model, field: str):
    """All that the field of a model can point to."""
    return model._meta.get_field(field).related_model._default_manager.all()
