"""Households with signs of hardship at the desk: a centre's own list, the heaviest first."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.desk.exports import ExportColumn, yes
from welfare import permissions
from welfare.admin.caseload import CaseloadAdmin
from welfare.admin.hardship_figures import figures_page
from welfare.admin.hardship_page import called, household_page, name_of
from welfare.enums import HardshipKind, HardshipState
from welfare.models import HardshipHousehold, HardshipHouseholdQuerySet, HardshipSign


def kinds_of(one: HardshipHousehold) -> list[str]:
    return list(dict.fromkeys(str(sign.get_kind_display()) for sign in _newest(one)))


def last_told(one: HardshipHousehold) -> str:
    newest = next(iter(_newest(one)), None)
    return f"{newest.month:%Y-%m}" if newest else ""


def _newest(one: HardshipHousehold) -> list[HardshipSign]:
    """Sort what was fetched with the list: another query a row would be one too many."""
    return sorted(one.signs.all(), key=lambda sign: (sign.month, sign.kind), reverse=True)


# What stands on the list, and no more of anybody than that.
COLUMNS = (
    ExportColumn("가구", name_of),
    ExportColumn("점수", lambda one: one.points if one.weighed_on else None),
    ExportColumn("신호", lambda one: ", ".join(kinds_of(one))),
    ExportColumn("상태", lambda one: one.get_state_display()),
    ExportColumn("새 신호", lambda one: yes(one.has_news)),
    ExportColumn("돌보는 가구", lambda one: yes(one.care_id)),
    ExportColumn("마지막 신호", last_told),
    ExportColumn("기관", lambda one: one.office),
)
SIGNS_SHOWN = 4
NEWS = "news"


class StateFilter(admin.SimpleListFilter):
    title = "상태"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        states = [(one.value, str(one.label)) for one in HardshipState]
        return [*states, (NEWS, "한 일이 있은 뒤 새 신호가 온 곳")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[HardshipHousehold]
    ) -> QuerySet[HardshipHousehold]:
        asked = self.value()
        if asked == NEWS and isinstance(queryset, HardshipHouseholdQuerySet):
            return queryset.told_since()
        return queryset.filter(state=asked) if asked else queryset


class KindFilter(admin.SimpleListFilter):
    title = "신호"
    parameter_name = "sign"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.value, str(one.label)) for one in HardshipKind]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[HardshipHousehold]
    ) -> QuerySet[HardshipHousehold]:
        asked = self.value()
        if asked and isinstance(queryset, HardshipHouseholdQuerySet):
            return queryset.with_sign(asked)
        return queryset


class MatchFilter(admin.SimpleListFilter):
    title = "돌보는 가구"
    parameter_name = "matched"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "돌보는 가구"), ("no", "아직 아님")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[HardshipHousehold]
    ) -> QuerySet[HardshipHousehold]:
        if self.value() in ("yes", "no"):
            return queryset.filter(care__isnull=self.value() == "no")
        return queryset


@admin.register(HardshipHousehold)
class HardshipHouseholdAdmin(CaseloadAdmin):
    page = household_page
    page_asks_for = ("office", "care", "member", "weights")
    export_columns = COLUMNS
    export_name = "hardship"
    list_display = ("household", "weight", "signs", "stands", "matched", "told")
    list_filter = (StateFilter, KindFilter, MatchFilter)
    list_before_template = "admin/welfare/hardshiphousehold/before.html"
    list_select_related = ("member",)
    search_fields = ("mark",)

    def rows_of(self, user: Any) -> QuerySet[HardshipHousehold]:
        return HardshipHousehold.objects.listed().worked_on_by(user)

    def marked(self, rows: QuerySet[Any], marks: list[str]) -> QuerySet[Any]:
        signs = HardshipSign.objects.filter(mark__in=marks)
        return rows.filter(Q(mark__in=marks) | Q(pk__in=signs.values("household")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[HardshipHousehold]:
        rows = HardshipHousehold.objects.listed().worked_on_by(request.user)
        return rows.prefetch_related("signs").heaviest_first()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-points", "last_told_at", "pk")

    def export_rows(self, request: HttpRequest) -> QuerySet[HardshipHousehold]:
        return super().export_rows(request).select_related("office")

    def get_urls(self) -> list[URLPattern]:
        figures = path(
            "figures/",
            self.admin_site.admin_view(figures_page),
            name="welfare_hardshiphousehold_figures",
        )
        return [figures, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            "title": "위기 신호 가구",
            "may_bring": permissions.can_bring_signs(request.user),
            "may_see_figures": permissions.can_see_sign_figures(request.user),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    @admin.display(description="가구")
    def household(self, one: HardshipHousehold) -> str:
        return called(one)

    @admin.display(description="점수")
    def weight(self, one: HardshipHousehold) -> str:
        return f"{one.points:,}점" if one.weighed_on else "–"

    @admin.display(description="신호")
    def signs(self, one: HardshipHousehold) -> str:
        kinds = kinds_of(one)
        more = f" 외 {len(kinds) - SIGNS_SHOWN}" if len(kinds) > SIGNS_SHOWN else ""
        return ", ".join(kinds[:SIGNS_SHOWN]) + more

    @admin.display(description="상태")
    def stands(self, one: HardshipHousehold) -> SafeString | str:
        if not one.has_news:
            return str(one.get_state_display())
        tag = '{} <span class="desk-tag desk-tag--warn">새 신호</span>'
        return format_html(tag, one.get_state_display())

    @admin.display(description="돌보는 가구")
    def matched(self, one: HardshipHousehold) -> str:
        return "예" if one.care_id else "아직 아님"

    @admin.display(description="마지막 신호")
    def told(self, one: HardshipHousehold) -> str:
        return last_told(one) or "–"
