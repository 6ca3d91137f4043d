import io
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, ReferenceIndex, Site

from committee.models import Criterion, CriterionGroup, Meeting, ResearchPriority, Term
from initiative.models import (
    College,
    GovernanceBody,
    HomePage,
    MenuItem,
    Person,
    Place,
    Statistic,
    SustainableDevelopmentGoal,
)
from initiative.starter import files
from initiative.starter.pages import PageLoader, translation_key
from partners.models import JointDeclaration, Organisation
from partners.models import Testimonial as Stance
from resources.models import Resource, ResourceType, Topic
from tests.factories import LANGUAGES

FULL = ("en", "fr", "es")
# Names of the founding committee, and criteria, that the secretariat has still to confirm.
UNCONFIRMED_MEMBERS = [
    "Amiraslani",
    "Chenu",
    "Garcia",
    "Cardenas",
    "Kaonga",
    "Koutika",
    "Ladha",
    "Madari",
    "Smith",
    "Soudi",
    "Soussana",
    "Whitehead",
    "Wollenberg",
]

RECORDS = {
    "places": Place,
    "sdgs": SustainableDevelopmentGoal,
    "statistics": Statistic,
    "priorities": ResearchPriority,
    "resource_types": ResourceType,
    "topics": Topic,
    "people": Person,
    "organisations": Organisation,
    "resources": Resource,
    "terms": Term,
    "meetings": Meeting,
    "joint_declarations": JointDeclaration,
    "testimonials": Stance,
}


@pytest.fixture(autouse=True)
def _loaded(starter, db):
    """Every test here starts from the starter content."""


def load():
    """Run the command again; what it says."""
    out = io.StringIO()
    call_command("load_starter_content", stdout=out, no_color=True)
    return out.getvalue()


@pytest.mark.parametrize("name", RECORDS)
def test_everything_in_the_files_is_there(name):
    assert RECORDS[name].objects.count() == len(files.records(name)) > 0


def test_lists_of_two_parts_are_there_too():
    governance, criteria = files.records("governance"), files.records("criteria")
    assert (GovernanceBody.objects.count(), College.objects.count()) == (
        len(governance["bodies"]),
        len(governance["colleges"]),
    )
    assert (CriterionGroup.objects.count(), Criterion.objects.count()) == (
        len(criteria["groups"]),
        len(criteria["criteria"]),
    )


def test_every_page_is_live_in_every_language():
    names = files.page_names()
    for code in LANGUAGES:
        pages = Page.objects.filter(locale__language_code=code, depth__gt=1)
        assert pages.count() == len(names)
        assert not pages.filter(live=False).exists()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_is_a_fallback_exactly_where_it_is_not_written(code):
    locale = Locale.objects.get(language_code=code)
    for name in files.page_names():
        page = Page.objects.get(translation_key=translation_key(name), locale=locale)
        assert (page.alias_of_id is None) == (files.page(name, code) is not None), name
    if code in FULL:
        assert not Page.objects.filter(locale=locale, alias_of__isnull=False).exists()


def test_readers_of_arabic_are_served_french_where_there_is_no_arabic():
    fallbacks = Page.objects.filter(locale__language_code="ar", alias_of__isnull=False)
    assert fallbacks.exists()
    assert set(fallbacks.values_list("alias_of__locale__language_code", flat=True)) == {"fr"}


def test_the_site_starts_at_the_english_home_page_and_the_welcome_page_is_gone():
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get(locale__language_code="en")
    assert Page.objects.filter(depth=2).count() == len(LANGUAGES)


def test_the_header_has_the_six_ways_into_the_site():
    header = MenuItem.objects.filter(menu="header").order_by("order")
    roles = [item.page.specific.landmark for item in header]
    assert roles == ["library", "priorities", "committee", "partners", "news", "join"]
    assert MenuItem.objects.exclude(menu="header").exists()


def test_at_least_eight_standard_pages_and_a_page_for_each_question():
    assert apps.get_model("initiative.StandardPage").objects.filter(locale__language_code="en").count() >= 8
    for code in FULL:
        pages = apps.get_model("committee.ResearchPriorityPage").objects.filter(locale__language_code=code)
        assert sorted(page.priority.number for page in pages) == [1, 2, 3, 4]
        assert all(page.question and page.why and page.known and page.missing for page in pages)


TEXTS = [
    (Statistic, "label", LANGUAGES),
    (Statistic, "source", FULL),
    (SustainableDevelopmentGoal, "title", LANGUAGES),
    (GovernanceBody, "role", LANGUAGES),
    (College, "name", LANGUAGES),
    (ResearchPriority, "title", LANGUAGES),
    (ResourceType, "singular", LANGUAGES),
    (ResourceType, "slug", FULL),
    (Topic, "name", LANGUAGES),
    (Topic, "slug", FULL),
    (Resource, "abstract", FULL),
    (Meeting, "city", FULL),
    (Criterion, "title", FULL),
    (JointDeclaration, "summary", FULL),
    (Stance, "stance", FULL),
]


@pytest.mark.parametrize(("model", "field", "codes"), TEXTS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_every_record_speaks_its_languages(model, field, codes):
    for record in model.objects.all():
        silent = [code for code in codes if not getattr(record, f"{field}_{code}")]
        assert silent == [], f"{model.__name__} {record.pk}: {record}"


@pytest.mark.parametrize(
    ("model", "field"), [(Resource, "abstract"), (Stance, "stance"), (Organisation, "description")]
)
def test_texts_are_translations_and_no_copies(model, field):
    for record in model.objects.all():
        written = [text for code in FULL if (text := getattr(record, f"{field}_{code}"))]
        assert len(set(written)) == len(written), record


@pytest.mark.parametrize("code", ["fr", "es", "ar"])
def test_pages_are_translations_and_no_copies(code):
    for name in files.page_names():
        content, english = files.page(name, code), files.page(name, "en")
        if content:
            for part in ("introduction", "hero_text", "search_description", "body"):
                assert not content.get(part) or content[part] != english[part], (name, part)


def test_parts_of_a_page_have_the_same_ids_in_every_language():
    english = {page.translation_key: page for page in Page.objects.filter(locale__language_code="en").specific()}
    compared = 0
    for page in Page.objects.exclude(locale__language_code="en").filter(alias_of=None, depth__gt=1).specific():
        for field in (field for field in type(page)._meta.fields if isinstance(field, StreamField)):
            ours, theirs = (
                _ids(getattr(one, field.name).get_prep_value()) for one in (page, english[page.translation_key])
            )
            assert ours == theirs, (page, field.name)
            compared += len(ours)
    assert compared > 200


def _ids(raw) -> list:
    parts = raw if isinstance(raw, list) else []
    return [one for part in parts for one in ((part["type"], part["id"]), *_ids(part["value"]))]


def test_every_figure_has_a_date_and_a_source():
    for statistic in Statistic.objects.all():
        assert statistic.date, statistic
        assert statistic.source_en, statistic


def test_what_is_to_be_confirmed_stays_out():
    members = {term.person.family_name for term in Term.objects.select_related("person")}
    assert members == {"Rumpel", "Shirato", "Minasny"}
    assert not members & set(UNCONFIRMED_MEMBERS)
    shown = set(Criterion.objects.confirmed().values_list("number", flat=True))
    assert shown == {"1.1", "1.2", "1.3", "2.1", "2.2"}
    committee = files.page("committee", "en")
    for name in UNCONFIRMED_MEMBERS:
        assert name not in str(committee)


def test_no_note_to_ourselves_is_left_in_a_text():
    marks = re.compile(r"\[[MH]\]|\bTODO\b|\bFIXME\b|(?i:lorem ipsum|to be confirmed|à confirmer|por confirmar)")
    for code in LANGUAGES:
        for name in files.page_names():
            assert not marks.search(str(files.page(name, code))), (code, name)
        for name in (*RECORDS, "governance", "criteria"):
            assert not marks.search(str(files.texts(name, code))), (code, name)


def test_every_link_in_rich_text_leads_somewhere():
    """A page link keeps the id of a live page; a link to a resource, its address."""
    ids = set(Page.objects.live().values_list("pk", flat=True))
    resources = set(Resource.objects.live().values_list("slug", flat=True))
    seen = 0
    for page in Page.objects.exclude(depth=1).specific():
        for field in page._meta.concrete_fields:
            value = getattr(page, field.name)
            raw = str([block["value"] for block in value.raw_data] if isinstance(field, StreamField) else value or "")
            for link in BeautifulSoup(raw, "html.parser").find_all("a"):
                seen += 1
                if link.get("linktype") == "page":
                    assert int(link["id"]) in ids, page
                else:
                    assert link["href"].startswith(("https://", "http://", "mailto:", "/")), (page, link)
                    if found := re.fullmatch(r"/\w\w/(?:resources|ressources|recursos)/([\w-]+)/", link["href"]):
                        assert found[1] in resources, (page, link)
    assert seen > 50


def test_what_refers_to_what_is_complete():
    """As after Wagtail's own rebuild: the admin says where a page or record is used, and warns before it is deleted."""

    def index():
        return Counter(
            ReferenceIndex.objects.values_list("content_type", "object_id", "to_content_type", "to_object_id")
        )

    loaded = index()
    call_command("rebuild_references_index", verbosity=0)
    assert loaded == index()


def test_a_second_run_makes_nothing_and_leaves_alone_what_editors_changed():
    about = Page.objects.get(translation_key=translation_key("about/index"), locale__language_code="en").specific
    about.title = "Who we are"
    about.save_revision().publish()
    resource = Resource.objects.first()
    resource.abstract_fr, resource.spotlight = "Réécrit.", True
    resource.save_revision().publish()
    Statistic.objects.filter(pk=Statistic.objects.first().pk).update(label_es="reescrito")
    counts = {model: model.objects.count() for model in (*RECORDS.values(), Page, MenuItem)}

    said = load()
    assert "0 records and 0 pages are new." in said
    assert re.findall(r": (\d+) new", said) == ["0"] * 13
    assert {model: model.objects.count() for model in counts} == counts
    assert Page.objects.get(pk=about.pk).title == "Who we are"
    resource.refresh_from_db()
    assert (resource.abstract_fr, resource.spotlight) == ("Réécrit.", True)
    assert Statistic.objects.filter(label_es="reescrito").count() == 1


def test_what_is_missing_comes_back():
    Stance.objects.first().delete()
    Page.objects.get(translation_key=translation_key("about/strategy"), locale__language_code="es").delete()
    assert "1 records and 1 pages are new." in load()
    page = Page.objects.get(translation_key=translation_key("about/strategy"), locale__language_code="es")
    assert page.title == files.page("about/strategy", "es")["title"]


def test_after_an_error_nothing_has_happened(monkeypatch):
    Stance.objects.first().delete()
    before = (Stance.objects.count(), Page.objects.count())

    def fail(self):
        raise ValidationError("A file holds nonsense.")

    monkeypatch.setattr(PageLoader, "_menus", fail)
    with pytest.raises(ValidationError, match="A file holds nonsense"):
        load()
    assert (Stance.objects.count(), Page.objects.count()) == before


def test_a_file_that_editors_could_not_have_entered_stops_the_loading(monkeypatch):
    Statistic.objects.filter(key=files.records("statistics")[0]["key"]).delete()
    row = {**files.records("statistics")[0], "date": "last year"}
    read = files.records
    monkeypatch.setattr(files, "records", lambda name: [row] if name == "statistics" else read(name))
    with pytest.raises(ValidationError, match="is not a date"):
        load()
    assert not Statistic.objects.filter(key=row["key"]).exists()
