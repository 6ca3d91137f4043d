"""What the forms of the admin offer to each group: facts, texts, review, publishing."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Revision

from initiative.models import Statistic
from partners.models import Organisation
from resources.models import Resource
from tests import factories
from tests.reading import words


@pytest.fixture
def member(client, site):
    """Sign in as a new member of a group."""

    def sign_in(group):
        user = get_user_model().objects.create_user(group, password="x")
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


def address(record, name="edit"):
    return reverse(type(record).snippet_viewset.get_url_name(name), args=[record.pk])


def form_of(client, record):
    response = client.get(address(record))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def tabs(form):
    return [words(tab).removesuffix(" ( )") for tab in form.select("[role=tab]")]


def names(form):
    """Names of the fields of the record in the form."""
    fields = form.select("[role=tabpanel] [name], form[data-edit-form] [name]")
    return {field["name"] for field in fields if not field["name"].startswith(("csrf", "action", "next", "loaded"))}


def texts(form):
    return {
        field["name"]: field.text.removeprefix("\n") or field.get("value", "")
        for field in form.select("[role=tabpanel] [name]")
    }


def actions(form):
    return {button["name"] for button in form.select("button[name^=action]")}


LANGUAGES = ["English", "Français", "Español", "العربية"]


def test_an_editor_may_submit_a_resource_and_a_moderator_publishes_it(member):
    resource = factories.ResourceFactory(title="Roots", abstract_en="Before.")
    editor = member("Editors")
    form = form_of(editor, resource)
    assert "action-submit" in actions(form)
    assert "action-publish" not in actions(form)
    data = filled(form) | {"abstract_en": "After.", "action-submit": "1"}
    assert editor.post(address(resource), data).status_code == 302
    resource.refresh_from_db()
    assert resource.abstract_en == "Before."
    assert resource.current_workflow_state.workflow.name == "Moderators approval"

    moderator = member("Moderators")
    form = form_of(moderator, resource)
    assert {"action-publish"} <= actions(form)
    task = resource.current_workflow_task_state
    path = reverse(Resource.snippet_viewset.get_url_name("workflow_action"), args=[resource.pk, "approve", task.pk])
    assert moderator.post(path, {}).status_code == 302
    resource.refresh_from_db()
    assert resource.abstract_en == "After."
    assert resource.current_workflow_state is None


def filled(form):
    """What a browser would send of the form."""
    data = {}
    for field in form.select("form[data-edit-form] input, form[data-edit-form] textarea, form[data-edit-form] select"):
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            data.setdefault(name, []).extend(
                option.get("value", words(option)) for option in field.select("option[selected]")
            )
        else:
            value = field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
            data.setdefault(name, []).append(value)
    return data


@pytest.mark.parametrize(
    "make",
    [
        factories.ResourceFactory,
        factories.OrganisationFactory,
        factories.CommitmentFactory,
        factories.TestimonialFactory,
    ],
)
def test_every_record_with_drafts_can_be_submitted_by_translators(member, make):
    record = make()
    assert "action-submit" in actions(form_of(member("Translators"), record))


def test_a_translator_sees_the_languages_and_nothing_else(member):
    resource = factories.ResourceFactory(files=[{"url": "https://example.org/a.pdf", "language": "fr"}])
    form = form_of(member("Translators"), resource)
    assert [tab for tab in tabs(form) if tab in ("Facts", *LANGUAGES)] == LANGUAGES
    expected = {f"{text}_{code}" for text in ("abstract", "title_translation") for code in factories.LANGUAGES}
    assert names(form) == expected


def test_who_may_add_sees_the_facts(member):
    form = form_of(member("Editors"), factories.ResourceFactory())
    assert tabs(form)[:5] == ["Facts", *LANGUAGES]
    assert {"title", "slug", "issued", "contributions-TOTAL_FORMS", "files-TOTAL_FORMS"} <= names(form)


def test_a_translator_changes_the_text_and_keeps_the_facts(member):
    topic, person = factories.TopicFactory(), factories.PersonFactory()
    resource = factories.ResourceFactory(
        title="Roots",
        abstract_fr="Avant.",
        topics=[topic],
        people=[person],
        files=[{"url": "https://example.org/a.pdf", "language": "fr"}],
    )
    client = member("Translators")
    data = filled(form_of(client, resource))
    data |= {
        "abstract_fr": "Après.",
        "title": "Rocks",
        "slug": "rocks",
        "topics": [],
        "contributions-TOTAL_FORMS": "0",
        "contributions-INITIAL_FORMS": "0",
        "action-submit": "1",
    }
    assert client.post(address(resource), data).status_code == 302
    draft = Revision.objects.for_instance(resource).latest("pk").as_object()
    assert draft.abstract_fr == "Après."
    assert (draft.title, draft.slug, draft.issued) == ("Roots", resource.slug, "2022-05-31")
    assert list(draft.topics.all()) == [topic]
    assert [contribution.person for contribution in draft.contributions.all()] == [person]
    assert [file.url for file in draft.files.all()] == ["https://example.org/a.pdf"]


def test_a_number_that_a_translator_sends_is_ignored(member):
    statistic = factories.StatisticFactory(value=735, label_en="partners")
    client = member("Translators")
    form = form_of(client, statistic)
    assert "value" not in names(form)
    data = filled(form) | {"label_fr": "partenaires", "value": "9", "key": "other"}
    assert client.post(address(statistic), data).status_code == 302
    after = Statistic.objects.get(pk=statistic.pk)
    assert (after.value, after.key, after.label_fr) == (735, statistic.key, "partenaires")


def test_a_translator_previews_the_text(member):
    resource = factories.ResourceFactory(abstract_fr="Avant.")
    client = member("Translators")
    path = reverse(Resource.snippet_viewset.get_url_name("preview_on_edit"), args=[resource.pk])
    sent = client.post(path, {"abstract_fr": "Pas encore.", "abstract_en": "", "title": ""})
    assert sent.json() == {"is_valid": True, "is_available": True}
    preview = BeautifulSoup(client.get(f"{path}?mode=fr").content, "html.parser")
    assert "Pas encore." in words(preview.main)
    assert words(preview.h1) == resource.title


def test_the_time_of_publishing_survives_a_translator(member):
    resource = factories.ResourceFactory(abstract_fr="Avant.")
    resource.expire_at = "2099-01-01T00:00Z"
    resource.save_revision().publish()
    client = member("Translators")
    data = filled(form_of(client, resource)) | {"abstract_fr": "Après.", "expire_at": ""}
    assert client.post(address(resource), data).status_code == 302
    draft = Revision.objects.for_instance(resource).latest("pk").as_object()
    assert (draft.abstract_fr, draft.expire_at.year) == ("Après.", 2099)


def test_an_editor_drafts_the_organisation_that_made_a_work(member):
    client = member("Editors")
    path = reverse(Organisation.snippet_viewset.get_url_name("add"))
    form = BeautifulSoup(client.get(path).content, "html.parser")
    assert "action-publish" not in actions(form)
    data = {
        name: ["0"]
        for name in names(form)
        if name.endswith(("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"))
    } | {"name": "Fictional Press", "slug": "fictional-press"}
    assert client.post(path, data).status_code == 302
    assert Organisation.objects.get(slug="fictional-press").live is False
