import pytest

from initiative.base.charsets import with_known_charsets

FORM = "application/x-www-form-urlencoded"


def ask(content_type):
    """What is answered to a form of this type: "asked" where the application is."""
    statuses = []
    application = with_known_charsets(lambda environ, start_response: [b"asked"])
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "SERVER_NAME": "testserver", "CONTENT_TYPE": content_type}
    body = b"".join(application(environ, lambda status, headers: statuses.append(status)))
    return [*statuses, body.decode()]


@pytest.mark.parametrize("encoding", ["base64", "idna", "IDNA", "utf-16", "us-ascii", "nonsense", '"punycode"'])
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"])
def test_an_encoding_that_no_page_has_is_refused_before_anything_is_read_in_it(encoding, kind):
    assert ask(f"{kind}; charset={encoding}") == ["400 Bad Request", "Bad request"]


@pytest.mark.parametrize("named", ["charset*=nonsense''utf-8", "charset*=%00''x", "charset*=idna''a..b", "y*=bad'q'z"])
def test_a_name_in_an_encoding_that_nobody_knows_is_refused(named):
    assert ask(f"{FORM}; {named}") == ["400 Bad Request", "Bad request"]


@pytest.mark.parametrize("content_type", ["", FORM, f"{FORM}; charset=UTF-8", f'{FORM}; charset="utf-8"', "no type"])
def test_what_browsers_and_programs_send_is_read(content_type):
    assert ask(content_type) == ["asked"]
