from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler

from initiative.base.charsets import with_known_charsets

FORM = "application/x-www-form-urlencoded"


def ask(content_type, query=""):
    """The status of a form sent to the site's handler."""
    statuses = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/en/application/", "SCRIPT_NAME": "", "QUERY_STRING": query,
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": content_type,
        "HTTP_ORIGIN": "http://testserver", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(b"name=%C3%A9"), "CONTENT_LENGTH": "11",
    }  # fmt: skip
    application = with_known_charsets(WSGIHandler())
    body = application(environ, lambda status, headers: statuses.append((status, dict(headers))))
    return statuses[0][0], b"".join(body)


@pytest.mark.parametrize("encoding", ["base64", "idna", "IDNA", "utf-16", "us-ascii", "nonsense", '"punycode"'])
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"])
def test_an_encoding_that_no_page_has_is_refused_before_anything_is_read_in_it(encoding, kind):
    assert ask(f"{kind}; charset={encoding}", "onward=%2Fdesk%2F%2E%2E") == ("400 Bad Request", b"Bad request")


@pytest.mark.parametrize("named", ["charset*=nonsense''utf-8", "charset*=%00''x", "charset*=idna''a..b", "y*=bad'q'z"])
def test_a_name_in_an_encoding_that_nobody_knows_is_refused(named):
    assert ask(f"{FORM}; {named}") == ("400 Bad Request", b"Bad request")


def test_the_server_asks_no_other_way():
    from initiative.wsgi import application

    statuses = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "SERVER_NAME": "testserver",
        "CONTENT_TYPE": f"{FORM}; charset=idna",
    }
    assert b"".join(application(environ, lambda status, headers: statuses.append(status))) == b"Bad request"
    assert statuses == ["400 Bad Request"]


@pytest.mark.parametrize("content_type", [FORM, f"{FORM}; charset=UTF-8", f'{FORM}; charset="utf-8"'])
def test_what_browsers_and_programs_send_is_read(site, content_type):
    assert ask(content_type, "onward=%2Fdesk%2F")[0] == "200 OK"
