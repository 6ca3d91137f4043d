"""`/styleguide/`, outside the languages: each part of it says which it is in."""

from django.urls import path

from initiative.styleguide import views

urlpatterns = [
    path("", views.overview, name="styleguide"),
    path("tokens.css", views.token_rules, name="styleguide_tokens"),
    path("<slug:name>/", views.component, name="styleguide_component"),
]
