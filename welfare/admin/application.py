"""A benefit asked for at the counter, by somebody without an account: find it, and take it in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from core.cases.admin.intake import CounterForm, take_in
from core.cases.models import Case
from core.offices.people import Person
from welfare.enums import BenefitStatus
from welfare.models import Benefit
from welfare.permissions import can_serve_at_counter
from welfare.queries.benefit_filters import BenefitFilters
from welfare.queries.benefits import benefit_page, public_benefit
from welfare.services.applications import apply_for_benefit

LONGEST_QUESTION = 100


def find_page(desk: Any, request: HttpRequest) -> HttpResponse:
    """Search the catalogue as citizens do: in its names, its words and its initial consonants."""
    _check(request)
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    context = {
        **desk.admin_site.each_context(request),
        "title": "복지 급여 신청 접수",
        "opts": Benefit._meta,
        "q": typed,
        "found": benefit_page(BenefitFilters(q=typed)) if typed else None,
    }
    return TemplateResponse(request, "admin/welfare/applications.html", context)


def application_page(desk: Any, request: HttpRequest, code: str) -> HttpResponse:
    _check(request)
    benefit = public_benefit(code)
    if benefit is None or benefit.status != BenefitStatus.LISTED:
        raise Http404
    chosen = benefit

    def open_it(clerk: Any, form: CounterForm) -> Case:
        told = form.cleaned_data
        return apply_for_benefit(
            benefit=chosen,
            person=None,
            applicant=told["applicant"],
            actor=clerk,
            words=told["words"],
            office_id=form.office_id,
            key=told["key"],
            now=timezone.now(),
        )

    clerk: Person = request.user  # type: ignore[assignment]
    form = CounterForm(request.POST or None, clerk=clerk)
    context = {"title": f"복지 급여 신청 접수: {benefit.name}", "benefit": benefit}
    return take_in(desk, request, form, open_it=open_it, context=context)


def _check(request: HttpRequest) -> None:
    if not can_serve_at_counter(request.user):
        raise PermissionDenied
