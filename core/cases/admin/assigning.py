"""Many cases given to one colleague, with a look before."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.permissions import can_assign_case, can_be_assigned
from core.cases.services import assign_many
from core.cases.staff import get_colleague, name_of, staff_of
from core.desk.previews import ActionRefused, Change, PreviewedAction


@admin.action(description="담당자 정하기", permissions=["act"])
def assign_chosen(desk: Any, request: HttpRequest, rows: QuerySet[Case]) -> HttpResponse | None:
    """Ask to whom, show what would change, then do all of it or nothing."""
    action = PreviewedAction(
        name="assign_chosen",
        title="담당자 정하기",
        button="담당자 정하기",
        done="신청 {number}건의 담당자를 정했습니다.",
        form=_form_for(request.user),
        changes=lambda chosen, told: _changes(request.user, chosen, told),
        perform=_perform,
    )
    return action.respond(desk, request, rows)


def _form_for(manager: Any) -> type[forms.Form]:
    people = staff_of(manager.managed_office_ids, on=timezone.localdate())
    names = {str(person): name for _, person, name in people}

    class AssigneeForm(forms.Form):
        assignee = forms.ChoiceField(label="담당자", choices=list(names.items()))
        key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    return AssigneeForm


def _changes(manager: Any, chosen: Sequence[Case], told: dict[str, Any]) -> list[Change]:
    assignee = _assignee(told)
    for case in chosen:
        if not can_assign_case(manager, case):
            raise ActionRefused(f"#{case.pk}: 우리 기관에서 처리 중인 신청만 고를 수 있습니다.")
        if not can_be_assigned(assignee, case):
            raise ActionRefused(f"#{case.pk}: {name_of(assignee)} 님이 맡을 수 없는 신청입니다.")
    return [
        Change(f"#{case.pk} {case.title}", case.assignee_name or "담당자 없음", name_of(assignee))
        for case in chosen
    ]


def _perform(request: HttpRequest, chosen: Sequence[Case], told: dict[str, Any]) -> int:
    assignee = _assignee(told)
    try:
        return assign_many(
            case_ids=[case.pk for case in chosen],
            assignee=assignee,
            assignee_name=name_of(assignee),
            actor=request.user,  # type: ignore[arg-type]
            key=str(told["key"]),
            now=timezone.now(),
        )
    except CaseRefused as refused:
        raise ActionRefused(str(refused)) from refused


def _assignee(told: dict[str, Any]) -> Any:
    return get_colleague(int(told["assignee"]))
