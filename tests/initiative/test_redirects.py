"""Old addresses of landing pages and of records lead to the new ones, in one step."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.models import Redirect

from initiative.base.landmarks import landmarks
from initiative.redirects import keep_old_addresses
from tests import factories


@pytest.fixture
def work(site):
    return factories.ResourceFactory(slug="roots")


def leads(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


def test_records_under_a_renamed_landing_page(client, site, work, rename):
    rename(site["library", "en"], "library")
    assert leads(client, "/en/resources/") == (301, "/en/library/")
    assert leads(client, "/en/resources/roots/") == (301, "/en/library/roots/")
    assert leads(client, "/en/resources/roots/cite.bib?x=1") == (301, "/en/library/roots/cite.bib?x=1")
    assert client.get("/en/library/roots/").status_code == 200
    assert client.get("/fr/ressources/roots/").status_code == 200
    assert leads(client, "/fr/library/roots/") == (404, "")


def test_a_record_renamed_while_its_landing_page_had_another_name(client, site, work, rename):
    rename(site["library", "en"], "library")
    rename(work, "deep-roots")
    rename(site["library", "en"], "shelf")
    for landing in ("resources", "library"):
        assert leads(client, f"/en/{landing}/roots/") == (301, "/en/shelf/deep-roots/")
        assert leads(client, f"/en/{landing}/roots/cite.bib") == (301, "/en/shelf/deep-roots/cite.bib")
        assert leads(client, f"/en/{landing}/deep-roots/") == (301, "/en/shelf/deep-roots/")
        assert leads(client, f"/en/{landing}/") == (301, "/en/shelf/")
    assert leads(client, "/fr/ressources/roots/") == (301, "/fr/ressources/deep-roots/")


def test_a_slug_that_another_record_has_now_leads_to_that_one(client, site, work, rename):
    rename(work, "deep-roots")
    for code in ("en", "fr", "es", "ar"):
        rename(site["library", code], f"library-{code}")
    factories.ResourceFactory(slug="roots")
    rename(site["library", "en"], "shelf")
    assert leads(client, "/en/library-en/roots/") == (301, "/en/shelf/roots/")


def test_a_landing_page_that_got_its_old_name_back_leads_nowhere(client, site, work, rename):
    rename(site["library", "en"], "library")
    rename(site["library", "en"], "resources")
    assert leads(client, "/en/resources/nothing/") == (404, "")
    assert leads(client, "/en/library/roots/") == (301, "/en/resources/roots/")


def test_another_landing_page_in_the_old_place_keeps_its_own(client, site, work, rename):
    rename(site["library", "en"], "library")
    rename(site["partners", "en"], "resources")
    assert leads(client, "/en/resources/roots/") == (404, "")


def test_an_unpublished_landing_page_is_not_led_to(client, site, work, rename):
    rename(site["library", "en"], "library")
    factories.hide_everywhere(site["library", "en"])
    assert leads(client, "/en/resources/roots/") == (404, "")


def test_what_only_looks_like_the_beginning_is_no_beginning(client, site, work, rename):
    rename(site["library", "en"], "library")
    assert leads(client, "/en/resources-of-others/roots/") == (404, "")


def test_only_reading_is_sent_on(client, site, work, rename):
    rename(site["library", "en"], "library")
    assert client.post("/en/resources/roots/").status_code == 404


@pytest.mark.parametrize(
    ("code", "landing"), [("en", "resources"), ("fr", "ressources"), ("es", "recursos"), ("ar", "resources")]
)
def test_a_renamed_record_in_each_language(client, work, rename, code, landing):
    rename(work, "deep-roots")
    assert leads(client, f"/{code}/{landing}/roots/") == (301, f"/{code}/{landing}/deep-roots/")
    assert leads(client, f"/{code}/{landing}/roots/cite.bib") == (301, f"/{code}/{landing}/deep-roots/cite.bib")


def test_a_renamed_person(client, site, rename):
    person = factories.TermFactory(person__slug="ada").person
    rename(person, "ada-loam")
    assert leads(client, "/fr/comite/ada/") == (301, "/fr/comite/ada-loam/")


def test_a_chain_is_one_step(client, work, rename):
    for slug in ("b", "c", "d"):
        rename(work, slug)
    for slug in ("roots", "b", "c"):
        assert leads(client, f"/en/resources/{slug}/") == (301, "/en/resources/d/")
    assert Redirect.objects.filter(old_path__startswith="/en/").count() == 3


def test_record_and_landing_page_both_renamed_is_one_step_in_either_order(client, site, work, rename):
    rename(work, "b")
    rename(site["library", "en"], "library")
    rename(work, "c")
    assert leads(client, "/en/resources/roots/") == (301, "/en/library/c/")
    assert leads(client, "/en/resources/b/") == (301, "/en/library/c/")
    assert leads(client, "/en/library/b/") == (301, "/en/library/c/")


def test_a_name_taken_back_leads_nowhere_else(client, work, rename):
    rename(work, "b")
    rename(work, "roots")
    assert client.get("/en/resources/roots/").status_code == 200
    assert leads(client, "/en/resources/b/") == (301, "/en/resources/roots/")
    assert not Redirect.objects.filter(old_path="/en/resources/roots").exists()


def test_a_draft_changes_no_address(client, work):
    work.slug = "b"
    work.save_revision()
    assert client.get("/en/resources/roots/").status_code == 200
    assert not Redirect.objects.exists()


def test_a_record_that_nobody_could_read_leaves_no_address(site):
    work = factories.ResourceFactory(slug="roots", live=False)
    work.slug = "b"
    work.save_revision().publish()
    assert not Redirect.objects.exists()


def test_a_record_saved_under_its_name_leaves_none(work):
    work.title = "Other roots"
    work.save_revision().publish()
    assert not Redirect.objects.exists()


def test_records_without_pages_of_their_own_leave_none(site, rename):
    rename(factories.TestimonialFactory(), "b")
    assert not Redirect.objects.exists()


def test_what_is_not_found_costs_little(client, site, work, rename, django_assert_max_num_queries):
    client.get("/en/resources/none/")
    with django_assert_max_num_queries(30):
        client.get("/en/" + "a/" * 500)


TAKEN = {"slug": ["This was the address of another record and leads to it for ever. Choose another."]}


def problems(record, slug) -> dict:
    """What is said of a record under another slug."""
    record = type(record).objects.get(pk=record.pk)
    record.slug = slug
    try:
        record.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def test_the_old_address_of_a_record_is_no_other_ones(site, work, rename):
    other, person = factories.ResourceFactory(slug="other"), factories.TermFactory(person__slug="ada").person
    rename(work, "b")
    rename(work, "c")
    assert [problems(other, slug) for slug in ("roots", "b", "free")] == [TAKEN, TAKEN, {}]
    assert [problems(work, slug) for slug in ("roots", "b", "c", "free")] == [{}] * 4  # its own it may have back
    assert problems(person, "roots") == {}  # elsewhere the same word is another address
    with pytest.raises(ValidationError) as raised:
        type(work)(title="New", slug="roots", type=work.type).full_clean()
    assert raised.value.message_dict == TAKEN


def test_under_a_renamed_landing_page_too(site, work, rename):
    rename(work, "b")
    rename(site["library", "en"], "library")
    assert problems(factories.ResourceFactory(), "roots") == TAKEN
    assert problems(work, "roots") == {}


def test_a_slug_that_stays_costs_one_statement(site, work, django_assert_num_queries):
    landmarks()
    with django_assert_num_queries(1):
        keep_old_addresses(work)
