"""`/api/v1/`, outside the languages: texts come in all of them."""

from django.urls import path
from django.views.decorators.http import require_safe

from partners.api.views import api, file

urlpatterns = [
    path("", api.urls),
    path("<slug:name>.<slug:extension>", require_safe(file), name="open_data"),
]
