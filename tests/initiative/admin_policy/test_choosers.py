"""Widgets of the admin say what is to be started, and no page of it has a script inside."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.panels import MultipleChooserPanel
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.images.widgets import AdminImageChooser
from wagtail.snippets.widgets import AdminSnippetChooser

from initiative.admin_policy.choosers import starter
from initiative.models import NewsArticlePage
from resources.models import ResourceType

TYPE, PAGE = AdminSnippetChooser(ResourceType), AdminPageChooser(NewsArticlePage)


def started(html: str) -> tuple[str, list]:
    """What the one starter in there calls, and with what."""
    assert "<script" not in html
    [template] = BeautifulSoup(html, "html.parser").select("template[data-controller=start]")
    return template["data-start-call-value"], json.loads(template["data-start-with-value"])


@pytest.mark.parametrize(
    ("script", "call"),
    [
        ('new Chooser("id_a", {"modalUrl": "/x/"});', ("Chooser", ["id_a", {"modalUrl": "/x/"}])),
        ('createTaskChooser("id_a\\"</template>");', ("createTaskChooser", ['id_a"</template>'])),
    ],
)
def test_a_call_is_said_in_attributes(script, call):
    assert started(starter(script)) == call


@pytest.mark.parametrize("script", ["", "a.b()", "one(1); two(2)", "one(two)", "one(1"])
def test_what_is_no_call_with_json_is_refused(script):
    with pytest.raises(ValueError, match="Not one call"):
        starter(script)


@pytest.mark.parametrize(
    ("widget", "call"),
    [
        (AdminDateInput(), "initDateChooser"),
        (AdminTimeInput(), "initTimeChooser"),
        (AdminDateTimeInput(), "initDateTimeChooser"),
        (AdminPageChooser(), "PageChooser"),
        (AdminImageChooser(), "ImageChooser"),
        (AdminTaskChooser(), "createTaskChooser"),
    ],
)
def test_widgets_are_started_by_name_for_their_field(db, widget, call):
    name, arguments = started(widget.render("rows-__prefix__-a", None, {"id": "id_rows-__prefix__-a"}))
    assert (name, arguments[0]) == (call, "id_rows-__prefix__-a")


@pytest.mark.parametrize(
    ("language", "texts", "page", "window"),
    [
        ("en", ("Choose: resource type", "Choose another: resource type", "Edit: resource type"), "Choose a page (News article)", "Choose"),
        ("fr", ("Choisir : type de ressource", "Choisir un autre élément : type de ressource", "Modifier : type de ressource"),
         "Choisissez une page (Actualité)", "Choisir"),
        ("es", ("Elegir: tipo de recurso", "Elegir otro elemento: tipo de recurso", "Editar: tipo de recurso"),
         "Seleccionar una página (Noticia)", "Seleccionar"),
        ("ar", ("اختيار: نوع مورد", "اختيار عنصر آخر: نوع مورد", "تعديل: نوع مورد"), "اختر صفحة (خبر)", "اختر"),
    ],
)  # fmt: skip
def test_choosers_speak_the_language_of_whoever_looks(language, texts, page, window):
    """Though they are made once, whoever comes first."""
    with override(language):
        assert tuple(map(str, (TYPE.choose_one_text, TYPE.choose_another_text, TYPE.link_to_chosen_text))) == texts
        assert str(PAGE.choose_one_text) == page
        assert str(ResourceType.snippet_viewset.chooser_viewset.page_title) == window


def test_what_a_form_wants_a_chooser_to_say_it_says():
    assert AdminSnippetChooser(ResourceType, choose_one_text="This").choose_one_text == "This"
    assert AdminPageChooser(NewsArticlePage, choose_one_text="That").choose_one_text == "That (News article)"


def test_a_chooser_without_an_id_is_refused(db):
    with pytest.raises(TypeError):
        AdminPageChooser().render("a", None)


@pytest.mark.parametrize(
    ("template", "call"),
    [
        ("wagtailadmin/panels/inline_panel.html", "InlinePanel"),
        (MultipleChooserPanel.BoundPanel.template_name, "MultipleChooserPanel"),
    ],
)
def test_rows_are_started_with_their_options(template, call):
    options = json.dumps({"formsetPrefix": "id_rows", "text": "l'eau \"</template>"})
    html = get_template(template).render(
        {"options_json": options, "chooser_widget_definition": {}, "self": {"formset": {"prefix": "rows"}}}
    )
    html = re.sub(r'<script [^>]*type="application/json">.*?</script>', "", html)
    html = re.sub(r'<template id="[^"]*">.*?</template>', "", html, flags=re.DOTALL)
    assert started(html) == (call, [json.loads(options)])


def test_pages_of_the_admin_have_no_script_inside(client, site):
    client.force_login(get_user_model().objects.create_superuser("ada", "", "soil is alive"))
    for path in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:add", args=["initiative", "newsarticlepage", site["news", "en"].pk]),
        reverse("wagtailsnippets_resources_resource:add"),
        reverse("wagtailadmin_workflows:add"),
    ):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        inside = [
            tag for tag in page.find_all("script") if not tag.get("src") and tag.get("type") != "application/json"
        ]
        assert inside == [], path
        assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")], path
