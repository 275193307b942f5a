"""Households of the caseload at the desk: a centre's own, what is due first."""

import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.desk.exports import ExportColumn
from welfare import permissions
from welfare.admin import household_benefit as benefit
from welfare.admin import household_referral as referral
from welfare.admin import household_two as two
from welfare.admin.caseload import CaseloadAdmin
from welfare.admin.household_page import household_page, opening_page
from welfare.models import CareHousehold, CareMember, CarePlanStep
from welfare.models.household import CareHouseholdQuerySet

# What stands on the list, and no more of anybody than that.
COLUMNS = (
    ExportColumn("가구", lambda one: one.here[0].name if one.here else "아무도 없음"),
    ExportColumn("사람 (명)", lambda one: len(one.here)),
    ExportColumn("주민센터", lambda one: one.centre),
    ExportColumn("돌보기 시작", lambda one: one.opened_on),
    ExportColumn("마친 날", lambda one: one.closed_on),
    ExportColumn("마지막 연락", lambda one: one.last_contact_date),
    ExportColumn("기한", lambda one: one.next_due_date),
    ExportColumn("다음 할 일", lambda one: one.next_steps[0].words if one.next_steps else ""),
)
SILENT = datetime.timedelta(days=30)
WORDS_SHOWN = 40


class StandingFilter(admin.SimpleListFilter):
    """Ended ones are shown only where they are asked for."""

    title = "돌보기"
    parameter_name = "care"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("due", "할 일이 지나거나 오늘까지"),
            ("mine", "내가 맡은 할 일이 있음"),
            ("nobody", "담당이 없는 할 일이 있음"),
            ("silent", "30일 넘게 연락이 없음"),
            ("closed", "마친 가구"),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[CareHousehold]
    ) -> QuerySet[CareHousehold]:
        assert isinstance(queryset, CareHouseholdQuerySet)  # noqa: S101  (for the type checker)
        today = timezone.localdate()
        if self.value() == "closed":
            return queryset.exclude(closed_on=None)
        if self.value() == "due":
            return queryset.due_by(today)
        if self.value() == "mine":
            return queryset.planned_in(CarePlanStep.objects.seen_to_by(request.user))
        if self.value() == "nobody":
            return queryset.planned_in(CarePlanStep.objects.of_nobody(today))
        if self.value() == "silent":
            return queryset.silent_since(today - SILENT)
        return queryset.open()


@admin.register(CareHousehold)
class CareHouseholdAdmin(CaseloadAdmin):
    page = household_page
    page_asks_for = ("centre",)
    # Its members are read in every list and on every page: superusers say why before any answers.
    is_about_people = True
    export_columns = COLUMNS
    export_name = "households"
    list_display = ("household", "people", "since", "contact", "due", "next_step")
    list_filter = (StandingFilter,)
    list_before_template = "admin/welfare/carehousehold/before.html"
    search_fields = ("address_mark",)

    def can_see_some(self, user: Any) -> bool:
        return permissions.can_see_households(user)

    def rows_of(self, user: Any) -> QuerySet[CareHousehold]:
        return CareHousehold.objects.visible_to(user)

    def marked(self, rows: QuerySet[Any], marks: list[str]) -> QuerySet[Any]:
        members = CareMember.objects.filter(mark__in=marks)
        return rows.filter(pk__in=members.values("household"))

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return permissions.works_in_a_centre(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CareHousehold]:
        members = CareMember.objects.current().head_first()
        plan = CarePlanStep.objects.open().order_by("due_date", "pk")
        rows = CareHousehold.objects.visible_to(request.user).soonest_due()
        return rows.prefetch_related(
            Prefetch("members", queryset=members, to_attr="here"),
            Prefetch("plan_steps", queryset=plan, to_attr="next_steps"),
        )

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ()

    def export_rows(self, request: HttpRequest) -> QuerySet[CareHousehold]:
        return super().export_rows(request).select_related("centre")

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Any, name: str) -> URLPattern:
            def shown(request: HttpRequest, **key: Any) -> HttpResponse:
                found: HttpResponse = view(self, request, **key)
                return found

            return path(
                address, self.admin_site.admin_view(shown), name=f"welfare_carehousehold_{name}"
            )

        return [
            page("merges/", two.merges_page, "merges"),
            page("merges/<int:pk>/", two.merge_page, "merge"),
            page("merges/<int:gone>/into/<int:kept>/", two.propose_page, "propose"),
            page("coming/", two.coming_page, "coming"),
            page("<int:pk>/benefits/", benefit.find_page, "benefits"),
            page("<int:pk>/refer/", referral.find_page, "refer"),
            page("<int:pk>/refer/<str:code>/", referral.refer_page, "refer_to"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            "title": "돌보는 가구",
            "may_open": permissions.works_in_a_centre(request.user),
            "may_take": permissions.runs_a_centre(request.user),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return opening_page(self, request)

    @admin.display(description="가구")
    def household(self, one: Any) -> str:
        return f"{one.here[0].name if one.here else '아무도 없음'} #{one.pk}"

    @admin.display(description="사람")
    def people(self, one: Any) -> str:
        return f"{len(one.here)}명"

    @admin.display(description="돌보기 시작")
    def since(self, one: CareHousehold) -> str:
        until = f" ~ {one.closed_on}" if one.closed_on else ""
        return f"{one.opened_on}{until}"

    @admin.display(description="마지막 연락")
    def contact(self, one: CareHousehold) -> str:
        return str(one.last_contact_date or "아직 없음")

    @admin.display(description="기한")
    def due(self, one: CareHousehold) -> SafeString | str:
        if one.next_due_date is None:
            return "–"
        if one.next_due_date < timezone.localdate():
            tag = '{} <span class="desk-tag desk-tag--bad">지남</span>'
            return format_html(tag, one.next_due_date)
        return str(one.next_due_date)

    @admin.display(description="다음 할 일")
    def next_step(self, one: Any) -> str:
        words = one.next_steps[0].words if one.next_steps else "–"
        return words if len(words) <= WORDS_SHOWN else f"{words[:WORDS_SHOWN]}…"
