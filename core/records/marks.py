"""Finds sealed rows again: a keyed hash of what they say, made with the keys that seal them."""

import datetime
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django.conf import settings
from django.db import models

LONGEST = 64

if TYPE_CHECKING:
    CharField = models.CharField[Any, Any]
else:
    CharField = models.CharField


class MarkField(CharField):
    """A mark of the sealed columns `of` the same row; empty where other rows of the group say it.

    Marks of one group are compared with each other, so `rotate_keys` changes them together.
    """

    def __init__(self, *args: Any, group: str = "", of: Sequence[str] = (), **options: Any) -> None:
        self.group, self.of = group, tuple(of)
        options.setdefault("max_length", LONGEST)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "group": self.group, "of": self.of}


def mark(group: str, *said: str | datetime.date) -> str:
    """Answer the mark as the newest key makes it: only whoever knows all of it, and the key, can.

    Neither blanks make a difference, nor whether Korean comes in syllables or letter by letter;
    nothing said has no mark.
    """
    return next(iter(marks(group, *said)))


def marks(group: str, *said: str | datetime.date) -> list[str]:
    """Answer the marks of every key, newest first: some rows may still stand with an older one."""
    return marks_by(settings.FIELD_KEYS.values(), group, *said)


def marks_by(keys: Iterable[bytes], group: str, *said: str | datetime.date) -> list[str]:
    plain = "|".join("".join(normalize("NFC", str(one)).split()) for one in said)
    return [_made(key, group, plain) if plain.strip("|") else "" for key in keys]


def _made(key: bytes, group: str, plain: str) -> str:
    # A key of its own for each group: what seals is used for nothing else.
    own = hmac.digest(key, f"records.mark:{group}".encode(), hashlib.sha256)
    return hmac.new(own, plain.encode(), hashlib.sha256).hexdigest()
