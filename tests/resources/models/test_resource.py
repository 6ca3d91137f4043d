import pytest
import wagtail_factories
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from resources.models import Contribution, Resource
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    ResearchPriorityFactory,
    ResourceFactory,
    ResourceTypeFactory,
    TopicFactory,
    add_priority_page,
)
from tests.reading import nesting_mistakes, read, words


def made_by(*names, role="author", **fields):
    resource = ResourceFactory(**fields)
    resource.contributions = [
        Contribution(person=PersonFactory(given_name="", family_name=name), role=role, sort_order=order)
        for order, name in enumerate(names)
    ]
    resource.save()
    return resource


@pytest.mark.parametrize(
    ("count", "others", "byline"),
    [
        (0, False, ""),
        (0, True, ""),
        (1, False, "A1"),
        (1, True, "A1 and others"),
        (4, False, "A1, A2, A3, A4"),
        (5, False, "A1, A2, A3, A4, A5"),
        (5, True, "A1, A2, A3, A4 and others"),
        (6, False, "A1, A2, A3, A4 and others"),
    ],
)
def test_a_byline_names_five_or_four_and_others(db, count, others, byline):
    assert made_by(*(f"A{number}" for number in range(1, count + 1)), others=others).byline == byline


@pytest.mark.parametrize(
    ("role", "named"),
    [("author", "Ada"), ("editor", "Ada"), ("director", "Ada"), ("narrator", ""), ("publisher", ""), ("funder", "")],
)
def test_only_makers_stand_under_the_title(db, role, named):
    assert made_by("Ada", role=role).byline == named


def test_makers_stand_in_the_order_of_the_work(db):
    resource = made_by("Zoe", "Ada")
    resource.contributions.add(Contribution(organisation=OrganisationFactory(name="Trust"), sort_order=-1))
    resource.save()
    assert Resource.objects.get(pk=resource.pk).byline == "Trust, Zoe, Ada"


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({"container": "PNAS", "publisher": "NAS", "issued": "2022-05-31"}, ["PNAS", "31 May 2022"]),
        ({"publisher": "INRAE", "issued": "2019"}, ["INRAE", "2019"]),
        ({"container": "PNAS", "issued": ""}, ["PNAS"]),
        ({"issued": "2018-10-24/2018-10-26"}, ["24–26 October 2018"]),
        ({"issued": ""}, []),
    ],
)
def test_where_and_when_it_came_out(db, fields, parts):
    assert ResourceFactory(**fields).source_parts == parts


@pytest.mark.parametrize(("issued", "year"), [("2022-05-31", 2022), ("2019", 2019), ("2018/2020", 2018), ("", None)])
def test_its_year(db, issued, year):
    assert ResourceFactory(issued=issued).year == year


def test_newest_first_and_those_without_a_date_last(db):
    for issued in ("", "2019", "2022-05", "2022-06"):
        ResourceFactory(title=issued or "undated", issued=issued)
    assert [str(resource) for resource in Resource.objects.newest_first()] == ["2022-06", "2022-05", "2019", "undated"]


@pytest.mark.parametrize(
    ("files", "codes", "names"),
    [
        ([], ["es"], ["Spanish"]),
        ([{"language": "fr"}, {"language": "en"}, {"language": "fr"}], ["fr", "en"], ["French", "English"]),
        ([{"language": ""}], ["es"], ["Spanish"]),
        ([{"language": "pt-br"}], ["pt-br"], ["Brazilian Portuguese"]),
    ],
)
def test_the_languages_one_can_read_it_in(db, files, codes, names):
    resource = ResourceFactory(language="es", files=[{"url": "https://example.org/a.pdf", **file} for file in files])
    assert (resource.file_languages, resource.file_language_names) == (codes, names)


@pytest.mark.parametrize(
    "typed",
    [
        "10.1016/j.geoderma.2017.01.002",
        "https://doi.org/10.1016/j.geoderma.2017.01.002",
        "http://dx.doi.org/10.1016/j.geoderma.2017.01.002",
        " doi:10.1016/j.geoderma.2017.01.002 ",
        "doi: 10.1016/j.geoderma.2017.01.002",
    ],
)
def test_a_doi_is_kept_without_its_address(db, typed):
    resource = Resource(doi=typed)
    resource.clean()
    assert resource.doi == "10.1016/j.geoderma.2017.01.002"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (
            "issued",
            "May 2022",
            "“May 2022” is not a date. Write 2022, 2022-05, 2022-05-31, or two of them with a slash between.",
        ),
        ("language", "english", "“english” is no language code. Write en, fr, pt-br …"),
        ("url", "nonsense", "Enter a valid URL."),
        ("title", "", "This field cannot be blank."),
        ("slug", "with spaces", "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
        ("licence", "mine", "Value 'mine' is not a valid choice."),
    ],
)
def test_what_an_editor_is_told(db, field, value, message):
    fields = {"title": "A", "slug": "a", "type": ResourceTypeFactory(), field: value}
    with pytest.raises(ValidationError) as refusal:
        Resource(**fields).full_clean()
    assert refusal.value.message_dict == {field: [message]}


def test_two_resources_cannot_have_one_address(db):
    ResourceFactory(slug="roots")
    with pytest.raises(ValidationError) as refusal:
        Resource(title="Other", slug="roots", type=ResourceTypeFactory()).full_clean()
    assert refusal.value.message_dict == {"slug": ["Resource with this Slug already exists."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        ResourceFactory(slug="roots")


def test_a_contribution_is_by_a_person_or_an_organisation(db):
    resource = ResourceFactory()
    for wrong in ({}, {"person": PersonFactory(), "organisation": OrganisationFactory()}):
        with pytest.raises(ValidationError) as refusal:
            Contribution(resource=resource, **wrong).full_clean()
        assert refusal.value.messages == ["Choose a person or an organisation, one of the two."]
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.create(resource=resource, **wrong)
    right = Contribution(resource=resource, organisation=OrganisationFactory(name="Trust"), role="funder")
    right.full_clean()
    assert str(right) == "Trust (Funder)"


def test_what_others_stand_on_cannot_be_deleted(db):
    resource = made_by("Ada")
    for pillar in (resource.type, resource.contributions.first().person):
        with pytest.raises(ProtectedError):
            pillar.delete()


def test_its_cover_is_drawn_from_kind_topics_and_year_and_never_from_its_title(db):
    topics = [
        TopicFactory(inclusion="roots"),
        TopicFactory(inclusion=""),
        TopicFactory(inclusion="water"),
        TopicFactory(inclusion="stones"),
    ]
    resource = ResourceFactory(identity="item-7", type__soil="loess", topics=topics, issued="2019")
    before = resource.cover_parameters
    assert before == {"identity": "item-7", "soil": "loess", "inclusions": ["roots", "water"], "year": 2019}
    resource.title = "Corrected"
    assert resource.cover_parameters == before
    assert ResourceFactory(issued="").cover_parameters["year"] == 2015


def test_each_has_an_identifier_of_its_own_for_ever(db):
    first, second = ResourceFactory(), ResourceFactory()
    assert len({str(first.identity), str(second.identity)}) == 2
    kept = str(first.identity)
    first.save()
    assert str(Resource.objects.get(pk=first.pk).identity) == kept


TEXTS = {
    "en": ("Roots hold soil.", "31 May 2022", "English and Portuguese", "Agroforestry", "South Africa"),
    "fr": ("Les racines tiennent le sol.", "31 mai 2022", "anglais et portugais", "Agroforesterie", "Afrique du Sud"),
    "es": ("Las raíces sostienen el suelo.", "31 de mayo de 2022", "inglés y portugués", "Agroforestería", "Sudáfrica"),
    "ar": ("Les racines tiennent le sol.", "31 مايو 2022", "الإنجليزية والبرتغالية", "Agroforesterie", "جنوب أفريقيا"),
}
LIBRARY = {"en": "/en/resources/", "fr": "/fr/ressources/", "es": "/es/recursos/", "ar": "/ar/resources/"}


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_a_resource_in_each_language(client, site, code):
    priority = ResearchPriorityFactory(
        title_en="Storage", title_fr="Stockage", title_es="Almacenamiento", title_ar="تخزين"
    )
    page = add_priority_page(site, priority, "fr", slug="stockage")
    resource = ResourceFactory(
        slug="roots",
        title="Roots & soils",
        language="en",
        title_translation_fr="Racines et sols",
        title_translation_es="Raíces y suelos",
        abstract_en=TEXTS["en"][0],
        abstract_fr=TEXTS["fr"][0] + "\n\nEncore.",
        abstract_es=TEXTS["es"][0],
        type=ResourceTypeFactory(
            singular_en="Article",
            singular_fr="Article de revue",
            singular_es="Artículo",
            name_en="Articles",
            slug_en="articles",
            slug_fr="revues",
        ),
        issued="2022-05-31",
        container="PNAS",
        volume="12",
        issue="3",
        pages="45–67",
        doi="10.1000/182",
        isbn="978-3-16-148410-0",
        url="https://www.example.org/work",
        licence="CC-BY-4.0",
        access="open",
        topics=[
            TopicFactory(
                key="agroforestry",
                name_en="Agroforestry",
                name_fr="Agroforesterie",
                name_es="Agroforestería",
                slug_en="agroforestry",
                slug_fr="agroforesterie",
                slug_es="agroforesteria",
            )
        ],
        priorities=[priority],
        people=[PersonFactory(given_name="Ada", family_name="Loam")],
        files=[
            {"url": "https://example.org/a.pdf", "language": "en"},
            {"url": "https://example.org/b.pdf", "language": "pt", "label_en": "Translation", "label_fr": "Traduction"},
        ],
    )
    resource.places = [PlaceFactory(code="ZA")]
    resource.contributions.add(
        Contribution(organisation=OrganisationFactory(name="Trust"), role="funder", sort_order=9)
    )
    resource.save()

    abstract, date, file_languages, topic, place = TEXTS[code]
    shown = read(client, f"{LIBRARY[code]}roots/")
    assert shown.h1 == "Roots & soils"
    assert shown.main.h1.bdi["lang"] == "en"
    assert abstract in shown.text
    facts = list(shown.facts.values())
    comma = "،" if code == "ar" else ","
    for fact in (
        f"PNAS{comma} 12 (3): 45–67{comma} {date}",
        "Trust",
        file_languages[0].upper() + file_languages[1:],
        "CC BY 4.0",
        "10.1000/182",
        "978-3-16-148410-0",
        topic,
        place,
    ):
        assert fact.replace(" ", "") in [value.replace(" ", "") for value in facts]
    assert "Ada Loam" in shown.text
    assert shown.links["10.1000/182"] == "https://doi.org/10.1000/182"
    assert f"{LIBRARY[code]}?topic=" in shown.links[topic]
    assert shown.main.find("a", href="https://example.org/b.pdf")["hreflang"] == "pt"
    assert shown.canonical == f"{LIBRARY['fr' if code == 'ar' else code]}roots/"
    assert shown.hreflang == {other: f"{LIBRARY[other]}roots/" for other in ("en", "fr", "es")} | {
        "x-default": "/en/resources/roots/"
    }
    assert shown.languages == {other: f"{LIBRARY[other]}roots/" for other in LIBRARY}
    assert shown.untranslated == ([] if code == "ar" else ["ar"])
    assert shown.main_language == (("fr", "ltr") if code == "ar" else (None, None))
    assert nesting_mistakes(shown.html) == []
    if code == "fr":
        assert shown.main.find("p", string="Racines et sols") is not None
        assert shown.links["Stockage"] == page.get_path()
        assert shown.title.startswith("Racines et sols – ")
    if code == "en":
        assert "Storage" in shown.text
        assert "Storage" not in shown.links  # its page isn't written in English


def test_the_slug_of_a_topic_is_that_of_the_language(client, site):
    topic = TopicFactory(name_en="Water", name_fr="Eau", slug_en="water", slug_fr="eau")
    ResourceFactory(slug="roots", topics=[topic], abstract_fr="Texte.")
    assert read(client, "/en/resources/roots/").links["Water"] == "/en/resources/?topic=water"
    assert read(client, "/fr/ressources/roots/").links["Eau"] == "/fr/ressources/?topic=eau"


def test_an_abstract_in_another_language_is_marked_and_the_frame_stays_the_readers(client, site):
    ResourceFactory(slug="roots", abstract_en="Roots hold.", abstract_fr="")
    page = read(client, "/fr/ressources/roots/")
    assert page.main_language == ("en", "ltr")
    assert "anglais" in page.notice
    assert page.with_text("p", "Roots hold.").find_parent(lang=True)["lang"] == "en"
    assert page.main.find("dl").find_parent(lang=True)["lang"] == "fr"
    assert page.canonical == "/en/resources/roots/"


def test_paragraphs_of_an_abstract_stay_apart(client, site):
    ResourceFactory(slug="roots", abstract="First\nline.\n\nSecond <b>.")
    page = read(client, "/en/resources/roots/")
    assert page.with_text("p", "First line.").find_next_sibling("p").get_text() == "Second <b>."


def test_a_film_waits_until_it_is_asked_for(client, site):
    ResourceFactory(slug="film", title="Roots", video_url="https://youtu.be/dQw4w9WgXcQ")
    page = read(client, "/en/resources/film/")
    assert page.main.select_one("a[data-video]")["data-video"] == "dQw4w9WgXcQ"
    assert page.main.find("iframe") is None


def test_a_cover_that_was_uploaded_takes_the_place_of_the_drawing(client, site):
    ResourceFactory(slug="drawn")
    assert "Drawn from the record" in read(client, "/en/resources/drawn/").text
    ResourceFactory(slug="pictured", cover=wagtail_factories.ImageFactory())
    page = read(client, "/en/resources/pictured/")
    assert "Drawn from the record" not in page.text
    assert page.main.select_one("picture img")["alt"] == ""


def test_an_archived_resource_says_so(client, site):
    ResourceFactory(slug="old", archived=True)
    assert "Archived" in read(client, "/en/resources/old/").text


def test_what_lies_near_it(client, site):
    water, air = TopicFactory(), TopicFactory()
    ada = PersonFactory()
    ResourceFactory(slug="here", topics=[water, air], people=[ada])
    ResourceFactory(title="Both", topics=[water, air], issued="2010")
    ResourceFactory(title="Newer", topics=[water], issued="2020")
    ResourceFactory(title="Older", topics=[air], issued="2015")
    ResourceFactory(title="By Ada too", people=[ada], issued="2018")
    ResourceFactory(title="Left out", topics=[water], issued="2001")
    ResourceFactory(title="Archived", topics=[water, air], archived=True)
    ResourceFactory(title="Draft", topics=[water, air], live=False)
    ResourceFactory(title="Far", topics=[TopicFactory()])
    page = read(client, "/en/resources/here/")
    near = page.heading("Near this in the ground").find_parent("section")
    assert [words(tag) for tag in near.find_all("h3")] == ["By Ada too", "Both", "Older", "Newer"]


def test_without_topics_or_people_nothing_is_near(client, site):
    ResourceFactory(slug="alone")
    ResourceFactory()
    assert "Near this in the ground" not in read(client, "/en/resources/alone/").text


@pytest.mark.parametrize("fields", [{"live": False}, {"slug": "other"}])
def test_what_is_not_published_is_not_there(client, site, fields):
    ResourceFactory(**{"slug": "roots", **fields})
    assert client.get("/en/resources/roots/").status_code == 404


def test_publishing_a_draft_shows_it_and_unpublishing_hides_it(client, site):
    resource = ResourceFactory(slug="roots", live=False)
    resource.save_revision().publish()
    assert client.get("/en/resources/roots/").status_code == 200
    Resource.objects.get(pk=resource.pk).unpublish()
    assert client.get("/en/resources/roots/").status_code == 404


def test_a_draft_of_a_published_resource_is_seen_by_editors_only(client, site):
    resource = ResourceFactory(slug="roots", abstract="As published.")
    resource.abstract = "As drafted."
    resource.save_revision()
    assert "As published." in read(client, "/en/resources/roots/").text
    assert "As drafted." in resource.make_preview_request(preview_mode="en").content.decode()


def test_the_title_that_readers_search_engines_are_told_is_translated(db):
    resource = ResourceFactory(title="Roots", title_translation_fr="Racines", abstract_en="In English.")
    with translation.override("fr"):
        assert resource.get_head().title == "Racines"
    with translation.override("es"):
        head = resource.get_head()
        assert (head.description, head.type) == ("In English.", "article")


@pytest.mark.parametrize(("access", "is_open"), [("open", True), ("restricted", False), ("unknown", False)])
def test_only_what_is_known_to_be_open_is_called_open(access, is_open):
    assert Resource(access=access).is_open is is_open


def test_the_title_runs_in_the_direction_of_its_language():
    assert (Resource(language="ar").title_direction, Resource(language="fr").title_direction) == ("rtl", "ltr")
