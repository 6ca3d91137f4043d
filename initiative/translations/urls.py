"""Addresses of the translations in the admin."""

from django.urls import path

from initiative.translations.desk import board, decisions, jobs, translate

app_name = "translations"

urlpatterns = [
    path("", board.board, name="board"),
    path("board.csv", board.export, name="export"),
    path("job/", jobs.hand_out, name="hand_out"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("<int:pk>/", translate.translate, name="translate"),
    path("<int:pk>/preview/", translate.preview, name="preview"),
    path("<int:pk>/care/", decisions.care, name="care"),
    path("<int:pk>/right/", decisions.right, name="right"),
    path("<int:pk>/source/", decisions.source, name="source"),
    path("meaning/<int:pk>/", decisions.meaning, name="meaning"),
]
