"""One household with signs: why it weighs what it weighs, what was done, and what can be done."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from core.cases.keys import renew_key
from core.records.reading import because
from welfare import permissions
from welfare.admin.facility_actions import officer
from welfare.enums import HardshipDeed
from welfare.models import HardshipHousehold
from welfare.queries.hardship import log_of, score_of
from welfare.queries.sign_words import explain, summary
from welfare.services.hardship import LONGEST_WORDS, HardshipRefused, note_deed, plan_visit

CHANGE = "admin:welfare_hardshiphousehold_change"


class DeedForm(forms.Form):
    """What was done, and why: no deed without its reason."""

    deed = forms.ChoiceField(label="한 일", choices=HardshipDeed.choices)
    words = forms.CharField(
        label="까닭",
        max_length=LONGEST_WORDS,
        help_text="무엇을 보고 그렇게 했는지. 직원끼리만 읽습니다. 주민등록번호는 적지 않습니다.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


def name_of(household: HardshipHousehold) -> str:
    """Answer by whom a household is known: of the caseload, or as the file told it."""
    told = household.member.name if household.member else household.name
    return told or "이름 없음"


def called(household: HardshipHousehold) -> str:
    """Answer its name with the year of birth, by which two of one name are told apart."""
    born = household.member.birth_date if household.member else household.birth_date
    return f"{name_of(household)}, {born[:4]}년생" if born else name_of(household)


def household_page(desk: Any, request: HttpRequest, household: HardshipHousehold) -> HttpResponse:
    because(f"위기 신호 가구 #{household.pk}", office_id=household.office_id)
    may_work = permissions.can_work_on_signs(request.user, household)
    form = DeedForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST":
        if not may_work:
            raise PermissionDenied
        if form.is_valid():
            if _do(request, household, form.cleaned_data):
                return redirect(CHANGE, household.pk)
            renew_key(form)
    signs = list(household.signs.newest_first())
    told = score_of(household, signs)
    context = {
        **desk.admin_site.each_context(request),
        "title": called(household),
        "opts": HardshipHousehold._meta,
        "household": household,
        "name": name_of(household),
        "birth_date": household.member.birth_date if household.member else household.birth_date,
        "summary": summary(told) if told else "",
        "explained": explain(told) if told else [],
        "signs": signs,
        "log": log_of(household),
        "form": form if may_work else None,
    }
    return TemplateResponse(request, "admin/welfare/hardshiphousehold/page.html", context)


def _do(request: HttpRequest, household: HardshipHousehold, told: dict[str, Any]) -> bool:
    """Do what was asked; False where it was refused, and the page says why."""
    deed = HardshipDeed(told["deed"])
    common = {
        "household": household,
        "words": told["words"],
        "actor": officer(request),
        "key": told["key"],
        "now": timezone.now(),
    }
    try:
        if deed == HardshipDeed.VISIT_PLANNED:
            step = plan_visit(**common)
            messages.success(request, f"가정 방문을 잡았습니다: #{step.case_id}")
        else:
            note_deed(deed=deed, **common)
            messages.success(request, f"한 일을 적었습니다: {deed.label}")
    except HardshipRefused as refused:
        messages.error(request, str(refused))
        return False
    return True
