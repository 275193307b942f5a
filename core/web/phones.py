"""Telephone numbers as addresses that a telephone dials."""

import re

KOREA = "+82"
# Emergency and service numbers are dialled as they are: +82-119 reaches nobody.
SHORT = 4
NATIONWIDE = re.compile(r"1[568]\d\d")


def tel_uri(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+"):
        return f"tel:+{digits}"
    if len(digits) <= SHORT or NATIONWIDE.match(digits) or not digits.startswith("0"):
        return f"tel:{digits}"
    return f"tel:{KOREA}{digits.removeprefix('0')}"
