from django.urls import path
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from partners.views import evidence
from partners.viewsets import PartnersGroup

register_snippet(PartnersGroup)


@hooks.register("register_admin_urls")
def add_evidence():
    return [path("evidence/<int:pk>/", require_safe(evidence), name="evidence")]
