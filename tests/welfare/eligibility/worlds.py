"""Households of which everything is known, and what is left of them when some of it is hidden."""

import datetime
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from welfare.rules.facts import Household, Member
from welfare.rules.vocabulary import DISTRICTS, NAMES, OUTSIDE_SEOUL, Group

ON = datetime.date(2026, 11, 23)
PROGRAMMES = ("livelihood", "medical", "basic-pension")
OTHERS_OF_HOUSEHOLD = frozenset(NAMES[Group.HOUSEHOLD]) - {"NO_HOME"}
DISABLED, PREGNANT = "DISABLED", "PREGNANT"

birth_dates = st.one_of(
    st.dates(datetime.date(1925, 1, 1), ON),
    # Birthdays of the day, the day before and the day after, and days that not every month has.
    st.builds(
        lambda year, shift: datetime.date(year, ON.month, ON.day) + datetime.timedelta(shift),
        st.integers(1930, 2025),
        st.sampled_from((-1, 0, 1)),
    ),
    st.sampled_from((datetime.date(2008, 2, 29), datetime.date(2024, 12, 31), ON)),
)


@st.composite
def whole_members(draw: st.DrawFn, number: int) -> Member:
    """Answer a person whose every fact is known."""
    yes = draw(st.sets(st.sampled_from(NAMES[Group.PERSON]), max_size=4))
    degree = draw(st.sampled_from(("SEVERE", "MILD"))) if DISABLED in yes else None
    weeks = draw(st.integers(0, 41)) if PREGNANT in yes else None
    receives = draw(st.frozensets(st.sampled_from(PROGRAMMES), max_size=2))
    return Member(
        id=f"m{number}",
        birth_date=draw(birth_dates),
        sex=draw(st.sampled_from(NAMES[Group.SEX])),
        yes=frozenset(yes),
        no=frozenset(NAMES[Group.PERSON]) - yes,
        disability=degree,
        pregnancy_weeks=weeks,
        nationality=draw(st.sampled_from(NAMES[Group.NATIONALITY])),
        spouse=draw(st.sampled_from(NAMES[Group.SPOUSE])),
        service_pension=draw(st.sampled_from(NAMES[Group.SERVICE_PENSION])),
        care=draw(st.sampled_from(NAMES[Group.CARE])),
        resident_since=draw(st.dates(datetime.date(2020, 1, 1), ON)),
        receives=receives,
        receives_not=frozenset(PROGRAMMES) - receives,
    )


@st.composite
def whole_households(draw: st.DrawFn, most: int = 4, least: int = 1) -> Household:
    size = draw(st.integers(least, most))
    owner = draw(st.booleans())
    housing = draw(st.sampled_from(NAMES[Group.HOUSING][0 if owner else 1 :]))
    yes = draw(st.frozensets(st.sampled_from(sorted(OTHERS_OF_HOUSEHOLD)), max_size=3))
    told = {"NO_HOME"}
    return Household(
        members=tuple(draw(whole_members(number)) for number in range(size)),
        yes=yes if owner else yes | told,
        no=(OTHERS_OF_HOUSEHOLD - yes) | (told if owner else set()),
        income_monthly=draw(incomes),
        assets=draw(st.sampled_from((0, 241_000_000, 241_000_001, 900_000_000))),
        district=draw(st.sampled_from((*DISTRICTS, OUTSIDE_SEOUL, "수원시"))),
        home_owner=owner,
        housing=housing,
    )


# Round sums, and the last won of a band for one to three persons with the first after it.
incomes = st.one_of(
    st.integers(0, 20_000_000),
    st.sampled_from(
        (1_282_119, 1_282_120, 2_564_238, 2_564_239, 4_199_292, 4_199_293, 5_359_036, 5_359_037)
    ),
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of a household nobody told."""

    members: tuple[frozenset[str], ...]
    facts: tuple[frozenset[str], ...]
    household: frozenset[str]
    household_facts: frozenset[str]


MEMBER_PARTS = (
    "birth_date sex disability pregnancy_weeks nationality spouse service_pension care "
    "resident_since receives".split()
)
HOUSEHOLD_PARTS = "income_monthly assets district home".split()


@st.composite
def hidings(draw: st.DrawFn, size: int) -> Hidden:
    several = st.frozensets(st.sampled_from(MEMBER_PARTS))
    facts = st.frozensets(st.sampled_from(NAMES[Group.PERSON]))
    return Hidden(
        members=tuple(draw(several) for _ in range(size)),
        facts=tuple(draw(facts) for _ in range(size)),
        household=draw(st.frozensets(st.sampled_from(HOUSEHOLD_PARTS))),
        household_facts=draw(st.frozensets(st.sampled_from(sorted(OTHERS_OF_HOUSEHOLD)))),
    )


def fewer(draw_from: Hidden, keep: Hidden) -> Hidden:
    """Answer what is hidden in both: some of the hidden facts are told after all."""
    return Hidden(
        tuple(a & b for a, b in zip(draw_from.members, keep.members, strict=True)),
        tuple(a & b for a, b in zip(draw_from.facts, keep.facts, strict=True)),
        draw_from.household & keep.household,
        draw_from.household_facts & keep.household_facts,
    )


def told(household: Household, hidden: Hidden) -> Household:
    """Leave out what is hidden."""
    triples = zip(household.members, hidden.members, hidden.facts, strict=True)
    no_home = {"NO_HOME"} if "home" in hidden.household else set()
    gone = hidden.household_facts | no_home
    return replace(
        household,
        members=tuple(_told(*triple) for triple in triples),
        yes=household.yes - gone,
        no=household.no - gone,
        home_owner=None if no_home else household.home_owner,
        housing=None if no_home else household.housing,
        **{
            part: None
            for part in ("income_monthly", "assets", "district")
            if part in hidden.household
        },
    )


def completed(household: Household, hidden: Hidden, other: Household) -> Household:
    """Fill in what is hidden as it is in another household of the same size."""
    quads = zip(household.members, hidden.members, hidden.facts, other.members, strict=True)
    swapped = hidden.household_facts | ({"NO_HOME"} if "home" in hidden.household else set())
    parts = {*hidden.household} - {"home"}
    parts |= {"home_owner", "housing"} if "home" in hidden.household else set()
    return replace(
        household,
        members=tuple(_completed(*quad) for quad in quads),
        yes=(household.yes - swapped) | (other.yes & swapped),
        no=(household.no - swapped) | (other.no & swapped),
        **{part: getattr(other, part) for part in parts},
    )


def _told(member: Member, parts: frozenset[str], facts: frozenset[str]) -> Member:
    gone = _facts(parts, facts)
    changes: dict[str, object] = {part: None for part in parts - {"receives"}}
    if "receives" in parts:
        changes |= {"receives": frozenset(), "receives_not": frozenset()}
    return replace(member, yes=member.yes - gone, no=member.no - gone, **changes)


def _completed(
    member: Member, parts: frozenset[str], facts: frozenset[str], other: Member
) -> Member:
    gone = _facts(parts, facts)
    changed = parts | ({"receives_not"} if "receives" in parts else set())
    return replace(
        member,
        yes=(member.yes - gone) | (other.yes & gone),
        no=(member.no - gone) | (other.no & gone),
        **{part: getattr(other, part) for part in changed},
    )


def _facts(parts: frozenset[str], facts: frozenset[str]) -> frozenset[str]:
    """A degree says that there is a disability, and a week a pregnancy: they go together."""
    gone = facts - {DISABLED, PREGNANT}
    gone |= {DISABLED} if "disability" in parts else frozenset()
    return gone | ({PREGNANT} if "pregnancy_weeks" in parts else frozenset())
