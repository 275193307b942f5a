"""A list of who works where, brought in at once: by the same rules as one by one.

Whoever is not there yet is invited. What a line is told follows from what it says and from the
actor's own offices, so that no list of addresses can be held against the accounts.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.enums import Role
from accounts.models import Invitation, Membership, User
from accounts.services.invitations import invite_all, own_addresses, why_no_invitation
from accounts.services.memberships import (
    MembershipRefused,
    end_membership,
    leaves_nobody_in_charge,
)
from core.desk.imports import CellRefused, Column, Fault, ListImport, Plan, Row, Step, read_day
from core.offices.models import Office

OPEN_END = "정하지 않음"
LONGEST_EMAIL = 254


def _read_role(text: str) -> Role:
    for role in Role:
        if text in (role.label, role.value):
            return role
    among = ", ".join(str(role.label) for role in Role)
    raise CellRefused("이런 역할은 없습니다.", f"이 가운데 하나를 적으세요: {among}.")


def _read_email(text: str) -> str:
    if len(text) > LONGEST_EMAIL:
        raise CellRefused(
            "전자우편 주소가 너무 깁니다.", f"{LONGEST_EMAIL}자까지 적을 수 있습니다."
        )
    try:
        validate_email(text)
    except ValidationError as fault:
        raise CellRefused("전자우편 주소가 아닙니다.", "name@example.com처럼 적으세요.") from fault
    return text.lower()


COLUMNS = (
    Column(name="email", title="전자우편", also=("이메일",), read=_read_email, required=True),
    Column(name="office", title="기관", required=True),
    Column(name="role", title="역할", read=_read_role, required=True),
    Column(name="starts_date", title="시작일", read=read_day, required=True),
    Column(name="ends_date", title="마지막 날", read=read_day),
)


@dataclass(frozen=True, slots=True)
class Inviting:
    email: str
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

    own: frozenset[str]  # addresses of the actor
    offices: Mapping[str, Office]
    going_on: Mapping[tuple[str, int, str], Membership]
    invited: Mapping[tuple[str, int, str], Invitation]
    leaving: Mapping[int, datetime.date]  # managers with a last day in this very list


def plan_memberships(rows: Sequence[Row], actor: Any, on: datetime.date) -> Plan:
    """Say who would be asked and who leave; four questions, and one for each manager."""
    known = _known(rows, actor, on)
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


def _known(rows: Sequence[Row], actor: User, on: datetime.date) -> _Known:
    emails = {row.values["email"] for row in rows}
    offices = Office.objects.open_on(on).filter(name__in={row.values["office"] for row in rows})
    # Of the actor's own offices alone: there they may see who works, and nowhere else.
    mine = Membership.objects.visible_to(actor).filter(office__in=offices)
    going_on = mine.not_over_on(on).filter(person__email__in=emails)
    asked = Invitation.objects.visible_to(actor).open_on(on).filter(email__in=emails)
    by_name = {one.name: one for one in offices}
    held = {
        (one.person.email, one.office_id, one.role): one
        for one in going_on.select_related("office", "person")
    }
    return _Known(
        own_addresses(actor),
        by_name,
        held,
        {(one.email, one.office_id, one.role): one for one in asked},
        _leaving(rows, by_name, held),
    )


def _leaving(
    rows: Sequence[Row],
    offices: Mapping[str, Office],
    held: Mapping[tuple[str, int, str], Membership],
) -> dict[int, datetime.date]:
    """Answer which managers these rows let go, and when: none may rely on another of them."""
    found = {}
    for row in rows:
        told, office = row.values, offices.get(row.values["office"])
        one = held.get((told["email"], office.pk, told["role"])) if office else None
        if one is not None and one.role == Role.MANAGER and told["ends_date"] is not None:
            found[one.pk] = told["ends_date"]
    return found


def _judge(
    row: Row, known: _Known, actor: User, on: datetime.date, seen: dict[tuple[Any, ...], int]
) -> Step | Fault | None:
    """Answer what a line would do, what is wrong with it, or None where all is so already."""
    told = row.values
    email, office = told["email"], known.offices.get(told["office"])
    if office is None:
        right = "내보낸 목록에 있는 기관 이름을 그대로 적으세요."
        return Fault(row.line, "기관", told["office"], "이런 이름의 기관이 없습니다.", right)
    role = told["role"]
    if why := why_no_invitation(actor, own=known.own, email=email, office=office, role=role):
        return Fault(row.line, "역할", role.label, why, "이 줄을 빼세요.")
    key = (email, office.pk, role)
    if key in seen:
        wrong = f"{seen[key]}번째 줄과 같은 사람, 기관, 역할입니다."
        return Fault(row.line, "전자우편", told["email"], wrong, "한 줄만 남기세요.")
    seen[key] = row.line
    return _judge_days(row, office, key, known, on)


def _judge_days(
    row: Row, office: Office, key: tuple[str, int, str], known: _Known, on: datetime.date
) -> Step | Fault | None:
    told, held, asked = row.values, known.going_on.get(key), known.invited.get(key)
    starts, ends, role = told["starts_date"], told["ends_date"], told["role"]
    subject = f"{told['email']}, {office.name}, {role.label}"
    if ends is not None and ends < starts:
        right = "시작일과 같거나 뒤의 날을 적으세요."
        return Fault(row.line, "마지막 날", str(ends), "시작일보다 앞입니다.", right)
    if held is not None:
        return _judge_held(row, subject, held, known.leaving, on)
    if asked is None:
        inviting = Inviting(told["email"], office, role, starts, ends)
        return Step(row.line, subject, "없음", f"초대: {_days(starts, ends)}", inviting)
    if (asked.starts_date, asked.ends_date) == (starts, ends):
        return None
    right = "초대를 거두고 다시 가져오거나, 이 줄을 빼세요."
    return Fault(row.line, "시작일", str(starts), "다른 날로 이미 초대했습니다.", right)


def _judge_held(
    row: Row,
    subject: str,
    held: Membership,
    leaving: Mapping[int, datetime.date],
    on: datetime.date,
) -> Step | Fault | None:
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
    gone = [number for number, last_day in leaving.items() if last_day <= ends]
    if leaves_nobody_in_charge(held, last_day=ends, besides=gone):
        right = "먼저 다른 책임자를 정하거나, 한 사람씩 고치는 화면에서 끝내세요."
        return Fault(row.line, "마지막 날", str(ends), "기관의 마지막 책임자입니다.", right)
    before, after = _days(held.starts_date, held.ends_date), _days(starts, ends)
    return Step(row.line, subject, before, after, Leaving(held, ends))


def _days(starts: datetime.date, ends: datetime.date | None) -> str:
    return f"{starts} ~ {ends or OPEN_END}"


@transaction.atomic
def import_memberships(steps: Sequence[Step], actor: Any, now: datetime.datetime) -> int:
    """Write what was planned: all who are asked in one statement, who leave one by one.

    Raises MembershipRefused where a line is not this actor's to write, and writes nothing then.
    """
    asked = [step.what for step in steps if isinstance(step.what, Inviting)]
    own = own_addresses(actor)
    for one in asked:
        if why := why_no_invitation(
            actor, own=own, email=one.email, office=one.office, role=one.role
        ):
            raise MembershipRefused(why)
    invitations = [
        Invitation(
            email=one.email,
            office=one.office,
            role=one.role,
            starts_date=one.starts_date,
            ends_date=one.ends_date,
        )
        for one in asked
    ]
    invite_all(actor=actor, invitations=invitations, now=now)
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
    about="전자우편, 기관, 역할로 찾아 마지막 날을 고치고, 소속이 아닌 주소에는 초대 편지를 "
    "보냅니다. 받아들인 사람만 소속이 됩니다. "
    "목록에 없는 소속은 그대로입니다.",
    columns=COLUMNS,
    plan=plan_memberships,
    apply=import_memberships,
)
