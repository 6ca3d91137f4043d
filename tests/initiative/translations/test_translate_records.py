"""A translation beside its source, in records: with drafts, and without."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from wagtail.models import GroupApprovalTask, ModelLogEntry, WorkflowTask

from initiative.models import Statistic
from initiative.translations.editions import open_edition
from initiative.translations.publishing import Step, keep
from resources.models import Resource
from tests import factories
from tests.initiative.translations.content import address, cells, draft, latest, member, sent, sheet, states, write
from tests.reading import words


@pytest.fixture
def resource(site):
    return factories.ResourceFactory(
        title="Roots", slug="roots", abstract_en="Roots hold 735 fields.", abstract_es="Las raíces."
    )


@pytest.fixture
def translator(client, site):
    client.force_login(member("Translators (French)"))
    return client


def test_the_fields_of_two_languages_stand_side_by_side(translator, resource):
    page = sheet(translator, cells(resource)["fr"])
    lines = [
        (words(line.select_one("h3")), words(line.select_one(".tr-side--source"))) for line in page.select(".tr-line")
    ]
    assert lines == [
        ("Translation of the title Not translated 1 word", "Roots"),
        ("Abstract Not translated 4 words", "Roots hold 735 fields."),
    ]


def test_a_draft_and_its_moderation_leave_the_rest_public(client, resource):
    client.force_login(member("Translators (French)"))
    assert (
        write(client, cells(resource)["fr"], "submit", abstract="Les racines tiennent 735 champs.").status_code == 302
    )
    resource.refresh_from_db()
    assert (resource.abstract_fr, resource.abstract_en, resource.live) == (None, "Roots hold 735 fields.", True)
    found = cells(resource)
    assert {code: (cell.state, cell.review) for code, cell in found.items()} == {
        "en": ("source", ""),
        "fr": ("draft", "waiting"),
        "es": ("current", ""),
        "ar": ("missing", ""),
    }
    client.force_login(member("Moderators"))
    assert write(client, found["fr"], "approve").status_code == 302
    resource.refresh_from_db()
    assert (resource.abstract_fr, resource.abstract_es) == ("Les racines tiennent 735 champs.", "Las raíces.")
    assert cells(resource)["fr"].state == "current"


def test_the_facts_and_the_other_languages_of_the_latest_draft_are_kept(translator, resource):
    draft(resource, abstract_ar="جذور", issued="2020")
    write(translator, cells(resource)["fr"], "save", abstract="Les racines.")
    kept = latest(resource)
    assert (kept.abstract_fr, kept.abstract_ar, kept.issued) == ("Les racines.", "جذور", "2020")


@pytest.mark.parametrize("step", ["publish", "approve", "approve twice"])
def test_only_this_language_goes_public_the_rest_stays_a_draft(client, site, step):
    if step == "approve twice":
        second = GroupApprovalTask.objects.create(name="Second reading")
        second.groups.add(Group.objects.get(name="Moderators"))
        WorkflowTask.objects.create(workflow=Resource.get_default_workflow(), task=second, sort_order=9)
    resource = factories.ResourceFactory(
        abstract_en="Roots.",
        abstract_es="Raíces.",
        topics=factories.TopicFactory.create_batch(2),
        files=[{"url": "https://example.org/a.pdf", "label_en": "slides"}],
    )
    label = f"files__{resource.files.get().pk}__label"
    unfinished = latest(resource)
    unfinished.abstract_en, unfinished.abstract_es, unfinished.issued = "Roots and", "Raíces y", "2020"
    unfinished.topics = unfinished.topics.all()[:1]
    file = unfinished.files.get()
    file.label_en = "unfinished"
    unfinished.files = [file]
    unfinished.save_revision()
    translator = member("Translators (French)")
    if step == "publish":
        translator.user_permissions.add(Permission.objects.get(codename="publish_resource"))
    client.force_login(translator)
    first = "publish" if step == "publish" else "submit"
    assert write(client, cells(resource)["fr"], first, abstract="Les racines.", **{label: "diapos"}).status_code == 302
    if step != "publish":
        client.force_login(member("Moderators"))
        assert write(client, cells(resource)["fr"], "approve").status_code == 302
    if step == "approve twice":
        assert Resource.objects.get(pk=resource.pk).abstract_fr is None
        assert write(client, cells(resource)["fr"], "approve").status_code == 302

    def told(one):
        file = one.files.get()
        texts = (one.abstract_en, one.abstract_fr, one.abstract_es, file.label_en, file.label_fr)
        return (*texts, one.issued, one.topics.count())

    public = Resource.objects.get(pk=resource.pk)
    assert told(public) == ("Roots.", "Les racines.", "Raíces.", "slides", "diapos", "2022-05-31", 2)
    assert told(latest(resource)) == ("Roots and", "Les racines.", "Raíces y", "unfinished", "diapos", "2020", 1)
    assert (public.live, public.has_unpublished_changes, public.current_workflow_state) == (True, True, None)
    assert public.live_revision_id != public.latest_revision_id
    # Nothing of the French waits; it was made from an English that isn't public yet.
    assert (cells(resource)["fr"].drafted, states(resource)["fr"]) == (None, "outdated")
    # Without anything else in the draft, nothing is left behind.
    public.latest_revision.publish()
    assert states(resource)["fr"] == "current"
    client.force_login(member("Moderators", "Translators"))
    write(client, cells(resource)["fr"], "publish", abstract="Des racines.")
    public.refresh_from_db()
    assert (public.abstract_fr, public.has_unpublished_changes) == ("Des racines.", False)


def test_a_record_that_isnt_public_doesnt_become_so_by_one_language(site, resource):
    edition = open_edition(cells(resource)["fr"])
    Resource.objects.filter(pk=resource.pk).update(live=False)
    with pytest.raises(PermissionDenied):
        keep(edition, member("Moderators"), Step.PUBLISH, edition.compose({"abstract": "Les racines."}))
    assert not Resource.objects.get(pk=resource.pk).live


def test_a_number_that_changed_is_shown_and_mended(client, resource):
    client.force_login(member("Moderators"))
    write(
        client,
        cells(resource)["fr"],
        "publish",
        abstract="Les racines tiennent 735 champs.",
        title_translation="Racines",
    )
    resource = latest(resource)
    resource.abstract_en = "Roots hold 736 fields."
    resource.save_revision().publish()
    page = sheet(client, cells(resource)["fr"])
    assert [words(line.select_one("h3")) for line in page.select(".tr-line--changed")] == [
        "Abstract Changed in the source +1 −1 words"
    ]
    write(client, cells(resource)["fr"], "publish", abstract="Les racines tiennent 736 champs.")
    assert cells(resource)["fr"].state == "current"


def test_a_record_without_drafts_is_public_once_it_is_saved(translator, site):
    statistic = factories.StatisticFactory(label_en="partners", value=735)
    page = sheet(translator, cells(statistic)["fr"])
    assert [words(button) for button in page.select(".tr-foot button")] == ["Save"]
    assert write(translator, cells(statistic)["fr"], "publish", label="partenaires").status_code == 302
    statistic = Statistic.objects.get(pk=statistic.pk)
    assert (statistic.label_fr, statistic.label_en, statistic.value) == ("partenaires", "partners", 735)
    assert cells(statistic)["fr"].state == "current"
    assert ModelLogEntry.objects.get().user.username == "Translators (French)"


def test_a_field_left_empty_falls_back_and_the_preview_says_so(translator, resource):
    data = sent(sheet(translator, cells(resource)["fr"])) | {"text-title_translation": "Racines"}
    shown = BeautifulSoup(translator.post(address(cells(resource)["fr"], "preview"), data).content, "html.parser")
    assert shown.html["lang"] == "fr"
    assert [words(item) for item in shown.select("aside .notice li")] == ["Abstract"]
    assert "Roots hold 735 fields." in words(shown.main)
    assert Resource.objects.get(pk=resource.pk).latest_revision is None


def test_a_slug_is_written_in_each_language(client, site):
    topic = factories.TopicFactory(name_en="Soil life", slug_en="soil-life")
    client.force_login(member("Translators"))
    write(client, cells(topic)["fr"], "publish", name="Vie du sol")
    topic.refresh_from_db()
    assert (topic.name_fr, topic.slug_fr, topic.slug_en) == ("Vie du sol", "vie-du-sol", "soil-life")
    write(client, cells(topic)["fr"], "publish", slug="la-vie-du-sol")
    topic.refresh_from_db()
    assert topic.slug_fr == "la-vie-du-sol"


def test_labels_of_files_are_written_too(client, site):
    resource = factories.ResourceFactory(
        abstract_en="Roots.", files=[{"url": "https://example.org/a.pdf", "label_en": "slides"}]
    )
    client.force_login(member("Moderators"))
    name = f"files__{resource.files.get().pk}__label"
    write(client, cells(resource)["fr"], "publish", abstract="Racines.", **{name: "diapositives"})
    assert Resource.objects.get(pk=resource.pk).files.get().label_fr == "diapositives"


def test_who_locked_it_keeps_others_from_writing(client, resource):
    resource.locked, resource.locked_by = True, member("Moderators")
    resource.save()
    client.force_login(member("Translators (French)"))
    page = sheet(client, cells(resource)["fr"])
    assert "locked" in words(page.select_one(".help-warning"))
    data = sent(page) | {"step": "save", "text-abstract": "Les racines."}
    assert client.post(address(cells(resource)["fr"]), data).status_code == 302
    assert cells(resource)["fr"].state == "missing"


def test_a_record_with_a_history_and_no_drafts_keeps_its_history(client, site):
    person = factories.PersonFactory(biography_en="She digs.")
    client.force_login(member("Moderators"))
    assert write(client, cells(person)["fr"], "publish", biography="Elle creuse.").status_code == 302
    person.refresh_from_db()
    assert (person.biography_fr, person.latest_revision.content["biography_fr"]) == ("Elle creuse.", "Elle creuse.")
    assert cells(person)["fr"].state == "current"
