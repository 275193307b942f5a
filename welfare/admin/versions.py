"""What two people put in force at the desk: who writes a draft, and actions that move many on."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from core.desk.lists import DeskAdmin
from core.desk.previews import SHOWN, ActionRefused, Change, PreviewedAction
from welfare.admin.facility_actions import officer
from welfare.enums import VersionStatus
from welfare.models import Version
from welfare.services.versions import VersionRefused

VersionT = TypeVar("VersionT", bound=Version)


def version_action(
    *,
    name: str,
    title: str,
    button: str,
    done: str,
    stands: VersionStatus,
    after: str,
    do: Callable[[Any, User], object],
    says: Callable[[Any], str] | None = None,
    then: Callable[[], object] | None = None,
    danger: bool = False,
) -> PreviewedAction:
    """Answer the action that moves all chosen on, or none: those that stand elsewhere are refused.

    `do` is the service for one of them; `then` follows once all are kept. Where the second person
    puts something in force, `says` shows it whole: no more are chosen than the page has room for.
    """

    def changes(chosen: Sequence[Version], _told: dict[str, Any]) -> list[Change]:
        if any(one.status != stands for one in chosen):
            raise ActionRefused(f"‘{stands.label}’인 것만 골라 주세요.")
        if says is not None and len(chosen) > SHOWN:
            raise ActionRefused(f"읽고 정해야 하므로 한 번에 {SHOWN}개까지 고를 수 있습니다.")
        return [
            Change(str(one), says(one) if says else str(stands.label), after, one.mark())
            for one in chosen
        ]

    def perform(request: HttpRequest, chosen: Sequence[Version], _told: dict[str, Any]) -> int:
        try:
            with transaction.atomic():
                for one in chosen:
                    do(one, officer(request))
        except VersionRefused as refused:
            raise ActionRefused(str(refused)) from refused
        if then is not None:
            transaction.on_commit(then)
        return len(chosen)

    return PreviewedAction(
        name=name,
        title=title,
        button=button,
        done=done,
        changes=changes,
        perform=perform,
        danger=danger,
        as_seen=True,
    )


def send_action(noun: str, do: Callable[[Any, User], object]) -> PreviewedAction:
    return version_action(
        name=f"send_{noun}",
        title="검토 요청",
        button="검토 요청",
        done="{number}개의 검토를 요청했습니다.",
        stands=VersionStatus.DRAFT,
        after="검토 기다림",
        do=do,
    )


def send_back_action(noun: str, do: Callable[[Any, User], object]) -> PreviewedAction:
    return version_action(
        name=f"send_back_{noun}",
        title="돌려보내기",
        button="돌려보내기",
        done="{number}개를 돌려보냈습니다.",
        stands=VersionStatus.REVIEW,
        after="쓰는 중",
        do=do,
    )


class VersionAdmin(DeskAdmin[VersionT]):
    """A list of versions; whoever writes them begins new ones and changes drafts."""

    def may_write(self, actor: object) -> bool:
        raise NotImplementedError

    def write(self, form: Any, *, draft: VersionT | None, actor: User) -> VersionT:
        """Keep what the form says, by the noun's own service."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return self.may_write(request.user)

    def has_change_permission(self, request: HttpRequest, obj: VersionT | None = None) -> bool:
        is_draft = obj is None or obj.status == VersionStatus.DRAFT
        return is_draft and self.may_write(request.user)

    def save_model(self, request: HttpRequest, obj: VersionT, form: Any, change: bool) -> None:
        kept = self.write(form, draft=obj if change else None, actor=officer(request))
        obj.pk = kept.pk
