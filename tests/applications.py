"""A WSGI application that answers as it is told, and who asks one as a browser or a front does."""

from io import BytesIO
from types import SimpleNamespace

from initiative.base.freshness import cache_control

TEXT = b"Soil is alive. " * 100


class Answer(list):
    """What an application gives back, as Django's responses do."""

    streaming = False
    closed = False

    def close(self):
        self.closed = True


class Application:
    """Answers with what it is set to, and notes what it was asked."""

    def __init__(self):
        self.asked, self.given = [], []
        self.status, self.body, self.streaming = "200 OK", TEXT, False
        self.headers = {
            "Content-Type": "text/html",
            "Cache-Control": cache_control(),
            "ETag": '"a"',
            "Vary": "Accept-Encoding",
        }

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        start_response(self.status, [*self.headers.items(), ("Content-Length", str(len(self.body)))])
        answer = Answer([self.body])
        answer.streaming = self.streaming
        self.given.append(answer)
        return answer


class Browser:
    """Asks a WSGI application."""

    def __init__(self, application, host="localhost"):
        self.application, self.host = application, host

    def get(self, path, query="", method="GET", own=(), **headers):
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": self.host,
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "HTTP_HOST": self.host,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
            **dict(own),
        }
        said = SimpleNamespace()

        def start(status, headers, exc_info=None):
            said.status, said.headers = status, dict(headers)

        result = self.application(environ, start)
        said.body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return said
