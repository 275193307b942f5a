"""Resident registration numbers, which nobody may keep without a law that names them.

개인정보 보호법 제24조의2. Nothing of the portal needs one: they are refused wherever people write.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Six digits of a birthday and seven more, however they are set apart: 900101-1234567,
# 900101 1234567, 900101_1234567, 90.01.01-1234567, 9 0 0 1 0 1 - 1 2 3 4 5 6 7, and in the wide
# digits of Korean keyboards.
MONTH, DAY = r"(?:0\s?[1-9]|1\s?[0-2])", r"(?:0\s?[1-9]|[12]\s?\d|3\s?[01])"
PART = r"[\s\-./]?"
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d\s)\d\s?\d{PART}{MONTH}{PART}{DAY}[\W_]{{0,4}}[1-8](?:\s?\d){{6}}(?!\s?\d)"
)


def holds_resident_number(text: str) -> bool:
    """Say whether a text holds what looks like a resident registration number."""
    plain = unicodedata.normalize("NFKC", text)
    # What shows nothing could stand between two digits.
    seen = "".join(one for one in plain if unicodedata.category(one) != "Cf")
    return bool(_NUMBER.search(seen))


def refuse_resident_number(text: str) -> None:
    """Refuse one in a form's field: nothing is kept, and what was typed stays to be changed."""
    if holds_resident_number(text):
        raise ValidationError(refusal(), code="resident_number")


def refusal() -> str:
    return _("주민등록번호로 보이는 숫자가 있습니다. 그 숫자를 지우고 다시 보내 주세요.")
