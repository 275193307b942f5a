"""The tick-boxes of supportConditions as one whole number, and what they say of life stages.

Source: official description of gov24 v3 (data.go.kr 15113968). In v1 the same codes meant other
things, and tables of v1 are still about: only these count. Bit i of the number is CODES[i].
"""

from collections.abc import Iterable

SEX = ("JA0101", "JA0102")
INCOME = ("JA0201", "JA0202", "JA0203", "JA0204", "JA0205")
PERSON = (
    *("JA0301", "JA0302", "JA0303", "JA0313", "JA0314", "JA0315", "JA0316", "JA0317", "JA0318"),
    *("JA0319", "JA0320", "JA0322", "JA0326", "JA0327", "JA0328", "JA0329", "JA0330"),
)
HOUSEHOLD = (
    *("JA0401", "JA0402", "JA0403", "JA0404", "JA0410", "JA0411", "JA0412", "JA0413", "JA0414"),
)
ORGANISATION = (
    *("JA1101", "JA1102", "JA1103", "JA1201", "JA1202", "JA1299"),
    *("JA2101", "JA2102", "JA2103", "JA2201", "JA2202", "JA2203", "JA2299"),
)
# Stands for any ticked code that the table lacks, by what it begins with: it restricts somebody.
UNREAD = ("JA01*", "JA02*", "JA03*", "JA04*", "JA11*", "JA21*", "JA*")
CODES = (*SEX, *INCOME, *PERSON, *HOUSEHOLD, *ORGANISATION, *UNREAD)
BIT = {code: 1 << place for place, code in enumerate(CODES)}
# 해당사항없음: with it, or empty, a group restricts nobody.
NO_PERSON, NO_HOUSEHOLD = BIT["JA0322"], BIT["JA0410"]
OLDEST = 120


def mask_of(codes: Iterable[str]) -> int:
    """Answer the number whose bits are these codes; those it lacks share the bit of their group."""
    mask = 0
    for code in codes:
        mask |= BIT[code if code in BIT else unread(code)]
    return mask


def unread(code: str) -> str:
    """Answer what stands for a code that the table lacks."""
    if code.startswith(("JA11", "JA12", "JA21", "JA22")):
        return f"{code[:3]}1*"
    return next((one for one in UNREAD[:4] if code.startswith(one[:-1])), UNREAD[-1])


def codes_of(mask: int) -> list[str]:
    return [code for code, bit in BIT.items() if mask & bit]


SEX_MASK, INCOME_MASK = mask_of(SEX), mask_of(INCOME)
PERSON_MASK, HOUSEHOLD_MASK = mask_of(PERSON), mask_of(HOUSEHOLD)
ORGANISATION_MASK = mask_of((*ORGANISATION, "JA11*", "JA21*"))

# The ages that Bokjiro's life stages stand for, both included; only here do they have numbers.
STAGES = {
    "INFANT": (0, 5),
    "CHILD": (6, 12),
    "TEEN": (13, 18),
    "YOUTH": (19, 39),
    "MIDDLE_AGED": (40, 64),
    "SENIOR": (65, OLDEST),
}
PREGNANCY = mask_of(("JA0301", "JA0302", "JA0303"))
LOW_INCOME, MIDDLE_AND_MORE = mask_of(("JA0201", "JA0202")), mask_of(("JA0204", "JA0205"))
TARGETS = {
    "MULTICULTURAL": mask_of(("JA0401", "JA0402")),
    "MANY_CHILDREN": mask_of(("JA0411",)),
    "VETERAN": mask_of(("JA0329",)),
    "DISABLED": mask_of(("JA0328",)),
    "SINGLE_PARENT": mask_of(("JA0403",)),
}


def is_for_people(mask: int) -> bool:
    """A row that ticks nothing but firms and bodies is nobody's who looks for themselves.

    Whatever ages stand beside: the engine says no to everybody (`ConditionRow`).
    """
    return not mask or bool(mask & ~ORGANISATION_MASK)


def stages_of(mask: int, age_from: int | None, age_to: int | None) -> list[str]:
    """Answer the life stages that ages and tick-boxes single out; none where all are meant."""
    if not is_for_people(mask):
        return []
    first, last = age_from or 0, OLDEST if age_to is None else age_to
    found = [name for name, (young, old) in STAGES.items() if first <= old and young <= last]
    if len(found) == len(STAGES):
        found = []
    if _restricts(mask, PERSON_MASK, NO_PERSON) and mask & PREGNANCY:
        found.append("PREGNANCY")
    return found


def targets_of(mask: int) -> list[str]:
    """Answer the groups of people that the tick-boxes single out."""
    restricting = 0
    if _restricts(mask, PERSON_MASK, NO_PERSON):
        restricting |= mask & PERSON_MASK
    if _restricts(mask, HOUSEHOLD_MASK, NO_HOUSEHOLD):
        restricting |= mask & HOUSEHOLD_MASK
    found = [name for name, bits in TARGETS.items() if restricting & bits]
    if mask & LOW_INCOME and not mask & MIDDLE_AND_MORE:
        found.append("LOW_INCOME")
    return found


def _restricts(mask: int, group: int, none_of_these: int) -> bool:
    return bool(mask & group) and not mask & none_of_these
