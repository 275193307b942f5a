"""What passes between the room and a channel: a parcel out, and why one could not be delivered."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is said, in one language: whole for letters, short for telephones."""

    language: str
    subject: str
    body: str
    short: str
    link: str  # where the thing itself is
    stop: str  # the page that stops such messages; "" of what cannot be stopped
    # Approved words at Kakao's: the code of the template, and what fills it.
    template: str = ""
    variables: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One letter to one person.

    `key` is the same at each attempt: a channel must not let the person get it twice.
    `was_tried` says that an earlier attempt may have arrived without our knowing; since `due_at`.
    """

    key: UUID
    letter: Letter
    due_at: datetime.datetime
    now: datetime.datetime
    was_tried: bool = False


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser as its push service knows it: where to send, and how to seal what is sent."""

    endpoint: str
    key: str
    secret: str


Address = str | Browser


class Undelivered(Exception):
    """Not taken; the message is a sentence for staff, without an address or anything of the text.

    `is_final` where trying again is of no use; `dead` are addresses that will never work again.
    """

    def __init__(self, words: str, *, is_final: bool = False, dead: Sequence[str] = ()) -> None:
        super().__init__(words)
        self.words = words
        self.is_final = is_final
        self.dead = tuple(dead)


class Sender(Protocol):
    """One way out of the portal."""

    def send(self, parcel: Parcel, addresses: Sequence[Address]) -> tuple[str, ...]:
        """Hand the parcel over and answer the addresses that turned out dead; or Undelivered."""
        ...
