"""Korean place names in Latin letters (Revised Romanization of 2000), joined as spoken."""

import re

_FIRST = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
# Finals by their place in Unicode; clusters fall to the consonant that is spoken.
_LAST = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
# Before a vowel a final is carried over as itself.
_CARRIED = " g kk gs n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p ".split(" ")
_SYLLABLES = range(0xAC00, 0xD7A4)
_SILENT = 11
_NASAL = {"k": "ng", "t": "n", "p": "m"}
_PLACE = re.compile(r"^(?P<stem>.+?)(?P<part>\d[\d·.]*)?(?P<ga>가)?(?P<rest>\d*)(?P<unit>동|구)$")
# Legal dongs: 동소문동7가, 종로6가, 세종로.
_STREET = re.compile(r"^(?P<stem>.+?)(?P<unit>동|로)(?:(?P<part>\d)가)?$")
_UNIT_NAMES = {"동": "dong", "구": "gu"}


def _join(last: str, first: str) -> tuple[str, str]:
    """Let the end of a syllable and the start of the next change each other."""
    if first == "r":
        if last in ("n", "l"):
            return "l", "l"
        if last in ("m", "ng"):
            return last, "n"
        if last in _NASAL:
            return _NASAL[last], "n"
    if first in ("n", "m") and last in _NASAL:
        return _NASAL[last], first
    if last == "l" and first == "n":
        return "l", "l"
    return last, first


def romanize(text: str) -> str:
    """Answer the text with its Hangul in Latin letters, small, other characters kept."""
    parts: list[str] = []
    pending: int | None = None
    for sign in [*text, ""]:
        code = ord(sign) if sign else 0
        hangul = code in _SYLLABLES
        number, vowel_last = divmod(code - 0xAC00, 588) if hangul else (0, 0)
        first = _FIRST[number] if hangul else ""
        if pending is not None:
            carried = hangul and number == _SILENT and _LAST[pending] != "ng"
            last = _CARRIED[pending] if carried else _LAST[pending]
            if not carried and hangul:
                last, first = _join(last, first)
            parts.append(last)
            pending = None
        if hangul:
            vowel, pending = divmod(vowel_last, 28)
            parts.append(first + _VOWEL[vowel])
        else:
            parts.append(sign)
    return "".join(parts)


def romanize_place(name: str) -> str:
    """Answer 상계3·4동 as Sanggye 3·4-dong, 성수1가2동 as Seongsu 1-ga 2-dong."""
    found = _PLACE.match(name)
    if not found:
        return _romanize_street(name)
    words = [romanize(found["stem"]).capitalize()]
    if found["ga"] and found["part"]:
        words.append(f"{found['part']}-ga")
    elif found["ga"]:
        words[0] = romanize(found["stem"] + "가").capitalize()
    numbers = found["rest"] or ("" if found["ga"] else found["part"])
    unit = _UNIT_NAMES[found["unit"]]
    if numbers:
        words.append(f"{numbers}-{unit}")
    else:
        words[-1] += f"-{unit}"
    return " ".join(words)


def _romanize_street(name: str) -> str:
    found = _STREET.match(name)
    if not found:
        # 명륜1가 is short for 명륜동1가.
        return re.sub(r"(\d)ga$", r" \1-ga", romanize(name).capitalize())
    if found["unit"] == "로":
        words = romanize(found["stem"] + "로").capitalize()
        # 신문로 is spoken 신문노, where 신림 is 실림: the street is a word of its own.
        words = re.sub(r"llo$", "nno", words) if _ends_in_n(found["stem"]) else words
    else:
        words = f"{romanize(found['stem']).capitalize()}-dong"
    return f"{words} {found['part']}-ga" if found["part"] else words


def _ends_in_n(text: str) -> bool:
    return (ord(text[-1]) - 0xAC00) % 28 == _LAST.index("n")
