"""The admin of every kind of record: its list, its form with a tab per language, its preview, its menu."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from initiative.models import Person, Statistic
from resources.models import Resource
from tests import factories
from tests.reading import words

FACTORIES = {
    "Statistic": factories.StatisticFactory,
    "SustainableDevelopmentGoal": factories.GoalFactory,
    "GovernanceBody": factories.GovernanceBodyFactory,
    "College": factories.CollegeFactory,
    "Place": factories.PlaceFactory,
    "Person": factories.PersonFactory,
    "Term": factories.TermFactory,
    "Meeting": factories.MeetingFactory,
    "ResearchPriority": factories.ResearchPriorityFactory,
    "Criterion": factories.CriterionFactory,
    "CriterionGroup": factories.CriterionGroupFactory,
    "Resource": factories.ResourceFactory,
    "Tombstone": factories.TombstoneFactory,
    "ProblemReport": factories.ProblemReportFactory,
    "ResourceType": factories.ResourceTypeFactory,
    "Topic": factories.TopicFactory,
    "Organisation": factories.OrganisationFactory,
    "Commitment": factories.CommitmentFactory,
    "ProgressReport": factories.ProgressReportFactory,
    "Testimonial": factories.TestimonialFactory,
    "JointDeclaration": factories.JointDeclarationFactory,
}
# What isn't translated: names of places come from CLDR, a menu item's title is its page's.
WITHOUT_TEXTS = {"Place", "MenuItem", "ProblemReport"}
# What comes about elsewhere, and is never made by hand.
KEPT = {"Tombstone", "ProblemReport"}
MODELS = sorted(
    (model for model in get_snippet_models() if hasattr(model, "snippet_viewset")), key=lambda model: model.__name__
)


@pytest.fixture
def admin(client, site):
    """A client signed in as an administrator."""
    client.force_login(get_user_model().objects.create_superuser("admin", "", "x"))
    return client


@pytest.fixture
def record(site):
    def make(model):
        if model.__name__ == "MenuItem":
            return model.objects.first()
        return FACTORIES[model.__name__]()

    return make


def html(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def address(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def assert_speaks_arabic(admin, path):
    """The list has something in it, and nothing that an Arabic reader would find in English."""
    profile = UserProfile.get_for_user(get_user_model().objects.get(username="admin"))
    UserProfile.objects.filter(pk=profile.pk).update(preferred_language="ar")
    table = html(admin.get(path)).select_one("#listing-results table")
    UserProfile.objects.filter(pk=profile.pk).update(preferred_language="")
    heads = {words(head) for head in table.select("thead th")}
    assert {head for head in heads if re.search("[A-Za-z]", head)} == set()
    cells = {words(cell) for cell in table.select("tbody td")} - {""}
    assert cells
    assert cells & {"True", "False", "None"} == set()


def test_every_kind_of_record_is_in_the_admin():
    assert {model.__name__ for model in MODELS} >= set(FACTORIES) | {"MenuItem"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_its_list_and_forms_open(admin, record, model):
    made = record(model)
    assert_speaks_arabic(admin, address(model, "list"))
    added = [] if model.__name__ in KEPT else [address(model, "add")]
    for path in (*added, address(model, "edit", made.pk)):
        page = html(admin.get(path))
        tabs = [words(tab).removesuffix(" ( )") for tab in page.select("[role=tab]")]
        if model.__name__ in WITHOUT_TEXTS:
            assert "Français" not in tabs
            continue
        assert tabs[:5] == ["Facts", "English", "Français", "Español", "العربية"]
        arabic = page.select("[id$=-section] [lang=ar], [lang=ar]")
        assert {field.get("dir") for field in arabic} == {"rtl"}
        assert len(arabic) == len(page.select("[lang=fr]"))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_record_that_is_saved_unchanged_stays_as_it_was(admin, record, model):
    """Every field of the form comes back, and nothing valid is refused."""
    made = record(model)
    before = model._base_manager.filter(pk=made.pk).values().get()
    page = html(admin.get(address(model, "edit", made.pk)))
    response = admin.post(address(model, "edit", made.pk), _filled(page))
    assert response.status_code == 302, words(BeautifulSoup(response.content, "html.parser").select_one(".messages"))
    after = model._base_manager.filter(pk=made.pk).values().get()
    ignored = {"latest_revision_id", "has_unpublished_changes"}
    assert {name: after[name] for name in after if name not in ignored} == {
        name: before[name] for name in before if name not in ignored
    }


def _filled(page):
    """What a browser would send of the admin's edit form."""
    form = next(
        form
        for form in page.find_all("form")
        if form.get("method", "").lower() == "post" and form.select("[role=tabpanel], .w-panel, [data-contentpath]")
    )
    data = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            data.setdefault(name, []).extend(
                option.get("value", words(option)) for option in field.find_all("option", selected=True)
            )
        else:
            data.setdefault(name, []).append(
                field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
            )
    return data


def test_a_text_is_written_in_each_language_on_its_own_tab(admin, site):
    statistic = factories.StatisticFactory(label_en="partners")
    path = address(Statistic, "edit", statistic.pk)
    data = _filled(html(admin.get(path))) | {"label_fr": "partenaires", "label_es": "socios", "label_ar": "شركاء"}
    assert admin.post(path, data).status_code == 302
    statistic.refresh_from_db()
    assert [statistic.label_en, statistic.label_fr, statistic.label_es, statistic.label_ar] == [
        "partners",
        "partenaires",
        "socios",
        "شركاء",
    ]


def test_what_is_wrong_is_said_at_the_field(admin, site):
    statistic = factories.StatisticFactory()
    path = address(Statistic, "edit", statistic.pk)
    page = html(admin.post(path, _filled(html(admin.get(path))) | {"date": "last year"}))
    assert "“last year” is not a date. Write 2022, 2022-05" in words(page)
    assert page.find("input", {"name": "date"})["value"] == "last year"


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_a_resource_is_previewed_in_each_language_while_it_is_written(admin, site, code):
    resource = factories.ResourceFactory(title="Roots", abstract_en="Before.", abstract_fr="Avant.")
    data = _filled(html(admin.get(address(Resource, "edit", resource.pk))))
    data |= {"abstract_en": "Unsaved.", "abstract_fr": "Pas encore."}
    path = address(Resource, "preview_on_edit", resource.pk)
    assert admin.post(path, data).json() == {"is_valid": True, "is_available": True}
    preview = html(admin.get(f"{path}?mode={code}"))
    assert preview.html["lang"] == code
    text = {"en": "Unsaved.", "fr": "Pas encore.", "es": "Unsaved.", "ar": "Pas encore."}
    assert text[code] in words(preview.main)


def test_the_menu_is_in_the_words_of_the_secretariat(admin):
    page = html(admin.get("/admin/"))
    menu = str(page.find("script", id="wagtail-sidebar-props"))
    order = [menu.index(f'"{label}"') for label in ("Library", "Committee", "Partners", "Site")]
    assert all(position > 0 for position in order)


def test_people_are_found_by_name(admin):
    factories.PersonFactory(given_name="Ada", family_name="Loam")
    factories.PersonFactory(given_name="Bo", family_name="Clay")
    found = words(html(admin.get(address(Person, "list") + "?q=loam")).select_one("#listing-results table"))
    assert "Ada Loam" in found
    assert "Bo Clay" not in found


def test_a_page_is_edited_in_its_form_and_previewed(admin, site):
    page = site["about", "fr"]
    form = html(admin.get(f"/admin/pages/{page.pk}/edit/"))
    assert form.find("textarea", {"name": "introduction"}) is not None
    assert form.find("input", {"name": "heading"}) is not None


@pytest.mark.parametrize("role", ["home", *factories.LANDINGS])
def test_every_page_type_can_be_edited(admin, site, role):
    assert admin.get(f"/admin/pages/{site[role, 'es'].pk}/edit/").status_code == 200


@pytest.mark.parametrize(
    ("role", "model"),
    [
        ("news", "initiative/newsarticlepage"),
        ("events", "initiative/eventpage"),
        ("priorities", "committee/researchprioritypage"),
        ("about", "initiative/standardpage"),
        ("about", "initiative/governancepage"),
    ],
)
def test_every_page_type_below_a_landing_page_can_be_added(admin, site, role, model):
    assert admin.get(f"/admin/pages/add/{model}/{site[role, 'en'].pk}/").status_code == 200
