"""Addresses. Everything for readers starts with a language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve as serve_page

from initiative import sitemaps, views

handler403 = views.forbidden
handler404 = views.not_found

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("art/", include("initiative.base.strata.urls")),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(
        re_path(
            rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>(?!documents/).+)$",
            serve,
            {"document_root": settings.MEDIA_ROOT},
        )
    )

if "debug_toolbar" in settings.INSTALLED_APPS:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()

urlpatterns += i18n_patterns(
    path(_("search/"), views.search_site, name="search"),
    # Calendars end like files, for those who subscribe; Wagtail's own pattern takes only what ends with a slash.
    re_path(r"^((?:[\w\-]+/)+[a-z]+\.ics)$", serve_page),
    path("", include(wagtail_urls)),
)
