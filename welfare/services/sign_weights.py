"""Tables of weights: written by one, put in force by another, from a day that has not passed."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import User
from welfare import permissions
from welfare.enums import VersionStatus
from welfare.models import SignWeights, SignWeightsWriter
from welfare.rules.sign_weights import read_table, write_table
from welfare.services.versions import VersionRefused, hold, move, require


@transaction.atomic
def write_weights(
    *,
    since: datetime.date,
    weights: Mapping[str, Sequence[int]],
    reason: str,
    actor: User,
    now: datetime.datetime,
    draft: SignWeights | None = None,
    seen: str | None = None,
) -> SignWeights:
    """Begin a table, or change a draft as it was seen (its mark); all who wrote in it are kept.

    Raises WeightRefused where a figure cannot be meant.
    """
    require(permissions.can_write_weights(actor), "가중치를 쓸 권한이 없습니다.")
    require(bool(reason.strip()), "왜 이렇게 정했는지 적어 주세요.")
    held = SignWeights() if draft is None else hold(draft, VersionStatus.DRAFT, seen=seen)
    held.since, held.reason = since, reason.strip()
    held.weights = write_table(read_table(since=since, stored=weights))
    held.made_by, held.made_at = actor, now
    held.save()
    SignWeightsWriter.objects.update_or_create(weights=held, person=actor, defaults={"at": now})
    return held


@transaction.atomic
def send_weights(*, weights: SignWeights, actor: User) -> SignWeights:
    held = hold(weights, VersionStatus.DRAFT)
    require(permissions.can_write_weights(actor), "가중치를 쓸 권한이 없습니다.")
    return move(held, VersionStatus.REVIEW)


@transaction.atomic
def send_back_weights(*, weights: SignWeights, actor: User) -> SignWeights:
    held = hold(weights, VersionStatus.REVIEW)
    may = permissions.can_write_weights(actor) or permissions.can_publish_weights(actor, held)
    require(may, "가중치를 돌려보낼 권한이 없습니다.")
    return move(held, VersionStatus.DRAFT)


@transaction.atomic
def publish_weights(
    *, weights: SignWeights, seen: str, actor: User, on: datetime.date, now: datetime.datetime
) -> SignWeights:
    """Put what was seen of a table in force from its day on; those before it stay as they are.

    No day that has passed: what was shown then was weighed by what held then.
    """
    held = hold(weights, VersionStatus.REVIEW, seen=seen)
    may = permissions.can_publish_weights(actor, held)
    require(may, "쓴 사람이 아닌 다른 사람이 시행해야 합니다.")
    if held.since < on:
        raise VersionRefused("시행일이 지났습니다. 돌려보내 오늘이나 뒤의 날로 고쳐 주세요.")
    if SignWeights.objects.in_force().filter(since=held.since).exists():
        raise VersionRefused("이날부터 시행하는 가중치가 이미 있습니다.")
    return move(held, VersionStatus.PUBLISHED, published_by=actor, published_at=now)
