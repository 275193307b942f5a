"""What a form of the desk asks for, by its name: each is one service."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth import get_user_model

from core.cases.enums import Step
from core.cases.models import Case
from core.cases.services import CaseRefused, assign_case, hand_over, move_case, write_note
from core.offices.models import Office

Told = Mapping[str, Any]
Deed = Callable[[Case, Any, Told, datetime.datetime], str]
LONGEST = 2_000


def _text(told: Told) -> str:
    return str(told.get("text", ""))[:LONGEST]


def _key(told: Told) -> str:
    return str(told.get("key", ""))[:64]


def _move(case: Case, actor: Any, told: Told, now: datetime.datetime) -> str:
    name = str(told.get("move", ""))
    move_case(case=case, move=name, actor=actor, now=now, key=_key(told), text=_text(told))
    return "처리했습니다."


def _note(case: Case, actor: Any, told: Told, now: datetime.datetime) -> str:
    step = Step.TOLD if told.get("to") == "citizen" else Step.NOTED
    write_note(case=case, step=step, text=_text(told), actor=actor, now=now, key=_key(told))
    return "적었습니다."


def _assign(case: Case, actor: Any, told: Told, now: datetime.datetime) -> str:
    number = str(told.get("assignee", ""))
    people = get_user_model().objects
    assignee = people.filter(pk=number).first() if number.isdecimal() else None
    if number and assignee is None:
        raise CaseRefused("그런 직원이 없습니다.")
    assign_case(case=case, assignee=assignee, actor=actor, now=now, key=_key(told))
    return "담당자를 바꾸었습니다."


def _hand_over(case: Case, actor: Any, told: Told, now: datetime.datetime) -> str:
    number = str(told.get("office", ""))
    office = Office.objects.filter(pk=number).first() if number.isdecimal() else None
    if office is None:
        raise CaseRefused("넘길 기관을 골라 주세요.")
    hand_over(case=case, office=office, reason=_text(told), actor=actor, now=now, key=_key(told))
    return f"{office}(으)로 넘겼습니다."


DEEDS: dict[str, Deed] = {
    "move": _move,
    "note": _note,
    "assign": _assign,
    "hand_over": _hand_over,
}
