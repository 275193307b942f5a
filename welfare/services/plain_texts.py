"""A benefit in plain words: written by one, read by another, and read again in its time."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from welfare import permissions
from welfare.enums import VersionStatus
from welfare.models import Benefit, PlainText, PlainTextWriter
from welfare.services.versions import VersionRefused, hold, move, require


@transaction.atomic
def write_plain_text(
    *,
    benefit_code: str,
    text: str,
    text_en: str,
    review_by: datetime.date,
    actor: User,
    now: datetime.datetime,
    draft: PlainText | None = None,
    seen: str | None = None,
) -> PlainText:
    """Begin a text, or change a draft as it was seen (its mark); all who wrote in it are kept."""
    require(permissions.can_write_plain_texts(actor), "쉬운 말 안내를 쓸 권한이 없습니다.")
    if not Benefit.objects.filter(pk=benefit_code).exists():
        raise VersionRefused("이 번호의 급여가 없습니다.")
    if review_by <= timezone.localdate(now):
        raise VersionRefused("다시 볼 날은 오늘보다 뒤여야 합니다.")
    held = PlainText() if draft is None else hold(draft, VersionStatus.DRAFT, seen=seen)
    held.benefit_code, held.text, held.text_en = benefit_code, text, text_en
    held.review_by, held.made_by, held.made_at = review_by, actor, now
    held.save()
    PlainTextWriter.objects.update_or_create(text=held, person=actor, defaults={"at": now})
    return held


@transaction.atomic
def send_plain_text(*, text: PlainText, actor: User) -> PlainText:
    held = hold(text, VersionStatus.DRAFT)
    require(permissions.can_write_plain_texts(actor), "쉬운 말 안내를 쓸 권한이 없습니다.")
    return move(held, VersionStatus.REVIEW)


@transaction.atomic
def send_back_plain_text(*, text: PlainText, actor: User) -> PlainText:
    held = hold(text, VersionStatus.REVIEW)
    may = permissions.can_write_plain_texts(actor) or permissions.can_review_plain_texts(actor)
    require(may, "쉬운 말 안내를 돌려보낼 권한이 없습니다.")
    return move(held, VersionStatus.DRAFT)


@transaction.atomic
def withdraw_plain_text(*, text: PlainText, actor: User) -> PlainText:
    """Show it no more: only the official text is left, until another takes its place."""
    held = hold(text, VersionStatus.PUBLISHED)
    require(permissions.can_review_plain_texts(actor), "쉬운 말 안내를 거둘 권한이 없습니다.")
    return move(held, VersionStatus.WITHDRAWN)


@transaction.atomic
def publish_plain_text(
    *, text: PlainText, seen: str, actor: User, now: datetime.datetime
) -> PlainText:
    """Show what was seen of it (its mark) in place of the one before, which is kept."""
    shown = PlainText.objects.in_force().filter(benefit_code=text.benefit_code).order_by("pk")
    before = shown.first()
    # Of one benefit's texts one is published at a time.
    of_benefit = PlainText.objects.filter(benefit_code=text.benefit_code).order_by("pk")
    list(of_benefit.select_for_update(of=("self",)).values_list("pk"))
    held = hold(text, VersionStatus.REVIEW, seen=seen)
    may_be_second = permissions.can_review_plain_texts(actor)
    require(may_be_second, "시민에게 보이는 것은 검토하는 사람만 할 수 있습니다.")
    may = permissions.can_publish_plain_text(actor, held)
    require(may, "쓴 사람이 아닌 다른 사람이 보아야 합니다.")
    if shown.first() != before:
        raise VersionRefused("방금 다른 사람이 이 급여의 안내를 보였습니다. 견주어 보아 주세요.")
    shown.update(status=VersionStatus.WITHDRAWN)
    return move(held, VersionStatus.PUBLISHED, reviewed_by=actor, reviewed_at=now)
