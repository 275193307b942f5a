"""Kinds of facilities: their English names, their hotline, and whether they are protected."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, QuerySet, URLField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.desk.lists import ONE_LINE, DeskAdmin
from core.desk.previews import ActionRefused, Change, PreviewedAction, as_action
from core.feeds.history_desk import HistoryAdmin
from core.feeds.models import FieldChange
from core.web.revision import raise_revision
from welfare.admin.facility_actions import officer
from welfare.admin.forms import ReasonForm
from welfare.models import Facility, FacilityFamily, FacilityKind, Operator
from welfare.services import (
    KIND_OF_KINDS,
    CorrectionRefused,
    ask_to_lift_protection,
    check_is_asked_for,
    check_may_be_lifted,
    keep_protection,
    lift_protection,
    protect_kind,
)


class LiftReasonForm(ReasonForm):
    """Asks why the facilities of a kind may be found from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "보호를 푸는 이유"
        self.fields["reason"].help_text = (
            "확인하는 동료와 나중에 보는 사람이 알 수 있게 적습니다. "
            "예: 법이 바뀌어 위치를 알리는 시설이 됨 (공문 번호)"
        )


class LiftFilter(admin.SimpleListFilter):
    title = "보호 풀기 요청"
    parameter_name = "lift"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "확인을 기다림")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[FacilityKind]
    ) -> QuerySet[FacilityKind]:
        return queryset.filter(lift_asked_by__isnull=False) if self.value() else queryset


def _changes(chosen: Sequence[FacilityKind], after: Callable[[FacilityKind], str]) -> list[Change]:
    listed = Facility.objects.filter(kind__in=chosen).order_by()
    counted = dict(listed.values_list("kind").annotate(Count("pk")))
    return [
        Change(
            f"{one.name} (시설 {counted.get(one.pk, 0):,}곳)", _words(one.is_protected), after(one)
        )
        for one in chosen
    ]


def _words(is_protected: bool) -> str:
    return "보호: 위치와 연락처를 감춤" if is_protected else "공개"


def _protected(chosen: Sequence[FacilityKind], _: dict[str, Any]) -> list[Change]:
    if missing := [one.name for one in chosen if not one.hotline]:
        raise ActionRefused(f"먼저 상담 전화를 적어 주세요: {', '.join(missing)}")
    return _changes(chosen, lambda one: _words(True))


def _asked(chosen: Sequence[FacilityKind], told: dict[str, Any]) -> list[Change]:
    _each(check_may_be_lifted, chosen)
    after = f"그대로 보호. 다른 직원이 확인하면 공개. 이유: {told['reason']}"
    return _changes(chosen, lambda one: after)


def _lifted(chosen: Sequence[FacilityKind], _: dict[str, Any]) -> list[Change]:
    _each(check_may_be_lifted, chosen)
    _each(check_is_asked_for, chosen)
    return _changes(chosen, lambda one: f"{_words(False)}. {request_words(one)}")


def _kept(chosen: Sequence[FacilityKind], _: dict[str, Any]) -> list[Change]:
    return _changes(chosen, lambda one: f"{_words(True)}. 요청은 없던 것으로 함")


def request_words(kind: FacilityKind) -> str:
    """Say who asks to end the protection, when and why."""
    if kind.lift_asked_at is None:
        return ""
    day = timezone.localtime(kind.lift_asked_at)
    return f"요청: {kind.lift_asked_by}, {day:%Y-%m-%d %H:%M}. 이유: {kind.lift_reason}"


def _each(do: Callable[..., object], chosen: Sequence[FacilityKind]) -> None:
    try:
        for kind in chosen:
            do(kind)
    except CorrectionRefused as refused:
        raise ActionRefused(str(refused)) from refused


def _performed(service: Callable[..., None]) -> Callable[..., int]:
    """Answer what does the service for each chosen kind: for all of them, or for none."""

    def perform(request: HttpRequest, chosen: Sequence[FacilityKind], told: dict[str, Any]) -> int:
        now, actor = timezone.now(), officer(request)
        with transaction.atomic():
            _each(lambda kind: service(kind=kind, actor=actor, now=now, **told), chosen)
        return len(chosen)

    return perform


ACTIONS = (
    PreviewedAction(
        name="protect_kinds",
        title="보호 시설로 하기",
        button="보호 시설로 하기",
        done="종류 {number}개의 시설을 모두 감췄습니다.",
        warning="이 종류의 시설은 위치, 이름과 연락처가 모든 기록에서 지워집니다. "
        "되돌려도 원본을 다시 받을 때까지 비어 있습니다.",
        danger=True,
        changes=_protected,
        perform=_performed(protect_kind),
    ),
    PreviewedAction(
        name="ask_to_lift",
        title="보호 풀기 요청",
        button="요청하기",
        done="종류 {number}개의 보호를 풀자고 요청했습니다. 다른 직원이 확인하면 풀립니다.",
        warning="다른 직원이 확인하기 전에는 아무것도 공개되지 않습니다.",
        form=LiftReasonForm,
        changes=_asked,
        perform=_performed(ask_to_lift_protection),
    ),
    PreviewedAction(
        name="lift_protection",
        title="보호 풀기 확인 (다른 직원의 요청)",
        button="확인하고 보호 풀기",
        done="종류 {number}개의 보호를 풀었습니다. 위치는 다음 자료 수신 때 다시 채워집니다.",
        warning="이 종류의 시설이 어디에 있는지 모두에게 알려집니다. 법으로 보호되는 시설이 "
        "아닌지 확인해 주세요.",
        danger=True,
        as_seen=True,
        changes=_lifted,
        perform=_performed(lift_protection),
    ),
    PreviewedAction(
        name="keep_protection",
        title="보호 풀기 요청 거두기",
        button="보호를 유지하기",
        done="종류 {number}개를 그대로 보호합니다.",
        changes=_kept,
        perform=_performed(keep_protection),
    ),
)


@admin.register(FacilityKind)
class FacilityKindAdmin(HistoryAdmin[FacilityKind], DeskAdmin[FacilityKind]):
    history_fields = ("name_en", "hotline", "hotline_name", "hotline_name_en")
    list_display = (
        "name", "name_en", "family_name", "is_protected", "hotline", "hotline_name", "lift_asked",
    )  # fmt: skip
    list_filter = ("is_protected", LiftFilter)
    list_select_related = ("lift_asked_by",)
    search_fields = ("name", "name_en")
    search_help_text = "한글이나 영문 이름으로 찾습니다."
    ordering = ("family_id", "name")
    fields = (
        "name", "name_en", "family", "client_group", "is_protected", "lift_asked", "hotline",
        "hotline_name", "hotline_name_en", "protection_history",
    )  # fmt: skip
    readonly_fields = (
        "name", "family", "client_group", "is_protected", "lift_asked", "protection_history",
    )  # fmt: skip
    formfield_overrides = ONE_LINE
    actions = tuple(as_action(one, "change") for one in ACTIONS)

    @admin.display(description="분류", ordering="family_id")
    def family_name(self, kind: FacilityKind) -> str:
        return kind.family_id

    @admin.display(description="보호 풀기 요청", empty_value="없음")
    def lift_asked(self, kind: FacilityKind) -> str | None:
        return request_words(kind) or None

    @admin.display(description="보호 이력")
    def protection_history(self, kind: FacilityKind) -> SafeString | str:
        changes = FieldChange.objects.of(KIND_OF_KINDS, kind.pk).select_related("changed_by")
        changes = changes.filter(field__in={field for field, _ in PROTECTION})
        return format_html_join("", "<p>{}</p>", ((line,) for line in map(_told, changes))) or "–"

    def say_change(self, change: FieldChange) -> str:
        return PROTECTION.get((change.field, bool(change.new)), "")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(raise_revision)


PROTECTION = {
    ("is_protected", True): "보호 시설로 함",
    ("is_protected", False): "보호를 풂",
    ("lift_asked", True): "보호 풀기를 요청함",
    ("lift_asked", False): "보호 풀기 요청을 거둠",
}


def _told(change: FieldChange) -> str:
    what = PROTECTION[change.field, bool(change.new)]
    when = timezone.localtime(change.changed_at)
    who = change.changed_by or "–"
    return f"{when:%Y-%m-%d %H:%M} {who}: {what}. {change.reason}"


@admin.register(FacilityFamily)
class FacilityFamilyAdmin(HistoryAdmin[FacilityFamily], DeskAdmin[FacilityFamily]):
    list_display = ("name", "name_en")
    search_fields = ("name", "name_en")
    ordering = ("name",)
    fields = ("name", "name_en")
    formfield_overrides = ONE_LINE
    readonly_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(raise_revision)


@admin.register(Operator)
class OperatorAdmin(HistoryAdmin[Operator], DeskAdmin[Operator]):
    list_display = ("name", "homepage")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "homepage")
    formfield_overrides = ONE_LINE | {URLField: {"assume_scheme": "https"}}
    readonly_fields = ("name",)
