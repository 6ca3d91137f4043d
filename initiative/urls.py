"""Addresses. Everything for readers starts with a language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views import serve as document_views

from initiative import finding, sitemaps, views
from initiative.guard.origin import from_this_site
from initiative.guard.private import leading_on, tried_seldom
from initiative.offline import views as offline
from initiative.translations.views import ask_for_translation

handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.failed

urlpatterns = [
    path("", views.choose_language, name="root"),
    path(f"{settings.ADMIN_PATH}/", include(wagtailadmin_urls)),
    # Wagtail's own of the same address takes as many passwords as one likes.
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        from_this_site(tried_seldom(leading_on(document_views.authenticate_with_password))),
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("worker.js", offline.worker, name="worker"),
    path("healthz", views.healthz, name="healthz"),
    path("metrics", views.show_metrics, name="metrics"),
    path("readyz", views.readyz, name="readyz"),
    path("desk/", include("partners.desk.urls")),
    path("art/share/<slug:language>/<str:kind>/<str:key>/<slug:digest>.png", views.share_picture, name="share_picture"),
    path("art/", include("initiative.base.strata.urls")),
    path("styleguide/", include("initiative.styleguide.urls")),
    path("api/v1/", include("partners.api.urls")),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(
        # Pictures only: documents are handed out by Wagtail's view, which knows who may have them.
        re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>(?:images|original_images)/.+)$", views.picture)
    )

if "debug_toolbar" in settings.INSTALLED_APPS:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()

urlpatterns += i18n_patterns(
    path(_("application/"), include("partners.joining.urls")),
    path(_("partners-desk/"), include("partners.desk.door_urls")),
    path(_("offline/"), offline.offline, name="offline"),
    path(_("search/"), views.search_site, name="search"),
    path(_("report-a-problem/"), include("resources.urls")),
    path(_("translation-requests/"), ask_for_translation, name="ask_for_translation"),
    path(_("follow/"), include("initiative.follow.urls")),
    # What a page gives as a file (`export.csv`, a calendar to subscribe to); Wagtail's own pattern takes only what ends
    # with a slash.
    re_path(r"^((?:[\w-]+/)+[\w-]+(?:\.[a-z]+)+)$", finding.serve),
    # Wagtail's own door asks for a password alone, as often as one likes, and so does what opens a private page. Who has to sign
    # in for one is led to our door (WAGTAIL_FRONTEND_LOGIN_URL).
    path("_util/login/", views.no_door),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        from_this_site(tried_seldom(leading_on(wagtail_views.authenticate_with_password))),
    ),
    # Wagtail's, with a quicker view of pages.
    path("", include([pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"])),
    re_path(wagtail_urls.serve_pattern, finding.serve, name="wagtail_serve"),
)
