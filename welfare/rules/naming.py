"""When two names are the same programme's: forms of a name that leave out what may differ.

The rules that link gov24 and Bokjiro compare these forms; docs/feeds/gov24.md tells them in words.
"""

import re
import unicodedata

from core.places.facts import districts

NO_WORD = re.compile(r"[\W_]+")
BRACKETED = re.compile(r"[(\[〔〈<「『][^()\[\]〔〕〈〉<>「」『』]*[)\]〕〉>」』]")
# What is said or left out without telling one programme from another.
ENDINGS = ("지원사업", "운영사업", "지원제도", "사업", "제도", "안내")
_PLACES = tuple(
    sorted(
        ("서울특별시", "서울시", *(district.name for district in districts())),
        key=len,
        reverse=True,
    )
)
SHORTEST = 2


def full_name(name: str) -> str:
    """Answer the name without blanks, dots and brackets: 근로·자녀장려금 is 근로자녀장려금."""
    return NO_WORD.sub("", _normal(name)).lower()


def core_name(name: str) -> str:
    """Answer what is left without bracketed words, the giver's own name, and common endings.

    유아학비 (누리과정) 지원 and 유아학비 지원(3~5세 누리과정 지원) are both 유아학비지원.
    """
    bare = _normal(name)
    while (opened := BRACKETED.sub(" ", bare)) != bare:
        bare = opened
    core = full_name(bare)
    while place := next((place for place in _PLACES if core.startswith(place)), ""):
        core = core.removeprefix(place)
    for ending in ENDINGS:
        if core.endswith(ending) and len(core) > len(ending) + SHORTEST:
            core = core.removesuffix(ending) + ("지원" if ending.startswith("지원") else "")
            break
    return core or full_name(name)


def _normal(name: str) -> str:
    # NFKC would make a vowel of the dot U+318D, which is typed in place of the middle dot.
    return unicodedata.normalize("NFKC", name.replace("ㆍ", "·"))
