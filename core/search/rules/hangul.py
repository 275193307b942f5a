"""Hangul as it is typed: syllables, keystrokes (자모) and initial consonants (초성)."""

import re
import unicodedata

_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS, _FINALS = 21, 28
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWEL_LETTERS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINAL_LETTERS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
# What the two-set keyboard takes for each vowel and final: a compound one is two keys.
_VOWEL_KEYS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split()
_FINAL_KEYS = [
    "",
    *"ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ".split(),
    *"ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(),
]
_COMPOUND_KEYS = str.maketrans(
    {
        "ㄳ": "ㄱㅅ",
        "ㄵ": "ㄴㅈ",
        "ㄶ": "ㄴㅎ",
        "ㄺ": "ㄹㄱ",
        "ㄻ": "ㄹㅁ",
        "ㄼ": "ㄹㅂ",
        "ㄽ": "ㄹㅅ",
        "ㄾ": "ㄹㅌ",
        "ㄿ": "ㄹㅍ",
        "ㅀ": "ㄹㅎ",
        "ㅄ": "ㅂㅅ",
        "ㅘ": "ㅗㅏ",
        "ㅙ": "ㅗㅐ",
        "ㅚ": "ㅗㅣ",
        "ㅝ": "ㅜㅓ",
        "ㅞ": "ㅜㅔ",
        "ㅟ": "ㅜㅣ",
        "ㅢ": "ㅡㅣ",
    }
)
_SYLLABLE_KEYS = [
    initial + vowel + final
    for initial in INITIALS
    for vowel in _VOWEL_KEYS
    for final in _FINAL_KEYS
]
_SYLLABLE_LETTERS = [
    initial + vowel + final
    for initial in INITIALS
    for vowel in _VOWEL_LETTERS
    for final in _FINAL_LETTERS
]
_NO_WORD = re.compile(r"[\W_]+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
MAX_INPUT = 100


def clean(text: str) -> str:
    """Answer what was typed in one form: composed, lower case, single spaces, at most 100 long."""
    text = unicodedata.normalize("NFC", _UNPRINTABLE.sub(" ", text[: MAX_INPUT * 4]))
    # Fold full-width and half-width forms, but leave single jamo as they were typed.
    text = "".join(
        char if "ㄱ" <= char <= "ㅣ" else unicodedata.normalize("NFKC", char) for char in text
    )
    return " ".join(text.casefold().split())[:MAX_INPUT].rstrip()


def squeeze(text: str) -> str:
    """Answer the letters and digits alone: how a title is compared with what was typed."""
    return _NO_WORD.sub("", text.casefold())


def to_jamo(text: str) -> str:
    """Answer the keys that type the text: 과 is ㄱㅗㅏ, so what is half typed is a prefix."""
    keys = []
    for char in text:
        code = ord(char)
        keys.append(
            _SYLLABLE_KEYS[code - _FIRST]
            if _FIRST <= code <= _LAST
            else char.translate(_COMPOUND_KEYS)
        )
    return "".join(keys)


def to_letters(text: str) -> str:
    """Answer the jamo that are seen: 과 is ㄱㅘ, so a wrong compound vowel is one wrong jamo."""
    return "".join(
        _SYLLABLE_LETTERS[ord(char) - _FIRST] if _FIRST <= ord(char) <= _LAST else char
        for char in text
    )


def to_initials(text: str) -> str:
    """Answer the initial consonant of each syllable; other letters stand for themselves."""
    return "".join(
        INITIALS[(ord(char) - _FIRST) // (_VOWELS * _FINALS)]
        if _FIRST <= ord(char) <= _LAST
        else char
        for char in text
    )


def is_initials(text: str) -> bool:
    """Tell a query such as ㄴㅇㅂㅈㄱ: nothing but two or more consonants."""
    typed = squeeze(text).translate(_COMPOUND_KEYS)
    return len(typed) > 1 and all(char in INITIALS for char in typed)


def split_initials(text: str) -> str:
    """Take clusters of an input method apart: ㅄ typed for 초성 is ㅂㅅ."""
    return squeeze(text).translate(_COMPOUND_KEYS)
