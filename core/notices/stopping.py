"""The link that stops messages: works without signing in, says nothing of whom it belongs to.

Whoever has it may stop one kind of message to one person, and nothing else; it never runs out,
since a letter may be years old when somebody has enough of such letters. Telephones get a short
one, of 22 signs: one block of a cipher, whose last six bytes are nought where it is ours.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

from core.notices.registry import declared_purposes

ALL = "*"  # every purpose that can be stopped: what the link in a digest is for
WHAT_FOR = [b"core.notices.stop"]
LONGEST = 200
SHORT = 22
PERSON_BYTES, PURPOSE_BYTES, BLOCK = 6, 4, 16
NOUGHT = bytes(BLOCK - PERSON_BYTES - PURPOSE_BYTES)


@dataclass(frozen=True, slots=True)
class Stop:
    person_id: int
    purpose: str


def token_of(stop: Stop) -> str:
    """Answer the link's part that names person and purpose; the same at every time."""
    sealed = _keys()[0].encrypt(f"{stop.person_id}:{stop.purpose}".encode(), WHAT_FOR)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def short_token_of(stop: Stop) -> str:
    """Answer the same for a telephone, as short as it can be and not be guessed."""
    told = stop.person_id.to_bytes(PERSON_BYTES, "big") + _mark_of(stop.purpose) + NOUGHT
    writing = next(_ciphers()).encryptor()
    return base64.urlsafe_b64encode(writing.update(told)).rstrip(b"=").decode()


def read_token(token: str) -> Stop | None:
    """Answer what a link is for; None where it is none of ours. Old secret keys still read."""
    if len(token) > LONGEST or not token.isascii():
        return None
    if len(token) == SHORT:
        return _read_short(token)
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except binascii.Error:
        return None
    for key in _keys():
        try:
            person, _, purpose = key.decrypt(sealed, WHAT_FOR).decode().partition(":")
            return Stop(int(person), purpose)
        except (InvalidTag, ValueError):
            continue
    return None


def _read_short(token: str) -> Stop | None:
    try:
        sealed = base64.urlsafe_b64decode(token + "==")
    except binascii.Error:
        return None
    if len(sealed) != BLOCK:
        return None
    for cipher in _ciphers():
        told = cipher.decryptor().update(sealed)
        if not told.endswith(NOUGHT):
            continue
        mark = told[PERSON_BYTES : PERSON_BYTES + PURPOSE_BYTES]
        for purpose in (ALL, *declared_purposes()):
            if _mark_of(purpose) == mark:
                return Stop(int.from_bytes(told[:PERSON_BYTES], "big"), purpose)
    return None


def _mark_of(purpose: str) -> bytes:
    return hashlib.blake2b(purpose.encode(), digest_size=PURPOSE_BYTES).digest()


def _ciphers() -> Iterator[Cipher[modes.ECB]]:
    """Answer what enciphers one block: no two links are the same block, so no mode is needed."""
    for secret in _secrets():
        key = hashlib.blake2b(secret, digest_size=32, person=b"notices.short").digest()
        yield Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305


def _keys() -> list[AESSIV]:
    return [AESSIV(hashlib.blake2b(one, person=b"notices.stop").digest()) for one in _secrets()]


def _secrets() -> list[bytes]:
    return [str(one).encode() for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
