"""Sends somebody of a household to a facility: found by words, then asked to take them."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from core.cases.keys import renew_key
from core.records.reading import because
from welfare import permissions
from welfare.admin.household_deeds import click_of
from welfare.admin.household_forms import ReferForm
from welfare.admin.taking_in import FACILITIES, search_page
from welfare.models import CareHousehold
from welfare.queries.care_page import page_of
from welfare.services.care_cases import refer_member
from welfare.services.care_log import HouseholdRefused

CHANGE = "admin:welfare_carehousehold_change"
ASK = "admin:welfare_carehousehold_refer_to"


def find_page(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Find the facility first, as for a request at the counter."""
    household = household_at_work(request, pk)

    def address_of(code: str) -> str:
        return reverse(ASK, args=[household.pk, code])

    context = {
        "title": f"시설에 연계하기: 가구 #{household.pk}",
        "opts": CareHousehold._meta,
        "lead": "어느 시설에 부탁할지 먼저 찾습니다. 누구의 무엇을 부탁하는지는 다음에 적습니다.",
    }
    return search_page(desk, request, FACILITIES, address_of, context)


def refer_page(desk: Any, request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Ask a facility for one of those who agreed that it is told."""
    household = household_at_work(request, pk)
    facility = FACILITIES.get(code)
    if facility is None:
        raise Http404
    because(f"돌보는 가구 #{household.pk}", office_id=household.centre_id)
    page = page_of(household, request.user, on=timezone.localdate())
    form = ReferForm(request.POST or None, page=page, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            line = refer_member(
                household=household,
                facility=facility,
                click=click_of(request, form.cleaned_data["key"]),
                **form.told(),
            )
        except HouseholdRefused as refused:
            form.add_error(None, str(refused))
            renew_key(form)
        else:
            messages.success(request, f"시설 연계를 시작했습니다: {facility.name}, #{line.case_id}")
            return redirect(CHANGE, household.pk)
    context = {
        **desk.admin_site.each_context(request),
        "title": f"시설에 연계하기: {facility.name}",
        "opts": CareHousehold._meta,
        "household": household,
        "facility": facility,
        "form": form,
        "has_somebody": bool(form.fields["member"].choices),  # type: ignore[attr-defined]
    }
    return TemplateResponse(request, "admin/welfare/carehousehold/refer.html", context)


def household_at_work(request: HttpRequest, pk: int) -> CareHousehold:
    rows = CareHousehold.objects.visible_to(request.user).select_related("centre")
    household = rows.filter(pk=pk).first()
    if household is None:
        raise Http404
    if not permissions.can_work_on_household(request.user, household):
        raise PermissionDenied
    return household
