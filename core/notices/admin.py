"""Deliveries for staff: whether, when and by which way, never what was said."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.desk.exchange import ExportAdmin
from core.desk.exports import ExportColumn, yes
from core.desk.lists import ReadOnlyAdmin
from core.desk.previews import ActionRefused, Change, PreviewedAction, as_action
from core.notices.enums import DeliveryState
from core.notices.models import Delivery
from core.notices.models.message import GIVEN_UP
from core.notices.permissions import can_retry_deliveries, can_see_deliveries
from core.notices.registry import declared_notices
from core.notices.services.retrying import try_again
from core.records.sealed_search import SealedSearch

SENT_ALREADY = "거두었을 때 이미 보내는 중이었습니다."
TONES = {
    DeliveryState.SENT: "ok",
    DeliveryState.QUEUED: "plain",
    DeliveryState.SUPPRESSED: "plain",
    DeliveryState.BOUNCED: "warn",
    DeliveryState.FAILED: "bad",
    DeliveryState.GIVEN_UP: "bad",
}


def notice_title(slug: str) -> str:
    """Answer what kind of message it is: whom it concerns and what it says is not for staff."""
    notice = declared_notices().get(slug)
    return str(notice.purpose.title) if notice else slug


def _changes(rows: Sequence[Any], answers: dict[str, Any]) -> list[Change]:
    ended = [row for row in rows if row.state in GIVEN_UP]
    if not ended:
        raise ActionRefused("고른 것 가운데 다시 보낼 발송이 없습니다.")
    return [
        Change(f"{notice_title(row.message.notice)}: {row}", row.get_state_display(), "다시 보냄")
        for row in ended
    ]


def _perform(request: HttpRequest, rows: Sequence[Any], answers: dict[str, Any]) -> int:
    return try_again(deliveries=rows, now=timezone.now())


RETRY = PreviewedAction(
    name="try_again",
    title="다시 보내기",
    button="다시 보내기",
    done="{number}건을 다시 보내도록 맡겼습니다. 1분 안에 나갑니다.",
    changes=_changes,
    perform=_perform,
    warning="밤 9시부터 아침 8시까지는 급한 것만 나가고, 나머지는 아침에 나갑니다.",
)


class NeedsSomebodyFilter(admin.SimpleListFilter):
    title = "할 일"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("somebody", "보내지 못한 것")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(state__in=GIVEN_UP, is_lead=True) if self.value() else queryset


def words_on(row: Delivery) -> str:
    """Answer what went wrong, or why it was sent although it was taken back."""
    if row.state == DeliveryState.SENT and hasattr(row, "taken_back"):
        return f"{row.taken_back.why} {SENT_ALREADY}"
    return row.error


# To whom, and what was said, is in no column, as it is not on the list.
COLUMNS = (
    ExportColumn("무엇에 관한 것", lambda row: notice_title(row.message.notice)),
    ExportColumn("방법", lambda row: row.get_channel_display()),
    ExportColumn("언제", lambda row: row.get_mode_display()),
    ExportColumn("급함", lambda row: yes(row.is_urgent)),
    ExportColumn("상태", lambda row: row.get_state_display()),
    ExportColumn("보낼 때", lambda row: row.due_at),
    ExportColumn("보낸 때", lambda row: row.sent_at),
    ExportColumn("시도", lambda row: row.attempts),
    ExportColumn("잘못된 것", words_on),
)


@admin.register(Delivery)
class DeliveryAdmin(SealedSearch, ExportAdmin[Delivery], ReadOnlyAdmin[Delivery]):
    counted_in = "건"
    export_columns = COLUMNS
    export_name = "deliveries"
    list_display = ("kind", "channel", "told_state", "due_at", "sent_at", "attempts", "wrong")
    list_filter = (NeedsSomebodyFilter, "state", "channel", "mode")
    search_fields = ("=person__email",)
    search_help_text = "받는 사람의 전자우편 주소를 그대로 적어 찾습니다."
    ordering = ("-pk",)
    fields = ("kind", "channel", "mode", "is_urgent", "told_state", "due_at", "try_at", "attempts",
              "sent_at", "wrong")  # fmt: skip
    actions = (as_action(RETRY, "retry"),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """Of the message only what kind it is: its facts never leave the database for this list."""
        rows = super().get_queryset(request).select_related("message", "taken_back")
        return rows.only(
            "channel", "mode", "is_urgent", "state", "due_at", "try_at", "attempts", "parcel",
            "is_lead", "sent_at", "error", "message__notice", "taken_back__why",
        )  # fmt: skip

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return can_retry_deliveries(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_see_deliveries(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_see_deliveries(request.user)

    @admin.display(description="무엇에 관한 것")
    def kind(self, row: Delivery) -> str:
        return notice_title(row.message.notice)

    @admin.display(description="잘못된 것")
    def wrong(self, row: Delivery) -> str:
        return words_on(row)

    @admin.display(description="상태", ordering="state")
    def told_state(self, row: Delivery) -> SafeString:
        tone = TONES[DeliveryState(row.state)]
        return format_html(
            '<span class="desk-tag desk-tag--{}">{}</span>', tone, row.get_state_display()
        )
