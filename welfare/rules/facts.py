"""What is known of a household: each fact known to be so, known not to be so, or unknown."""

import datetime
from dataclasses import dataclass, replace

from welfare.rules.vocabulary import LOWEST_BAND, NAMES, STEP_BOUNDS, Group

NOTHING: frozenset[str] = frozenset()


class Contradiction(ValueError):
    """What is said of a household cannot all be true."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person; what is `None` or in neither set is unknown."""

    id: str
    birth_date: datetime.date | None = None
    sex: str | None = None
    yes: frozenset[str] = NOTHING
    no: frozenset[str] = NOTHING
    disability: str | None = None
    nationality: str | None = None
    pregnancy_weeks: int | None = None
    resident_since: datetime.date | None = None
    receives: frozenset[str] = NOTHING
    receives_not: frozenset[str] = NOTHING
    # Whether there is a spouse, who may live elsewhere.
    spouse: str | None = None
    # Whether they or their spouse receive a pension of public service.
    service_pension: str | None = None
    # Who looks after a child by day.
    care: str | None = None

    def __post_init__(self) -> None:
        _refuse_unknown(Group.PERSON, self.yes | self.no)
        _refuse_unknown(Group.SEX, {self.sex})
        _refuse_unknown(Group.DISABILITY, {self.disability})
        _refuse_unknown(Group.NATIONALITY, {self.nationality})
        _refuse_unknown(Group.SPOUSE, {self.spouse})
        _refuse_unknown(Group.SERVICE_PENSION, {self.service_pension})
        _refuse_unknown(Group.CARE, {self.care})
        _refuse_both(self.yes, self.no)
        _refuse_both(self.receives, self.receives_not)
        if self.disability and "DISABLED" in self.no:
            raise Contradiction("DISABLED is denied and a degree of disability is given")
        if self.pregnancy_weeks is not None and "PREGNANT" in self.no:
            raise Contradiction("PREGNANT is denied and a week of pregnancy is given")


@dataclass(frozen=True, slots=True)
class Household:
    """Those who live together, and what is true for all of them.

    `size` is how many they are: 0 for as many as are told of, None where nobody knows, but at
    least those who are told of.
    """

    members: tuple[Member, ...]
    yes: frozenset[str] = NOTHING
    no: frozenset[str] = NOTHING
    income_monthly: int | None = None
    income_band: str | None = None
    assets: int | None = None
    district: str | None = None
    home_owner: bool | None = None
    housing: str | None = None
    receives: frozenset[str] = NOTHING
    receives_not: frozenset[str] = NOTHING
    size: int | None = 0
    # Told as a range, `assets` is the most they can be, and these are less than what there is.
    assets_over: int | None = None
    # Where in the lowest band the income lies: whom the poorest people's benefits are for.
    income_step: str | None = None

    def __post_init__(self) -> None:
        if self.size and self.size < self.least:
            raise Contradiction(f"{self.least} people do not make a household of {self.size}")
        if not self.members:
            raise Contradiction("a household has at least one member")
        if len({member.id for member in self.members}) < len(self.members):
            raise Contradiction("two members bear the same id")
        _refuse_unknown(Group.HOUSEHOLD, self.yes | self.no)
        _refuse_unknown(Group.INCOME_BAND, {self.income_band})
        _refuse_unknown(Group.HOUSING, {self.housing})
        _refuse_both(self.yes, self.no)
        _refuse_both(self.receives, self.receives_not)
        if None not in (self.assets, self.assets_over) and self.assets_over >= self.assets:  # type: ignore[operator]
            raise Contradiction(f"{self.assets} is not over {self.assets_over}")
        for amount in (self.income_monthly, self.assets, self.assets_over):
            if amount is not None and amount < 0:
                raise Contradiction(f"{amount} is no amount of money")
        if self.income_step is not None:
            if self.income_step not in STEP_BOUNDS:
                raise Contradiction(f"no such fact: {self.income_step}")
            if self.income_band != LOWEST_BAND:
                raise Contradiction("a step within the lowest band is told of another one")
        self.owns_a_home()

    @property
    def least(self) -> int:
        """How many people are told of: so many they are at least."""
        return sum(member.id != UNTOLD.id for member in self.members)

    @property
    def people(self) -> int | None:
        """How many they are; None where nobody knows."""
        return self.least if self.size == 0 else self.size

    def with_untold(self) -> "Household":
        """Add somebody of whom nothing is known, where there are or may be more than are told of.

        What asks for somebody in the household then stays open until all of them are known.
        """
        if self.people == self.least or UNTOLD in self.members:
            return self
        return replace(self, members=(*self.members, UNTOLD))

    def owns_a_home(self) -> bool | None:
        """Say whether the home is theirs, from whichever of the three ways it was told in."""
        told = {
            self.home_owner,
            False if "NO_HOME" in self.yes else True if "NO_HOME" in self.no else None,
            # Who rents may own a home elsewhere; only an owned dwelling settles it.
            True if self.housing == "OWNED" else None,
        } - {None}
        if len(told) > 1:
            raise Contradiction("a home is both owned and not owned")
        return told.pop() if told else None


# A pregnancy counts no week after it.
LAST_WEEK = 42


def weeks_later(household: Household, weeks: int) -> Household:
    """Answer the household with each pregnancy so many weeks on."""
    members = tuple(
        one
        if one.pregnancy_weeks is None
        else replace(one, pregnancy_weeks=one.pregnancy_weeks + weeks)
        for one in household.members
    )
    return replace(household, members=members)


def for_years(household: Household) -> Household:
    """Answer the household with the week of a pregnancy left open: for years none stands still."""
    members = tuple(
        one
        if one.pregnancy_weeks is None
        else replace(one, pregnancy_weeks=None, yes=one.yes | {"PREGNANT"})
        for one in household.members
    )
    return replace(household, members=members)


def age_in_months(birth_date: datetime.date, on: datetime.date) -> int:
    """Count full months; the day of birth counts, so a year is full on the birthday.

    민법 제158조; who was born on 29 February or on a 31st is a month older on the first of the next
    month where theirs has no such day (제160조 제3항).
    """
    months = (on.year - birth_date.year) * 12 + on.month - birth_date.month
    return months - (on.day < birth_date.day)


# What may be told of each group; nothing may be, too.
KNOWN: dict[Group, frozenset[str | None]] = {
    group: frozenset({None, *names}) for group, names in NAMES.items()
}


def _refuse_unknown(group: Group, names: frozenset[str] | set[str | None]) -> None:
    if unknown := names - KNOWN[group]:
        raise Contradiction(f"no such fact: {', '.join(sorted(map(str, unknown)))}")


def _refuse_both(yes: frozenset[str], no: frozenset[str]) -> None:
    if both := yes & no:
        raise Contradiction(f"both so and not so: {', '.join(sorted(both))}")


# Stands for whoever else may live there: somebody of whom nothing is known. Nobody who is told of
# bears an empty id, so that no name that anybody is sent under is taken for it.
UNTOLD = Member("")
