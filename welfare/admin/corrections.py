"""The corrections that stand: those whose source changed first, with both values to choose from."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.contrib import admin
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.desk.exchange import ExportAdmin
from core.desk.exports import ExportColumn
from core.desk.lists import ReadOnlyAdmin
from core.desk.previews import ActionRefused, Change, PreviewedAction, as_action
from welfare.admin.facility_actions import officer
from welfare.admin.forms import ReasonForm
from welfare.admin.words import field_label, value_words
from welfare.models import Facility, FacilityCorrection
from welfare.services import (
    CORRECTABLE,
    CorrectionRefused,
    confirm_corrections,
    source_values,
    take_source_values,
    withdraw_corrections,
)


class ReviewFilter(admin.SimpleListFilter):
    """Those to review unless all are asked for."""

    title = "검토"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "모든 수정")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": "다시 볼 수정"}
        yield from others

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[FacilityCorrection]
    ) -> QuerySet[FacilityCorrection]:
        return queryset if self.value() == "all" else queryset.exclude(review_since=None)


class FieldFilter(admin.SimpleListFilter):
    title = "항목"
    parameter_name = "field"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.name, one.label) for one in CORRECTABLE.values()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[FacilityCorrection]
    ) -> QuerySet[FacilityCorrection]:
        return queryset.filter(field=self.value()) if self.value() else queryset


def _sources(chosen: Sequence[FacilityCorrection]) -> list[str]:
    told = source_values([one.key for one in chosen])
    return [value_words(one.field, told.get(one.key, {}).get(one.field)) for one in chosen]


def _subject(one: FacilityCorrection) -> str:
    return f"{one.key} {field_label(one.field)}"


def _to_source(chosen: Sequence[FacilityCorrection], _: dict[str, Any]) -> list[Change]:
    return [
        Change(_subject(one), value_words(one.field, one.value), source)
        for one, source in zip(chosen, _sources(chosen), strict=True)
    ]


def _kept(chosen: Sequence[FacilityCorrection], _: dict[str, Any]) -> list[Change]:
    return [
        Change(
            _subject(one),
            f"검토 중 (원본: {source})",
            f"수정 유지: {value_words(one.field, one.value)}",
        )
        for one, source in zip(chosen, _sources(chosen), strict=True)
    ]


def _performed(service: Callable[..., int]) -> Callable[..., int]:
    """Answer what does the service for the chosen corrections, with what the form asked."""

    def perform(
        request: HttpRequest, chosen: Sequence[FacilityCorrection], told: dict[str, Any]
    ) -> int:
        overrides = [one.pk for one in chosen]
        try:
            return service(overrides=overrides, actor=officer(request), now=timezone.now(), **told)
        except CorrectionRefused as refused:
            raise ActionRefused(str(refused)) from refused

    return perform


ACTIONS = (
    PreviewedAction(
        name="take_source_values",
        title="원본 값 따르기",
        button="원본 값 게시",
        done="{number}개에 원본 값을 게시했습니다.",
        changes=_to_source,
        perform=_performed(take_source_values),
    ),
    PreviewedAction(
        name="confirm_corrections",
        title="수정 그대로 두기",
        button="그대로 두기",
        done="수정 {number}개를 그대로 두었습니다.",
        changes=_kept,
        perform=_performed(confirm_corrections),
    ),
    PreviewedAction(
        name="withdraw_corrections",
        title="수정 거두기",
        button="거두기",
        done="수정 {number}개를 거두었습니다.",
        form=ReasonForm,
        danger=True,
        changes=_to_source,
        perform=_performed(withdraw_corrections),
    ),
)


COLUMNS = (
    ExportColumn("시설코드", lambda one: one.key),
    ExportColumn("시설", lambda one: one.facility_name),
    ExportColumn("항목", lambda one: field_label(one.field)),
    ExportColumn("게시한 값", lambda one: value_words(one.field, one.value)),
    ExportColumn("이유", lambda one: one.reason),
    ExportColumn("고친 사람", lambda one: one.made_by and one.made_by.called),
    ExportColumn("고친 시각", lambda one: one.made_at),
    ExportColumn("검토를 기다린 때", lambda one: one.review_since),
)


@admin.register(FacilityCorrection)
class FacilityCorrectionAdmin(ExportAdmin[FacilityCorrection], ReadOnlyAdmin[FacilityCorrection]):
    export_columns = COLUMNS
    export_name = "facility-corrections"
    list_display = (
        "facility_link", "field_name", "corrected", "source_then", "source_now", "reason",
        "made_by", "made_at", "review_since",
    )  # fmt: skip
    list_display_links = None
    list_filter = (ReviewFilter, FieldFilter)
    list_select_related = ("made_by",)
    search_fields = ("=key", "reason")
    search_help_text = "시설코드나 이유로 찾습니다."
    actions = tuple(as_action(one, "act") for one in ACTIONS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[FacilityCorrection]:
        return cast("QuerySet[FacilityCorrection]", FacilityCorrection.objects.made_by_hand())

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return (F("review_since").asc(nulls_last=True), "-made_at", "pk")

    def export_rows(self, request: HttpRequest) -> QuerySet[FacilityCorrection]:
        names = Facility.objects.filter(pk=OuterRef("key")).order_by().values("name")
        rows = super().export_rows(request)
        return rows.annotate(facility_name=Subquery(names)).select_related("made_by")

    def has_act_permission(self, request: HttpRequest) -> bool:
        return self.may_act(request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Find the names and present sources of the page's rows in two queries."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        codes = {row.key for row in rows}
        names = dict(Facility.objects.filter(pk__in=codes).values_list("pk", "name"))
        for row, source in zip(rows, _sources(rows), strict=True):
            row.facility_name, row.source_words = names.get(row.key, ""), source
        changelist.result_list = rows
        return changelist

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A correction is shown where its facility is."""
        correction = self.get_object(request, object_id)
        if correction is None or not self.has_view_permission(request, correction):
            raise Http404
        return redirect("admin:welfare_facility_change", correction.key)

    @admin.display(description="시설")
    def facility_link(self, correction: FacilityCorrection) -> SafeString:
        return format_html(
            '<a class="desk-link" href="{}">{}</a><br>{}',
            reverse("admin:welfare_facility_change", args=[correction.key]),
            getattr(correction, "facility_name", "") or correction.key,
            correction.key,
        )

    @admin.display(description="항목", ordering="field")
    def field_name(self, correction: FacilityCorrection) -> str:
        return field_label(correction.field)

    @admin.display(description="고친 값 (게시 중)")
    def corrected(self, correction: FacilityCorrection) -> str:
        return value_words(correction.field, correction.value)

    @admin.display(description="고칠 때 원본")
    def source_then(self, correction: FacilityCorrection) -> str:
        return value_words(correction.field, correction.source_value)

    @admin.display(description="지금 원본")
    def source_now(self, correction: FacilityCorrection) -> str:
        return str(getattr(correction, "source_words", ""))
