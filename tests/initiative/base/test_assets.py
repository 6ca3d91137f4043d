import pytest

from initiative.base.assets import StylesheetError, join_stylesheets, minify


def reader(files):
    def read(name):
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return read


def test_imports_are_joined_in_the_order_of_the_contents_each_in_its_layer():
    files = {
        "css/site.css": '/* Contents */\n@layer base, components;\n@import url("fonts.css");\n'
        '@import url("base.css") layer(base);\n@import url("components/a.css") layer(components);\n',
        "css/fonts.css": '@font-face {\n  src: url("../fonts/serif.woff2") format("woff2");\n}\n',
        "css/base.css": "body {\n  margin: 0;\n}\n",
        "css/components/a.css": ".a {\n  color: red;\n}\n",
    }
    assert join_stylesheets("css/site.css", reader(files)) == (
        '@layer base,components;@font-face{src: url("../fonts/serif.woff2") format("woff2")}'
        "@layer base{body{margin: 0}}@layer components{.a{color: red}}\n"
    )


def test_addresses_are_made_relative_to_the_joined_file():
    files = {
        "css/site.css": '@import url("components/a.css");',
        "css/components/a.css": '.a { background: url(../../art/a.svg#b), url("/static/b.svg"), '
        "url(data:image/png;base64,AA), url(#c) }",
    }
    assert join_stylesheets("css/site.css", reader(files)) == (
        '.a{background: url("../art/a.svg#b"),url("/static/b.svg"),url("data:image/png;base64,AA"),url("#c")}\n'
    )


def test_an_imported_file_may_import_others_and_a_media_query_stays():
    files = {
        "css/site.css": '@import "parts/all.css" layer(print) print and (width > 20rem);',
        "css/parts/all.css": '@charset "utf-8";\n@import url(one.css);\n.all { top: 0 }',
        "css/parts/one.css": '.one { background: url("one.svg") }',
    }
    assert join_stylesheets("css/site.css", reader(files)) == (
        '@media print and (width > 20rem){@layer print{.one{background: url("parts/one.svg")}.all{top: 0}}}\n'
    )


def test_a_comment_is_never_followed():
    files = {"css/site.css": '/* @import url("gone.css"); url(gone.svg) */ .a { top: 0 }'}
    assert join_stylesheets("css/site.css", reader(files)) == ".a{top: 0}\n"


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        ('@import url("gone.css");', "css/site.css imports css/gone.css, which is not there."),
        ('@import url("https://example.org/a.css");', "pages ask nothing of other sites"),
        ('@import url("//example.org/a.css");', "pages ask nothing of other sites"),
        ('@import url("/static/a.css");', "pages ask nothing of other sites"),
        ('@import url("a.css") supports(display: grid);', "only layer"),
        ('@import url("site.css");', "css/site.css imports css/site.css: a circle."),
        ('@import url("back.css");', "css/site.css imports css/back.css imports css/site.css: a circle."),
    ],
)
def test_what_cannot_be_joined_is_refused_with_the_names(contents, reason):
    files = {"css/site.css": contents, "css/a.css": "", "css/back.css": '@import url("site.css");'}
    with pytest.raises(StylesheetError, match=reason.replace("(", r"\(")):
        join_stylesheets("css/site.css", reader(files))


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("a  >  b :hover ,\n c { color : red ; }", "a > b :hover,c{color : red}\n"),
        (".a::after { content: '/* ; } */  two'; }", ".a::after{content: '/* ; } */  two'}\n"),
        ("a { width: calc(1px  +  2px) }", "a{width: calc(1px + 2px)}\n"),
        ("a { --empty: ; --b: 1 }", "a{--empty:;--b: 1}\n"),
        ("/* one */ a /* two */ b { top: 0 /* three */ ; }\n\n", "a b{top: 0}\n"),
        ('a { background: url( "a  b.svg" ) }', 'a{background: url( "a  b.svg" )}\n'),
        ('a { content: "\\"}  " }', 'a{content: "\\"}  "}\n'),
        ("", "\n"),
    ],
)
def test_minify_drops_what_css_does_not_need(text, shorter):
    assert minify(text) == shorter
