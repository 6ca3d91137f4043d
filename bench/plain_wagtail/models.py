"""A list and what it lists, as Wagtail's tutorial has them."""

from django.core.paginator import Paginator
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page

PER_PAGE = 20


class Topic(models.Model):
    """What a work is about."""

    name = models.CharField(max_length=80)


class WorkIndex(Page):
    """All works, newest first."""

    intro = models.TextField()

    def get_context(self, request, *args, **kwargs):
        works = Work.objects.child_of(self).live().order_by("-issued_on").prefetch_related("topics")
        page = Paginator(works, PER_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"works": page}


class Work(Page):
    """One work."""

    issued_on = models.DateField()
    abstract = models.TextField()
    publisher = models.CharField(max_length=255)
    topics = ParentalManyToManyField(Topic)
