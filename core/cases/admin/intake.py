"""A request of somebody who stands at the counter or calls, or another of who asked before."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from core.cases.admin.deeds import issue
from core.cases.admin.page import CHANGE, slip_page
from core.cases.declaration import CaseKind
from core.cases.errors import CaseRefused, KeyUsed
from core.cases.keys import renew_key
from core.cases.models import Case
from core.cases.permissions import can_work_on_case, can_work_on_some
from core.cases.registry import declared_kinds
from core.cases.services import link, open_case
from core.cases.services.log import LONGEST_WORDS
from core.cases.services.opening import LONGEST_NAME
from core.offices.models import Office
from core.offices.people import Person
from core.records.reading import because
from core.records.resident_numbers import refuse_resident_number

MOST_DIGITS = 18


class CounterForm(forms.Form):
    """What is asked of whoever stands at the counter; the office only of who works in several."""

    office = forms.ModelChoiceField(
        label="맡을 기관", queryset=Office.objects.none(), empty_label=None
    )
    applicant = forms.CharField(
        label="신청한 사람의 이름",
        max_length=LONGEST_NAME,
        validators=[refuse_resident_number],
        help_text="접수증으로 답하거나 거둘 때 이 이름을 확인합니다.",
    )
    words = forms.CharField(
        label="말씀하신 내용",
        max_length=LONGEST_WORDS,
        required=False,
        validators=[refuse_resident_number],
        help_text="들은 대로 적습니다. 주민등록번호는 적지 않습니다.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, clerk: Person, before: Case | None = None, **told: Any) -> None:
        super().__init__(*args, **told)
        self.before = before
        if before is not None:
            del self.fields["applicant"]
        self.offices = Office.objects.filter(pk__in=sorted(clerk.office_ids)).by_name()
        self.fields["office"].queryset = self.offices  # type: ignore[attr-defined]
        self.only_office = next(iter(clerk.office_ids)) if len(clerk.office_ids) == 1 else None
        if self.only_office is not None:
            del self.fields["office"]

    @property
    def office_id(self) -> int:
        return int(self.only_office or self.cleaned_data["office"].pk)

    @property
    def person(self) -> Person | None:
        return self.before.person if self.before else None

    @property
    def called(self) -> str:
        return self.before.applicant if self.before else str(self.cleaned_data["applicant"])


class IntakeForm(CounterForm):
    """The same, of any kind of request that words alone describe."""

    kind = forms.ChoiceField(label="무엇을 신청하나요")
    field_order = ("kind", "office")

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        kinds = kinds_held_by(self.offices)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (one.slug, one.title) for one in kinds if not one.taken_in_at
        ]


def kinds_held_by(offices: Iterable[Office]) -> list[CaseKind]:
    here = {one.kind for one in offices}
    return [one for one in declared_kinds().values() if one.held_by & here]


def asked_before(request: HttpRequest) -> Case | None:
    """Answer the request of `?of=`, whose person asks for something more; 404 for others'."""
    number = request.GET.get("of", "")
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        raise Http404
    before = Case.objects.filter(pk=number).select_related("person", "office").first()
    if before is None or before.is_forgotten or not can_work_on_case(request.user, before):
        raise Http404
    because(f"{before.title} #{before.pk}", office_id=before.office_id)
    return before


def other_ways(offices: Iterable[Office], before: Case | None) -> list[tuple[object, str]]:
    """Answer the pages that take in what has to be found first: what it is called, and where."""
    more = f"?of={before.pk}" if before else ""
    found = [one for one in kinds_held_by(offices) if one.taken_in_at]
    return [(one.title, reverse(one.taken_in_at) + more) for one in found]


def intake_page(desk: Any, request: HttpRequest) -> HttpResponse:
    if not can_work_on_some(request.user):
        raise PermissionDenied
    clerk: Any = request.user
    before = asked_before(request)
    form = IntakeForm(request.POST or None, clerk=clerk, before=before)
    context = {"title": "창구에서 접수하기", "elsewhere": other_ways(form.offices, before)}
    return take_in(desk, request, form, open_it=_opened, context=context)


def take_in(
    desk: Any,
    request: HttpRequest,
    form: CounterForm,
    *,
    open_it: Callable[[Person, Any], Case],
    context: dict[str, Any],
) -> HttpResponse:
    """Take a request in, and lead to its page, or to its slip.

    `open_it` opens what the form tells and raises CaseRefused, whose sentence is shown above it.
    """
    clerk: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            case = open_it(clerk, form)
            _tie(clerk, case, form.before)
            because(f"{case.title} #{case.pk}", office_id=case.office_id)
            if "slip" in request.POST:
                return slip_page(desk, request, case, issue(request, case))
        except CaseRefused as refused:
            form.add_error(None, str(refused))
            # Where the slip alone was refused, the same key finds the request that is open.
            if isinstance(refused, KeyUsed):
                renew_key(form)
        else:
            messages.success(request, "접수했습니다.")
            return redirect(CHANGE, case.pk)
    whole = desk.admin_site.each_context(request) | {"opts": Case._meta, "form": form} | context
    return TemplateResponse(request, "admin/cases/case/intake.html", whole)


def _tie(clerk: Person, case: Case, before: Case | None) -> None:
    """Let each lead to the other, unless the new one lies with a desk that stands in."""
    if before is not None and can_work_on_case(clerk, case):
        told: Any = {"actor": clerk, "key": f"intake-{case.pk}", "now": timezone.now()}
        link(case_id=case.pk, other_id=before.pk, **told)


def _opened(clerk: Person, form: IntakeForm) -> Case:
    told = form.cleaned_data
    return open_case(
        kind=told["kind"],
        person=form.person,
        applicant=form.called,
        actor=clerk,
        key=told["key"],
        now=timezone.now(),
        words=told["words"],
        office_id=form.office_id,
    )
