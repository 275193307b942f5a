"""`/welfare/check/mine/`: the screener with what a person told of themselves, and let be used."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from welfare.models import BenefitSheet
from welfare.queries.consented import own_dong, own_household
from welfare.queries.living import ME
from welfare.queries.screening import Screening, Then
from welfare.queries.sheets import likely_of
from welfare.queries.told import FactsRefused
from welfare.rules.facts import UNTOLD, Household, Member
from welfare.views.check_results import results


@require_safe
def check_mine(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        raise PermissionDenied
    today = timezone.localdate()
    household = own_household(request.user.pk, on=today)
    if household is None:
        return render(request, "welfare/check_mine.html", {"faults": []})
    dong, then = own_dong(request.user.pk), _then(request.user)
    state = Screening(told=_told(household), dong=dong, then=then).with_all_answered()
    try:
        return results(request, state, today)
    except FactsRefused as refused:
        context = {"faults": list(refused.errors.values())}
        return render(request, "welfare/check_mine.html", context)


def _then(person: User) -> Then | None:
    """Answer what the portal last found likely for them, where they let it watch."""
    sheet = BenefitSheet.objects.filter(person=person).first()
    return Then(sheet.judged_on, frozenset(likely_of(sheet))) if sheet else None


def _told(household: Household) -> dict[str, Any]:
    """Write a household as the API takes it; what is unknown is left out."""
    facts = {
        "household_yes": sorted(household.yes),
        "household_no": sorted(household.no),
        "receives": sorted(household.receives),
        "receives_not": sorted(household.receives_not),
        "income_band": household.income_band,
        "income_step": household.income_step,
        "assets": household.assets,
        "assets_over": household.assets_over,
        "district": household.district,
        "housing": household.housing,
        "household_size": household.people,
        "members": [
            _member(one, number)
            for number, one in enumerate(household.members, start=1)
            if one.id != UNTOLD.id
        ],
    }
    return {name: value for name, value in facts.items() if value is not None}


def _member(member: Member, number: int) -> dict[str, Any]:
    born: datetime.date | None = member.birth_date
    since: datetime.date | None = member.resident_since
    facts = {
        "id": ME if number == 1 else str(number),
        "birth_date": born.isoformat() if born else None,
        "sex": member.sex,
        "nationality": member.nationality,
        "spouse": member.spouse,
        "service_pension": member.service_pension,
        "care": member.care,
        "pregnancy_weeks": member.pregnancy_weeks,
        "resident_since": since.isoformat() if since else None,
        "yes": sorted(member.yes),
        "no": sorted(member.no),
        "disability": member.disability,
        "receives": sorted(member.receives) or None,
        "receives_not": sorted(member.receives_not) or None,
    }
    return {name: value for name, value in facts.items() if value is not None}
