"""Eight digits on paper, by which one case is followed without an account.

Kept is a keyed hash alone. Anybody may type eight digits, so what they lead to says how a request
stands and nothing of whose it is, and the door that takes them counts who tries.
"""

import datetime
import re
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from core.cases.models import Case

DIGITS = 8
SALT = "core.cases.codes"
NOT_DIGITS = re.compile(r"[\s\-–.]")
# After the end, the paper still tells for a while how it ended.
KEPT_AFTER = datetime.timedelta(days=90)


def hash_of(code: str, *, secret: str | bytes | None = None) -> str:
    return salted_hmac(SALT, code, secret=secret, algorithm="sha256").hexdigest()


def code_from(case_id: int, key: str, turn: int) -> str:
    """Answer the digits for one request to issue them: the same click gives the same digits."""
    drawn = salted_hmac(f"{SALT}.draw", f"{case_id}:{key}:{turn}", algorithm="sha256").digest()
    return f"{int.from_bytes(drawn, 'big') % 10**DIGITS:0{DIGITS}}"


def in_groups(code: str) -> str:
    """Write a code as people read it aloud: 1234-5678."""
    return f"{code[: DIGITS // 2]}-{code[DIGITS // 2 :]}"


def cleaned_code(typed: str) -> str:
    """Answer the eight digits that somebody typed, or an empty string."""
    digits = NOT_DIGITS.sub("", typed)
    is_code = len(digits) == DIGITS and digits.isascii() and digits.isdecimal()
    return digits if is_code else ""


def case_with_code(code: str, *, now: datetime.datetime) -> Case | None:
    """Find the case of a code, also where the secret has been changed since (the fallbacks)."""
    recent = Q(closed_at=None) | Q(closed_at__gte=now - KEPT_AFTER)
    return Case.objects.filter(recent, code_hash__in=list(_hashes(code))).order_by("pk").first()


def _hashes(code: str) -> Iterator[str]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield hash_of(code, secret=secret)
