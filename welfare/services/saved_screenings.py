"""Keeps answers of the screener for whoever asks to, locked with eight digits that only paper has.

The digits and the portal's secret together make both the lock and the name under which it is found.
Neither alone opens anything, and working both out is dear (RFC 7914), so that whoever got hold of
the data and the secret still had to try the digits one by one.
"""

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from core.cases.codes import DIGITS, in_groups
from core.records.encryption import Keyring
from welfare.models import SavedScreening
from welfare.queries.matching import Match
from welfare.queries.screening import Screening, Then, brought_back
from welfare.rules.conditions import Verdict
from welfare.rules.facts import LAST_WEEK
from welfare.rules.questions import Asked

SALT = "welfare.saved_screenings"
KEPT_FOR = datetime.timedelta(days=30)
# 16 MB and some 50 ms of a processor for each try.
COST = {"n": 2**14, "r": 8, "p": 1}
HALF = 32
KEY_NAME = "digits"
DRAWS = 5


@dataclass(frozen=True, slots=True)
class _Lock:
    name: str
    keyring: Keyring


@dataclass(frozen=True, slots=True)
class Kept:
    """The answers, and what was likely by them on the day when they were kept."""

    state: Screening
    then: Then


def save_screening(*, state: Screening, match: Match) -> str:
    """Lock the answers, and answer the digits: nobody can ask for them again."""
    on = match.told.on
    kept = {
        "state": replace(state, then=None).kept(),
        "on": on.isoformat(),
        "likely": sorted(match.keys_of(Verdict.LIKELY)),
    }
    text = json.dumps(kept, ensure_ascii=False)
    for _draw in range(DRAWS):
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        lock = _lock(code, settings.SECRET_KEY)
        try:
            with transaction.atomic():
                SavedScreening.objects.create(
                    code_hash=lock.name, sealed=lock.keyring.seal(text), kept_until=on + KEPT_FOR
                )
        except IntegrityError:
            continue  # somebody has these digits already
        return code
    raise RuntimeError(f"{DRAWS} numbers in a row were taken")


def open_screening(*, code: str, on: datetime.date) -> Kept | None:
    """Answer what was kept under these digits; None where nothing is, or its time is over."""
    for lock in _locks(code):
        held = SavedScreening.objects.kept_on(on).filter(code_hash=lock.name).first()
        if held is not None:
            kept = json.loads(lock.keyring.open(held.sealed))
            state = brought_back(kept["state"], on)
            day = datetime.date.fromisoformat(kept["on"])
            if state is None:
                return None
            grown = grow(state, weeks=(on - day).days // 7)
            return Kept(grown, Then(day, frozenset(kept["likely"])))
    return None


def grow(state: Screening, *, weeks: int) -> Screening:
    """Answer the state with pregnancies so many weeks on; of one that is over it is asked anew."""
    for member in state.members:
        asked = Asked("weeks", member)
        told = state.answer_of(asked)
        if told is None:
            continue
        if told + weeks > LAST_WEEK:
            state = state.without(asked).without(Asked("birth", member))
        else:
            state = state.answered(asked, told + weeks)
    return state


def number_on_paper(*, code: str, on: datetime.date) -> dict[str, Any]:
    """Answer what a paper shows of a number: how it is read, where it is typed, until when."""
    address = settings.SITE_URL + reverse("welfare:check-resume")
    return {
        "shown_code": in_groups(code),
        "address": address,
        # What stands after # is never sent to anybody: the page itself takes it up.
        "whole_address": f"{address}#{code}",
        "until": on + KEPT_FOR,
    }


def forget_screening(*, code: str) -> bool:
    """Delete what was kept under these digits; say whether there was anything."""
    names = [lock.name for lock in _locks(code)]
    removed, _of_each = SavedScreening.objects.filter(code_hash__in=names).delete()
    return removed > 0


def forget_outdated_screenings(*, on: datetime.date) -> int:
    removed, _of_each = SavedScreening.objects.outdated_on(on).delete()
    return removed


def _locks(code: str) -> Iterator[_Lock]:
    """Answer the lock of these digits, and those of before the secret was changed."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _lock(code, secret)


def _lock(code: str, secret: str) -> _Lock:
    salt = salted_hmac(SALT, "lock", secret=secret, algorithm="sha256").digest()
    made = hashlib.scrypt(code.encode(), salt=salt, dklen=2 * HALF, **COST)
    return _Lock(made[:HALF].hex(), Keyring({KEY_NAME: made[HALF:]}))
