"""“Something is wrong here”: what a citizen tells, without an account and without being known."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.web.public import BRIEFLY, anonymous, public
from core.web.spam import within_limit
from core.web.throttle import address_of
from core.web.wording import in_its_language
from welfare.enums import ReportTopic
from welfare.forms import FacilityReportForm
from welfare.models import Facility
from welfare.queries.detail import public_facility
from welfare.services import report_facility
from welfare.views.facility_words import title

REPORTS_BY_ADDRESS = 10  # a day
REPORTS_ON_FACILITY = 30  # a day
SEE_OTHER, TOO_MANY = 303, 429


@anonymous
@require_http_methods(["GET", "HEAD", "POST"])
def facility_report(request: HttpRequest, code: str) -> HttpResponse:
    facility = _reported(code)
    if request.method != "POST":
        return _page(request, facility, FacilityReportForm())
    form = FacilityReportForm(request.POST)
    thanks = HttpResponseRedirect(
        reverse("welfare:facility-report-thanks", kwargs={"code": code}), status=SEE_OTHER
    )
    if form.is_trapped:
        return thanks
    if not form.is_valid():
        form.renew()
        return _page(request, facility, form)
    if not _may_report(request, facility):
        form.add_error(
            None, _("오늘은 더 보낼 수 없습니다. 내일 다시 보내거나 120에 전화해 주세요.")
        )
        return _page(request, facility, form, status=TOO_MANY)
    report_facility(
        facility=facility,
        topic=ReportTopic(form.cleaned_data["topic"]),
        proposed=form.cleaned_data["proposed"],
        message=form.cleaned_data["message"],
        now=timezone.now(),
    )
    return thanks


@public(max_age=BRIEFLY)
def facility_report_thanks(request: HttpRequest, code: str) -> HttpResponse:
    facility = _reported(code)
    context = {"facility": facility, "title": title(facility)}
    return render(request, "welfare/facility_report_thanks.html", context)


def _reported(code: str) -> Facility:
    facility = public_facility(code)
    if facility is None:
        raise Http404(_("이 번호의 복지시설이 없습니다."))
    return facility


def _may_report(request: HttpRequest, facility: Facility) -> bool:
    """Every address and every facility has its share of a day."""
    by_address = within_limit("report", address_of(request), limit=REPORTS_BY_ADDRESS)
    return by_address and within_limit("reported", facility.code, limit=REPORTS_ON_FACILITY)


def _page(
    request: HttpRequest, facility: Facility, form: FacilityReportForm, status: int = 200
) -> HttpResponse:
    context = {
        "facility": facility,
        "title": title(facility),
        "shown_title": in_its_language(title(facility)),
        "form": form,
    }
    return render(request, "welfare/facility_report.html", context, status=status)
