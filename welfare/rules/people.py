"""People as arrays: every fact as two bits (so, not so), every number as the range it lies in."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from welfare.rules.facts import Contradiction, Household, Member, age_in_months
from welfare.rules.medians import MedianIncomes
from welfare.rules.vocabulary import (
    BAND_BOUNDS,
    DISTRICTS,
    FIELDS,
    NAMES,
    OUTSIDE_SEOUL,
    RECEIPTS,
    STEP_BOUNDS,
    Field,
    Group,
)

WORD = 64
FULL = 10_000
FAR = 1 << 62
# Nobody's week of pregnancy, for those who are known not to be pregnant.
NOT_AT_ALL = -1

Words = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Range = tuple[int, int]
ANYTHING: Range = (-FAR, FAR)


class FlagSpace:
    """The bit that stands for each fact; facts of receiving a benefit come after the fixed ones."""

    def __init__(self, received: Sequence[str] = ()) -> None:
        fixed = [(group, name) for group, names in NAMES.items() for name in names]
        self.bits = {flag: bit for bit, flag in enumerate(fixed)}
        for name in (*RECEIPTS, *received):
            self.bits.setdefault((Group.RECEIVES, name), len(self.bits))
        self.words = -(-len(self.bits) // WORD)
        self.whole = {group: self.mask(group, frozenset(names)) for group, names in NAMES.items()}

    def mask(self, group: Group, names: frozenset[str] | set[str]) -> int:
        """Answer the bits of these names; what no condition asks about has none."""
        found = 0
        for name in names:
            bit = self.bits.get((group, name))
            if bit is not None:
                found |= 1 << bit
        return found

    def split(self, masks: Sequence[int]) -> Words:
        """Lay masks out as [word, mask]."""
        rest = (1 << WORD) - 1
        return np.array(
            [[mask >> WORD * word & rest for mask in masks] for word in range(self.words)],
            dtype=np.uint64,
        ).reshape(self.words, len(masks))


@dataclass(frozen=True, slots=True)
class People:
    """Persons in the order of their households: `yes` and `no` as [word, person], numbers as
    [field, person]. What is not `firm` was worked out by an unverified figure and refutes nothing.
    """

    yes: Words
    no: Words
    low: Numbers
    high: Numbers
    firm: NDArray[np.bool_]
    starts: Numbers

    def __len__(self) -> int:
        return int(self.yes.shape[1])

    def pieces(self, size: int) -> Iterator[tuple[slice, "People"]]:
        """Cut into pieces of about `size` persons that part no household."""
        begin = 0
        while begin < len(self):
            first = int(np.searchsorted(self.starts, begin))
            after = int(np.searchsorted(self.starts, begin + size, side="right"))
            after = max(after - 1, first + 1) if begin + size < len(self) else len(self.starts)
            end = int(self.starts[after]) if after < len(self.starts) else len(self)
            part = slice(begin, end)
            yield part, self.part(part, self.starts[first:after] - begin)
            begin = end

    def part(self, part: slice, starts: Numbers) -> "People":
        return People(
            self.yes[:, part],
            self.no[:, part],
            self.low[:, part],
            self.high[:, part],
            self.firm[:, part],
            starts,
        )


def encode(
    households: Sequence[Household],
    *,
    on: datetime.date,
    medians: MedianIncomes,
    space: FlagSpace,
) -> People:
    """Lay out what is known of the members of the households on that day."""
    yes, no, numbers, firm = [], [], [], []
    for household in households:
        shared = known_of_household(household, on=on, medians=medians, space=space)
        firm_fields = [field not in shared.doubtful for field in FIELDS]
        for member in household.members:
            own = known_of_member(member, on=on, space=space)
            so = own.yes | shared.yes
            yes.append(so)
            no.append((own.no | shared.no) & ~so)
            told = shared.numbers | own.numbers
            numbers.append([told.get(field, ANYTHING) for field in FIELDS])
            firm.append(firm_fields)
    ranges = np.array(numbers, dtype=np.int64)
    sizes = [len(household.members) for household in households]
    return People(
        yes=space.split(yes),
        no=space.split(no),
        low=np.ascontiguousarray(ranges[:, :, 0].T),
        high=np.ascontiguousarray(ranges[:, :, 1].T),
        firm=np.array(firm, dtype=np.bool_).T,
        starts=np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64),
    )


def known_of_member(member: Member, *, on: datetime.date, space: FlagSpace) -> "Known":
    """Answer what follows from what was said of one person, wherever they live."""
    known = Known(space)
    known.tell_person(member, on)
    return known


def known_of_household(
    household: Household, *, on: datetime.date, medians: MedianIncomes, space: FlagSpace
) -> "Known":
    """Answer what follows for each of its members from what was said of all of them."""
    known = Known(space)
    known.tell_household(household)
    known.tell_income(household, medians, on)
    return known


class Known:
    """What follows from what was said, bit by bit and number by number."""

    __slots__ = ("doubtful", "no", "numbers", "space", "yes")

    def __init__(self, space: FlagSpace) -> None:
        self.yes = self.no = 0
        self.numbers: dict[Field, Range] = {}
        self.doubtful: set[Field] = set()
        self.space = space

    def _tell(self, group: Group, yes: frozenset[str], no: frozenset[str] = frozenset()) -> None:
        if yes:
            self.yes |= self.space.mask(group, yes)
        if no:
            self.no |= self.space.mask(group, no)

    def _choose(self, group: Group, name: str | None, *, firm: bool = True) -> None:
        """Tell one of several of which exactly one is so."""
        if name is not None:
            bit = self.space.mask(group, {name})
            self.yes |= bit
            self.no |= self.space.whole[group] & ~bit if firm else 0

    def tell_person(self, member: Member, on: datetime.date) -> None:
        self._tell(Group.PERSON, member.yes, member.no)
        self._choose(Group.SEX, member.sex)
        self._choose(Group.NATIONALITY, member.nationality)
        self._choose(Group.SPOUSE, member.spouse)
        self._choose(Group.SERVICE_PENSION, member.service_pension)
        self._choose(Group.CARE, member.care)
        self._choose(Group.DISABILITY, member.disability)
        if member.disability is not None:
            self._tell(Group.PERSON, frozenset({"DISABLED"}))
        elif "DISABLED" in member.no:
            self._tell(Group.DISABILITY, frozenset(), frozenset(NAMES[Group.DISABILITY]))
        if member.pregnancy_weeks is not None:
            self._tell(Group.PERSON, frozenset({"PREGNANT"}))
            self._count(Field.PREGNANCY_WEEKS, member.pregnancy_weeks)
        elif "PREGNANT" in member.no:
            self._count(Field.PREGNANCY_WEEKS, NOT_AT_ALL)
        if member.birth_date is not None:
            if member.birth_date > on:
                raise Contradiction("nobody is judged before the day of birth")
            self._count(Field.AGE_MONTHS, age_in_months(member.birth_date, on))
        if member.resident_since is not None:
            months = max(age_in_months(member.resident_since, on), NOT_AT_ALL)
            self._count(Field.RESIDENCE_MONTHS, months)
        self._tell(Group.RECEIVES, member.receives, member.receives_not)

    def tell_household(self, household: Household) -> None:
        self._tell(Group.HOUSEHOLD, household.yes, household.no)
        self._choose(Group.HOUSING, household.housing)
        owner = household.owns_a_home()
        if owner is not None:
            homeless = frozenset({"NO_HOME"})
            self._tell(Group.HOUSEHOLD, *((frozenset(), homeless) if owner else (homeless,)))
        if owner is False:
            self._tell(Group.HOUSING, frozenset(), frozenset({"OWNED"}))
        if household.district is not None:
            seoul = household.district in DISTRICTS
            self._choose(Group.DISTRICT, household.district if seoul else OUTSIDE_SEOUL)
        most, over = household.assets, household.assets_over
        if most is not None or over is not None:
            least = most if over is None else over + 1
            self._limit(Field.ASSETS, (least or 0, FAR if most is None else most))
        people = household.people
        size = (household.least, FAR) if people is None else (people, people)
        self._limit(Field.HOUSEHOLD_SIZE, size)
        self._tell(Group.RECEIVES, household.receives, household.receives_not)

    def tell_income(self, household: Household, medians: MedianIncomes, on: datetime.date) -> None:
        """A sum is exact and a band is a range; the median that joins them may be unverified.

        Where nobody knows how many they are, the median is at least that of those who are told of:
        a sum is then at most such a share, and a band at least such a sum.
        """
        table = medians.on(on)
        size = household.people or household.least
        median = table.for_size(size) if table else None
        firm = bool(table and table.is_firm(size))
        is_known = household.people is not None
        if household.income_monthly is not None:
            self._count(Field.INCOME_MONTHLY, household.income_monthly)
            if median is not None:
                share = -(-household.income_monthly * FULL // median)
                self._limit(Field.INCOME_PERCENT, (share if is_known else 0, share), firm=firm)
                if is_known:
                    self._choose(Group.INCOME_BAND, band_of(share), firm=firm)
                elif firm:
                    self._tell(Group.INCOME_BAND, frozenset(), bands_above(share))
        elif household.income_band is not None:
            self._choose(Group.INCOME_BAND, household.income_band)
            low, high = band_range(household.income_step or household.income_band)
            self._limit(Field.INCOME_PERCENT, (low, high))
            if median is not None:
                most = FAR if high == FAR or not is_known else high * median // FULL
                least = (low - 1) * median // FULL + 1 if low else 0
                self._limit(Field.INCOME_MONTHLY, (least, most), firm=firm)

    def _count(self, field: Field, number: int, *, firm: bool = True) -> None:
        self._limit(field, (number, number), firm=firm)

    def _limit(self, field: Field, limits: Range, *, firm: bool = True) -> None:
        self.numbers[field] = limits
        if not firm:
            self.doubtful.add(field)


def band_of(share: int) -> str:
    """Answer the band of a share of the median income, given in hundredths of a per cent."""
    return next(b for b, bound in BAND_BOUNDS.items() if bound is None or share <= bound)


def bands_above(share: int) -> frozenset[str]:
    """Answer the bands in which no smaller share lies either."""
    order = list(BAND_BOUNDS)
    return frozenset(order[order.index(band_of(share)) + 1 :])


def band_range(band: str) -> Range:
    """Answer the shares that lie in a band, or in a step of the lowest one."""
    bounds: Mapping[str, int | None] = STEP_BOUNDS if band in STEP_BOUNDS else BAND_BOUNDS
    below = 0
    for name, bound in bounds.items():
        if name == band:
            return (below + 1 if below else 0), (FAR if bound is None else bound)
        below = bound or below
    raise KeyError(band)
