"""A household at the desk: one screen of who they are, what was agreed and what is next."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from core.cases.errors import CaseRefused
from core.records.reading import because
from welfare import permissions
from welfare.admin.household_deeds import DEEDS, ROW_DEEDS, Deed, account_of, click_of
from welfare.admin.household_forms import OpeningForm, PageForm, RowForm
from welfare.enums import CareBenefitState
from welfare.models import CareHousehold, CareMember
from welfare.queries.care_page import CarePage, page_of
from welfare.queries.households import marks_of
from welfare.services.care_log import Click, HouseholdRefused
from welfare.services.households import ELSEWHERE, open_with_head

CHANGE = "admin:welfare_carehousehold_change"
LIST = "admin:welfare_carehousehold_changelist"
# Forms that have somebody, or something, to choose from.
OF_MEMBERS = frozenset(DEEDS) - {"file", "come", "address", "offer", "close"}
# What is done once in a while stands folded, so that the rest fits on the screen.
RARE = frozenset({"refer", "link", "leave", "move", "address", "offer", "close"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One form of the page: open where it was sent and something is wrong with it."""

    name: str
    deed: Deed
    form: PageForm
    is_open: bool


def household_page(desk: Any, request: HttpRequest, household: CareHousehold) -> HttpResponse:
    because(f"돌보는 가구 #{household.pk}", office_id=household.centre_id)
    may_work = permissions.can_work_on_household(request.user, household)
    sent = request.POST.get("deed", "")
    if request.method == "POST" and (not may_work or sent not in {*DEEDS, *ROW_DEEDS}):
        raise PermissionDenied
    page = page_of(household, request.user, on=timezone.localdate())
    wrong: PageForm | None = None
    if sent in ROW_DEEDS:
        _do_row(request, household, sent)
        return _on(request, household)
    if sent in DEEDS:
        wrong = _do(request, page, sent)
        if wrong is None:
            return _on(request, household)
    forms = _forms(page, sent, wrong) if may_work else []
    context = {
        **desk.admin_site.each_context(request),
        "title": f"{page.head or '아무도 없음'} #{household.pk}",
        "opts": CareHousehold._meta,
        "page": page,
        "household": household,
        "forms": [one for one in forms if one.name not in RARE],
        "rare_forms": [one for one in forms if one.name in RARE],
        "is_rare_open": any(one.is_open for one in forms if one.name in RARE),
        "may_work": may_work,
        "may_hand_back": page.offer is not None and may_work,
        "key": uuid.uuid4(),
        "states": CareBenefitState.choices,
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "admin/welfare/carehousehold/page.html", context)


def _on(request: HttpRequest, household: CareHousehold) -> HttpResponse:
    seen = CareHousehold.objects.visible_to(request.user).filter(pk=household.pk).exists()
    return redirect(CHANGE, household.pk) if seen else redirect(LIST)


def _do(request: HttpRequest, page: CarePage, name: str) -> PageForm | None:
    """Do what was asked; the form with what is wrong where it was refused."""
    deed = DEEDS[name]
    form = deed.form(request.POST, request.FILES, page=page, auto_id=f"{name}-%s")
    if not form.is_valid():
        return form
    try:
        click = click_of(request, form.cleaned_data["key"])
        messages.success(request, deed.do(page.household, form.cleaned_data, click))
    except (HouseholdRefused, CaseRefused) as refused:
        form.add_error(None, str(refused))
        return form
    return None


def _do_row(request: HttpRequest, household: CareHousehold, name: str) -> None:
    form = RowForm(request.POST)
    if not form.is_valid():
        messages.error(request, "다시 확인해 주세요. 화면을 새로 고치고 해 보세요.")
        return
    try:
        # A page has one key and many rows: each row's deed is one of its own.
        told = form.cleaned_data
        click = click_of(request, uuid.uuid5(told["key"], f"{name}:{told['row']}"))
        messages.success(request, ROW_DEEDS[name](household, form.cleaned_data, click))
    except HouseholdRefused as refused:
        messages.error(request, str(refused))


def _forms(page: CarePage, sent: str, wrong: PageForm | None) -> list[Shown]:
    shown = []
    for name, deed in DEEDS.items():
        if name in OF_MEMBERS and not page.current:
            continue
        form = deed.form(page=page, auto_id=f"{name}-%s") if name != sent or not wrong else wrong
        if name == "file" and not form.fields["case"].choices:  # type: ignore[attr-defined]
            continue
        shown.append(Shown(name, deed, form, form is wrong))
    return shown


def opening_page(desk: Any, request: HttpRequest) -> HttpResponse:
    """Take a household into the caseload with its head; two centres never have the same person."""
    offices = [
        (duty.office_id, duty.office)
        for duty in getattr(request.user, "duties", ())
        if permissions.can_open_household(request.user, duty.office)
    ]
    if not offices:
        raise PermissionDenied
    centres = dict(offices)
    form = OpeningForm(
        request.POST or None,
        centres=[(key, str(office)) for key, office in centres.items()],
        initial={"key": uuid.uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            household = _opened(
                form.cleaned_data, centres, click_of(request, form.cleaned_data["key"])
            )
        except HouseholdRefused as refused:
            form.add_error(None, str(refused))
            _point_to(form, request)
        else:
            messages.success(request, "돌보기를 시작했습니다.")
            return redirect(CHANGE, household.pk)
    context = {
        **desk.admin_site.each_context(request),
        "title": "가구 돌보기 시작하기",
        "opts": CareHousehold._meta,
        "form": form,
    }
    return TemplateResponse(request, "admin/welfare/carehousehold/open.html", context)


def _opened(told: dict[str, Any], centres: dict[int, Any], click: Click) -> CareHousehold:
    return open_with_head(
        centre=centres[int(told["centre"])],
        address=told["address"],
        name=told["name"],
        birth_date=told["birth_date"],
        person=account_of(told["email"], told["name"]),
        click=click,
    )


def _point_to(form: OpeningForm, request: HttpRequest) -> None:
    """Say which household of ours somebody is in already; of another centre's, only that."""
    told = form.cleaned_data
    if ELSEWHERE not in form.non_field_errors():
        return
    marks = marks_of(name=told["name"], birth_date=told["birth_date"])
    seen = CareHousehold.objects.visible_to(request.user)
    mine = CareMember.objects.current().filter(mark__in=marks, household__in=seen)
    found = mine.order_by("pk").values_list("household", flat=True).first()
    form.add_error(
        None,
        f"우리 동주민센터의 가구 #{found}에 있습니다."
        if found
        else "다른 동주민센터의 가구이면, 그곳에 넘겨 달라고 하세요.",
    )
