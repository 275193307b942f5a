"""The reading of gov24's `supportConditions`: ages and tick-boxes, group by group."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from welfare.rules.conditions import AnyOf, Between, Condition, Source, Standing, Test
from welfare.rules.vocabulary import (
    AGE_FROM_CODE,
    AGE_TO_CODE,
    EXHAUSTIVE,
    HOUSEHOLD_CODES,
    INCOME_CODES,
    NAMES,
    NO_HOUSEHOLD_CODE,
    NO_PERSON_CODE,
    ORGANISATION_PREFIXES,
    PERSON_CODES,
    SEX_CODES,
    Field,
    Group,
)

# The publisher's way of saying that there is no upper limit.
OLDEST = 120
FLAG = "Y"
NOT_TICKED = ("", "-", "N")
OLDEST_TOLD = 200
GROUPS = (
    (Group.SEX, "JA01", SEX_CODES, None),
    (Group.INCOME_BAND, "JA02", INCOME_CODES, None),
    (Group.PERSON, "JA03", PERSON_CODES, NO_PERSON_CODE),
    (Group.HOUSEHOLD, "JA04", HOUSEHOLD_CODES, NO_HOUSEHOLD_CODE),
)
AGES = (AGE_FROM_CODE, AGE_TO_CODE)
OF_A_GROUP = tuple(prefix for _group, prefix, _names, _none in GROUPS)


class Unreadable(ValueError):
    """A field of a row cannot be meant; the message begins with its name."""

    def __init__(self, field: str, told: str) -> None:
        super().__init__(f"{field}: {told!r}" if told else f"{field}: missing")
        self.field, self.told = field, told


# What callers of the API read as the source of a row's conditions, before the service's number.
CONDITIONS_OF = "gov24 supportConditions "


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One row of `supportConditions`: whose it is, the ages, and the codes that are ticked."""

    service_id: str
    codes: frozenset[str] = field(default_factory=frozenset)
    age_from: int | None = None
    age_to: int | None = None

    @property
    def is_for_organisations(self) -> bool:
        """Say whether only organisations are meant, so that no person matches by lack of limits."""
        return bool(self.codes) and all(c.startswith(ORGANISATION_PREFIXES) for c in self.codes)

    def conditions(self) -> tuple[Condition, ...]:
        source = Source(f"{CONDITIONS_OF}{self.service_id}")
        if self.is_for_organisations:
            return (_standing(Standing.FOR_ORGANISATIONS, source),)
        asked = {"AGE": self._ages()} | {
            group: self._ticked(group, prefix, names, none_of_these)
            for group, prefix, names, none_of_these in GROUPS
        }
        kept = [Condition(name, tests, source) for name, tests in asked.items() if tests]
        if any(not code.startswith((*OF_A_GROUP, *ORGANISATION_PREFIXES)) for code in self.codes):
            kept.append(_standing(Standing.UNREAD, source))
        return tuple(kept) or (_standing(Standing.OPEN_TO_ALL, source),)

    def _ages(self) -> tuple[Test, ...]:
        """0 to 120 is everybody; bounds that contradict each other are read as nothing."""
        low = self.age_from or None
        high = self.age_to if self.age_to is not None and self.age_to < OLDEST else None
        if low is not None and high is not None and high < low:
            return (Standing.UNREAD,)
        if low is None and high is None:
            return ()
        return (years(low, high),)

    def _ticked(
        self, group: Group, prefix: str, known: Mapping[str, str], none_of_these: str | None
    ) -> tuple[Test, ...]:
        codes = {code for code in self.codes if code.startswith(prefix)}
        if not codes or none_of_these in codes:
            return ()
        names = frozenset(known[code] for code in codes & known.keys())
        if group in EXHAUSTIVE and names == frozenset(NAMES[group]):
            return ()
        tests: tuple[Test, ...] = (AnyOf(group, names),) if names else ()
        # A code that the table does not know yet restricts in a way that nobody can tell.
        return (*tests, Standing.UNREAD) if codes - known.keys() else tests


def read_row(raw: Mapping[str, object]) -> ConditionRow:
    """Read the publisher's row, or raise Unreadable with the field that cannot be read.

    A ticked code is kept whether the table knows it or not: what nobody can read restricts.
    """
    service_id = str(raw.get("서비스ID") or "").strip()
    if not service_id:
        raise Unreadable("서비스ID", "")
    codes = {code for code in raw if code.startswith("JA") and code not in AGES}
    codes = {code for code in codes if _is_ticked(raw, code)}
    return ConditionRow(
        service_id=service_id,
        codes=frozenset(codes),
        age_from=_age(raw, AGE_FROM_CODE),
        age_to=_age(raw, AGE_TO_CODE),
    )


def years(low: int | None, high: int | None) -> Between:
    """Answer the range of months of those who are `low` to `high` full years old."""
    return Between(
        Field.AGE_MONTHS,
        None if low is None else low * 12,
        None if high is None else high * 12 + 11,
    )


def _standing(standing: Standing, source: Source) -> Condition:
    return Condition(standing, (standing,), source)


def _is_ticked(raw: Mapping[str, object], code: str) -> bool:
    told = _text(raw, code)
    if told != FLAG and told not in NOT_TICKED:
        raise Unreadable(code, told)
    return told == FLAG


def _age(raw: Mapping[str, object], code: str) -> int | None:
    """Ages come as numbers, and as texts with leading zeros: 065."""
    told = _text(raw, code)
    if not told:
        return None
    if not (told.isascii() and told.isdigit()) or int(told) > OLDEST_TOLD:
        raise Unreadable(code, told)
    return int(told)


def _text(raw: Mapping[str, object], code: str) -> str:
    told = raw.get(code)
    return "" if told is None else str(told).strip()
