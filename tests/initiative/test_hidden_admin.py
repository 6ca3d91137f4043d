"""Where staff chose another ADMIN_PATH than `admin`, no public answer tells it."""

import sys
from importlib import util

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from initiative.models import StandardPage
from tests.factories import add_page

pytestmark = pytest.mark.django_db
PATH = "under-the-ground"


@pytest.fixture
def hidden(settings, monkeypatch):
    """The site with the admin somewhere else."""
    settings.ADMIN_PATH, settings.WAGTAIL_FRONTEND_LOGIN_URL = PATH, f"/{PATH}/login/"
    source = util.find_spec("initiative.urls")
    urls = util.module_from_spec(source)
    source.loader.exec_module(urls)
    monkeypatch.setitem(sys.modules, "hidden_urls", urls)
    settings.ROOT_URLCONF = "hidden_urls"
    assert reverse("wagtailadmin_home") == f"/{PATH}/"


@pytest.mark.parametrize(
    "path",
    [
        "/worker.js", "/styleguide/", "/styleguide/button/", "/robots.txt", "/.well-known/security.txt", "/en/nothing/here/", "/nothing",
        "/en/_util/login/?next=/en/", "/en/", "/fr/", "/en/offline/", "/sitemap.xml", "/desk/", "/api/v1/", "/admin/", "/admin/login/",
        "/readyz", "/metrics", "/documents/1/soil.pdf",
    ],
)  # fmt: skip
def test_no_public_answer_names_it(client, site, hidden, path):
    response = client.get(path)
    assert PATH not in response.text
    assert PATH not in str(response.serialize_headers())
    assert PATH not in str(response.cookies)


def test_readers_of_what_is_for_those_who_are_signed_in_are_led_there(client, site, hidden):
    page = add_page(site["home", "en"], StandardPage, title="Minutes", slug="minutes")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    collection = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = get_document_model().objects.create(
        title="Minutes", file=ContentFile(b"1", "minutes.txt"), collection=collection
    )
    for path in (page.get_path(), document.url):
        assert client.get(path)["Location"] == f"/{PATH}/login/?next={path}"
    assert client.get(f"/{PATH}/login/").status_code == 200
