"""The list of facilities for officers, and the addresses of what can be done with one."""

import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from core.desk.exchange import ExportAdmin
from core.desk.exports import ExportColumn, yes
from core.desk.lists import ReadOnlyAdmin
from core.desk.previews import as_action
from core.places.facts import districts, get_district
from core.visits.models import Openings
from welfare.admin import facility_actions, facility_bulk
from welfare.admin.facility_page import facility_page
from welfare.admin.taking_in import FACILITIES, find_page, request_page
from welfare.enums import FacilityStatus
from welfare.models import Facility, FacilityFamily, FacilityReport
from welfare.search import KIND

LATELY = datetime.timedelta(days=30)


def district_of(facility: Facility) -> str | None:
    found = get_district(facility.district_code) if facility.district_code else None
    return found.name if found else None


COLUMNS = (
    ExportColumn("시설코드", lambda one: one.code),
    ExportColumn("이름", lambda one: one.name),
    ExportColumn("시설 분류", lambda one: one.family_name),
    ExportColumn("종류", lambda one: one.kind_id),
    ExportColumn("소재 자치구", district_of),
    ExportColumn("우편번호", lambda one: one.postcode),
    ExportColumn("주소", lambda one: one.address),
    ExportColumn("상세주소", lambda one: one.address_detail),
    ExportColumn("전화번호", lambda one: one.phone),
    ExportColumn("정원 (명)", lambda one: one.capacity),
    ExportColumn("현원 (명)", lambda one: one.occupancy),
    ExportColumn("대기 (명)", lambda one: one.waiting),
    ExportColumn("상태", lambda one: one.get_status_display()),
    ExportColumn("보호 시설", lambda one: yes(one.is_protected)),
    ExportColumn("최근 30일 열람", lambda one: one.opened),
    ExportColumn("직원 확인 시각", lambda one: one.verified_at),
)


class DistrictFilter(admin.SimpleListFilter):
    title = "소재 자치구"
    parameter_name = "district"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.code, one.name) for one in districts()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Facility]) -> QuerySet[Facility]:
        return queryset.filter(district_code=self.value()) if self.value() else queryset


class FamilyFilter(admin.SimpleListFilter):
    title = "시설 분류"
    parameter_name = "family"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = FacilityFamily.objects.order_by("name").values_list("name", flat=True)
        return [(name, name) for name in names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Facility]) -> QuerySet[Facility]:
        return queryset.filter(family_name=self.value()) if self.value() else queryset


class CheckedFilter(admin.SimpleListFilter):
    title = "직원 확인"
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("never", "확인한 적 없음"), ("yes", "확인함")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Facility]) -> QuerySet[Facility]:
        if self.value() == "never":
            return queryset.filter(
                verified_at=None, status=FacilityStatus.LISTED, is_protected=False
            )
        return queryset.filter(verified_at__isnull=False) if self.value() else queryset


class ReportedFilter(admin.SimpleListFilter):
    title = "시민 신고"
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "기다리는 신고 있음")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Facility]) -> QuerySet[Facility]:
        if not self.value():
            return queryset
        return queryset.filter(
            pk__in=FacilityReport.objects.waiting().order_by().values("facility")
        )


def _opened() -> Coalesce:
    """Answer how often each facility's page was opened lately."""
    lately = Openings.objects.filter(kind=KIND).since(timezone.localdate() - LATELY)
    return Coalesce(Subquery(lately.sum_for("code")), 0)


@admin.register(Facility)
class FacilityAdmin(ExportAdmin[Facility], ReadOnlyAdmin[Facility]):
    """Facilities follow from their sources and corrections: nothing is edited in place.

    What nobody has checked comes in the order of how often citizens opened it lately.
    """

    counted_in = "곳"
    list_display = (
        "name", "code", "kind_name", "district_name", "state", "reports_waiting", "opened_lately",
        "verified_at",
    )  # fmt: skip
    list_filter = (CheckedFilter, ReportedFilter, "status", "is_protected", DistrictFilter,
                   FamilyFilter)  # fmt: skip
    export_columns = COLUMNS
    export_name = "facilities"
    search_fields = ("=code", "name")
    search_help_text = "시설코드나 이름으로 찾습니다."
    actions = tuple(as_action(one, "act") for one in facility_bulk.ACTIONS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Facility]:
        # The card is long and the list does not show it.
        found = super().get_queryset(request).defer("card", "services_offered", "who_may_use")
        return found.annotate(opened=_opened())

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        if request.GET.get("checked") != "never":
            return ("code",)
        told = FacilityReport.objects.waiting().order_by().filter(facility=OuterRef("pk"))
        return (_opened().desc(), Exists(told).desc(), "code")

    @admin.display(description="최근 30일 열람", ordering="opened")
    def opened_lately(self, facility: Facility) -> int:
        return facility.opened  # type: ignore[attr-defined, no-any-return]

    def has_act_permission(self, request: HttpRequest) -> bool:
        return self.may_act(request)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<str:code>/{route}",
                self.admin_site.admin_view(self._door(view)),
                name=f"welfare_facility_{name}",
            )
            for name, route, view in facility_actions.ADDRESSES
        ]
        wrap = self.admin_site.admin_view
        counter = [
            path("referrals/", wrap(self.find_view), name="welfare_facility_referrals"),
            path(
                "<str:code>/referral/", wrap(self.referral_view), name="welfare_facility_referral"
            ),
        ]
        return [*counter, *own, *super().get_urls()]

    @method_decorator(require_safe)
    def find_view(self, request: HttpRequest) -> HttpResponse:
        return find_page(self, request, FACILITIES)

    def referral_view(self, request: HttpRequest, code: str) -> HttpResponse:
        return request_page(self, request, FACILITIES, code)

    def _door(self, view: facility_actions.View) -> Any:
        """Let in who may change facilities, and find the facility."""

        def enter(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
            if not self.may_act(request):
                raise PermissionDenied
            facility = Facility.objects.filter(pk=code).select_related("kind").first()
            if facility is None:
                raise Http404
            return view(self, request, facility, **more)

        return enter

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        facility = Facility.objects.filter(pk=object_id).select_related("kind", "operator").first()
        if facility is None:
            raise Http404
        if not self.has_view_permission(request, facility):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **facility_page(facility, may_act=self.may_act(request)),
            "title": facility.name,
            "opts": Facility._meta,
        }
        return TemplateResponse(request, "admin/welfare/facility/page.html", context)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Count the waiting reports of the rows on the page, and of no others."""
        changelist = super().get_changelist_instance(request)
        shown = [row.pk for row in changelist.result_list]
        waiting = FacilityReport.objects.waiting().order_by().filter(facility__in=shown)
        counted = dict(waiting.values_list("facility").annotate(Count("pk")))
        for row in changelist.result_list:
            row.waiting_reports = counted.get(row.pk, 0)
        return changelist

    @admin.display(description="종류", ordering="kind_id")
    def kind_name(self, facility: Facility) -> str:
        return facility.kind_id

    @admin.display(description="자치구", ordering="district_code")
    def district_name(self, facility: Facility) -> str:
        return district_of(facility) or "–"

    @admin.display(description="상태")
    def state(self, facility: Facility) -> SafeString:
        if facility.is_protected:
            return format_html('<span class="desk-tag desk-tag--warn">{}</span>', "보호 시설")
        tone = "ok" if facility.status == FacilityStatus.LISTED else "bad"
        return format_html(
            '<span class="desk-tag desk-tag--{}">{}</span>', tone, facility.get_status_display()
        )

    @admin.display(description="기다리는 신고")
    def reports_waiting(self, facility: Facility) -> str:
        return str(getattr(facility, "waiting_reports", 0) or "–")
