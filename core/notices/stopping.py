"""The link that stops messages: works without signing in, says nothing of whom it belongs to.

Whoever has it may stop one kind of message to one person, and nothing else; it never runs out,
since a letter may be years old when somebody has enough of such letters.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

ALL = "*"  # every purpose that can be stopped: what the link in a digest is for
WHAT_FOR = [b"core.notices.stop"]
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Stop:
    person_id: int
    purpose: str


def token_of(stop: Stop) -> str:
    """Answer the link's part that names person and purpose; the same at every time."""
    sealed = _keys()[0].encrypt(f"{stop.person_id}:{stop.purpose}".encode(), WHAT_FOR)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def read_token(token: str) -> Stop | None:
    """Answer what a link is for; None where it is none of ours. Old secret keys still read."""
    if len(token) > LONGEST or not token.isascii():
        return None
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


def _keys() -> list[AESSIV]:
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return [
        AESSIV(hashlib.blake2b(secret.encode(), person=b"notices.stop").digest())
        for secret in secrets
    ]
