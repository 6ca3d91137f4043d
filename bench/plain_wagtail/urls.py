"""Wagtail's pages, and a sign of life."""

from django.http import HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls

urlpatterns = [path("healthz", lambda request: HttpResponse("alive")), path("", include(wagtail_urls))]
