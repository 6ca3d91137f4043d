"""Wagtail's pages, the same kept by Django's own cache, and a sign of life."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.cache import cache_page
from wagtail import urls as wagtail_urls
from wagtail.views import serve

urlpatterns = [
    path("healthz", lambda request: HttpResponse("alive")),
    path("kept/<path:path>", cache_page(600)(serve)),
    path("", include(wagtail_urls)),
]
