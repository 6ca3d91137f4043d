"""Portuguese is added to a copy of the project and of a living site, by the steps of docs/i18n.md and nothing else."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.db import connection

from tests.reading import Reading, words

pytestmark = [pytest.mark.language, pytest.mark.django_db]

_NOT_COPIED = (".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "*.mo")
_OURS = ("DATABASE_URL", "DATA_DIR", "STATIC_ROOT", "MEDIA_ROOT", "DJANGO_SETTINGS_MODULE", "SITE_URL", "ALLOWED_HOSTS")

_ONE_LINE = ('("ar", _("Arabic"))', '("ar", _("Arabic")), ("pt", _("Portuguese"))')
_PORTUGUESE = {
    "Skip to content": "Ir para o conteúdo",
    "not translated yet": "ainda não traduzida",
    "This page has not been translated yet. Its text is shown in %(language)s.": (
        "Esta página ainda não foi traduzida. O texto é mostrado em %(language)s."
    ),
}

# Runs there: asks for addresses as a reader does.
_ASK = """
import json, sys
from django.test import Client
client = Client(headers={"host": "localhost"})
answers = {path: client.get(path) for path in json.loads(sys.stdin.read())}
print(json.dumps({path: [answer.status_code, answer.content.decode()] for path, answer in answers.items()}))
"""
# Runs there: what translators will do, to the home page and one work.
_TRANSLATE = """
from wagtail.actions.convert_alias import ConvertAliasPageAction
from initiative.models import HomePage
from resources.models import Resource
home = HomePage.objects.get(locale__language_code="pt")
ConvertAliasPageAction(home).execute(skip_permission_checks=True)
home = HomePage.objects.get(pk=home.pk)
home.title, home.introduction = "Solos", "O que guardam os solos."
home.save_revision().publish()
work = Resource.objects.live().order_by("pk").first()
work.abstract_pt = "Um inventário de turfeiras."
work.save_revision().publish()
print(work.slug)
"""


class Project:
    """A copy of the project with data of its own."""

    def __init__(self, folder: Path):
        shutil.copytree(settings.BASE_DIR, folder, ignore=shutil.ignore_patterns(*_NOT_COPIED))
        self.folder = folder
        self.data = folder / "var"
        self.data.mkdir()
        self.environment = {name: value for name, value in os.environ.items() if name not in _OURS}

    def run(self, *command: str, said: str = "", **environment) -> str:
        """What a command says; AssertionError with its complaint where it fails."""
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment | environment, input=said, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def manage(self, *arguments: str, **more) -> str:
        return self.run(sys.executable, "manage.py", *arguments, **more)

    def _answers(self, *paths: str) -> dict[str, bytes]:
        answers = json.loads(self.manage("shell", "-v", "0", "-c", _ASK, said=json.dumps(paths)))
        assert {path: status for path, (status, _page) in answers.items()} == dict.fromkeys(paths, 200)
        return {path: page.encode() for path, (_status, page) in answers.items()}

    def ask(self, *paths: str) -> dict[str, Reading]:
        """Path → the page there."""
        return {path: Reading(SimpleNamespace(content=page)) for path, page in self._answers(*paths).items()}

    def listed(self) -> set[str]:
        """The Portuguese addresses in the sitemap."""
        sitemap = self._answers("/sitemap.xml")["/sitemap.xml"]
        found = {entry.text for entry in ElementTree.fromstring(sitemap).iterfind("{*}url/{*}loc")}
        assert len(found) > 100
        return {path for address in found if (path := address.partition("localhost:8000")[2]).startswith("/pt/")}

    def messages(self) -> None:
        """`make messages`, with the environment that is there."""
        environment = Path(sys.prefix)
        stamp = environment / "development.stamp"
        self.run("make", "--old-file", str(stamp), "messages", f"VENV={environment}")


@pytest.fixture(scope="module")
def project(tmp_path_factory, django_db_setup, django_db_blocker) -> Project:
    """A site in four languages with its starter content, and the code it runs on."""
    if connection.vendor != "sqlite":
        pytest.skip("The copy has a database of its own, which only SQLite makes without a server.")
    made = Project(tmp_path_factory.mktemp("portuguese") / "project")
    with django_db_blocker.unblock(), closing(sqlite3.connect(made.data / "db.sqlite3")) as file:
        assert connection.is_in_memory_db(), "that is no test database"
        connection.ensure_connection()
        connection.connection.backup(file)
    made.manage("load_starter_content", "-v", "0")
    return made


@pytest.fixture(scope="module")
def portuguese(project) -> str:
    """The four steps of the site itself, without nginx’s; what `add_locale` says."""
    # 1
    file = project.folder / "initiative" / "settings.py"
    before = file.read_text(encoding="utf-8")
    assert before.count(_ONE_LINE[0]) == 1
    file.write_text(before.replace(*_ONE_LINE), encoding="utf-8")
    # 2
    _translate_the_interface(project)
    # 3
    project.manage("makemigrations", "-v", "0")
    project.manage("migrate", "-v", "0")
    # 4
    said = project.manage("add_locale", "pt")
    project.manage("collectstatic", "--no-input", "-v", "0")
    return said


def _translate_the_interface(project) -> None:
    file = project.folder / "locale" / "pt" / "LC_MESSAGES" / "django.po"
    if shutil.which("xgettext"):
        project.messages()
    else:
        # Collecting needs gettext, which isn't everywhere; the sentences are those of any other language.
        file.parent.mkdir(parents=True)
        shutil.copy(project.folder / "locale" / "fr" / "LC_MESSAGES" / "django.po", file)
    with file.open("rb") as there:
        catalog = read_po(there, locale="pt")
    assert len(catalog) > 1_000
    for message in catalog:
        if message.id:
            empty = "" if isinstance(message.id, str) else ("",) * catalog.num_plurals
            message.string = _PORTUGUESE.get(message.id, empty) if isinstance(message.id, str) else empty
    with file.open("wb") as there:
        write_po(there, catalog)
    project.manage("compile_translations")


def test_everything_is_there_in_the_best_other_language(project, portuguese):
    lines = portuguese.splitlines()
    assert lines[0] == "Português: a new locale."
    pages, _words, there = lines[1].partition(" pages, ")
    assert there == f"{pages} of them in its tree."
    assert lines[2].endswith(" sentences of the interface are still to translate.")

    found = project.ask("/pt/", "/pt/resources/", "/pt/search/?q=sequestration&kind=resource", "/en/")
    home = found["/pt/"]
    assert home.language == ("pt", "ltr")
    assert home.main_language == ("en", "ltr")
    assert home.canonical == "/en/"
    assert home.notice.startswith("Esta página ainda não foi traduzida. O texto é mostrado em inglês.")
    assert words(home.soup.select_one("a.skip")) == "Ir para o conteúdo"
    assert list(home.languages) == ["en", "fr", "es", "ar", "pt"]
    assert [words(row) for row in home.soup.select("#languages-foot [aria-current]")] == ["Português"]
    assert "pt" not in found["/en/"].hreflang
    assert found["/en/"].untranslated == ["pt"]
    assert found["/en/"].languages["pt"] == "/pt/"

    hits = found["/pt/search/?q=sequestration&kind=resource"].main.select("li.hit h3 a")
    assert hits
    assert {hit["href"].rpartition("/")[0].rpartition("/")[0] for hit in hits} == {"/pt/resources"}
    (first, *_others) = project.ask(hits[0]["href"]).values()
    assert (first.language, first.main_language) == (("pt", "ltr"), ("en", "ltr"))
    assert project.listed() == set()


def test_what_is_translated_is_announced_and_found(project, portuguese):
    slug = project.manage("shell", "-v", "0", "-c", _TRANSLATE).strip()
    work = f"/pt/resources/{slug}/"
    assert project.listed() == {"/pt/", work}
    found = project.ask("/pt/", "/en/", work, "/pt/search/?q=turfeira&kind=resource")
    assert (found["/pt/"].main_language, found["/pt/"].notice, found["/pt/"].canonical) == ((None, None), "", "/pt/")
    assert found["/en/"].hreflang["pt"] == "/pt/"
    assert found["/en/"].untranslated == []
    assert "Um inventário de turfeiras." in found[work].text
    # One word of it, in another number than it was written in.
    assert [hit["href"] for hit in found["/pt/search/?q=turfeira&kind=resource"].main.select("li.hit h3 a")] == [work]


def test_its_translators_have_a_group_and_nothing_is_left_to_migrate(project, portuguese):
    groups = (
        "from django.contrib.auth.models import Group; print(*Group.objects.values_list('name', flat=True), sep='\\n')"
    )
    assert "Translators (Portuguese)" in project.manage("shell", "-v", "0", "-c", groups).splitlines()
    assert project.manage("makemigrations", "--check", "--dry-run").strip() == "No changes detected"


def test_a_new_site_has_it_from_its_first_day(project, portuguese):
    """All migrations, from the first one, with the language in the settings."""
    data = project.data / "new"
    data.mkdir()
    project.manage("migrate", "-v", "0", DATA_DIR=str(data))
    with closing(sqlite3.connect(data / "db.sqlite3")) as file:
        columns = {row[1] for row in file.execute("PRAGMA table_info(resources_resource)")}
    assert {"abstract_en", "abstract_pt"} <= columns
