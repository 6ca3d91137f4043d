"""Taking works out of the library: their addresses, in every language and format, say what became of them."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document

from initiative.search import Query, search
from resources.enums import Withdrawal
from resources.models import Resource, Tombstone
from resources.services.withdrawal import withdraw
from tests.factories import PersonFactory, ResourceFactory
from tests.initiative.test_staff_forms import filled
from tests.reading import Reading, read, words

FORMATS = ["bib", "ris", "csl.json", "csv", "json"]


@pytest.fixture
def work(site, django_capture_on_commit_callbacks):
    """A published work with a file."""
    document = Document.objects.create(title="Roots", file=ContentFile(b"%PDF-1.4", name="roots.pdf"))
    with django_capture_on_commit_callbacks(execute=True):
        resource = ResourceFactory(
            slug="roots",
            title="Racines",
            language="fr",
            issued="2019-03",
            doi="10.1234/roots",
            people=[
                PersonFactory(given_name="Ada", family_name="Loam"),
                PersonFactory(given_name="", family_name="Peat"),
            ],
            files=[{"document": document}],
        )
        resource.save_revision().publish()
    return Resource.objects.get()


@pytest.fixture
def gone(work, django_capture_on_commit_callbacks):
    """The work, withdrawn."""
    with django_capture_on_commit_callbacks(execute=True):
        return withdraw(
            work, reason=Withdrawal.ERRORS, note_en="The tables were wrong.", note_fr="Les tableaux étaient faux."
        )


def answers(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_its_page_stays_as_a_tombstone_in_every_language(client, gone, code):
    landing = {"en": "resources", "fr": "ressources", "es": "recursos", "ar": "resources"}[code]
    response = client.get(f"/{code}/{landing}/roots/")
    page = Reading(response)
    assert response.status_code == 410
    assert page.main.h1.bdi["lang"] == "fr"
    assert words(page.main.h1) == "Racines"
    assert page.soup.html["lang"] == code
    assert page.soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert page.soup.select("link[rel=canonical], link[rel=cite-as], script[type='application/ld+json']") == []
    alternates = {row["code"]: row["url"] for row in response.context["languages"]}
    assert alternates["fr"] == "/fr/ressources/roots/"


def test_it_says_who_when_and_why(client, gone):
    page = Reading(client.get("/en/resources/roots/")).main
    facts = {words(row.dt): words(row.dd) for row in page.select(".facts > div")}
    assert facts == {
        "Made by": "Ada Loam, Peat",
        "Published": "March 2019",
        "DOI": "10.1234/roots",
        "Reason": "It contains serious errors",
    }
    assert words(page.select_one(".prose")) == "The tables were wrong."
    french = Reading(client.get("/fr/ressources/roots/")).main
    assert words(french.select_one(".prose")) == "Les tableaux étaient faux."
    arabic = Reading(client.get("/ar/resources/roots/")).main.select_one(".prose")
    assert (arabic["lang"], arabic["dir"]) == ("fr", "ltr")


@pytest.mark.parametrize("name", FORMATS)
def test_its_formats_are_gone_too(client, gone, name):
    assert client.get(f"/en/resources/roots/cite.{name}").status_code == 410
    assert client.get("/en/resources/roots/cite.pdf").status_code == 404
    assert client.get("/en/resources/never/").status_code == 404


def test_its_successor_is_shown_and_linked_while_readers_can_read_it(client, gone):
    successor = ResourceFactory(slug="better", title="Better roots")
    Tombstone.objects.update(successor=successor)
    response = client.get("/fr/ressources/roots/")
    assert response.headers["Link"] == f'<{settings.SITE_URL}/fr/ressources/better/>; rel="successor-version"'
    (card,) = Reading(response).main.select("article.spot-item")
    assert card.a["href"] == "/fr/ressources/better/"
    successor.unpublish()
    response = client.get("/fr/ressources/roots/")
    assert "Link" not in response.headers
    assert Reading(response).main.select("article.spot-item") == []


def test_it_is_in_no_list_search_feed_sitemap_or_export(client, gone):
    assert search(Query(text="racines", kinds=("resource",))).total == 0
    for path in ("/en/resources/", "/en/resources/feed.atom", "/en/resources/export.json", "/sitemap.xml"):
        response = client.get(path)
        content = response.getvalue() if response.streaming else response.content
        assert b"roots/" not in content


def test_old_addresses_lead_to_the_tombstone(client, work):
    work.slug = "deep-roots"
    work.save_revision().publish()
    withdraw(Resource.objects.get())
    assert answers(client, "/en/resources/roots/") == (301, "/en/resources/deep-roots/")
    assert answers(client, "/en/resources/deep-roots/") == (410, "")


def opens(client, url) -> bool:
    response = client.get(url)
    return response.status_code == 200 and b"".join(response.streaming_content) == b"%PDF-1.4"


def test_its_file_is_not_handed_out_any_more(client, work):
    url = Document.objects.get().url
    assert opens(client, url)
    withdraw(work)
    response = client.get(url)
    assert response.status_code == 410
    assert "This file has left the library" in words(Reading(response).main)
    ResourceFactory(files=[{"document": Document.objects.get()}])
    assert opens(client, url)


def test_publishing_it_again_brings_it_back(client, gone):
    Resource.objects.get().save_revision().publish()
    assert not Tombstone.objects.exists()
    assert words(read(client, "/en/resources/roots/").main.h1) == "Racines"


def test_what_is_told_can_be_told_anew(gone):
    again = withdraw(Resource.objects.get(), reason=Withdrawal.RIGHTS)
    assert (again, again.reason, again.note_en) == (gone, Withdrawal.RIGHTS, "The tables were wrong.")


def test_nobody_takes_its_address(gone):
    other = ResourceFactory(slug="other")
    other.slug = "roots"
    with pytest.raises(ValidationError) as raised:
        other.full_clean()
    told = "This was the address of a resource that was withdrawn, and still says so. Choose another."
    assert told in raised.value.message_dict["slug"]
    Resource.objects.get(slug="roots").full_clean()  # its own it keeps


# Deleting


def test_a_deleted_resource_leaves_word(client, work):
    work.delete()
    tombstone = Tombstone.objects.get()
    assert (tombstone.slug, tombstone.title, tombstone.reason, tombstone.resource_id) == ("roots", "Racines", "", None)
    assert tombstone.withdrawn_on == timezone.localdate()
    page = Reading(client.get("/en/resources/roots/"))
    assert page.response.status_code == 410
    assert "Reason Not stated" in words(page.main)


def test_deleting_what_was_withdrawn_keeps_what_was_told(client, gone):
    Resource.objects.all().delete()
    assert (Tombstone.objects.get().reason, Tombstone.objects.get().resource) == (Withdrawal.ERRORS, None)
    assert client.get("/en/resources/roots/").status_code == 410


def test_a_draft_that_nobody_could_read_leaves_none(site):
    ResourceFactory(live=False).delete()
    assert not Tombstone.objects.exists()


# In the admin


@pytest.fixture
def sign_in(client):
    def member(group):
        user = get_user_model().objects.create_user(group, password="x")
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return member


def admin_url(record, name):
    return reverse(type(record).snippet_viewset.get_url_name(name), args=[record.pk])


def test_a_moderator_withdraws_it_with_a_reason(sign_in, work):
    moderator = sign_in("Moderators")
    url = admin_url(work, "withdraw")
    assert f'href="{url}"' in moderator.get(admin_url(work, "edit")).content.decode()
    assert moderator.get(url).status_code == 200
    response = moderator.post(url, {"reason": "", "note_es": "Texto"})
    assert response.status_code == 200
    assert not Tombstone.objects.exists()
    assert "Texto" in response.content.decode()
    itself = moderator.post(url, {"reason": "rights", "successor": work.pk})
    assert "That is the resource itself. Choose another, or none." in itself.content.decode()
    successor = ResourceFactory()
    response = moderator.post(url, {"reason": "rights", "successor": successor.pk, "note_es": "Texto"})
    assert (response.status_code, response.headers["Location"]) == (
        302,
        reverse(Resource.snippet_viewset.get_url_name("list")),
    )
    tombstone = Tombstone.objects.get()
    assert (tombstone.reason, tombstone.successor, tombstone.note_es) == ("rights", successor, "Texto")
    work.refresh_from_db()
    assert not work.live
    form = moderator.get(admin_url(work, "edit")).content.decode()
    assert "Its rights do not allow us to offer it" in form
    assert admin_url(tombstone, "edit") in form
    assert f'href="{url}"' not in form


def test_an_editor_cannot(sign_in, work):
    editor = sign_in("Editors")
    assert admin_url(work, "withdraw") not in editor.get(admin_url(work, "edit")).content.decode()
    assert editor.post(admin_url(work, "withdraw"), {"reason": "rights"}).status_code == 302
    assert not Tombstone.objects.exists()


def test_before_deleting_withdrawing_is_offered(sign_in, work):
    page = sign_in("Moderators").get(admin_url(work, "delete")).content.decode()
    assert "Its address will say that it was withdrawn" in page
    assert f'href="{admin_url(work, "withdraw")}"' in page


def test_what_readers_are_told_is_changed_and_never_made_by_hand(sign_in, gone):
    editor = sign_in("Editors")
    form = BeautifulSoup(editor.get(admin_url(gone, "edit")).content, "html.parser")
    assert "Ada Loam, Peat" in words(form)
    assert editor.post(admin_url(gone, "edit"), filled(form) | {"reason": "outdated"}).status_code == 302
    gone.refresh_from_db()
    assert (gone.reason, gone.title) == ("outdated", "Racines")
    add = reverse(Tombstone.snippet_viewset.get_url_name("add"))
    assert editor.get(add).status_code == 302
