"""Turns what is sensitive into what only this installation's keys can read again.

A sealed text is `<key id>.<base64url of nonce and ciphertext>`: AES-256-GCM under the newest key.
The id says which key reads it, so that old texts stay readable until `rotate_keys` has written them
anew.
"""

import base64
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class Unreadable(Exception):
    """A sealed text whose key is not among FIELD_KEYS, or that somebody has altered."""


class Keyring:
    """The keys of FIELD_KEYS by their ids: the first one seals, every one opens."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._keys = {name: AESGCM(key) for name, key in keys.items()}
        self.newest = next(iter(keys))

    def seal(self, text: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        # The id is bound to the text: nobody can pass it off as another key's.
        sealed = self._keys[self.newest].encrypt(nonce, text.encode(), self.newest.encode())
        return f"{self.newest}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str) -> str:
        """Answer the text; raises Unreadable, which names the key and nothing of the text."""
        name, _, body = sealed.partition(".")
        if (key := self._keys.get(name)) is None:
            raise Unreadable(f"FIELD_KEYS holds no key {name[:20]!r}.")
        try:
            raw = base64.urlsafe_b64decode(body)
            return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], name.encode()).decode()
        except (InvalidTag, ValueError) as fault:
            raise Unreadable(f"A text sealed with key {name!r} has been altered.") from fault

    @property
    def prefix(self) -> str:
        """How every text begins that the newest key has sealed."""
        return f"{self.newest}."


def keyring() -> Keyring:
    """Answer the keys of the setting FIELD_KEYS, newest first."""
    return _keyring(tuple(settings.FIELD_KEYS.items()))


@lru_cache(maxsize=4)
def _keyring(keys: tuple[tuple[str, bytes], ...]) -> Keyring:
    return Keyring(dict(keys))
