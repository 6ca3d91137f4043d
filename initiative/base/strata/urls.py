"""`/art/cover/<version>/<address>.svg`: included under `art/`, outside the languages."""

from django.urls import path

from initiative.base.strata.views import cover_svg

urlpatterns = [path("cover/<int:version>/<slug:address>.svg", cover_svg, name="cover_svg")]
