"""A server on the loopback that speaks LibreTranslate's API."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LANGUAGES = [{"code": code, "name": code, "targets": ["en", "fr", "es"]} for code in ("en", "fr", "es")]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer(200, LANGUAGES) if self.path == "/languages" else self._answer(404, {"error": "Not found"})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        answer = self.server.translate(asked)
        if answer is None:
            self.server.free.wait()  # until the test ends: nobody answers
            return
        self._answer(*answer)

    def _answer(self, status, content):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/languages")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing on the terminal."""


class Server(ThreadingHTTPServer):
    """`asked`: the bodies that came; `translate`: (status, content) for one, None for no answer at all."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked, self.free = [], threading.Event()
        self.translate = self.in_capitals

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    @staticmethod
    def in_capitals(asked):
        """Words in capitals, elements as they were: a translation that one can tell."""
        return 200, {"translatedText": [_capitals(text) for text in asked["q"]]}


def _capitals(text):
    outside = True
    letters = []
    for letter in text:
        outside = outside and letter != "<"
        letters.append(letter.upper() if outside else letter)
        outside = outside or letter == ">"
    return "".join(letters)


@contextmanager
def serving():
    """A server that runs beside the test."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.free.set()
        server.shutdown()
        thread.join()
        server.server_close()
