"""What citizens report: accepted with one click, settled by hand, or declined with an answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from core.desk.exchange import ExportAdmin
from core.desk.exports import ExportColumn
from core.desk.lists import ReadOnlyAdmin
from core.desk.previews import ActionRefused, Change, PreviewedAction, as_action
from core.records.resident_numbers import refuse_resident_number
from welfare.admin.facility_actions import officer
from welfare.admin.words import value_words
from welfare.enums import ReportStatus, ReportTopic
from welfare.models import FacilityReport
from welfare.services import (
    CORRECTABLE,
    CorrectionRefused,
    accept_report,
    accept_reports,
    clean_correction,
    decline_report,
    decline_reports,
    proposed_correction,
    settle_report,
)

# Of fewer digits than the largest that the database holds.
LONGEST_NUMBER = len(str(2**63))
# What a list shows of a text; whoever wants the rest opens the report.
MOST_SHOWN = 80
# Where an officer enters by hand what a report of the topic says.
FIELD_BY_HAND = {
    ReportTopic.PHONE: "phone",
    ReportTopic.ADDRESS: "address",
    ReportTopic.NAME: "name",
    ReportTopic.HOURS: "weekly_hours",
    ReportTopic.ACCESS: "accessibility",
    ReportTopic.CLOSED: "status",
}


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="답",
        max_length=1000,
        validators=[refuse_resident_number],
        widget=forms.Textarea,
        help_text="신고한 시민이 읽습니다. 예: 시설에 전화해 보니 지금 번호가 맞습니다.",
    )


class StatusFilter(admin.SimpleListFilter):
    """Those that wait, unless others are asked for."""

    title = "처리"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        answered = [(one.value, str(one.label)) for one in ReportStatus if one != ReportStatus.NEW]
        return [*answered, ("all", "모두")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": "기다리는 신고"}
        yield from others

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[FacilityReport]
    ) -> QuerySet[FacilityReport]:
        if self.value() == "all":
            return queryset
        return queryset.filter(status=self.value() or ReportStatus.NEW)


def _long(text: str) -> SafeString:
    shown = Truncator(text).chars(MOST_SHOWN)
    return format_html('<div class="desk-long">{}</div>', shown)


def named(report: FacilityReport) -> str:
    """Answer what staff know a report by."""
    told = f"{timezone.localtime(report.created_at):%Y-%m-%d %H:%M}"
    return f"{report.facility.name}, {report.get_topic_display()} ({told})"


def _published(report: FacilityReport) -> str:
    field = FIELD_BY_HAND.get(ReportTopic(report.topic))
    return value_words(field, getattr(report.facility, field)) if field else "–"


COLUMNS = (
    ExportColumn("접수 시각", lambda one: one.created_at),
    ExportColumn("시설코드", lambda one: one.facility_id),
    ExportColumn("시설", lambda one: one.facility.name),
    ExportColumn("무엇이 다른가", lambda one: one.get_topic_display()),
    ExportColumn("지금 게시된 값", _published),
    ExportColumn("시민이 알려 준 값", lambda one: one.proposed),
    ExportColumn("설명", lambda one: one.message),
    ExportColumn("처리", lambda one: one.get_status_display()),
    ExportColumn("답", lambda one: one.answer),
    ExportColumn("답한 시각", lambda one: one.answered_at),
)


def _accepted(chosen: Sequence[FacilityReport], _: dict[str, Any]) -> list[Change]:
    changes = []
    for report in chosen:
        correction = proposed_correction(report)
        if correction is None:
            raise ActionRefused(f"{named(report)}: 시설 화면에서 직접 고쳐 주세요.")
        known = CORRECTABLE[correction.field]
        try:
            cleaned = clean_correction(known, correction.value, report.facility)
        except CorrectionRefused as refused:
            raise ActionRefused(f"{named(report)}: {refused}") from refused
        after = value_words(known.name, cleaned[known.name])
        changes.append(Change(f"{report.facility} {known.label}", _published(report), after))
    return changes


def _declined(chosen: Sequence[FacilityReport], told: dict[str, Any]) -> list[Change]:
    return [
        Change(named(one), _published(one), f"그대로 둠. 답: {told['answer']}") for one in chosen
    ]


def _accept(request: HttpRequest, chosen: Sequence[FacilityReport], _: dict[str, Any]) -> int:
    keys = [one.pk for one in chosen]
    try:
        return accept_reports(reports=keys, actor=officer(request), now=timezone.now())
    except CorrectionRefused as refused:
        raise ActionRefused(str(refused)) from refused


def _decline(request: HttpRequest, chosen: Sequence[FacilityReport], told: dict[str, Any]) -> int:
    keys = [one.pk for one in chosen]
    try:
        return decline_reports(
            reports=keys, answer=told["answer"], actor=officer(request), now=timezone.now()
        )
    except CorrectionRefused as refused:
        raise ActionRefused(str(refused)) from refused


ACTIONS = (
    PreviewedAction(
        name="accept_reports",
        title="신고대로 고치기",
        button="고치고 게시",
        done="신고 {number}개를 반영했습니다.",
        changes=_accepted,
        perform=_accept,
    ),
    PreviewedAction(
        name="decline_reports",
        title="반영하지 않고 답하기",
        button="답하기",
        done="신고 {number}개에 답했습니다.",
        form=AnswerForm,
        changes=_declined,
        perform=_decline,
    ),
)


@admin.register(FacilityReport)
class FacilityReportAdmin(ExportAdmin[FacilityReport], ReadOnlyAdmin[FacilityReport]):
    export_columns = COLUMNS
    export_name = "facility-reports"
    list_display = (
        "heading", "facility_link", "published_now", "told", "created_at", "one_click",
    )  # fmt: skip
    list_display_links = ("heading",)
    list_filter = (StatusFilter, "topic")
    list_select_related = ("facility",)
    search_fields = ("=facility__code", "facility__name")
    search_help_text = "시설코드나 시설 이름으로 찾습니다."
    ordering = ("created_at", "pk")
    actions = tuple(as_action(one, "act") for one in ACTIONS)

    def has_act_permission(self, request: HttpRequest) -> bool:
        return self.may_act(request)

    def get_urls(self) -> list[URLPattern]:
        accept = path(
            "<int:number>/accept/",
            self.admin_site.admin_view(self.accept),
            name="welfare_facilityreport_accept",
        )
        return [accept, *super().get_urls()]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        for report in changelist.result_list:
            report.may_accept = self.may_act(request)
        return changelist

    @admin.display(description="무엇이 다른가", ordering="topic")
    def heading(self, report: FacilityReport) -> str:
        return report.get_topic_display()

    @admin.display(description="시설")
    def facility_link(self, report: FacilityReport) -> SafeString:
        url = reverse("admin:welfare_facility_change", args=[report.facility_id])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, report.facility.name)

    @admin.display(description="지금 게시된 값")
    def published_now(self, report: FacilityReport) -> SafeString:
        return _long(_published(report))

    @admin.display(description="시민이 알려 준 값과 설명")
    def told(self, report: FacilityReport) -> SafeString:
        """The first words; the whole is on the report's own page."""
        return _long(" / ".join(filter(None, (report.proposed, report.message))) or "–")

    @admin.display(description="바로 반영")
    def one_click(self, report: FacilityReport) -> str:
        """A button of the list's own form, which carries the token against forgery."""
        waits = report.status == ReportStatus.NEW and getattr(report, "may_accept", False)
        if not waits or proposed_correction(report) is None:
            return "–"
        return format_html(
            '<button class="desk-button desk-button--small" formmethod="post" formaction="{}"'
            ' aria-label="{} 신고 바로 반영">반영</button>',
            reverse("admin:welfare_facilityreport_accept", args=[report.pk]),
            named(report),
        )

    def accept(self, request: HttpRequest, number: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.may_act(request):
            raise PermissionDenied
        report = FacilityReport.objects.filter(pk=number).select_related("facility").first()
        if report is None:
            raise Http404
        try:
            accept_report(report=report, actor=officer(request), now=timezone.now())
        except CorrectionRefused as refused:
            messages.error(request, f"{named(report)}: {refused}")
            return redirect("admin:welfare_facilityreport_change", number)
        messages.success(request, f"알려 준 내용을 반영해 게시했습니다: {named(report)}")
        return redirect("admin:welfare_facilityreport_changelist")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One report beside what is published, and the three ways to answer it."""
        report = (
            FacilityReport.objects.filter(pk=object_id)
            .select_related("facility", "answered_by")
            .first()
            if object_id.isascii() and object_id.isdecimal() and len(object_id) < LONGEST_NUMBER
            else None
        )
        if report is None:
            raise Http404
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        may_act = self.may_act(request) and report.status == ReportStatus.NEW
        form = AnswerForm(request.POST or None)
        if request.method == "POST":
            if not may_act:
                raise PermissionDenied
            if form.is_valid() and self._answered(request, report, form):
                return redirect("admin:welfare_facilityreport_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": f"시민 신고: {named(report)}",
            "opts": FacilityReport._meta,
            "report": report,
            "published": _published(report),
            "proposes": proposed_correction(report),
            "field": FIELD_BY_HAND.get(ReportTopic(report.topic)),
            "form": form,
            "may_act": may_act,
        }
        return TemplateResponse(request, "admin/welfare/facilityreport/page.html", context)

    def _answered(self, request: HttpRequest, report: FacilityReport, form: AnswerForm) -> bool:
        service = settle_report if request.POST.get("settled") else decline_report
        try:
            service(
                report=report,
                answer=form.cleaned_data["answer"],
                actor=officer(request),
                now=timezone.now(),
            )
        except CorrectionRefused as refused:
            form.add_error(None, str(refused))
            return False
        messages.success(request, f"신고에 답했습니다: {named(report)}")
        return True
