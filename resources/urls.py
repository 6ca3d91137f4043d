"""Addresses of the library that aren't in the page tree."""

from django.urls import path

from resources import views

urlpatterns = [
    path("<slug:slug>/", views.report_problem, name="report_problem"),
    path("<slug:slug>/thanks/", views.report_received, name="report_received"),
]
