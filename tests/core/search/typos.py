"""Every slip of one jamo that a finger makes in a common word: the same ones in each run.

A key left out, hit twice or hit beside, and the text that an input method makes of what was typed;
and a vowel taken for another one, compound ones among them.
"""

from collections.abc import Iterator

from core.search.rules.hangul import INITIALS, to_jamo

VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
COMPOUND_VOWELS = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
}
PAIRS = "ㄱㅅ ㄴㅈ ㄴㅎ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅂㅅ".split()
COMPOUND_FINALS = dict(zip(PAIRS, "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ", strict=True))
APART = {whole: pair for pair, whole in COMPOUND_FINALS.items()}
# Of the keys, those that stand beside each other on the two-set keyboard, and a few that do not.
ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")


def syllable(initial: str, vowel: str, final: str) -> str:
    at = (INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)) * len(FINALS)
    return chr(0xAC00 + at + FINALS.index(final))


def typed(keys: str) -> str:
    """Answer what an input method makes of these keys."""
    text, initial, vowel, final = "", "", "", ""

    def done() -> str:
        return syllable(initial, vowel, final) if initial and vowel else initial + vowel + final

    for key in keys:
        if key in VOWELS:
            if final:  # the last consonant belongs to this vowel after all
                kept, moved = APART.get(final, " " + final)
                final = kept.strip()
                text += done()
                initial, vowel, final = moved, key, ""
            elif vowel and vowel + key in COMPOUND_VOWELS:
                vowel = COMPOUND_VOWELS[vowel + key]
            elif vowel:
                text += done()
                initial, vowel = "", key
            else:
                vowel = key
        elif initial and vowel and not final and key in FINALS:
            final = key
        elif final and final + key in COMPOUND_FINALS:
            final = COMPOUND_FINALS[final + key]
        else:
            text += done()
            initial, vowel, final = key, "", ""
    return text + done()


def beside(key: str) -> str:
    """Answer the keys left and right of a key."""
    row = next((row for row in ROWS if key in row), key)
    at = row.index(key)
    return row[max(0, at - 1) : at] + row[at + 1 : at + 2]


def slips(word: str) -> Iterator[str]:
    """Yield the word with one key left out, hit beside, another one added, or a vowel mistaken."""
    keys = to_jamo(word)
    for at, key in enumerate(keys):
        yield typed(keys[:at] + keys[at + 1 :])
        for near in beside(key):
            yield typed(keys[:at] + near + keys[at + 1 :])
            yield typed(keys[:at] + key + near + keys[at + 1 :])
    for at, letter in enumerate(word):
        code = ord(letter) - 0xAC00
        initial, vowel, final = code // 588, code // 28 % 21, code % 28
        for step in (1, 2, 5, 9, 20):  # neighbours in the alphabet sound or look alike
            other = VOWELS[(vowel + step) % 21]
            wrong = syllable(INITIALS[initial], other, FINALS[final])
            yield word[:at] + wrong + word[at + 1 :]


def misspelt(word: str) -> list[str]:
    return sorted(set(slips(word)) - {word})
