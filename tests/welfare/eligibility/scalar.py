"""A second opinion: one person, one benefit, one `if` after another, straight from the reading."""

import datetime

from welfare.rules.conditions import (
    AllOf,
    AnyOf,
    Between,
    NoneOf,
    SomeMember,
    Standing,
    Test,
    Verdict,
)
from welfare.rules.facts import Household, Member
from welfare.rules.medians import MedianIncomes
from welfare.rules.refinements import Operator, Rule
from welfare.rules.rows import ConditionRow
from welfare.rules.vocabulary import (
    DISTRICTS,
    HOUSEHOLD_CODES,
    INCOME_CODES,
    NAMES,
    PERSON_CODES,
    SEX_CODES,
    Field,
    Group,
)

PERCENTS = {"0-50": (0, 50), "51-75": (50, 75), "76-100": (75, 100), "101-200": (100, 200)}
# Of these exactly one is so of everybody.
ONE_IS_SO = (
    *(Group.SEX, Group.INCOME_BAND, Group.HOUSING),
    *(Group.NATIONALITY, Group.DISTRICT, Group.SPOUSE, Group.SERVICE_PENSION),
)
Answer = bool | None


class Judge:
    """True is yes, False is no, None is unknown."""

    def __init__(
        self, household: Household, member: Member, on: datetime.date, medians: MedianIncomes
    ) -> None:
        self.household, self.member, self.on = household, member, on
        table = medians.on(on)
        self.median = table.for_size(len(household.members)) if table else None
        self.median_verified = bool(table and table.is_firm(len(household.members)))
        self.medians = medians

    def verdict(self, rule: Rule) -> Verdict:
        if (rule.since and self.on < rule.since) or (rule.until and self.on >= rule.until):
            return Verdict.NO
        if rule.for_firms:
            return Verdict.NO
        answers = [] if rule.row is None else self.row(rule.row)
        refined = self._refined(rule)
        if rule.row is None and not refined:
            answers = [None]
        answers += refined
        if rule.districts:
            where = self.household.district
            answers.append(None if where is None else where in rule.districts)
        if any(answer is False for answer in answers):
            return Verdict.NO
        if any(answer is None for answer in answers):
            return Verdict.DEPENDS
        return Verdict.LIKELY

    def row(self, row: ConditionRow) -> list[Answer]:
        if row.codes and all(code[:4] in ("JA11", "JA12", "JA21", "JA22") for code in row.codes):
            return [False]
        return [
            self.sex(row),
            self.age(row),
            self.income(row),
            self.listed(row, "JA03", "JA0322", PERSON_CODES, self.person),
            self.listed(row, "JA04", "JA0410", HOUSEHOLD_CODES, self.home_and_household),
        ]

    def sex(self, row: ConditionRow) -> Answer:
        wanted = {name for code, name in SEX_CODES.items() if code in row.codes}
        if len(wanted) in (0, 2):
            return True
        return None if self.member.sex is None else self.member.sex in wanted

    def age(self, row: ConditionRow) -> Answer:
        low = 0 if row.age_from is None else row.age_from
        high = 120 if row.age_to is None else row.age_to
        if low == 0 and high >= 120:
            return True
        if high < low and high < 120:
            return None
        if self.member.birth_date is None:
            return None
        age = full_years(self.member.birth_date, self.on)
        return age >= low and (high >= 120 or age <= high)

    def income(self, row: ConditionRow) -> Answer:
        wanted = {name for code, name in INCOME_CODES.items() if code in row.codes}
        if len(wanted) in (0, 5):
            return True
        return self.band_among(wanted)

    def listed(self, row, prefix, none_code, names, known) -> Answer:
        codes = {code for code in row.codes if code.startswith(prefix)}
        if not codes or none_code in codes:
            return True
        answers = [known(names[code]) if code in names else None for code in codes]
        return either(answers)

    def person(self, name: str) -> Answer:
        member = self.member
        if name == "DISABLED" and member.disability:
            return True
        if name == "PREGNANT" and member.pregnancy_weeks is not None:
            return True
        return True if name in member.yes else False if name in member.no else None

    def home_and_household(self, name: str) -> Answer:
        household = self.household
        if name == "NO_HOME" and self.owner() is not None:
            return not self.owner()
        return True if name in household.yes else False if name in household.no else None

    def owner(self) -> Answer:
        household = self.household
        if household.home_owner is not None:
            return household.home_owner
        if household.housing == "OWNED":
            return True
        if "NO_HOME" in household.yes:
            return False
        return True if "NO_HOME" in household.no else None

    def band_among(self, wanted: set[str]) -> Answer:
        household = self.household
        if household.income_monthly is None:
            return None if household.income_band is None else household.income_band in wanted
        if self.median is None:
            return None
        hundredfold = household.income_monthly * 100
        held = (b for b, (_, high) in PERCENTS.items() if hundredfold <= high * self.median)
        band = next(held, "200+")
        return True if band in wanted else (False if self.median_verified else None)

    def _refined(self, rule: Rule) -> list[Answer]:
        slots: dict[str, list] = {}
        for version in rule.refinements:
            started = version.since <= self.on
            if started and not (version.until and version.until <= self.on):
                slots.setdefault(version.slot, []).append(version)
        answers = []
        for versions in slots.values():
            version = max(versions, key=lambda one: one.since)
            answer = either([self.test(wanted.test()) for wanted in version.wanted])
            stale = version.stale_from is not None and version.stale_from <= self.on
            reckoned = any(one.operator is Operator.RECKONED for one in version.wanted)
            doubtful = stale or reckoned or not version.verified
            answers.append(None if answer is False and doubtful else answer)
        return answers

    def none_of(self, group: Group, names: set[str]) -> Answer:
        if group in ONE_IS_SO:
            return self.among(group, set(NAMES[group]) - names)
        answer = self.among(group, names)
        return None if answer is None else not answer

    def test(self, test: Test) -> Answer:
        match test:
            case Standing():
                return None if test is Standing.UNREAD else False
            case SomeMember(inner):
                return either(
                    [
                        Judge(self.household, member, self.on, self.medians).test(inner)
                        for member in self.household.members
                    ]
                )
            case AllOf(tests):
                return both([self.test(one) for one in tests])
            case AnyOf(group, names):
                return self.among(group, set(names))
            case NoneOf(group, names):
                return self.none_of(group, set(names))
            case Between(field, low, high):
                return self.between(field, low, high)
        raise AssertionError(test)

    def among(self, group: Group, names: set[str]) -> Answer:
        member, household = self.member, self.household
        known = {
            Group.PERSON: self.person,
            Group.HOUSEHOLD: self.home_and_household,
            Group.RECEIVES: self.receives,
        }
        if group in known:
            return either([known[group](name) for name in names])
        if group is Group.INCOME_BAND:
            return self.band_among(names)
        if group is Group.DISABILITY and "DISABLED" in member.no:
            return False
        if group is Group.HOUSING and household.housing is None:
            return False if names == {"OWNED"} and self.owner() is False else None
        chosen = {
            Group.SEX: member.sex,
            Group.NATIONALITY: member.nationality,
            Group.SPOUSE: member.spouse,
            Group.SERVICE_PENSION: member.service_pension,
            Group.CARE: member.care,
            Group.EXAMINED: None,
            Group.DISABILITY: member.disability,
            Group.HOUSING: household.housing,
            Group.DISTRICT: self.district(),
        }[group]
        return None if chosen is None else chosen in names

    def district(self) -> str | None:
        district = self.household.district
        return district if district is None or district in DISTRICTS else "OUTSIDE_SEOUL"

    def receives(self, name: str) -> Answer:
        if name in self.member.receives | self.household.receives:
            return True
        return False if name in self.member.receives_not | self.household.receives_not else None

    def between(self, field: Field, low: int | None, high: int | None) -> Answer:
        member, household = self.member, self.household
        number: int | None = None
        match field:
            case Field.INCOME_PERCENT | Field.INCOME_MONTHLY:
                return self.income_between(field, low, high)
            case Field.AGE_MONTHS if member.birth_date:
                number = full_months(member.birth_date, self.on)
            case Field.RESIDENCE_MONTHS if member.resident_since:
                number = full_months(member.resident_since, self.on)
            case Field.PREGNANCY_WEEKS if "PREGNANT" in member.no:
                number = -1
            case Field.PREGNANCY_WEEKS:
                number = member.pregnancy_weeks
            case Field.ASSETS:
                number = household.assets
            case Field.HOUSEHOLD_SIZE:
                number = len(household.members)
        return None if number is None else inside(number, low, high)

    def income_between(self, field: Field, low: int | None, high: int | None) -> Answer:
        household = self.household
        if household.income_monthly is None:
            return self.band_between(field, low, high)
        if field is Field.INCOME_MONTHLY:
            return inside(household.income_monthly, low, high)
        if self.median is None:
            return None
        # `low` says "over low - 1 hundredths of a per cent"; no rounding anywhere.
        hundredfold = household.income_monthly * 10_000
        over = low is None or hundredfold > (low - 1) * self.median
        up_to = high is None or hundredfold <= high * self.median
        return True if over and up_to else (False if self.median_verified else None)

    def band_between(self, field: Field, low: int | None, high: int | None) -> Answer:
        """Try the ends of the band, which is what all completions lie between."""
        if self.household.income_band is None:
            return None
        over, up_to = PERCENTS.get(self.household.income_band, (200, None))
        if field is Field.INCOME_PERCENT:
            least, most = over * 100 + (1 if over else 0), None if up_to is None else up_to * 100
            firm = True
        elif self.median is None:
            return None
        else:
            least = over * self.median // 100 + 1 if over else 0
            most = None if up_to is None else up_to * self.median // 100
            firm = self.median_verified
        if inside(least, low, high) and (high is None if most is None else inside(most, low, high)):
            return True
        apart = (high is not None and least > high) or (
            low is not None and most is not None and most < low
        )
        return False if apart and firm else None


def both(answers: list[Answer]) -> Answer:
    return False if False in answers else None if None in answers else True


def either(answers: list[Answer]) -> Answer:
    if True in answers:
        return True
    return None if None in answers else False


def inside(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= number) and (high is None or number <= high)


def full_years(birth: datetime.date, on: datetime.date) -> int:
    had_birthday = (on.month, on.day) >= (birth.month, birth.day)
    return on.year - birth.year - (0 if had_birthday else 1)


def full_months(since: datetime.date, on: datetime.date) -> int:
    months = 0
    year, month = since.year, since.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if (year, month, since.day) > (on.year, on.month, on.day):
            return months
        months += 1
