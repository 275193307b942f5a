"""A benefit or a facility asked for at the counter: find it by words, and take the request in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from core.cases.admin.intake import CounterForm, asked_before, take_in
from core.cases.models import Case
from welfare.enums import BenefitStatus, FacilityStatus
from welfare.models import Benefit, Facility
from welfare.permissions import can_serve_at_counter
from welfare.queries.benefit_filters import BenefitFilters
from welfare.queries.benefits import benefit_page, public_benefit
from welfare.queries.detail import public_facility
from welfare.queries.filters import FacilityFilters
from welfare.queries.listing import facility_page
from welfare.services.applications import apply_for_benefit
from welfare.services.referrals import refer_to_facility

LONGEST_QUESTION = 100
# What was found: its number, its name, and what tells it from another of the same name.
Found = tuple[list[tuple[str, str, str]], int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One kind of thing that a request is about, and how it is found and taken in."""

    model: type[Model]
    title: str
    label: str
    hint: str
    page: str
    find: Callable[[str], Found]
    get: Callable[[str], Any]
    open_it: Callable[[Any, dict[str, Any]], Case]

    def address(self, code: str) -> str:
        return reverse(self.page, args=[code])


def _benefits(typed: str) -> Found:
    page = benefit_page(BenefitFilters(q=typed))
    return [(one.code, one.name, one.provider) for one in page.rows], page.count


def _facilities(typed: str) -> Found:
    page = facility_page(FacilityFilters(q=typed), on=timezone.localdate())
    return [(one.code, one.name, one.address or "") for one in page.rows], page.count


def _benefit(code: str) -> Benefit | None:
    found = public_benefit(code)
    return found if found and found.status == BenefitStatus.LISTED else None


def _facility(code: str) -> Facility | None:
    found = public_facility(code)
    return found if found and found.status == FacilityStatus.LISTED else None


BENEFITS = Wanted(
    model=Benefit,
    title="복지 급여 신청 접수",
    label="급여 이름이나 하는 일",
    hint="예: 기초연금, 난방비. 초성(ㄱㅊㅇㄱ)으로도 찾습니다.",
    page="admin:welfare_benefit_application",
    find=_benefits,
    get=_benefit,
    open_it=lambda benefit, told: apply_for_benefit(benefit=benefit, **told),
)
FACILITIES = Wanted(
    model=Facility,
    title="시설 연계 접수",
    label="시설 이름, 종류나 동네",
    hint="예: 노인복지관, 상계동 경로당.",
    page="admin:welfare_facility_referral",
    find=_facilities,
    get=_facility,
    open_it=lambda facility, told: refer_to_facility(facility=facility, **told),
)


def find_page(desk: Any, request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """Find what the next request is about, of somebody new or of who asked before."""
    _check(request)
    before = asked_before(request)
    more = f"?of={before.pk}" if before else ""
    context = {
        "title": wanted.title,
        # The way back leads to the requests, which all who are here may see.
        "opts": Case._meta,
        "lead": _lead(before),
        "before": before,
    }
    return search_page(desk, request, wanted, lambda code: wanted.address(code) + more, context)


def _lead(before: Case | None) -> str:
    if before is None:
        return "계정이 없는 분의 신청을 대신 받습니다. 무엇인지 먼저 찾아 주세요."
    who = before.applicant or "이름을 적지 않은 분"
    return f"신청 #{before.pk}의 {who}께서 더 신청하시는 것입니다. 무엇인지 먼저 찾아 주세요."


def search_page(
    desk: Any,
    request: HttpRequest,
    wanted: Wanted,
    address_of: Callable[[str], str],
    context: dict[str, Any],
) -> HttpResponse:
    """Search as citizens do: in names and words, and by initial consonants."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    rows, count = wanted.find(typed) if typed else ([], 0)
    whole = {
        **desk.admin_site.each_context(request),
        "wanted": wanted,
        "q": typed,
        "count": count,
        "found": [(name, detail, address_of(code)) for code, name, detail in rows],
        **context,
    }
    return TemplateResponse(request, "admin/welfare/find_wanted.html", whole)


def request_page(desk: Any, request: HttpRequest, wanted: Wanted, code: str) -> HttpResponse:
    """Take in the request for what was found, of somebody new or of who asked before."""
    _check(request)
    chosen = wanted.get(code)
    if chosen is None:
        raise Http404

    def open_it(clerk: Any, form: CounterForm) -> Case:
        told = {
            "person": form.person,
            "applicant": form.called,
            "actor": clerk,
            "words": form.cleaned_data["words"],
            "office_id": form.office_id,
            "key": form.cleaned_data["key"],
            "now": timezone.now(),
        }
        return wanted.open_it(chosen, told)

    clerk: Any = request.user
    form = CounterForm(request.POST or None, clerk=clerk, before=asked_before(request))
    context = {"title": f"{wanted.title}: {chosen.name}"}
    return take_in(desk, request, form, open_it=open_it, context=context)


def _check(request: HttpRequest) -> None:
    if not can_serve_at_counter(request.user):
        raise PermissionDenied
