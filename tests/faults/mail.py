"""A mail server that takes everything and remembers it."""

import socketserver
import threading
from collections import Counter
from email import message_from_bytes
from email.policy import default


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(220)
        while line := self.rfile.readline():
            word = line[:4].strip().upper()
            if word == b"DATA":
                self.say(354)
                content = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.keep(content)
            self.say(221 if word == b"QUIT" else 250)
            if word == b"QUIT":
                return

    def say(self, code: int) -> None:
        self.wfile.write(f"{code} so be it\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """On loopback, at a port of its own or a given one; `taken` counts what came by (address, Message-ID)."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0):
        super().__init__(("127.0.0.1", port), _Session)
        self.port = self.server_address[1]
        self.taken: Counter = Counter()
        self._lock = threading.Lock()

    def keep(self, content: bytes) -> None:
        message = message_from_bytes(content, policy=default)
        with self._lock:
            self.taken[message["To"], message["Message-ID"]] += 1

    def handle_error(self, request, client_address):
        """A sender that was killed just goes."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()
