"""Addresses of the form, below the language."""

from django.urls import path, register_converter

from partners.intake.tokens import TokenConverter
from partners.joining import views

register_converter(TokenConverter, "token")

app_name = "joining"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("back/<token:token>/", views.come_back, name="come_back"),
    path("<token:token>/", views.overview, name="overview"),
    path("<token:token>/link/", views.send_link, name="link"),
    path("<token:token>/declaration.pdf", views.declaration, name="declaration"),
    path("<token:token>/<slug:name>/", views.step, name="step"),
    path("<token:token>/<slug:name>/keep/", views.keep_typed, name="keep"),
]
