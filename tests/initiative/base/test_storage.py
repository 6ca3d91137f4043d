import json
import re

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client, override_settings

from initiative.base import storage
from initiative.base.assets import StylesheetError, join_stylesheets

FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {"staticfiles": {"BACKEND": "initiative.base.storage.StaticFilesStorage"}}


@pytest.fixture
def sources(tmp_path):
    files = {
        "css/site.css": '@layer base;\n@import url("fonts.css");\n@import url("parts/a.css") layer(base);\n',
        "css/fonts.css": '@font-face { src: url("../fonts/serif.woff2") format("woff2"); }\n',
        "css/parts/a.css": ".a { background: url('../../art/a.svg') }\n",
        "fonts/serif.woff2": "serif",
        "art/a.svg": "<svg/>",
        "js/site.js": 'const late = 2;\nif (late) import("./part.js");\n',
        "js/part.js": "// A part.\nconst late = 3;\n",
        "js/modules.js": (
            'import { open } from "./menu.js";\nimport("./late.js");\n'
            '/** @type {import("../absent").Type} */\nopen();\n'
        ),
        "js/menu.js": "export function open() {}\n",
        "js/late.js": "export const late = 1;\n" * 50,
    }
    for name, text in files.items():
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with override_settings(
        STATICFILES_DIRS=[tmp_path / "sources"],
        STATICFILES_FINDERS=FINDERS,
        STATIC_ROOT=tmp_path / "built",
        STORAGES=STORAGES,
        DEBUG=False,
    ):
        yield tmp_path / "sources"


@pytest.fixture
def built(tmp_path, sources):
    """Reads a built file by its source's name."""
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "built" / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    return lambda name: (tmp_path / "built" / names[name]).read_text(encoding="utf-8")


def test_a_page_needs_one_style_sheet_whose_addresses_are_hashed(built):
    style = built("css/site.css")
    assert "@import" not in style
    assert re.sub(r"\.[0-9a-f]{12}\.", ".HASH.", style) == (
        '@layer base;@font-face{src: url("../fonts/serif.HASH.woff2") format("woff2")}'
        '@layer base{.a{background: url("../art/a.HASH.svg")}}\n'
    )


def test_an_address_is_worked_out_once(built, monkeypatch):
    asked, stored_name = [], storage.StaticFilesStorage.stored_name

    def noted(self, name):
        asked.append(name)
        return stored_name(self, name)

    monkeypatch.setattr(storage.StaticFilesStorage, "stored_name", noted)
    files = storage.StaticFilesStorage()
    assert files.url("art/a.svg") == files.url("art/a.svg")
    assert re.fullmatch(r"/static/art/a\.[0-9a-f]{12}\.svg", files.url("art/a.svg"))
    assert asked == ["art/a.svg"]
    with pytest.raises(ValueError, match="nowhere"):
        files.url("art/nowhere.svg")


def test_once_files_are_collected_their_addresses_are_new(sources, built):
    before = staticfiles_storage.url("art/a.svg")
    (sources / "art" / "a.svg").write_text("<svg></svg>", encoding="utf-8")
    call_command("collectstatic", interactive=False, verbosity=0)
    assert staticfiles_storage.url("art/a.svg") != before


def test_modules_import_one_another_by_their_hashed_names(built):
    assert re.sub(r"\.[0-9a-f]{12}\.", ".HASH.", built("js/modules.js")) == (
        'import { open } from "./menu.HASH.js";\nimport("./late.HASH.js");\n'
        '/** @type {import("../absent").Type} */\nopen();\n'
    )


def test_the_script_has_its_parts_within(built):
    assert built("js/site.js") == "const late = 2;\nif (late) {\n// A part.\nconst late = 3;\n}\n"


def test_what_is_asked_for_is_compressed_and_nothing_else(tmp_path, built):
    packed = sorted(path.name for path in (tmp_path / "built" / "js").iterdir() if path.suffix in (".br", ".gz"))
    assert packed
    assert [name for name in packed if not re.fullmatch(r"\w+\.[0-9a-f]{12}\.js\.(br|gz)", name)] == []


def test_a_browser_never_asks_again_for_what_has_its_hash_in_its_name(tmp_path, built):
    hashed = json.loads((tmp_path / "built" / "staticfiles.json").read_text(encoding="utf-8"))["paths"]["js/menu.js"]
    kept = {}
    for name in (hashed, "js/menu.js"):
        response = Client().get(f"/static/{name}")
        assert response.getvalue()
        kept[name] = response.headers["Cache-Control"]
    assert kept == {hashed: "max-age=315360000, public, immutable", "js/menu.js": "max-age=60, public"}


def test_a_missing_part_stops_the_build_with_its_name(sources):
    (sources / "css/fonts.css").unlink()
    with pytest.raises(StylesheetError, match=r"css/site\.css imports css/fonts\.css, which is not there"):
        call_command("collectstatic", interactive=False, verbosity=0)


def test_the_fingerprint_changes_with_a_file_only(sources):
    before = storage.static_fingerprint()
    assert storage.static_fingerprint() == before
    (sources / "css/fonts.css").write_text("", encoding="utf-8")
    assert storage.static_fingerprint() != before


@pytest.mark.parametrize("name", storage.STYLESHEETS)
def test_a_real_style_sheet_can_be_joined(name):
    style = real_style_sheet(name)
    assert "@import" not in style
    assert style.startswith("@layer reset,tokens,base,layout,components,scripts,print;")
    assert style.count("{") == style.count("}")


def test_what_every_page_asks_for_comes_early():
    """Within the ten packets of 1,460 bytes that a server sends before it waits, with its headers, and on a slow line shared
    with fonts and a drawing within two round trips: by Lighthouse's reckoning the second is the narrower."""
    assert len(brotli.compress(real_style_sheet("css/site.css").encode())) < 12_400


def real_style_sheet(name: str) -> str:
    """A style sheet of the site as collectstatic joins it."""
    files = {
        path: (source, path)
        for finder in finders.get_finders()
        for path, source in finder.list([])
        if path.startswith("css/")
    }
    memory, path = storage._joined(name, join_stylesheets, files)
    with memory.open(path) as file:
        return file.read().decode()


def test_every_static_file_that_a_template_names_is_there():
    named = {
        (template.relative_to(settings.BASE_DIR).as_posix(), name)
        for template in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r"""{% static ["']([^"']+)["']""", template.read_text(encoding="utf-8"))
    }
    assert ("templates/partials/head.html", "css/site.css") in named
    assert sorted((template, name) for template, name in named if finders.find(name) is None) == []
