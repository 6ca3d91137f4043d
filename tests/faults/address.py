"""Requests from another address of the loopback network, as another reader would send them."""

from requests.adapters import HTTPAdapter


class From(HTTPAdapter):
    """`session.mount("http://", From("127.0.0.2"))`."""

    def __init__(self, address: str, **options):
        self._address = address
        super().__init__(**options)

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=(self._address, 0), **kwargs)


def address(number: int) -> str:
    """One for each number; never 127.0.0.1, which nginx lets ask as much as it likes."""
    return f"127.1.{number // 250}.{number % 250 + 1}"
