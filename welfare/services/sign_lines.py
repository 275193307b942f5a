"""Lines of a file of signs: what each column may hold, and whose list a line belongs to."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils import translation

from accounts.models import CommunityCentre
from core.desk.imports import (
    CellRefused,
    Column,
    Fault,
    places_of,
    read_cells,
    read_day,
)
from core.desk.streams import Line, Lines
from core.places.facts import Dong, dongs_named, get_district, get_dong
from core.records.resident_numbers import holds_resident_number
from welfare import permissions
from welfare.enums import HardshipKind, ToldSex
from welfare.queries.households import mark_of
from welfare.rules.hardship import SignKind
from welfare.rules.sign_words import (
    ARREARS,
    MOST_MONTHS,
    OLDEST_MONTHS,
    is_masked,
    months_between,
    read_month,
)

BATCH = 2_000
LONGEST_NAME = 60
LONGEST_ADDRESS = 200
EARLIEST_BIRTH = datetime.date(1900, 1, 1)
SEXES = {
    "남": "M",
    "남성": "M",
    "남자": "M",
    "m": "M",
    "여": "F",
    "여성": "F",
    "여자": "F",
    "f": "F",
}


def _read_name(text: str) -> str:
    if is_masked(text):
        raise CellRefused("가려진 이름입니다.", "가리지 않은 이름을 적으세요.")
    if len(text) > LONGEST_NAME:
        raise CellRefused("이름이 너무 깁니다.", f"{LONGEST_NAME}자까지 됩니다.")
    return text


def _read_birth(text: str) -> datetime.date:
    born = read_day(text)
    if born < EARLIEST_BIRTH:
        raise CellRefused("1900년보다 앞입니다.", "1956-03-02처럼 네 자리 연도로 적으세요.")
    return born


def _read_address(text: str) -> str:
    if len(text) > LONGEST_ADDRESS:
        raise CellRefused("주소가 너무 깁니다.", f"{LONGEST_ADDRESS}자까지 됩니다.")
    return text


def _read_dong(text: str) -> Dong:
    """Take a code (10, 8 or 7 digits) or a name, with its district where it is not the only one."""
    if (dong := get_dong(text.replace(" ", ""))) is not None:
        return dong
    first, _, rest = text.removeprefix("서울특별시").strip().partition(" ")
    district = get_district(first)
    found = dongs_named(rest if district and rest else text, district=district if rest else None)
    if len(found) == 1:
        return found[0]
    right = "행정동 코드 열 자리나 ‘노원구 상계1동’처럼 적으세요."
    raise CellRefused(
        "같은 이름의 동이 여럿입니다." if found else "서울의 행정동이 아닙니다.", right
    )


@cache
def _kinds() -> dict[str, SignKind]:
    """By code and by what each is called in either language, once for all lines."""
    found: dict[str, SignKind] = {}
    for language in ("ko", "en"):
        with translation.override(language):
            for kind in HardshipKind:
                for text in (kind.value, str(kind.label)):
                    found[_bare(text)] = SignKind(kind.value)
    return found


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _read_kind(text: str) -> SignKind:
    if (kind := _kinds().get(_bare(text))) is None:
        among = ", ".join(HardshipKind.values)
        raise CellRefused("이런 신호 코드는 없습니다.", f"이 가운데 하나를 적으세요: {among}.")
    return kind


def _read_month(text: str) -> datetime.date:
    try:
        return read_month(text)
    except ValueError as wrong:
        raise CellRefused("달이 아닙니다.", "2026-10처럼 적으세요.") from wrong


def _read_months(text: str) -> int:
    digits = text.removesuffix("개월").strip().lstrip("0")
    if not (
        digits.isascii()
        and digits.isdecimal()
        and len(digits) <= len(str(MOST_MONTHS))
        and int(digits) <= MOST_MONTHS
    ):
        raise CellRefused("개월 수가 아닙니다.", f"1에서 {MOST_MONTHS}까지의 수를 적으세요.")
    return int(digits)


def _read_sex(text: str) -> str:
    if (sex := SEXES.get(text.lower())) is None:
        raise CellRefused("성별이 아닙니다.", "‘남’이나 ‘여’를 적거나 비우세요.")
    return sex


COLUMNS = (
    Column(name="name", title="이름", also=("성명", "name"), read=_read_name, required=True),
    Column(
        name="birth_date",
        title="생년월일",
        also=("birth_date",),
        read=_read_birth,
        required=True,
    ),
    Column(name="address", title="주소", also=("address",), read=_read_address, required=True),
    Column(name="dong", title="행정동", also=("dong",), read=_read_dong),
    Column(name="centre", title="동주민센터", also=("주민센터", "centre")),
    Column(name="kind", title="신호", also=("신호 코드", "kind"), read=_read_kind, required=True),
    Column(name="month", title="신고월", also=("month",), read=_read_month, required=True),
    Column(name="months", title="체납 개월", also=("개월", "months"), read=_read_months),
    Column(name="sex", title="성별", also=("sex",), read=_read_sex),
)


@dataclass(frozen=True, slots=True)
class SignRow:
    """A line that can be taken: of whom, what, and whose list it belongs to."""

    line: int
    mark: str
    name: str
    birth_date: datetime.date
    address: str
    office_id: int
    district_code: str
    sex: str
    kind: SignKind
    month: datetime.date
    months: int | None

    @property
    def subject(self) -> str:
        return f"{self.name} ({self.birth_date})"

    @property
    def said(self) -> str:
        """What the line says, in whatever language it is shown."""
        return f"{self.line} {self.mark} {self.kind} {self.month:%Y-%m} {self.months}"

    @property
    def words(self) -> str:
        months = f", {self.months}개월" if self.months else ""
        return f"{HardshipKind(self.kind).label} {self.month:%Y-%m}{months}"


@dataclass(slots=True)
class Batch:
    lines: int = 0
    rows: list[SignRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Centre:
    office_id: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Scope:
    """For which centres somebody brings signs in: their own, or all. One query."""

    by_dong: Mapping[str, Centre]
    by_name: Mapping[str, Centre]
    own: frozenset[int] | None  # None: all

    def takes(self, office_id: int) -> bool:
        return self.own is None or office_id in self.own

    @property
    def only_one(self) -> Centre | None:
        mine = [one for one in self.by_dong.values() if self.own and one.office_id in self.own]
        return mine[0] if len(mine) == 1 else None


def scope_of(actor: Any) -> Scope:
    held = CommunityCentre.objects.select_related("office").order_by("code")
    centres = [Centre(one.pk, one.office.name, one.code) for one in held]
    own = None if permissions.can_bring_all_signs(actor) else actor.managed_office_ids
    return Scope(
        {one.code: one for one in centres},
        {one.name.replace(" ", ""): one for one in centres},
        own,
    )


def read_batches(lines: Lines, *, scope: Scope, on: datetime.date) -> Iterator[Batch]:
    """Yield the lines of a file a batch at a time; a file without its columns is one fault."""
    places, faults = places_of(lines.header, COLUMNS)
    if faults:
        yield Batch(faults=faults)
        return
    reader = _Reader(places, scope, on)
    batch = Batch()
    for line in lines.rows:
        batch.lines += 1
        row, wrong = reader.read(line)
        batch.faults += wrong
        if row is not None:
            batch.rows.append(row)
        if batch.lines == BATCH:
            yield batch
            batch = Batch()
    if batch.lines:
        yield batch


class _Reader:
    """Reads line after line, and remembers which sign stood where: a few bytes a line."""

    def __init__(self, places: Mapping[str, int], scope: Scope, on: datetime.date) -> None:
        self._places, self._scope, self._on = places, scope, on
        self._seen: dict[bytes, int] = {}

    def read(self, line: Line) -> tuple[SignRow | None, Sequence[Fault]]:
        number, cells = line
        named = {name: cells[at] if at < len(cells) else "" for name, at in self._places.items()}
        if hidden := self._resident_number(number, named):
            return None, [hidden]
        told, faults = read_cells(number, named, COLUMNS, [])
        if faults:
            return None, faults
        if fault := self._wrong(number, told):
            return None, [fault]
        centre = self._centre(number, told)
        if isinstance(centre, Fault):
            return None, [centre]
        row = SignRow(
            line=number,
            mark=mark_of(name=told["name"], birth_date=told["birth_date"]),
            name=told["name"],
            birth_date=told["birth_date"],
            address=told["address"],
            office_id=centre.office_id,
            district_code=centre.code[:5],
            sex=told.get("sex") or ToldSex.UNTOLD.value,
            kind=told["kind"],
            month=told["month"],
            months=told.get("months"),
        )
        return self._unless_told_before(row)

    def _resident_number(self, line: int, cells: Mapping[str, str]) -> Fault | None:
        """Refuse such numbers wherever they stand, and repeat none."""
        titles = {column.name: column.title for column in COLUMNS}
        for name, text in cells.items():
            if holds_resident_number(text):
                wrong, right = "주민등록번호는 받지 않습니다.", "생년월일만 적으세요."
                return Fault(line, titles[name], "", wrong, right)
        return None

    def _wrong(self, line: int, told: Mapping[str, Any]) -> Fault | None:
        """Say what no column shows by itself: days to come, old months, months of what has none."""
        if told["birth_date"] > self._on:
            right = "태어난 날을 다시 확인하세요."
            return Fault(line, "생년월일", str(told["birth_date"]), "앞으로 올 날입니다.", right)
        age = months_between(told["month"], self._on)
        if age < 0:
            right = f"{self._on:%Y-%m}까지의 달을 적으세요."
            return Fault(line, "신고월", f"{told['month']:%Y-%m}", "앞으로 올 달입니다.", right)
        if age >= OLDEST_MONTHS:
            right = "한 해가 지난 신호는 받지 않습니다. 이 줄을 빼세요."
            return Fault(line, "신고월", f"{told['month']:%Y-%m}", "한 해가 지났습니다.", right)
        if told.get("months") and told["kind"] not in ARREARS:
            wrong = "이 신호에는 체납 개월 수가 없습니다."
            return Fault(line, "체납 개월", str(told["months"]), wrong, "칸을 비우세요.")
        return None

    def _centre(self, line: int, told: Mapping[str, Any]) -> Centre | Fault:
        named, dong = told.get("centre"), told.get("dong")
        centre = self._scope.by_dong.get(dong.code) if dong else None
        if dong and centre is None:
            right = "동주민센터 칸에 맡을 곳을 적으세요."
            return Fault(line, "행정동", dong.name, "동주민센터가 없는 동입니다.", right)
        if named:
            found = self._scope.by_name.get(named.replace(" ", ""))
            if found is None:
                right = "‘노원구 상계1동주민센터’처럼 적으세요."
                return Fault(line, "동주민센터", named, "이런 이름의 동주민센터가 없습니다.", right)
            if centre is not None and centre != found:
                right = "둘 가운데 하나만 적으세요."
                return Fault(line, "동주민센터", named, "행정동과 맞지 않습니다.", right)
            centre = found
        centre = centre or self._scope.only_one
        if centre is None:
            right = "행정동이나 동주민센터를 적으세요."
            return Fault(line, "행정동", "", "어느 동인지 없습니다.", right)
        if not self._scope.takes(centre.office_id):
            right = "책임자로 있는 동의 줄만 남기세요."
            return Fault(line, "행정동", centre.name, "맡고 있는 동이 아닙니다.", right)
        return centre

    def _unless_told_before(self, row: SignRow) -> tuple[SignRow | None, Sequence[Fault]]:
        key = f"{row.mark[:32]}{row.kind}{row.month:%y%m}".encode()
        if (before := self._seen.setdefault(key, row.line)) != row.line:
            wrong = f"{before:,}번째 줄과 같은 사람, 신호, 달입니다."
            return None, [Fault(row.line, "신호", row.words, wrong, "한 줄만 남기세요.")]
        return row, ()
