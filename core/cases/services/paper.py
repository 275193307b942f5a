"""Eight digits on paper: with them a person without an account follows one request."""

import datetime
import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction

from core.cases.models import Case

DIGITS = 8
TRIES = 5
PaperCode = str


@transaction.atomic
def give_paper_code(*, case: Case, now: datetime.datetime) -> PaperCode:
    """Answer new digits for a case; those on older papers open nothing any more.

    Kept as a keyed hash only: whoever reads the table learns no code.
    """
    held = case.held()
    for _ in range(TRIES):
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        held.paper_code = mark_of(code)
        try:
            with transaction.atomic():
                held.save(update_fields=["paper_code"])
        except IntegrityError:  # another case has these digits
            continue
        return code
    raise RuntimeError("no digits are free")


def find_by_paper_code(code: str) -> Case | None:
    """Answer the case; the caller limits how often one address may ask."""
    digits = "".join(sign for sign in code if sign.isdecimal())
    if len(digits) != DIGITS or not digits.isascii():
        return None
    return Case.objects.filter(paper_code=mark_of(digits)).first()


def mark_of(code: str) -> str:
    key = hashlib.sha256(f"cases.paper:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()
