"""Tables of weights: written by one, put in force by another, from a day that has not passed."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import User
from welfare import permissions
from welfare.enums import VersionStatus
from welfare.models import SignWeights
from welfare.rules.sign_weights import read_table, write_table


class WeightsRefused(Exception):
    """Nothing was changed; the message is a sentence for the officer who tried."""


@transaction.atomic
def write_weights(
    *,
    since: datetime.date,
    weights: Mapping[str, Sequence[int]],
    reason: str,
    actor: User,
    now: datetime.datetime,
    draft: SignWeights | None = None,
) -> SignWeights:
    """Begin a table, or change one's draft; raises WeightRefused where a figure cannot be meant."""
    if not permissions.can_write_weights(actor):
        raise WeightsRefused("가중치를 쓸 권한이 없습니다.")
    if not reason.strip():
        raise WeightsRefused("왜 이렇게 정했는지 적어 주세요.")
    held = SignWeights() if draft is None else _hold(draft, VersionStatus.DRAFT)
    held.since, held.reason = since, reason.strip()
    held.weights = write_table(read_table(since=since, stored=weights))
    held.made_by, held.made_at = actor, now
    held.save()
    return held


@transaction.atomic
def send_weights(*, weights: SignWeights, actor: User) -> SignWeights:
    held = _hold(weights, VersionStatus.DRAFT)
    if not permissions.can_write_weights(actor):
        raise WeightsRefused("가중치를 쓸 권한이 없습니다.")
    held.status = VersionStatus.REVIEW
    held.save(update_fields=["status"])
    return held


@transaction.atomic
def send_back_weights(*, weights: SignWeights, actor: User) -> SignWeights:
    held = _hold(weights, VersionStatus.REVIEW)
    if not (permissions.can_write_weights(actor) or permissions.can_publish_weights(actor, held)):
        raise WeightsRefused("가중치를 돌려보낼 권한이 없습니다.")
    held.status = VersionStatus.DRAFT
    held.save(update_fields=["status"])
    return held


@transaction.atomic
def publish_weights(
    *, weights: SignWeights, actor: User, on: datetime.date, now: datetime.datetime
) -> SignWeights:
    """Put a table in force from its day on; the ones before it stay as they are.

    No day that has passed: what was shown then was weighed by what held then.
    """
    held = _hold(weights, VersionStatus.REVIEW)
    if not permissions.can_publish_weights(actor, held):
        raise WeightsRefused("쓴 사람이 아닌 다른 사람이 시행해야 합니다.")
    if held.since < on:
        raise WeightsRefused("시행일이 지났습니다. 돌려보내 오늘이나 뒤의 날로 고쳐 주세요.")
    if SignWeights.objects.in_force().filter(since=held.since).exists():
        raise WeightsRefused("이날부터 시행하는 가중치가 이미 있습니다.")
    held.status, held.published_by, held.published_at = VersionStatus.PUBLISHED, actor, now
    held.save(update_fields=["status", "published_by", "published_at"])
    return held


def _hold(weights: SignWeights, status: VersionStatus) -> SignWeights:
    held = SignWeights.objects.select_for_update(of=("self",)).get(pk=weights.pk)
    if held.status != status:
        raise WeightsRefused(f"‘{status.label}’인 것만 할 수 있습니다.")
    return held
