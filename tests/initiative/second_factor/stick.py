"""A security stick in Python, and the browser around it: makes a passkey, and signs what it is asked."""

import hashlib
import json
import struct
from secrets import token_bytes

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

_PRESENT, _HAS_KEY = 0x01, 0x40


class Stick:
    """`origin`: where its browser is. `used`: what it says of how often it was used, before the next time."""

    def __init__(self, origin: str = "http://localhost:8000", used: int = 0):
        self.origin, self.used = origin, used
        self.number = token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: str, **otherwise) -> str:
        """The answer to what `ask_to_add` gives."""
        asked = json.loads(options)
        point = self._key.public_key().public_numbers()
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        told = self._told(asked["rp"]["id"], _PRESENT | _HAS_KEY) + bytes(16)
        told += struct.pack(">H", len(self.number)) + self.number + key
        return self._answer(
            clientDataJSON=self._seen("webauthn.create", asked, otherwise),
            attestationObject=cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told}),
        )

    def show(self, options: str, **otherwise) -> str:
        """The answer to what `ask_to_sign_in` gives."""
        asked = json.loads(options)
        self.used += 1
        told, seen = self._told(asked["rpId"], _PRESENT), self._seen("webauthn.get", asked, otherwise)
        signature = self._key.sign(told + hashlib.sha256(seen).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=seen, authenticatorData=told, signature=signature)

    def _told(self, party: str, flags: int) -> bytes:
        return hashlib.sha256(party.encode()).digest() + bytes([flags]) + struct.pack(">I", self.used)

    def _seen(self, kind: str, asked: dict, otherwise: dict) -> bytes:
        seen = {"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(seen | otherwise).encode()

    def _answer(self, **response: bytes) -> str:
        number = bytes_to_base64url(self.number)
        response = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": response})
