"""The chain of a work's versions, kept whole."""

from wagtail.models import Revision

from resources.models import Resource


def close_gap(resource: Resource) -> None:
    """Let the version after a resource that is about to be deleted replace the one before it, in its drafts too: else the
    older one would be taken for current again."""
    before = Resource.objects.filter(pk=resource.pk).values_list("replaces", flat=True).first()
    after = Resource.objects.filter(replaces=resource.pk).first()
    if before is None or after is None:
        return
    # One at a time: no two replace the same.
    Resource.objects.filter(pk=resource.pk).update(replaces=None)
    Resource.objects.filter(pk=after.pk).update(replaces=before)
    for revision in Revision.objects.for_instance(after).filter(content__replaces=resource.pk):
        revision.content["replaces"] = before
        revision.save(update_fields=["content"])
