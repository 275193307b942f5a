"""What would turn a condition that is not met into one that is: a day, a sum, another fact."""

import datetime
from dataclasses import dataclass

from welfare.rules.conditions import AnyOf, Between, NoneOf, SomeMember, Test
from welfare.rules.facts import Household, Member, age_in_months
from welfare.rules.people import FULL, band_of, band_range
from welfare.rules.vocabulary import BAND_BOUNDS, NAMES, Field, Group

# What nobody changes for the sake of a benefit, and what it would be an insult to suggest.
FIXED = frozenset(
    {Group.SEX, Group.NATIONALITY, Group.DISABILITY, Group.SPOUSE, Group.SERVICE_PENSION}
)
UNWISHED = frozenset({"DISABLED", "ILL"})
SCHOOLS = frozenset({"ELEMENTARY", "MIDDLE_SCHOOL", "HIGH_SCHOOL"})
YEAR, GROWN_UP = 12, 20


@dataclass(frozen=True, slots=True)
class Change:
    """`day` where time alone does it; `at_most` or `over` where a sum does, in won or members;
    else the facts that the test names.
    """

    test: Test
    day: datetime.date | None = None
    at_most: int | None = None
    over: int | None = None

    @property
    def order(self) -> int:
        """Of several ways time comes first, then a sum, then another fact."""
        if self.day is not None:
            return 0
        return 1 if self.at_most is not None or self.over is not None else 2


def change_of(
    test: Test, member: Member, household: Household, *, on: datetime.date, median: int | None
) -> Change | None:
    """Answer what would have to change, or None where nothing can."""
    match test:
        case Between():
            return _of_number(test, member, household, on, median)
        case AnyOf(Group.INCOME_BAND, names):
            return _of_band(test, names, household, median)
        case NoneOf(Group.INCOME_BAND, names):
            others = frozenset(NAMES[Group.INCOME_BAND]) - names
            return _of_band(test, others, household, median)
        case AnyOf(group) | NoneOf(group) if group not in FIXED and not _is_idle(test, member, on):
            return Change(test)
        case SomeMember(inner):
            return _of_somebody(test, inner, household, on)
    return None


def day_of_month(start: datetime.date, months: int) -> datetime.date:
    """Answer the first day on which so many full months have passed since a day."""
    year, month = divmod(start.year * YEAR + start.month - 1 + months, YEAR)
    try:
        return datetime.date(year, month + 1, start.day)
    except ValueError:
        year, month = divmod(year * YEAR + month + 1, YEAR)
        return datetime.date(year, month + 1, 1)


def _is_idle(test: Test, member: Member, on: datetime.date) -> bool:
    """Say whether it were idle to speak of it: to fall ill, or to go to school as a grown-up."""
    if not isinstance(test, AnyOf) or test.group is not Group.PERSON:
        return False
    born = member.birth_date
    is_grown_up = born is not None and age_in_months(born, on) >= GROWN_UP * YEAR
    return test.names <= (UNWISHED | SCHOOLS if is_grown_up else UNWISHED)


def _of_somebody(test: Test, inner: Test, household: Household, on: datetime.date) -> Change | None:
    """Answer the first birthday in the household that would do."""
    ways = (change_of(inner, one, household, on=on, median=None) for one in household.members)
    days = [way.day for way in ways if way is not None and way.day is not None]
    return Change(test, day=min(days)) if days else None


def _of_number(
    test: Between, member: Member, household: Household, on: datetime.date, median: int | None
) -> Change | None:
    if test.field in (Field.AGE_MONTHS, Field.RESIDENCE_MONTHS):
        aged = test.field is Field.AGE_MONTHS
        return _of_time(test, member.birth_date if aged else member.resident_since, on)
    if test.field is Field.INCOME_PERCENT:
        return _of_share(test, household, median)
    sums = {
        Field.INCOME_MONTHLY: _income(household, median),
        Field.ASSETS: household.assets,
        Field.HOUSEHOLD_SIZE: household.people,
    }
    return _of_sum(test, sums.get(test.field))


def _of_time(test: Between, start: datetime.date | None, on: datetime.date) -> Change | None:
    """Months only grow: a lower bound is reached one day, an upper one is behind."""
    if start is None or test.low is None:
        return None
    day = day_of_month(start, test.low)
    return Change(test, day=day) if day > on else None


def _of_sum(test: Between, amount: int | None) -> Change | None:
    if amount is None:
        return None
    if test.high is not None and amount > test.high:
        return Change(test, at_most=test.high)
    return None if test.low is None else Change(test, over=test.low - 1)


def _of_share(test: Between, household: Household, median: int | None) -> Change | None:
    if median is None:
        return None
    share = _share(household, median)
    if share is not None and test.high is not None and share > test.high:
        return Change(test, at_most=test.high * median // FULL)
    return None if test.low is None else Change(test, over=(test.low - 1) * median // FULL)


def _of_band(
    test: Test, names: frozenset[str], household: Household, median: int | None
) -> Change | None:
    """Answer the sum that ends the next band below that is accepted, else the next above."""
    share = _share(household, median)
    if median is None or share is None:
        return None
    order = list(BAND_BOUNDS)
    here = order.index(band_of(share))
    below = [band for band in order[:here] if band in names]
    if below:
        return Change(test, at_most=band_range(below[-1])[1] * median // FULL)
    above = [band for band in order[here:] if band in names]
    return Change(test, over=(band_range(above[0])[0] - 1) * median // FULL) if above else None


def _share(household: Household, median: int | None) -> int | None:
    if household.income_monthly is not None and median is not None:
        return -(-household.income_monthly * FULL // median)
    if household.income_band is not None:
        return band_range(household.income_step or household.income_band)[0]
    return None


def _income(household: Household, median: int | None) -> int | None:
    if household.income_monthly is not None:
        return household.income_monthly
    share = _share(household, median)
    return None if share is None or median is None else share * median // FULL
