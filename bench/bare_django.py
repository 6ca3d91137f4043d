"""The least that Django can do: a view that gives so many bytes, without middleware, database or templates."""

from functools import cache

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="for a benchmark on this machine alone", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[]
)


@cache
def _content(count: int) -> bytes:
    return b"x" * count


def _given(_request, count: int) -> HttpResponse:
    return HttpResponse(_content(count), headers={"Content-Length": count})


urlpatterns = [
    path("healthz", lambda request: HttpResponse("alive")),
    path("<int:count>", _given),
]
application = get_wsgi_application()
