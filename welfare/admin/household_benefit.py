"""Finds the benefit that a household is applied for, among all that are listed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from welfare.admin.household_found import benefit_named
from welfare.admin.household_referral import household_at_work
from welfare.admin.taking_in import BENEFITS, search_page
from welfare.models import CareHousehold

CHANGE = "admin:welfare_carehousehold_change"


def find_page(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Search as at the counter: by name, words and initial consonants; what is chosen stands in the
    household's forms.
    """
    household = household_at_work(request, pk)
    page = reverse(CHANGE, args=[household.pk])
    context = {
        "title": f"급여 찾기: 가구 #{household.pk}",
        "opts": CareHousehold._meta,
        "lead": "고르면 가구 화면의 ‘급여 적기’와 ‘급여 신청 시작하기’에 적혀 있습니다.",
    }
    return search_page(
        desk,
        request,
        BENEFITS,
        lambda code: f"{page}?{urlencode({'benefit': code})}#apply-name",
        context,
    )


def chosen_name(request: HttpRequest) -> str:
    """Answer how the forms call the chosen benefit: by its name where there is only one."""
    code = request.GET.get("benefit", "").replace("\x00", "")
    benefit = BENEFITS.get(code) if code else None
    if benefit is None:
        return ""
    same = benefit_named(benefit.name)
    return benefit.name if same is not None and same.code == code else code
