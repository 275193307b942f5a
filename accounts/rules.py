"""How far somebody's second factor has come: what staff doors ask before they open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

RECOVERY_CODES = "recovery_codes"
PROVEN_BY = "mfa"  # allauth's word, in its record of a session, for a second factor that was shown

# Of a shorter address less is shown, so that it is never the whole.
LETTERS_SHOWN = 3


class SecondFactor(Enum):
    MISSING = "missing"  # neither an app nor a passkey
    UNCONFIRMED = "unconfirmed"  # recovery codes that nobody has said to have written down
    NOT_SHOWN = "not shown"  # set up, but this session was signed in to without
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class HeldFactor:
    """One means of a person: an app, a passkey, or the sheet of recovery codes."""

    number: int
    kind: str
    is_confirmed: bool = False


def judge_second_factor(
    held: Sequence[HeldFactor], records: Iterable[Mapping[str, Any]]
) -> SecondFactor:
    """Say what is missing first; `records` is how the session was signed in to.

    What was shown counts only while its person still holds it: a passkey that was taken off an
    account no longer opens what it once opened.
    """
    if all(one.kind == RECOVERY_CODES for one in held):
        return SecondFactor.MISSING
    if not any(one.kind == RECOVERY_CODES and one.is_confirmed for one in held):
        return SecondFactor.UNCONFIRMED
    numbers = {one.number for one in held}
    was_shown = any(
        record.get("method") == PROVEN_BY and record.get("id") in numbers for record in records
    )
    return SecondFactor.SHOWN if was_shown else SecondFactor.NOT_SHOWN


def mask_address(email: str) -> str:
    """Hide a part of an address, so that it tells apart and does not tell: ki***@example.com."""
    before, _, after = email.partition("@")
    shown = before[:2] if len(before) > LETTERS_SHOWN else before[: len(before) // 2]
    return f"{shown}***@{after}"
