"""`/welfare/care/`: which centre looks after somebody's household, and what they agreed to."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.offices.models import Office
from core.web.wording import in_its_language
from welfare.forms import ConsentBackForm
from welfare.models import CareBenefit, CareConsent, CareMember
from welfare.services.care_consents import ConsentEnded, take_back_consent
from welfare.services.care_log import Click, HouseholdRefused
from welfare.services.care_reminding import AHEAD


@require_http_methods(["GET", "HEAD", "POST"])
def care(request: HttpRequest) -> HttpResponse:
    """Consents are taken back here also where the care has ended, or somebody moved on."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    if request.method == "POST":
        _take_back(request, request.user)
        return redirect("welfare:care")
    here = CareMember.objects.current().filter(person=request.user)
    mine = CareConsent.objects.filter(member__person=request.user)
    member = here.select_related("household__centre").first()
    valid = mine.valid().select_related("household__centre").newest_first()
    context = {
        "centre": member.household.centre if member else None,
        "called": _called(member.household.centre) if member else "",
        "consents": [(one, _called(one.household.centre)) for one in valid],
        "ended": list(mine.ended().newest_first()),
        "ending": _ending(request.user),
        "key": uuid.uuid4(),
    }
    return render(request, "welfare/care.html", context)


def _ending(person: User) -> list[CareBenefit]:
    """Answer what ends within a month of what they receive, where they agreed to hear of it."""
    today = timezone.localdate()
    mine = CareBenefit.objects.filter(member__person=person).agreed_to_hear()
    return list(mine.ending(today, today + AHEAD).order_by("lasts_until", "pk"))


def _called(centre: Office) -> Any:
    if get_language() == "en" and centre.name_en:
        return centre.name_en
    return in_its_language(centre.name)


def _take_back(request: HttpRequest, person: User) -> None:
    form = ConsentBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("다시 확인해 주세요. 화면을 새로 고치고 해 보세요."))
        return
    number = form.cleaned_data["consent"]
    # One page has one key and many consents: each is taken back once.
    key = uuid.uuid5(form.cleaned_data["key"], f"consent:{number}")
    try:
        click = Click(actor=person, now=timezone.now(), key=key)
        take_back_consent(consent_id=number, click=click)
    except ConsentEnded:
        messages.info(request, _("이미 거둔 동의입니다."))
    except HouseholdRefused:
        messages.error(request, _("다시 확인해 주세요. 화면을 새로 고치고 해 보세요."))
    else:
        messages.success(request, _("동의를 거두었습니다. 이제 그 일은 하지 않습니다."))
