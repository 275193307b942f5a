"""A list of who works where, brought in at once: by the same rules as one by one."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.services.memberships import (
    MembershipRefused,
    end_membership,
    leaves_nobody_in_charge,
    record_joining,
    why_no_role,
)
from core.desk.imports import CellRefused, Column, Fault, ListImport, Plan, Row, Step, read_day
from core.offices.models import Office

OPEN_END = "정하지 않음"


def _read_role(text: str) -> Role:
    for role in Role:
        if text in (role.label, role.value):
            return role
    among = ", ".join(str(role.label) for role in Role)
    raise CellRefused("이런 역할은 없습니다.", f"이 가운데 하나를 적으세요: {among}.")


COLUMNS = (
    Column(name="email", title="전자우편", also=("이메일",), read=str.lower, required=True),
    Column(name="office", title="기관", required=True),
    Column(name="role", title="역할", read=_read_role, required=True),
    Column(name="starts_date", title="시작일", read=read_day, required=True),
    Column(name="ends_date", title="마지막 날", read=read_day),
)


@dataclass(frozen=True, slots=True)
class Joining:
    person: User
    office: Office
    role: Role
    starts_date: datetime.date
    ends_date: datetime.date | None


@dataclass(frozen=True, slots=True)
class Leaving:
    membership: Membership
    last_day: datetime.date


@dataclass(frozen=True, slots=True)
class _Known:
    """What is there now of all that the rows name."""

    people: Mapping[str, User]
    offices: Mapping[str, Office]
    going_on: Mapping[tuple[int, int, str], Membership]


def plan_memberships(rows: Sequence[Row], actor: Any, on: datetime.date) -> Plan:
    """Say who would join and leave; three questions to the database, and one for each manager."""
    known = _known(rows, on)
    steps: list[Step] = []
    faults: list[Fault] = []
    seen: dict[tuple[Any, ...], int] = {}
    unchanged = 0
    for row in rows:
        told = _judge(row, known, actor, on, seen)
        if isinstance(told, Fault):
            faults.append(told)
        elif told is None:
            unchanged += 1
        else:
            steps.append(told)
    return Plan(steps=tuple(steps), faults=tuple(faults), unchanged=unchanged)


def _known(rows: Sequence[Row], on: datetime.date) -> _Known:
    people = User.objects.filter(email__in={row.values["email"] for row in rows}, is_active=True)
    offices = Office.objects.open_on(on).filter(name__in={row.values["office"] for row in rows})
    going_on = Membership.objects.not_over_on(on).filter(person__in=people, office__in=offices)
    return _Known(
        {one.email: one for one in people},
        {one.name: one for one in offices},
        {
            (one.person_id, one.office_id, one.role): one
            for one in going_on.select_related("office", "person")
        },
    )


def _judge(
    row: Row, known: _Known, actor: User, on: datetime.date, seen: dict[tuple[Any, ...], int]
) -> Step | Fault | None:
    """Answer what a line would do, what is wrong with it, or None where all is so already."""
    told = row.values
    person, office = known.people.get(told["email"]), known.offices.get(told["office"])
    if person is None:
        wrong, right = "이 주소로 가입한 사람이 없습니다.", "먼저 그 사람이 포털에 가입해야 합니다."
        return Fault(row.line, "전자우편", told["email"], wrong, right)
    if office is None:
        right = "내보낸 목록에 있는 기관 이름을 그대로 적으세요."
        return Fault(row.line, "기관", told["office"], "이런 이름의 기관이 없습니다.", right)
    if why := why_no_role(actor, person=person, office=office, role=told["role"]):
        return Fault(row.line, "역할", told["role"].label, why, "이 줄을 빼세요.")
    key = (person.pk, office.pk, told["role"])
    if key in seen:
        wrong = f"{seen[key]}번째 줄과 같은 사람, 기관, 역할입니다."
        return Fault(row.line, "전자우편", told["email"], wrong, "한 줄만 남기세요.")
    seen[key] = row.line
    return _judge_days(row, person, office, known.going_on.get(key), on)


def _judge_days(
    row: Row, person: User, office: Office, held: Membership | None, on: datetime.date
) -> Step | Fault | None:
    told = row.values
    starts, ends, role = told["starts_date"], told["ends_date"], told["role"]
    subject = f"{person.name or person.email}, {office.name}, {role.label}"
    if ends is not None and ends < starts:
        right = "시작일과 같거나 뒤의 날을 적으세요."
        return Fault(row.line, "마지막 날", str(ends), "시작일보다 앞입니다.", right)
    if held is None:
        joining = Joining(person, office, role, starts, ends)
        return Step(row.line, subject, "없음", _days(starts, ends), joining)
    return _judge_held(row, subject, held, on)


def _judge_held(row: Row, subject: str, held: Membership, on: datetime.date) -> Step | Fault | None:
    """Only the last day of what goes on can be changed by a list."""
    starts, ends = row.values["starts_date"], row.values["ends_date"]
    if held.starts_date != starts:
        wrong = f"이미 {held.starts_date}부터 이 역할을 맡고 있습니다."
        return Fault(row.line, "시작일", str(starts), wrong, f"{held.starts_date}로 적으세요.")
    if held.ends_date == ends:
        return None
    if ends is None or ends < on:
        right = "오늘이나 뒤의 날을 적으세요."
        wrong = "지난 날로 끝내거나 정해진 마지막 날을 지울 수 없습니다."
        return Fault(row.line, "마지막 날", str(ends or ""), wrong, right)
    if leaves_nobody_in_charge(held, last_day=ends):
        right = "먼저 다른 책임자를 정하거나, 한 사람씩 고치는 화면에서 끝내세요."
        return Fault(row.line, "마지막 날", str(ends), "기관의 마지막 책임자입니다.", right)
    before, after = _days(held.starts_date, held.ends_date), _days(starts, ends)
    return Step(row.line, subject, before, after, Leaving(held, ends))


def _days(starts: datetime.date, ends: datetime.date | None) -> str:
    return f"{starts} ~ {ends or OPEN_END}"


@transaction.atomic
def import_memberships(steps: Sequence[Step], actor: Any, now: datetime.datetime) -> int:
    """Write what was planned: all who join in one statement, who leave one by one (they are few).

    Raises MembershipRefused where a line is not this actor's to write, and writes nothing then.
    """
    joining = [step.what for step in steps if isinstance(step.what, Joining)]
    for one in joining:
        if why := why_no_role(actor, person=one.person, office=one.office, role=one.role):
            raise MembershipRefused(why)
    made = Membership.objects.bulk_create(
        Membership(
            person=one.person,
            office=one.office,
            role=one.role,
            starts_date=one.starts_date,
            ends_date=one.ends_date,
        )
        for one in joining
    )
    record_joining(made, actor=actor, now=now)
    for step in steps:
        if isinstance(step.what, Leaving):
            end_membership(
                actor=actor,
                membership=step.what.membership,
                last_day=step.what.last_day,
                now=now,
            )
    return len(steps)


MEMBERSHIP_LIST = ListImport(
    title="소속 목록 가져오기",
    about="전자우편, 기관, 역할로 찾아 새로 넣거나 마지막 날을 고칩니다. "
    "목록에 없는 소속은 그대로입니다.",
    columns=COLUMNS,
    plan=plan_memberships,
    apply=import_memberships,
)
