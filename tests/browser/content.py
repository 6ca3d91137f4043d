"""What stands on the site that the browser tests visit: every page type and record, in every language where
it is written in more than one, with every block and texts long enough to be in the way."""

import io
import json

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from initiative.models import MenuItem, Place, StandardPage
from partners.models import Declaration, Membership
from tests.conftest import Pages
from tests.factories import (
    LANDINGS,
    CollegeFactory,
    CommitmentFactory,
    CriterionFactory,
    CriterionGroupFactory,
    GoalFactory,
    GovernanceBodyFactory,
    JointDeclarationFactory,
    MeetingFactory,
    OrganisationFactory,
    PersonFactory,
    ResearchPriorityFactory,
    ResourceFactory,
    ResourceTypeFactory,
    StatisticFactory,
    TermFactory,
    TestimonialFactory,
    TombstoneFactory,
    TopicFactory,
    add_article,
    add_event,
    add_page,
    add_priority_page,
    make_site,
)

PASSWORD = "a long password for tests"
LANGUAGES = ("en", "fr", "ar", "es")
TITLES = {
    "en": "Soils for food security and climate, read downwards",
    "fr": "Des sols pour la sécurité alimentaire et le climat, lus vers le bas",
    "ar": "تربة من أجل الأمن الغذائي والمناخ",
    "es": "Suelos para la seguridad alimentaria y el clima, leídos hacia abajo",
}
SENTENCES = {
    "en": "Roots leave carbon behind; a thousand grains of it are counted, and four of them are lit.",
    "fr": "Les racines laissent du carbone ; on en compte mille grains, dont quatre sont éclairés.",
    "ar": "تترك الجذور الكربون وراءها، ونعد منه ألف حبة، أربع منها مضيئة.",
    "es": "Las raíces dejan carbono; se cuentan mil granos, y cuatro de ellos están encendidos.",
}
WORK = ["roots", "compost", "grassland", "peat", "biochar", "hedges"]


def build() -> dict:
    """Fill the database: (role, language) → primary key of the page. Users are called by their group, in small letters."""
    keys = {key: page.pk for key, page in make_site().items()}
    pages = Pages(keys)
    _users()
    records = _records()
    body = _body(pages, _image(), _document())
    for code in LANGUAGES:
        _write_landings(pages, code, body[code])
    for role, page in _add_pages(pages, records["priority"]).items():
        for code in LANGUAGES:
            # What only pages about the site itself may have.
            more = [_block("kept_data", {"title": TITLES[code]})] if role == "child" else []
            keys[role, code] = _page_in(page, code, json.dumps([*more, *json.loads(body[code])])).pk
    only = add_article(pages, slug="only", title=TITLES["en"], introduction=SENTENCES["en"], body=body["en"])
    only.save_revision().publish()
    keys |= {("only", page.locale.language_code): page.pk for page in only.get_translations(inclusive=True)}
    TombstoneFactory(slug="gone")
    for order, role in enumerate(("priorities", "committee", "news", "join"), start=2):
        MenuItem.objects.create(menu="header", page=pages[role, "en"], order=order)
    for menu, role in (("explore", "library"), ("take_part", "join"), ("about", "governance"), ("legal", "about")):
        MenuItem.objects.create(menu=menu, page=pages[role, "en"])
    return keys


def _users():
    users = get_user_model().objects
    users.create_superuser("admin", "admin@example.org", PASSWORD)
    for name in ("Editors", "Moderators"):
        user = users.create_user(name.lower())
        user.groups.add(Group.objects.get(name=name))
    for name, group in (("moderatrice", "Moderators"), ("traductrice", "Translators (French)")):
        french = users.create_user(name, password=PASSWORD)
        french.groups.add(Group.objects.get(name=group))
        UserProfile.objects.create(user=french, preferred_language="fr")


def _image() -> Image:
    file = io.BytesIO()
    Picture.new("RGB", (640, 400), (120, 80, 50)).save(file, "PNG")
    return Image.objects.create(title="Ground", file=ContentFile(file.getvalue(), "ground.png"))


def _document() -> Document:
    return Document.objects.create(title="A handbook", file=ContentFile(b"%PDF-1.4", "handbook.pdf"))


def _texts(**fields) -> dict:
    """A translated field in each language: `name="Peat"` → `{"name_en": "Peat", "name_fr": "Peat (fr)", …}`."""
    return {
        f"{field}_{code}": text if code == "en" else f"{text} ({code})"
        for field, text in fields.items()
        for code in LANGUAGES
    }


def _term(name: str) -> dict:
    """Name and slug of a type or topic in each language: Films, films; Films (fr), films-fr."""
    slugs = {f"slug_{code}": name.lower() if code == "en" else f"{name.lower()}-{code}" for code in LANGUAGES}
    return {**_texts(name=name), **slugs}


def _sentences(*fields) -> dict:
    return {f"{field}_{code}": SENTENCES[code] for field in fields for code in LANGUAGES}


def _records() -> dict:
    france, kenya = (Place.objects.get_or_create(code=code)[0] for code in ("FR", "KE"))
    person = PersonFactory(
        slug="ada-loam",
        family_name="Loam",
        country=france,
        **_texts(affiliation="An institute of soils"),
        **_sentences("biography"),
    )
    TermFactory(person=person, role="chair", start="2016")
    TermFactory(person=PersonFactory(), is_former=True, end="2018")
    MeetingFactory(place=kenya, **_texts(city="Nairobi"))
    organisation = OrganisationFactory(
        slug="soil-trust",
        name="The Soil Trust",
        country=kenya,
        website="https://example.org/",
        **_sentences("description"),
    )
    declaration = JointDeclarationFactory(**_texts(title="A declaration"), **_sentences("summary", "text"))
    Membership.objects.create(organisation=organisation, body="forum", since="2016")
    Declaration.objects.create(organisation=organisation, joint_declaration=declaration, signed="2016-11")
    priority = ResearchPriorityFactory(number=1, sector=2, key="measuring", **_texts(title="How much can be stored?"))
    GoalFactory(number=15, **_texts(title="Life on land"), **_sentences("contribution"))
    for number in (1, 2):
        StatisticFactory(value=150 * number, date=f"201{number + 5}", **_texts(label="partners", unit="partners"))
    GovernanceBodyFactory(decides=True, landmark="committee", **_texts(name="The Forum"), **_sentences("role"))
    GovernanceBodyFactory(**_texts(name="The Committee"), **_sentences("role"))
    CollegeFactory(**_texts(name="Research"))
    group = CriterionGroupFactory(**_texts(name="Safeguards"))
    CriterionFactory(group=group, **_texts(title="Rights to land are kept"), **_sentences("explanation"))
    CommitmentFactory(
        slug="cover-crops",
        organisation=organisation,
        baseline=10,
        target=40,
        start="2020",
        end="2030",
        unit="ha",
        priorities=[priority],
        **_texts(title="Cover every field in winter"),
        **_sentences("goal", "actions", "timetable", "resources"),
    )
    TestimonialFactory(
        slug="trust",
        organisation=organisation,
        source_url="https://example.org/",
        source_language="fr",
        **_sentences("stance"),
    )
    _library(person, organisation, priority, [france, kenya])
    return {"priority": priority}


def _library(person, organisation, priority, places):
    """Thirty works, so that there are two pages: articles and films, on roots and on peat."""
    article = ResourceTypeFactory(key="article", **_texts(singular="Article"), **_term("Articles"))
    film = ResourceTypeFactory(key="film", soil="podzol", **_texts(singular="Film"), **_term("Films"))
    topics = [TopicFactory(key=name.lower(), inclusion="roots", **_term(name)) for name in ("Roots", "Peat")]
    for number in range(30):
        code = LANGUAGES[number % 2]
        ResourceFactory(
            slug=f"work-{number}",
            title=f"{TITLES[code]}: {WORK[number % len(WORK)]} {number}",
            language=code,
            type=film if number % 3 == 0 else article,
            topics=[topics[number % 2]],
            people=[person],
            priorities=[priority],
            files=[{"url": f"https://example.org/{number}.pdf", "language": code}],
            issued=f"20{10 + number % 12}-05-31",
            container="A Journal of Soils",
            doi=f"10.1234/soil.{number}",
            access="open",
            licence="CC-BY-4.0",
            spotlight=number < 4,
            audiences=["farmers"] if number % 2 else ["researchers"],
            video_url="https://www.youtube.com/watch?v=abcdefghijk" if number == 0 else "",
            places=places,
            **_sentences("abstract"),
        )


def _block(kind: str, value) -> dict:
    return {"type": kind, "value": value}


def _body(pages, image, document) -> dict[str, str]:
    """Every block, per language."""
    bodies = {}
    for code in LANGUAGES:
        text, title = f"<p>{SENTENCES[code]}</p>", TITLES[code]
        link = {"label": title, "page": pages["library", "en"].pk, "url": ""}
        bodies[code] = json.dumps(
            [
                _block("text", f"<h2>{title}</h2>{text}<ul><li>{title}</li></ul><h3>{title}</h3>{text}"),
                _block("image", {"image": image.pk, "alt": title, "caption": title, "credit": "Ada Loam"}),
                _block(
                    "quote",
                    {"text": title, "attribution": "Ada Loam", "source": "https://example.org/", "language": ""},
                ),
                _block("statistics", {"title": title, "series": "partners"}),
                _block("call_to_action", {**link, "text": SENTENCES[code]}),
                _block("accordion", [{"title": title, "text": text}]),
                _block("table", {"caption": title, "table": _table(title)}),
                _block(
                    "video",
                    {"title": title, "url": "https://youtu.be/abcdefghijk", "still": image.pk, "transcript": title},
                ),
                _block("documents", [document.pk]),
                _block("cards", [{"title": title, "text": text, "page": link["page"], "url": ""}] * 2),
                _block("timeline", [{"date": "2015-12", "title": title, "text": text}] * 2),
                _block("goals", {"title": title}),
            ]
        )
    return bodies


def _table(title: str) -> dict:
    return {
        "data": [["", "A", "B"], [title, "12", "1,500"], [title, "7", "200"]],
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_caption": "",
    }


def _text(code: str) -> dict:
    return {"heading": TITLES[code], "introduction": SENTENCES[code]}


def _write_landings(pages, code, body):
    for role in ("home", *LANDINGS):
        page = pages[role, code]
        for name, value in _text(code).items():
            setattr(page, name, value)
        if hasattr(page, "body"):
            page.body = body
        if role == "home":
            _home(page, pages, code)
        page.save()


def _add_pages(pages, priority) -> dict:
    """The English pages that `make_site` doesn't make, by role."""
    return {
        "priority": add_priority_page(pages, priority, slug="priority"),
        "article": add_article(pages, slug="article", spotlight=True),
        "event": add_event(pages, slug="event", city="Nairobi", latitude=-1.3, longitude=36.8),
        "child": add_page(pages["about", "en"], StandardPage, title="Child", slug="child", show_in_menus=True),
    }


def _page_in(page, code, body):
    """The page in a language, written."""
    if code != "en":
        # Publishing has put an alias into every tree, which becomes the translation.
        page = page.get_translation(Locale.objects.get(language_code=code)).specific
        ConvertAliasPageAction(page).execute(skip_permission_checks=True)
    sentence = f"<p>{SENTENCES[code]}</p>"
    layers = {
        **dict.fromkeys(("question", "why", "known", "missing", "linked"), sentence),
        "gaps": json.dumps([_block("gap", TITLES[code])]),
        "why_notes": json.dumps([_block("text", sentence)]),
    }
    for name, value in {**_text(code), "title": TITLES[code], "body": body, **layers}.items():
        if hasattr(page, name):
            setattr(page, name, value)
    page.save_revision().publish()
    return page


def _home(page, pages, code):
    door = {
        "label": TITLES[code],
        "text": SENTENCES[code],
        "page": pages["library", "en"].pk,
        "url": "",
        "search": True,
    }
    page.explanation_heading = f"<p>{TITLES[code]} <i>4</i></p>"
    page.explanation = json.dumps([_block("part", {"title": TITLES[code], "text": f"<p>{SENTENCES[code]}</p>"})] * 3)
    page.doors = json.dumps([_block("door", {**door, "search": number == 0}) for number in range(3)])
    page.statistics_heading = f"<p>{TITLES[code]}</p>"
    page.statistics_note = f"<p>{SENTENCES[code]}</p>"
