"""Benefits in plain words at the desk: drafts, those to read, and those whose time has come."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.desk.lists import DeskAdmin
from core.desk.previews import ActionRefused, Change, PreviewedAction, as_action
from core.web.revision import raise_revision
from welfare import permissions
from welfare.admin.facility_actions import officer
from welfare.enums import VersionStatus
from welfare.models import Benefit, PlainText
from welfare.services.plain_texts import (
    PlainTextRefused,
    publish_plain_text,
    send_back_plain_text,
    send_plain_text,
    withdraw_plain_text,
    write_plain_text,
)


class DueFilter(admin.SimpleListFilter):
    title = "검토"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "다시 볼 것")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PlainText]) -> QuerySet[PlainText]:
        if self.value() != "due":
            return queryset
        due = PlainText.objects.to_review(timezone.localdate())
        return queryset.filter(pk__in=due.values("pk"))


class PlainTextForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = PlainText
        fields = ("benefit_code", "text", "text_en", "review_by")

    def clean_benefit_code(self) -> str:
        code = str(self.cleaned_data["benefit_code"]).strip()
        if not Benefit.objects.filter(pk=code).exists():
            raise forms.ValidationError("이 번호의 급여가 없습니다.")
        return code

    def clean_review_by(self) -> Any:
        day = self.cleaned_data["review_by"]
        if day <= timezone.localdate():
            raise forms.ValidationError("다시 볼 날은 오늘보다 뒤여야 합니다.")
        return day


def _changes(status: VersionStatus, after: str) -> Callable[..., list[Change]]:
    def changes(chosen: Sequence[PlainText], _told: dict[str, Any]) -> list[Change]:
        if any(one.status != status for one in chosen):
            raise ActionRefused(f"‘{status.label}’인 것만 골라 주세요.")
        return [
            Change(f"{one.benefit_code} (#{one.pk})", str(status.label), after) for one in chosen
        ]

    return changes


def _send(request: HttpRequest, chosen: Sequence[PlainText], _told: dict[str, Any]) -> int:
    return _each(chosen, lambda one: send_plain_text(text=one, actor=officer(request)))


def _publish(request: HttpRequest, chosen: Sequence[PlainText], _told: dict[str, Any]) -> int:
    now = timezone.now()
    done = _each(chosen, lambda one: publish_plain_text(text=one, actor=officer(request), now=now))
    transaction.on_commit(raise_revision)
    return done


def _send_back(request: HttpRequest, chosen: Sequence[PlainText], _told: dict[str, Any]) -> int:
    return _each(chosen, lambda one: send_back_plain_text(text=one, actor=officer(request)))


def _withdraw(request: HttpRequest, chosen: Sequence[PlainText], _told: dict[str, Any]) -> int:
    done = _each(chosen, lambda one: withdraw_plain_text(text=one, actor=officer(request)))
    transaction.on_commit(raise_revision)
    return done


@transaction.atomic
def _each(chosen: Sequence[PlainText], do: Callable[[PlainText], PlainText]) -> int:
    try:
        return len([do(one) for one in chosen])
    except PlainTextRefused as refused:
        raise ActionRefused(str(refused)) from refused


ACTIONS = (
    PreviewedAction(
        name="send_plain_texts",
        title="검토 요청",
        button="검토 요청",
        done="{number}개의 검토를 요청했습니다.",
        changes=_changes(VersionStatus.DRAFT, "검토 기다림"),
        perform=_send,
    ),
    PreviewedAction(
        name="publish_plain_texts",
        title="읽어 보았고, 시민에게 보이기",
        button="보이기",
        done="{number}개를 보입니다.",
        changes=_changes(VersionStatus.REVIEW, "시민에게 보임"),
        perform=_publish,
    ),
    PreviewedAction(
        name="send_back_plain_texts",
        title="돌려보내기",
        button="돌려보내기",
        done="{number}개를 돌려보냈습니다.",
        changes=_changes(VersionStatus.REVIEW, "쓰는 중"),
        perform=_send_back,
    ),
    PreviewedAction(
        name="withdraw_plain_texts",
        title="거두기",
        button="거두기",
        done="{number}개를 거두었습니다.",
        changes=_changes(VersionStatus.PUBLISHED, "더는 보이지 않음"),
        perform=_withdraw,
        danger=True,
    ),
)


@admin.register(PlainText)
class PlainTextAdmin(DeskAdmin[PlainText]):
    form = PlainTextForm
    list_display = ("benefit_code", "text", "review_by", "status", "made_by", "reviewed_by")
    list_filter = ("status", DueFilter)
    list_select_related = ("made_by", "reviewed_by")
    search_fields = ("=benefit_code", "text")
    search_help_text = "급여 번호나 내용으로 찾습니다."
    ordering = ("review_by", "-pk")
    actions = tuple(as_action(one, "act") for one in ACTIONS)

    def has_act_permission(self, request: HttpRequest) -> bool:
        return permissions.can_write_plain_texts(request.user)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return permissions.can_write_plain_texts(request.user)

    def has_change_permission(self, request: HttpRequest, obj: PlainText | None = None) -> bool:
        is_draft = obj is None or obj.status == VersionStatus.DRAFT
        return is_draft and permissions.can_write_plain_texts(request.user)

    def save_model(self, request: HttpRequest, obj: PlainText, form: Any, change: bool) -> None:
        kept = write_plain_text(
            benefit_code=obj.benefit_code,
            text=obj.text,
            text_en=obj.text_en,
            review_by=obj.review_by,
            actor=officer(request),
            now=timezone.now(),
            draft=obj if change else None,
        )
        obj.pk = kept.pk
