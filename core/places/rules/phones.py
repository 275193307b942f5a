"""Telephone numbers and postcodes as publishers send them, in the form that people read."""

import re

_SEVEN, _EIGHT = 7, 8
# Two numbers in one field are divided by one of these; the first is the one to call.
_DIVIDED = re.compile(r"[,/;~]|\s{2,}|\bor\b|또는")
_DIGITS = re.compile(r"\D+")
_COUNTRY = re.compile(r"^\s*\+?\s*82[\s).-]*(?:\(0\))?0?(?=\d)")
# Fewer digits than a dialled number has, or the dummies that publishers fill in.
_DUMMY = re.compile(r"^0*$|^0?(\d)\1+$")
_KNOWN = re.compile(
    r"^(?:"
    r"(?P<short>1[3-9]\d{2})(?P<short_rest>\d{4})"
    r"|(?P<area>02|0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|10|1[16-9]|80|60)|050\d)"
    r"(?P<office>\d{3,4})(?P<rest>\d{4})"
    r"|(?P<call>1[0-3]\d{1,2})"
    r")$"
)


def normalise_phone(text: str | None) -> str | None:
    """Answer 02-490-2600 for 024902600; None for what cannot be dialled.

    >>> normalise_phone("042)5868033")
    '042-586-8033'
    """
    if not text:
        return None
    digits = _DIGITS.sub("", text)
    found = _KNOWN.match(digits)
    if found is None or _DUMMY.match(digits):
        return _first_of_several(text)
    return _displayed(found)


def _first_of_several(text: str) -> str | None:
    first = _DIVIDED.split(text.strip(), maxsplit=1)[0]
    digits = _DIGITS.sub("", _COUNTRY.sub("0", first))
    found = _KNOWN.match(digits)
    return _displayed(found) if found and not _DUMMY.match(digits) else None


def _displayed(found: re.Match[str]) -> str:
    short, short_rest, area, office, rest, call = found.groups()
    if area:
        return f"{area}-{office}-{rest}"
    return f"{short}-{short_rest}" if short else str(call)


def normalise_postcode(text: str | int | None) -> str | None:
    """Answer five digits; a number lost its leading zero (3047 is 03047), six digits are of old."""
    digits = _DIGITS.sub("", str(text)) if text is not None else ""
    if not 4 <= len(digits) <= 5 or not digits.strip("0"):  # noqa: PLR2004
        return None
    return digits.zfill(5)
