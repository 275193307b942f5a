"""The tick-boxes of supportConditions as agencies tick them: most boxes, and few that restrict.

Codes: gov24 v3, official description. In v1 the same codes meant other things.
"""

BOTH_SEXES = ("JA0101", "JA0102")
INCOMES = ("JA0201", "JA0202", "JA0203", "JA0204", "JA0205")
NO_PERSON, NO_HOUSEHOLD = "JA0322", "JA0410"
PERSONS = (
    *("JA0301", "JA0302", "JA0303", "JA0313", "JA0314", "JA0315", "JA0316", "JA0317", "JA0318"),
    *("JA0319", "JA0320", NO_PERSON, "JA0326", "JA0327", "JA0328", "JA0329", "JA0330"),
)
HOUSEHOLDS = (
    *("JA0401", "JA0402", "JA0403", "JA0404", NO_HOUSEHOLD, "JA0411", "JA0412", "JA0413"),
    "JA0414",
)
FIRMS = ("JA1101", "JA1102", "JA1103", "JA1201", "JA1202", "JA1299")
BODIES = ("JA2101", "JA2102", "JA2103", "JA2201", "JA2202", "JA2203", "JA2299")
CODES = (*BOTH_SEXES, *INCOMES, *PERSONS, *HOUSEHOLDS, *FIRMS, *BODIES)
AGE_CODES = ("JA0110", "JA0111")

# What a group's name alone says: ages from and to, a person's codes, a household's.
_SAID: dict[str, tuple[int | None, int | None, tuple[str, ...], tuple[str, ...]]] = {
    "영유아": (0, 5, (), ()),
    "아동": (6, 12, ("JA0317",), ()),
    "청소년": (13, 18, ("JA0318", "JA0319"), ()),
    "청년": (19, 39, (), ()),
    "중장년": (40, 64, (), ()),
    "어르신": (65, 120, (), ()),
    "저소득 어르신": (65, 120, (), ()),
    "임산부": (15, 60, ("JA0302",), ()),
    "출산가정": (0, 120, ("JA0302", "JA0303"), ()),
    "장애인": (0, 120, ("JA0328",), ()),
    "장애아동": (0, 17, ("JA0328",), ()),
    "국가보훈대상자": (0, 120, ("JA0329",), ()),
    "한부모가족": (0, 120, (), ("JA0403",)),
    "다문화가족": (0, 120, (), ("JA0401",)),
    "북한이탈주민": (18, 120, (), ("JA0402",)),
    "다자녀가구": (0, 120, (), ("JA0411",)),
    "1인가구": (19, 120, (), ("JA0404",)),
    "무주택 청년": (19, 35, (), ("JA0412",)),
    "구직자": (18, 64, ("JA0327",), ()),
    "근로자": (18, 64, ("JA0326",), ()),
    "대학생": (18, 34, ("JA0320",), ()),
    "농업인": (18, 120, ("JA0313",), ()),
    "어업인": (18, 120, ("JA0314",), ()),
    "난치병 환자": (0, 120, ("JA0330",), ()),
}


def conditions_of(
    group: str, users: str, dice: int
) -> tuple[frozenset[str], int | None, int | None]:
    """Answer the ticked codes and both ages of a programme for that group."""
    bodies = (BODIES[dice % 3], BODIES[3 + dice % 4])
    if users == "법인/시설/단체":
        return frozenset(bodies), None, None
    if users == "소상공인":
        return frozenset((FIRMS[dice % 3], FIRMS[3 + dice % 3], *bodies)), None, None
    first, last, person, household = _SAID.get(group, (0, 120, (), ()))
    incomes = INCOMES[: 1 + dice % 3] if "저소득" in group or dice % 6 == 0 else INCOMES
    held = (
        *(BOTH_SEXES if dice % 50 else BOTH_SEXES[1:]),
        *incomes,
        # Who restricts nothing ticks everything, or only "none of these"; both mean the same.
        *(person or (PERSONS if dice % 3 else (NO_PERSON,))),
        *(household or (HOUSEHOLDS if dice % 4 else (NO_HOUSEHOLD,))),
    )
    mixed_in = bodies if dice % 25 == 0 else ()
    return frozenset((*held, *mixed_in)), None if dice % 30 == 0 else first, last
