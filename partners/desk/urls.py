"""Addresses of the desk: none has a language, so that one cookie is for all of them and for nothing else."""

from django.urls import path, register_converter

from partners.desk.views import answer, door, overview, people, writing
from partners.intake.tokens import TokenConverter

register_converter(TokenConverter, "desk_token")

app_name = "desk"
urlpatterns = [
    path("", door.home, name="home"),
    path("in/<desk_token:token>/", door.come_in, name="come_in"),
    path("out/", door.go_out, name="go_out"),
    path("language/", door.choose_language, name="language"),
    path("answer/<desk_token:token>/", answer.answer, name="answer"),
    path("at/<slug:slug>/", overview.overview, name="overview"),
    path("at/<slug:slug>/reading/", overview.reading, name="reading"),
    path("at/<slug:slug>/people/", people.people, name="people"),
    path("at/<slug:slug>/people/<int:pk>/remove/", people.remove_person, name="remove_person"),
    path("at/<slug:slug>/new/<slug:name>/", writing.new, name="new"),
    path("at/<slug:slug>/new/<slug:name>/keep/", writing.keep_new, name="keep_new"),
    path("at/<slug:slug>/commitments/<slug:commitment>/report/", writing.report, name="report"),
    path("at/<slug:slug>/commitments/<slug:commitment>/report/keep/", writing.keep_report, name="keep_report"),
    path("at/<slug:slug>/commitments/<slug:commitment>/unchanged/", overview.unchanged, name="unchanged"),
    path("at/<slug:slug>/sent/<slug:reference>/", overview.sent, name="sent"),
    path("at/<slug:slug>/sent/<slug:reference>/edit/", writing.edit, name="edit"),
    path("at/<slug:slug>/sent/<slug:reference>/edit/keep/", writing.keep_edit, name="keep_edit"),
    path("at/<slug:slug>/sent/<slug:reference>/withdraw/", overview.take_back, name="take_back"),
]
