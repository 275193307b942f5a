"""Telephone numbers and postcodes as publishers send them, in the form that people read."""

import re

# Digits alone. An exchange never begins with 0: 02-000-0000 is a dummy, and 061-0363-6448 is
# 061-363-6448 written in a column four wide.
_KNOWN = re.compile(
    r"(?:"
    r"(?P<area>02|0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|1[16-9]|80|60)|0[35]0\d|010(?=[1-9]\d{7}$))"
    r"(?:0(?=\d{7}$))?(?P<exchange>[1-9]\d{2,3})(?P<rest>\d{4})"
    r"|(?P<short>1[4-9]\d{2})(?P<short_rest>\d{4})"
    r"|(?P<city>02)?(?P<call>1[0-3]\d{1,2})"
    r")$"
)
_SAME_DIGIT = re.compile(r"0?(\d)\1+$")
_NOT_DIGITS = re.compile(r"\D+")
# 042)5868033, 02-490-2600~2, +82 2 490 2600 (대표), 1577-1391 또는 …: the first is the one to call.
_WRITTEN = re.compile(
    r"(?:(?<!\d)\+?82[\s.)-]*(?:\(0\))?(?P<abroad>(?=[1-9]))|(?<!\d))"
    r"(?:(?P<area>0?\d{1,3})[\s.)-]+)?(?P<exchange>\d{3,4})[\s.-]*(?P<rest>\d{4})(?!\d)"
)


def normalise_phone(text: str | None) -> str | None:
    """Answer 02-490-2600 for 024902600, and None for what cannot be dialled."""
    if not text:
        return None
    if text.isdigit():
        return _displayed(text)
    written = _WRITTEN.search(text)
    if written is None:
        return _displayed(_NOT_DIGITS.sub("", text))
    abroad, area, exchange, rest = written.groups()
    prefix = "0" if abroad is not None else ""
    return _displayed(f"{prefix}{area or ''}{exchange}{rest}")


def _displayed(digits: str) -> str | None:
    found = _KNOWN.match(digits)
    if found is None or _SAME_DIGIT.match(digits):
        return None
    area, exchange, rest, short, short_rest, city, call = found.groups()
    if area:
        return f"{area}-{exchange}-{rest}"
    if short:
        return f"{short}-{short_rest}"
    return f"{city}-{call}" if city else str(call)


def normalise_postcode(text: str | int | None) -> str | None:
    """Answer five digits: a number lost its leading zero (3047), six digits are of before 2015."""
    digits = _NOT_DIGITS.sub("", str(text)) if text is not None else ""
    if len(digits) not in (4, 5) or not digits.strip("0"):
        return None
    return digits.zfill(5)
