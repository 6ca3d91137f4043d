"""A page with a translation, and the translator's form as a browser would send it."""

import json

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Locale, Page

from initiative.blocks.text import FEATURES
from initiative.models import StandardPage
from initiative.translations.forms import field_name
from initiative.translations.models import Translation
from initiative.translations.tracking import refresh
from tests import factories

TEXT = "11111111-0000-4000-8000-000000000001"
OTHER = "11111111-0000-4000-8000-000000000002"
BODY = f"body__{TEXT}"
FRENCH = {"title": "Racines", "introduction": "Les racines ont 735 partenaires."}
WRITTEN = {**FRENCH, BODY: "<p>Elles descendent.</p>"}


def body(*texts):
    """A body of texts, with ids that are the same in every language."""
    keys = (TEXT, OTHER)
    return json.dumps(
        [{"type": "text", "value": f"<p>{text}</p>", "id": key} for key, text in zip(keys, texts, strict=False)]
    )


def make_english(site):
    """A page with an alias in each other language, as the admin makes it."""
    page = factories.add_page(
        site["home", "en"],
        StandardPage,
        title="Roots",
        slug="roots",
        introduction="Roots hold 735 partners.",
        body=body("Down they go."),
    )
    for code in ("fr", "es", "ar"):
        page.copy_for_translation(Locale.objects.get(language_code=code), alias=True)
    return page


def page_in(page, code):
    """The page's version in a language, as the database has it."""
    return Page.objects.get(translation_key=page.translation_key, locale__language_code=code).specific


def latest(thing):
    return type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()


def draft(thing, **fields):
    """Save a new draft of a page or record; its cells then."""
    thing = latest(thing)
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save_revision()
    return cells(thing)


def publish(thing, **fields):
    """The same, and publish it."""
    draft(thing, **fields)
    type(thing).objects.get(pk=thing.pk).latest_revision.publish()
    return cells(thing)


def begin(page, code):
    """What was an alias becomes a page of its own, still with the source's text."""
    own = page.get_translation(Locale.objects.get(language_code=code))
    own.alias_of = None
    own.live = False
    own.save()
    return own


def translate(page, code, **fields):
    own = begin(page, code)
    publish(own, **fields)
    return own


def cells(thing):
    """Language → cell of the board."""
    refresh(thing.subject)
    found = Translation.objects.filter(subject__subject=thing.subject).select_related("subject")
    return {cell.language: cell for cell in found}


def cell(thing, code="fr"):
    """The cell of one language."""
    return cells(thing)[code]


def states(thing):
    return {code: cell.state for code, cell in cells(thing).items()}


def member(*groups):
    """A new user in these groups."""
    user = get_user_model().objects.create_user("-".join(groups) or "nobody", password="x")
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def address(cell, name="translate"):
    return reverse(f"translations:{name}", args=[cell.pk])


def rich(html, features=None):
    """Rich text as the editor sends it."""
    return ContentstateConverter(features or FEATURES).from_database_format(html)


def sheet(client, cell) -> BeautifulSoup:
    """The page with the two languages side by side."""
    response = client.get(address(cell))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def sent(page: BeautifulSoup) -> dict:
    """What a browser would send of it, unchanged."""
    data = {}
    for one in page.select("form.tr-sheet input, form.tr-sheet textarea"):
        name = one.get("name")
        if name and not (one.get("type") == "checkbox" and not one.has_attr("checked")):
            data[name] = one.text.removeprefix("\n") if one.name == "textarea" else one.get("value", "")
    return data


def write(client, cell, step="save", done=(), removed=(), slug=None, **texts):
    """Fill the form as somebody would, and send it. Texts by path, with `__` for dots; those of the body as HTML."""
    data = sent(sheet(client, cell))
    for path, text in texts.items():
        name = f"text-{path}"
        assert name in data, sorted(data)
        data[name] = rich(text) if path.startswith("body__") else text
    data |= {field_name("done", path): "on" for path in done}
    data |= {field_name("removed", path): "on" for path in removed}
    data |= {"step": step} | ({} if slug is None else {"slug": slug})
    return client.post(address(cell), data)
