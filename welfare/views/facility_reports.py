"""“Something is wrong here”: what a citizen tells, without an account and without being known."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.web.opening import full_date
from core.web.public import BRIEFLY, anonymous, public
from core.web.spam import within_limit
from core.web.throttle import address_of
from core.web.wording import in_its_language
from welfare.enums import ReportStatus, ReportTopic
from welfare.forms import FacilityReportForm
from welfare.models import Facility, FacilityReport
from welfare.queries.detail import get_report, public_facility
from welfare.services import report_facility
from welfare.views.facility_words import title

HEADINGS = {
    ReportStatus.NEW: gettext_lazy("알려 주셔서 고맙습니다"),
    ReportStatus.ACCEPTED: gettext_lazy("알려 주신 내용을 고쳤습니다"),
    ReportStatus.DECLINED: gettext_lazy("알려 주신 내용을 확인했습니다"),
}
STATES = {
    ReportStatus.NEW: gettext_lazy("직원이 확인하고 있습니다."),
    ReportStatus.ACCEPTED: gettext_lazy("직원이 확인해 고쳤습니다."),
    ReportStatus.DECLINED: gettext_lazy("직원이 확인했고, 고치지 않았습니다."),
}
# A day. A community centre, a library or a mobile network is one address for many people.
REPORTS_BY_ADDRESS = 100
REPORTS_ON_FACILITY = 30
SEE_OTHER, TOO_MANY = 303, 429


@anonymous
@require_http_methods(["GET", "HEAD", "POST"])
def facility_report(request: HttpRequest, code: str) -> HttpResponse:
    facility = _reported(code)
    if request.method != "POST":
        return _page(request, facility, FacilityReportForm())
    form = FacilityReportForm(request.POST)
    if form.is_trapped:
        return _see_other("welfare:facility-report-thanks", code=code)
    if not form.is_valid():
        form.renew()
        return _page(request, facility, form)
    if refusal := _refusal(request, facility):
        form.add_error(None, refusal)
        return _page(request, facility, form, status=TOO_MANY)
    report = report_facility(
        facility=facility,
        topic=ReportTopic(form.cleaned_data["topic"]),
        proposed=form.cleaned_data["proposed"],
        message=form.cleaned_data["message"],
        now=timezone.now(),
    )
    return _see_other("welfare:facility-report-receipt", receipt=report.receipt)


@anonymous
@require_safe
def facility_report_receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """Thanks at first, later the answer: for whoever holds the receipt, and no search engine."""
    report = get_report(receipt)
    if report is None:
        raise Http404(_("이 접수 번호의 신고가 없습니다."))
    address = reverse("welfare:facility-report-receipt", kwargs={"receipt": receipt})
    context = {
        "report": report,
        "heading": HEADINGS[ReportStatus(report.status)],
        "is_answered": report.status != ReportStatus.NEW,
        "facts": list(_told(report)),
        "address": settings.SITE_URL + address,
        "title": title(report.facility),
    }
    response = render(request, "welfare/facility_report_receipt.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _told(report: FacilityReport) -> Iterator[tuple[str, str]]:
    """Tell what became of it; not what was written, which may say who wrote it."""
    facility = report.facility
    name = format_html(
        '<a class="text-link lone" href="{}">{}</a>',
        facility.get_absolute_url(),
        in_its_language(title(facility)),
    )
    yield _("시설"), name
    yield _("알려 주신 내용"), str(ReportTopic(report.topic).label)
    yield _("보낸 날"), full_date(timezone.localdate(report.created_at))
    yield _("지금"), str(STATES[ReportStatus(report.status)])
    if report.answer:
        yield _("직원의 답"), in_its_language(report.answer)
    if report.answered_at:
        yield _("답한 날"), full_date(timezone.localdate(report.answered_at))


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


def _see_other(name: str, **arguments: str | None) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, kwargs=arguments), status=SEE_OTHER)


def _refusal(request: HttpRequest, facility: Facility) -> str:
    """Say why no more is taken today and what to do; every address and facility has its share."""
    told = {"phone": settings.CONTACT_PHONE, "limit": REPORTS_BY_ADDRESS}
    if not within_limit("report", address_of(request), limit=REPORTS_BY_ADDRESS):
        return (
            _(
                "이 인터넷 주소에서 오늘 받을 수 있는 %(limit)s건이 찼습니다."
                " 여럿이 함께 쓰는 곳이면 다른 사람이 보낸 것도 셉니다."
                " 적은 것은 보내지지 않았습니다."
                " 내일 다시 보내거나 %(phone)s에 전화해 알려 주세요."
            )
            % told
        )
    if not within_limit("reported", facility.code, limit=REPORTS_ON_FACILITY):
        return (
            _(
                "이 시설에 대해 오늘 이미 많은 분이 알려 주셨습니다. 적은 것은 보내지지 않았습니다."
                " 내일 다시 보내거나 %(phone)s에 전화해 알려 주세요."
            )
            % told
        )
    return ""


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
