"""What would turn a condition that is not met into one that is: a day, a sum, another fact."""

import datetime
from dataclasses import dataclass

from welfare.rules.conditions import AllOf, AnyOf, Between, FactTest, NoneOf, SomeMember, Test
from welfare.rules.facts import Household, Member, age_in_months
from welfare.rules.people import FULL, band_of, band_range
from welfare.rules.vocabulary import BAND_BOUNDS, NAMES, Field, Group

# Of facts only what comes by itself or may be undertaken decently is named: to apply for another
# benefit, to move to another district, to register as looking for work, to go to school, to send a
# child to a nursery. Never that somebody fell ill, lost their home or their work, parted, were born
# elsewhere, had a child.
OPEN_TO_ALL = frozenset({Group.RECEIVES, Group.DISTRICT, Group.CARE})
SEEKS, WORKS = "JOB_SEEKER", "EMPLOYED"
# Between which ages somebody may come to be so; whose age nobody knows may at the last of them.
AGES = {
    "ELEMENTARY": (0, 12),
    "MIDDLE_SCHOOL": (0, 15),
    "HIGH_SCHOOL": (0, 19),
    "UNIVERSITY": (15, 39),
    SEEKS: (15, 69),
}
AT_NO_AGE_TOLD = frozenset({"UNIVERSITY", SEEKS})
YEAR = 12
# What is told of one person by one name.
OF_ONE = {
    Group.SEX: "sex",
    Group.DISABILITY: "disability",
    Group.NATIONALITY: "nationality",
    Group.SPOUSE: "spouse",
    Group.SERVICE_PENSION: "service_pension",
    Group.CARE: "care",
}


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
    def order(self) -> tuple[int, int]:
        """Of several ways time comes first, then a sum, then another fact; the loosest of sums."""
        if self.day is not None:
            return 0, self.day.toordinal()
        if self.at_most is not None:
            return 1, -self.at_most
        return (2, 0) if self.over is None else (1, self.over)


def change_of(
    test: Test, member: Member, household: Household, *, on: datetime.date, median: int | None
) -> Change | None:
    """Answer what would have to change, or None where nothing can."""
    match test:
        case Between():
            return _of_number(test, member, household, on, median)
        case AnyOf(Group.INCOME_BAND) | NoneOf(Group.INCOME_BAND):
            return _of_band(test, household, median)
        case AnyOf(group, names) if decent := _decent(group, names, member, on):
            return Change(AnyOf(group, decent))
        case SomeMember(inner):
            return _of_somebody(test, inner, household, on)
        case AllOf(tests):
            # Of a table by size each sum stands beside how many they are: that one is theirs.
            others = [one for one in tests if not _holds(one, member, household, on, median)]
            if len(others) == 1:
                return change_of(others[0], member, household, on=on, median=median)
    return None


def day_of_month(start: datetime.date, months: int) -> datetime.date:
    """Answer the first day on which so many full months have passed since a day."""
    year, month = divmod(start.year * YEAR + start.month - 1 + months, YEAR)
    try:
        return datetime.date(year, month + 1, start.day)
    except ValueError:
        year, month = divmod(year * YEAR + month + 1, YEAR)
        return datetime.date(year, month + 1, 1)


def _holds(
    test: FactTest, member: Member, household: Household, on: datetime.date, median: int | None
) -> bool:
    """Say whether what was told meets a test; what is open, or told by something else, does not."""
    if isinstance(test, AnyOf):
        return not _told(test.group, member, household).isdisjoint(test.names)
    if isinstance(test, NoneOf):
        told = _told(test.group, member, household)
        return test.group in OF_ONE and bool(told - {None}) and told.isdisjoint(test.names)
    number = _number(test.field, member, household, on, median)
    low, high = test.low or 0, test.high
    return number is not None and low <= number and (high is None or number <= high)


def _told(group: Group, member: Member, household: Household) -> frozenset[str | None]:
    if group in OF_ONE:
        return frozenset({getattr(member, OF_ONE[group])})
    match group:
        case Group.PERSON:
            return frozenset(member.yes)
        case Group.HOUSEHOLD:
            return frozenset(household.yes)
        case Group.RECEIVES:
            return frozenset(member.receives | household.receives)
    return frozenset()


def _number(
    field: Field, member: Member, household: Household, on: datetime.date, median: int | None
) -> int | None:
    match field:
        case Field.AGE_MONTHS:
            return None if member.birth_date is None else age_in_months(member.birth_date, on)
        case Field.HOUSEHOLD_SIZE:
            return household.people
        case Field.INCOME_PERCENT:
            return _share(household, median)
        case Field.PREGNANCY_WEEKS:
            return member.pregnancy_weeks
    return None


def _decent(
    group: Group, names: frozenset[str], member: Member, on: datetime.date
) -> frozenset[str]:
    """Answer those of the facts that somebody of that age may be told of."""
    if group in OPEN_TO_ALL:
        return names
    if group is not Group.PERSON:
        return frozenset()
    # Who has work is not told to lose it.
    known = names - {SEEKS} if WORKS in member.yes else names
    if member.birth_date is None:
        return known & AT_NO_AGE_TOLD
    years = age_in_months(member.birth_date, on) // YEAR
    return frozenset(one for one in known & AGES.keys() if AGES[one][0] <= years <= AGES[one][1])


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
    if test.field is Field.PREGNANCY_WEEKS:
        return _of_weeks(test, member.pregnancy_weeks, on)
    if test.field is Field.INCOME_PERCENT:
        return _of_share(test, household, median)
    # How many live together is nobody's to change for a benefit.
    sums = {Field.INCOME_MONTHLY: _income(household, median), Field.ASSETS: household.assets}
    return _of_sum(test, sums.get(test.field))


def _of_time(test: Between, start: datetime.date | None, on: datetime.date) -> Change | None:
    """Months only grow: a lower bound is reached one day, an upper one is behind."""
    if start is None or test.low is None:
        return None
    day = day_of_month(start, test.low)
    return Change(test, day=day) if day > on else None


def _of_weeks(test: Between, weeks: int | None, on: datetime.date) -> Change | None:
    """Answer the day on which the pregnancy that was told of is so far."""
    if weeks is None or test.low is None or weeks >= test.low:
        return None
    return Change(test, day=on + datetime.timedelta(weeks=test.low - weeks))


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


def _of_band(test: AnyOf | NoneOf, household: Household, median: int | None) -> Change | None:
    """Answer the sum that ends the next band below that is accepted, else the next above."""
    is_refused = isinstance(test, NoneOf)
    names = frozenset(NAMES[Group.INCOME_BAND]) - test.names if is_refused else test.names
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
