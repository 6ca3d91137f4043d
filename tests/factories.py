"""Records and pages for tests, each valid as it comes."""

import datetime

import factory
from django.conf import settings
from wagtail.models import Locale, Page, Site

from committee.models import (
    CommitteePage,
    CriteriaPage,
    Criterion,
    CriterionGroup,
    Meeting,
    PrioritiesIndexPage,
    ResearchPriority,
    ResearchPriorityPage,
    Term,
)
from initiative.models import (
    College,
    EventIndexPage,
    EventPage,
    GovernanceBody,
    GovernancePage,
    HomePage,
    JoinPage,
    MenuItem,
    NewsArticlePage,
    NewsIndexPage,
    Person,
    Place,
    StandardPage,
    Statistic,
    SustainableDevelopmentGoal,
)
from partners.models import (
    Commitment,
    CommitmentsPage,
    JointDeclaration,
    Organisation,
    PartnersPage,
    ProgressReport,
    Testimonial,
    TestimonialsPage,
)
from resources.models import (
    Contribution,
    LibraryPage,
    ProblemReport,
    Resource,
    ResourceFile,
    ResourceType,
    Tombstone,
    Topic,
)

LANGUAGES = [code for code, _name in settings.LANGUAGES]

# role → (page type, slug per language; English serves for the rest)
LANDINGS = {
    "library": (LibraryPage, {"en": "resources", "fr": "ressources", "es": "recursos"}),
    "committee": (CommitteePage, {"en": "committee", "fr": "comite", "es": "comite"}),
    "priorities": (PrioritiesIndexPage, {"en": "research-priorities", "fr": "priorites", "es": "prioridades"}),
    "criteria": (CriteriaPage, {"en": "criteria", "fr": "criteres", "es": "criterios"}),
    "partners": (PartnersPage, {"en": "partners", "fr": "partenaires", "es": "socios"}),
    "commitments": (CommitmentsPage, {"en": "commitments", "fr": "engagements", "es": "compromisos"}),
    "testimonials": (TestimonialsPage, {"en": "testimonials", "fr": "temoignages", "es": "testimonios"}),
    "join": (JoinPage, {"en": "join", "fr": "rejoindre", "es": "unirse"}),
    "news": (NewsIndexPage, {"en": "news", "fr": "actualites", "es": "noticias"}),
    "events": (EventIndexPage, {"en": "events", "fr": "evenements", "es": "eventos"}),
    "governance": (GovernancePage, {"en": "governance", "fr": "gouvernance", "es": "gobernanza"}),
    "about": (StandardPage, {"en": "about", "fr": "a-propos", "es": "acerca"}),
}


def make_site() -> dict:
    """Home and landing pages in every language, published; the site starts at the English home page."""
    root = Page.get_first_root_node()
    pages, keys = {}, {}
    for code in LANGUAGES:
        locale, _made = Locale.objects.get_or_create(language_code=code)
        home = HomePage(title=f"Home {code}", slug=f"home-{code}", locale=locale)
        _same_key(home, keys, "home")
        root.add_child(instance=home)
        pages["home", code] = home
        for role, (model, slugs) in LANDINGS.items():
            pages[role, code] = add_page(
                home,
                model,
                title=f"{role.capitalize()} {code}",
                slug=slugs.get(code, slugs["en"]),
                keys=keys,
                role=role,
            )
    site = Site.objects.get(is_default_site=True)
    site.root_page = pages["home", "en"]
    site.save()
    # Wagtail's welcome page.
    Page.objects.filter(depth=2, slug="home").first().delete()
    for role in ("library", "partners"):
        MenuItem.objects.create(menu="header", page=pages[role, "en"])
    return pages


def _same_key(page, keys, role):
    if role in keys:
        page.translation_key = keys[role]
    else:
        keys[role] = page.translation_key


def add_page(parent, model, keys=None, role=None, **fields):
    """A published page below `parent`, in its language."""
    parent = Page.objects.get(pk=parent.pk)
    page = model(locale=parent.locale, **fields)
    if role:
        _same_key(page, keys, role)
    parent.add_child(instance=page)
    return page


def add_translation(page, language, **fields):
    """The same page written in another language, below the translation of its parent."""
    parent = page.get_parent().get_translation(Locale.objects.get(language_code=language))
    return add_page(parent, type(page), translation_key=page.translation_key, **fields)


def add_alias(page, language):
    """The page as it is shown in a language into which it isn't translated."""
    return (
        type(page).objects.get(pk=page.pk).copy_for_translation(Locale.objects.get(language_code=language), alias=True)
    )


def hide_everywhere(page):
    """Unpublish a page in every language; in one, its readers would be shown another."""
    for other in Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True).specific():
        Page.objects.get(pk=other.pk).specific.unpublish()


def add_article(site, language="en", **fields):
    """A news article."""
    number = NewsArticlePage.objects.count() + 1
    return add_page(
        site["news", language], NewsArticlePage, **{"title": f"Article {number}", "date": "2024-11-26", **fields}
    )


def add_event(site, language="en", **fields):
    """An event."""
    number = EventPage.objects.count() + 1
    return add_page(
        site["events", language], EventPage, **{"title": f"Event {number}", "date": "2024-11-26/2024-11-27", **fields}
    )


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place
        django_get_or_create = ("code",)

    code = "FR"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    given_name = "Ada"
    family_name = factory.Sequence(lambda n: f"Loam{n}")
    slug = factory.Sequence(lambda n: f"ada-loam-{n}")


class StatisticFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Statistic

    key = factory.Sequence(lambda n: f"statistic-{n}")
    series = "partners"
    value = factory.Sequence(lambda n: 100 + n)
    label = "partners"
    date = "2018-12"


class GoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SustainableDevelopmentGoal
        django_get_or_create = ("number",)

    number = 15
    title = "Life on land"
    named_by_initiative = True


class GovernanceBodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GovernanceBody

    key = factory.Sequence(lambda n: f"body-{n}")
    order = factory.Sequence(int)
    name = factory.Sequence(lambda n: f"Body {n}")
    role = "Looks after the ground."


class CollegeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = College

    key = factory.Sequence(lambda n: f"college-{n}")
    order = factory.Sequence(int)
    name = factory.Sequence(lambda n: f"College {n}")


class ResearchPriorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ResearchPriority

    key = factory.Sequence(lambda n: f"priority-{n}")
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Priority {n}")


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Term

    person = factory.SubFactory(PersonFactory)


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    number = factory.Sequence(lambda n: n + 1)
    date = "2016-11"
    city = "Marrakech"


class CriterionGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CriterionGroup

    number = factory.Sequence(lambda n: n + 1)
    key = factory.Sequence(lambda n: f"group-{n + 1}")
    name = factory.Sequence(lambda n: f"Group {n + 1}")


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    group = factory.SubFactory(CriterionGroupFactory)
    number = factory.Sequence(lambda n: f"{n // 9 + 1}.{n % 9 + 1}")
    title = factory.Sequence(lambda n: f"Criterion {n}")
    confirmed = True


class ResourceTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ResourceType

    key = factory.Sequence(lambda n: f"type-{n}")
    name = factory.Sequence(lambda n: f"Types {n}")
    singular = factory.Sequence(lambda n: f"Type {n}")
    slug = factory.Sequence(lambda n: f"type-{n}")


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    key = factory.Sequence(lambda n: f"topic-{n}")
    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Fictional Soil Trust {n}")
    slug = factory.Sequence(lambda n: f"fictional-soil-trust-{n}")
    type = "civil"
    listed = True
    description = "An organisation that exists only in tests."


class JointDeclarationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JointDeclaration

    key = factory.Sequence(lambda n: f"declaration-{n}")
    title = factory.Sequence(lambda n: f"Declaration {n}")


class CommitmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commitment

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"commitment-{n}")
    title = factory.Sequence(lambda n: f"Keep field {n} covered")
    goal = "Living cover all winter."


class ProgressReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgressReport

    commitment = factory.SubFactory(CommitmentFactory)
    reported_on = datetime.date(2024, 1, 1)
    value = 10
    state = "approved"


class TestimonialFactory(factory.django.DjangoModelFactory):
    __test__ = False  # its name doesn't make it a test

    class Meta:
        model = Testimonial

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"testimonial-{n}")
    stance = "Stands for soils."


class TombstoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tombstone

    slug = factory.Sequence(lambda n: f"gone-{n}")
    identity = factory.Sequence(lambda n: f"gone-{n}")
    title = factory.Sequence(lambda n: f"A withdrawn study {n}")
    language = "en"
    withdrawn_on = datetime.date(2024, 5, 31)
    reason = "errors"
    note = "Its tables were wrong."


class ProblemReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProblemReport

    resource = factory.SubFactory("tests.factories.ResourceFactory")
    title = factory.SelfAttribute("resource.title")
    problem = "link"
    text = "The second link is broken."
    language = "en"


class ResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Resource
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"A study of soil number {n}")
    slug = factory.Sequence(lambda n: f"study-{n}")
    abstract = "What roots leave behind."
    type = factory.SubFactory(ResourceTypeFactory)
    issued = "2022-05-31"

    @factory.post_generation
    def topics(self, create, given):
        if given:
            self.topics = given
        return given

    @factory.post_generation
    def priorities(self, create, given):
        if given:
            self.priorities = given
        return given

    @factory.post_generation
    def places(self, create, given):
        if given:
            self.places = given
        return given

    @factory.post_generation
    def people(self, create, given):
        if given:
            self.contributions = [Contribution(person=person, sort_order=n) for n, person in enumerate(given)]
        return given

    @factory.post_generation
    def files(self, create, given):
        if given:
            self.files = [ResourceFile(sort_order=order, **file) for order, file in enumerate(given)]
        return given

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        """Saved again once, and only where something was given: each time costs as much as the first."""
        if create and any(results.values()):
            instance.save()


def add_priority_page(site, priority, language="en", **fields):
    """The page of a research priority."""
    return add_page(
        site["priorities", language], ResearchPriorityPage, **{"title": priority.title, "priority": priority, **fields}
    )
