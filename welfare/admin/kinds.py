"""Kinds of facilities: their English names, their hotline, and whether they are protected."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from core.desk.lists import DeskAdmin
from core.desk.previews import ActionRefused, Change, PreviewedAction, as_action
from core.web.revision import raise_revision
from welfare.admin.facility_actions import officer
from welfare.models import Facility, FacilityFamily, FacilityKind, Operator
from welfare.services import CorrectionRefused, set_kind_protection


def _protected(chosen: Sequence[FacilityKind], _: dict[str, Any], *, wanted: bool) -> list[Change]:
    if wanted and (missing := [one.name for one in chosen if not one.hotline]):
        raise ActionRefused(f"먼저 상담 전화를 적어 주세요: {', '.join(missing)}")
    listed = Facility.objects.filter(kind__in=chosen).order_by()
    counted = dict(listed.values_list("kind").annotate(Count("pk")))
    return [
        Change(
            f"{one.name} (시설 {counted.get(one.pk, 0):,}곳)",
            _words(one.is_protected),
            _words(wanted),
        )
        for one in chosen
    ]


def _words(is_protected: bool) -> str:
    return "보호: 위치와 연락처를 감춤" if is_protected else "공개"


def _protect(
    request: HttpRequest, chosen: Sequence[FacilityKind], _: dict[str, Any], *, wanted: bool
) -> int:
    try:
        with transaction.atomic():
            for kind in chosen:
                set_kind_protection(
                    kind=kind, is_protected=wanted, actor=officer(request), now=timezone.now()
                )
    except CorrectionRefused as refused:
        raise ActionRefused(str(refused)) from refused
    return len(chosen)


ACTIONS = (
    PreviewedAction(
        name="protect_kinds",
        title="보호 시설로 하기",
        button="보호 시설로 하기",
        done="종류 {number}개의 시설을 모두 감췄습니다.",
        warning="이 종류의 시설은 위치, 이름과 연락처가 모든 기록에서 지워집니다. "
        "되돌려도 원본을 다시 받을 때까지 비어 있습니다.",
        danger=True,
        changes=partial(_protected, wanted=True),
        perform=partial(_protect, wanted=True),
    ),
    PreviewedAction(
        name="unprotect_kinds",
        title="보호를 풀기",
        button="보호를 풀기",
        done="종류 {number}개의 보호를 풀었습니다. 위치는 다음 자료 수신 때 다시 채워집니다.",
        warning="이 종류의 시설이 어디에 있는지 모두에게 알려집니다. 법으로 보호되는 시설이 "
        "아닌지 확인해 주세요.",
        danger=True,
        changes=partial(_protected, wanted=False),
        perform=partial(_protect, wanted=False),
    ),
)


@admin.register(FacilityKind)
class FacilityKindAdmin(DeskAdmin[FacilityKind]):
    list_display = ("name", "name_en", "family_name", "is_protected", "hotline", "hotline_name")
    list_filter = ("is_protected",)
    search_fields = ("name", "name_en")
    ordering = ("family_id", "name")
    fields = (
        "name", "name_en", "family", "client_group", "is_protected", "hotline", "hotline_name",
        "hotline_name_en",
    )  # fmt: skip
    readonly_fields = ("name", "family", "client_group", "is_protected")
    actions = tuple(as_action(one, "change") for one in ACTIONS)

    @admin.display(description="분류", ordering="family_id")
    def family_name(self, kind: FacilityKind) -> str:
        return kind.family_id

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(raise_revision)


@admin.register(FacilityFamily)
class FacilityFamilyAdmin(DeskAdmin[FacilityFamily]):
    list_display = ("name", "name_en")
    search_fields = ("name", "name_en")
    ordering = ("name",)
    fields = ("name", "name_en")
    readonly_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(raise_revision)


@admin.register(Operator)
class OperatorAdmin(DeskAdmin[Operator]):
    list_display = ("name", "homepage")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "homepage")
    readonly_fields = ("name",)
