"""`/welfare/benefits/<code>/ask/`: ask one's centre for this benefit."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.cases.errors import CaseRefused, KeyUsed
from core.cases.keys import renew_key
from core.cases.models import Case
from core.web.wording import in_its_language
from welfare.cases import BENEFIT_APPLICATION
from welfare.enums import BenefitStatus
from welfare.forms import MINE, BenefitRequestForm
from welfare.models import Benefit
from welfare.queries.benefits import public_benefit
from welfare.services.applications import apply_for_benefit
from welfare.views.counsel import helped_by, own_centre


def benefit_ask(request: HttpRequest, code: str) -> HttpResponse:
    if not isinstance(request.user, User):
        raise PermissionDenied
    benefit = public_benefit(code)
    if benefit is None or benefit.status != BenefitStatus.LISTED:
        raise Http404(_("이 번호의 복지 급여가 없습니다."))
    helped = helped_by(request.user, BENEFIT_APPLICATION.slug)
    form = BenefitRequestForm(
        request.POST or None,
        helped={key: one.called for key, one in helped.items()},
        own_office=None if helped else own_centre(request.user),
        initial={"key": uuid4(), "whose": MINE},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        person = helped.get(told.get("whose", MINE), request.user)
        try:
            case = _opened(request.user, person, benefit, told)
        except CaseRefused as refused:
            is_of_office = not told["office"] and not isinstance(refused, KeyUsed)
            form.add_error("office" if is_of_office else None, str(refused))
            renew_key(form)
        else:
            return redirect("my-request", number=case.pk)
    context = {
        "form": form,
        "benefit": benefit,
        "title": benefit.name,
        "shown_title": in_its_language(benefit.name),
    }
    return render(request, "welfare/benefit_ask.html", context)


def _opened(actor: User, person: User, benefit: Benefit, told: dict[str, Any]) -> Case:
    return apply_for_benefit(
        benefit=benefit,
        person=person,
        applicant=person.name,
        actor=actor,
        words=told["text"],
        office_id=told["office"].pk if told["office"] else None,
        key=told["key"],
        now=timezone.now(),
    )
