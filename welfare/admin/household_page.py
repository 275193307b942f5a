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

from core.cases.keys import renew_key
from core.records.reading import because
from welfare import permissions
from welfare.admin.household_benefit import chosen_name
from welfare.admin.household_deeds import DEEDS, ROW_DEEDS, Deed, click_of
from welfare.admin.household_forms import OpeningForm, PageForm
from welfare.enums import CareBenefitState
from welfare.models import CareHousehold, CareMember, CareStep
from welfare.queries.care_page import CarePage, page_of
from welfare.queries.households import marks_of
from welfare.services.care_log import HouseholdRefused
from welfare.services.households import ELSEWHERE, open_with_head

CHANGE = "admin:welfare_carehousehold_change"
LIST = "admin:welfare_carehousehold_changelist"
# Forms that have somebody, or something, to choose from.
OF_MEMBERS = frozenset(DEEDS) - {"file", "come", "address", "offer", "close"}
# What is done once in a while stands folded, so that the rest fits on the screen.
RARE = frozenset({"link", "leave", "move", "address", "offer", "close"})
APPLY = "apply"
OF_BENEFITS = frozenset({APPLY, "benefit"})
DONE_BEFORE = "이미 처리한 요청입니다. 한 번만 했습니다. 고쳐 보내신 것은 다시 적어 주세요."


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
    key = _key_of(request, sent)
    if request.method == "POST" and _is_done(household, key):
        messages.info(request, DONE_BEFORE)
        return to_household(request, household.pk)
    if request.method == "POST" and not _may_do(request.user, household, sent):
        raise PermissionDenied
    if sent in ROW_DEEDS:
        _do_row(request, household, sent, key)
        return to_household(request, household.pk)
    page = page_of(household, request.user, on=timezone.localdate())
    wrong: PageForm | None = None
    if sent in DEEDS:
        wrong = _do(request, page, sent, key)
        if wrong is None:
            return to_household(request, household.pk)
    forms = _forms(page, sent, wrong, chosen_name(request)) if may_work else []
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
        "may_end_consents": may_work or permissions.works_for_household(request.user, household),
        "may_hand_back": page.offer is not None and may_work,
        "key": uuid.uuid4(),
        "states": CareBenefitState.choices,
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "admin/welfare/carehousehold/page.html", context)


def _key_of(request: HttpRequest, name: str) -> uuid.UUID:
    """Answer by what one deed of one page is known: a page has one key, many forms and rows."""
    try:
        told = uuid.UUID(request.POST.get("key", ""))
    except ValueError:  # the form says so
        told = uuid.uuid4()
    row = request.POST.get("row", "") if name in ROW_DEEDS else ""
    return uuid.uuid5(told, f"{name}:{row}")


def _is_done(household: CareHousehold, key: uuid.UUID) -> bool:
    """Say whether this was sent before: by then the page may have nobody to choose any more."""
    return CareStep.objects.filter(household=household, key=key).exists()


def _may_do(actor: Any, household: CareHousehold, name: str) -> bool:
    if name in ROW_DEEDS and ROW_DEEDS[name].is_done_late:
        return permissions.works_for_household(actor, household)
    known = name in DEEDS or name in ROW_DEEDS
    return known and permissions.can_work_on_household(actor, household)


def to_household(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to a household's page, or to the list where somebody does not see it any more."""
    seen = CareHousehold.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect(CHANGE, pk) if seen else redirect(LIST)


def _do(request: HttpRequest, page: CarePage, name: str, key: uuid.UUID) -> PageForm | None:
    """Do what was asked; the form with what is wrong where it was refused."""
    deed = DEEDS[name]
    form = deed.form(request.POST, request.FILES, page=page, auto_id=f"{name}-%s")
    if not form.is_valid():
        return form
    try:
        click = click_of(request, key)
        it = deed.service(household=page.household, click=click, **form.told())
        messages.success(request, deed.done.format(it=it))
    except HouseholdRefused as refused:
        form.add_error(None, str(refused))
        return form
    return None


def _do_row(request: HttpRequest, household: CareHousehold, name: str, key: uuid.UUID) -> None:
    deed = ROW_DEEDS[name]
    form = deed.form(request.POST)
    if not form.is_valid():
        messages.error(request, "다시 확인해 주세요. 화면을 새로 고치고 해 보세요.")
        return
    try:
        told = {deed.row: form.cleaned_data["row"]} if deed.row else {}
        deed.service(household=household, click=click_of(request, key), **told, **form.told())
        messages.success(request, deed.done)
    except HouseholdRefused as refused:
        messages.error(request, str(refused))


def _forms(page: CarePage, sent: str, wrong: PageForm | None, benefit: str) -> list[Shown]:
    """Answer the forms of the page; a benefit that was found stands where one is asked for."""
    shown = []
    for name, deed in DEEDS.items():
        if name in OF_MEMBERS and not page.current:
            continue
        form = deed.form(page=page, auto_id=f"{name}-%s") if name != sent or not wrong else wrong
        if name == "file" and not form.fields["case"].choices:  # type: ignore[attr-defined]
            continue
        if benefit and name in OF_BENEFITS and form is not wrong:
            form.initial["name"] = benefit
        is_open = form is wrong or (bool(benefit) and name == APPLY)
        shown.append(Shown(name, deed, form, is_open))
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
            told = form.cleaned_data
            household = open_with_head(
                centre=centres[int(told["centre"])],
                address=told["address"],
                name=told["name"],
                birth_date=told["birth_date"],
                person=form.person,
                click=click_of(request, told["key"]),
            )
        except HouseholdRefused as refused:
            form.add_error(None, str(refused))
            _point_to(form, request)
            renew_key(form)
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
