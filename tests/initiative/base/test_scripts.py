import pytest
from django.conf import settings

from initiative.base.scripts import ScriptError, join_scripts


def joined(files):
    def read(name):
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return join_scripts("js/site.js", read)


def test_parts_come_in_blocks_where_they_are_asked_for():
    files = {
        "js/site.js": 'const a = 1;\nif (a) import("./a.js");\nimport("./b.js");\nconst later = () => import("./b.js");\n',
        "js/a.js": "const b = a;\n",
        "js/b.js": "const a = 2;\n",
    }
    # What is wanted of a part, its exports or when it is there, only a module of its own can give.
    assert joined(files) == (
        'const a = 1;\nif (a) {\nconst b = a;\n}\n{\nconst a = 2;\n}\nconst later = () => import("./b.js");\n'
    )


@pytest.mark.parametrize("text", ['import "./c.js";', "export const a = 1;", "await b;", 'import { a } from "./c.js";'])
def test_a_part_that_can_t_stand_in_a_block_stops_the_build(text):
    with pytest.raises(ScriptError, match=r"js/a\.js imports, exports or awaits"):
        joined({"js/site.js": 'import("./a.js");', "js/a.js": f"let b;\n{text}\n"})


def test_a_missing_part_stops_the_build():
    with pytest.raises(ScriptError, match=r"js/site\.js imports js/gone\.js, which is not there"):
        joined({"js/site.js": 'import("./gone.js");'})


def test_the_real_script_has_all_its_parts():
    folder = settings.BASE_DIR / "static"
    script = join_scripts("js/site.js", lambda name: (folder / name).read_text())
    assert "import(" not in script
    assert script.count("[data-suggest]") == (folder / "js/site.js").read_text().count("[data-suggest]") + (
        folder / "js/suggest.js"
    ).read_text().count("[data-suggest]")
