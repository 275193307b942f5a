"""What an officer does with many facilities at once, each after a look at what would change."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from core.desk.previews import ActionRefused, Change, PreviewedAction
from welfare.admin.facility_actions import officer
from welfare.admin.forms import ReasonForm
from welfare.admin.words import value_words
from welfare.enums import FacilityStatus
from welfare.models import Facility
from welfare.services import (
    CORRECTABLE,
    CorrectionRefused,
    clean_correction,
    correct_facilities,
    verify_facilities,
)

# One line of text for all; hours have a form of their own on each facility's page.
TEXT_FIELDS = ("services_offered", "who_may_use", "fees", "languages", "homepage")


class SameForAllForm(ReasonForm):
    field = forms.ChoiceField(
        label="항목", choices=[(name, CORRECTABLE[name].label) for name in TEXT_FIELDS]
    )
    value = forms.CharField(label="올바른 값 (모든 시설에 같게)", widget=forms.Textarea)
    field_order = ("field", "value", "reason")


def _corrections(chosen: Sequence[Facility], field: str, value: Any) -> list[Change]:
    known = CORRECTABLE[field]
    try:
        return [
            Change(
                str(one),
                value_words(field, getattr(one, field)),
                value_words(field, clean_correction(known, value, one)[field]),
            )
            for one in chosen
        ]
    except CorrectionRefused as refused:
        raise ActionRefused(str(refused)) from refused


def _correct(
    request: HttpRequest,
    chosen: Sequence[Facility],
    reason: str,
    field: str,
    value: Any,
) -> int:
    try:
        return correct_facilities(
            codes=[one.pk for one in chosen],
            field=field,
            value=value,
            reason=reason,
            actor=officer(request),
            now=timezone.now(),
        )
    except CorrectionRefused as refused:
        raise ActionRefused(str(refused)) from refused


def _verified(chosen: Sequence[Facility], answers: dict[str, Any]) -> list[Change]:
    return [
        Change(
            str(one),
            f"{timezone.localtime(one.verified_at):%Y-%m-%d}" if one.verified_at else "확인 안 함",
            "오늘 확인함",
        )
        for one in chosen
    ]


def _verify(request: HttpRequest, chosen: Sequence[Facility], answers: dict[str, Any]) -> int:
    codes = [one.pk for one in chosen]
    try:
        return verify_facilities(codes=codes, actor=officer(request), now=timezone.now())
    except CorrectionRefused as refused:
        raise ActionRefused(str(refused)) from refused


ACTIONS = (
    PreviewedAction(
        name="verify_facilities",
        title="확인했다고 적기",
        button="확인했다고 적기",
        done="시설 {number}곳을 확인했다고 적었습니다.",
        changes=_verified,
        perform=_verify,
    ),
    PreviewedAction(
        name="correct_facilities",
        title="같은 값으로 고치기",
        button="고치고 게시",
        done="시설 {number}곳을 고쳐 게시했습니다.",
        form=SameForAllForm,
        changes=lambda chosen, told: _corrections(chosen, told["field"], told["value"]),
        perform=lambda request, chosen, told: _correct(
            request, chosen, told["reason"], told["field"], told["value"]
        ),
    ),
    PreviewedAction(
        name="retire_facilities",
        title="목록에서 빼기 (문을 닫음)",
        button="목록에서 빼기",
        done="시설 {number}곳을 목록에서 뺐습니다.",
        warning="시민이 찾을 수 없게 됩니다. 되돌리려면 시설마다 이 수정을 거둡니다.",
        danger=True,
        form=ReasonForm,
        changes=lambda chosen, told: _corrections(chosen, "status", FacilityStatus.RETIRED.value),
        perform=lambda request, chosen, told: _correct(
            request, chosen, told["reason"], "status", FacilityStatus.RETIRED.value
        ),
    ),
)
