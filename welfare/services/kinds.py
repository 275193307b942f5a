"""Protects a kind of facility at once; ceases to only when a second person confirms why."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange
from welfare.models import FacilityKind
from welfare.rules import is_protected_shelter
from welfare.services.correctable import CorrectionRefused
from welfare.services.corrections import alone_with
from welfare.services.following import follow_publication
from welfare.services.publication import publish_facilities_of_kind

KIND_OF_KINDS = "welfare.facilitykind"
# Where a shelter stood was forgotten: the next run must take its row for a changed one.
READ_AGAIN = """
WITH seoul AS (
    UPDATE welfare_seoulfacility SET content_hash = ~content_hash
    WHERE kind = %(kind)s AND is_protected RETURNING source_key)
UPDATE welfare_centralfacility c SET content_hash = ~c.content_hash
FROM welfare_seoulfacility s
WHERE s.kind = %(kind)s AND s.source_key = c.source_key AND c.is_protected
"""
NOBODY_ASKS: dict[str, Any] = {"lift_reason": "", "lift_asked_by": None, "lift_asked_at": None}


@transaction.atomic
def protect_kind(*, kind: FacilityKind, actor: User, now: datetime.datetime) -> None:
    """Hide where all facilities of a kind are, at once; needs nobody else."""
    with _locked(kind) as locked:
        if not locked.hotline:
            raise CorrectionRefused("보호 시설의 종류에는 상담 전화가 있어야 합니다.")
        if not locked.is_protected:
            _set(locked, "보호함", actor=actor, now=now, is_protected=True)


@transaction.atomic
def ask_to_lift_protection(
    *, kind: FacilityKind, reason: str, actor: User, now: datetime.datetime
) -> None:
    """Ask a colleague to confirm that the facilities of a kind may be found; shows nothing yet."""
    if not reason.strip():
        raise CorrectionRefused("보호를 푸는 이유를 적어 주세요.")
    with _locked(kind) as locked:
        check_may_be_lifted(locked)
        if locked.lift_asked_by_id is not None:
            raise CorrectionRefused(f"{locked.name}: 이미 확인을 기다리는 요청이 있습니다.")
        asked = {"lift_reason": reason.strip(), "lift_asked_by": actor, "lift_asked_at": now}
        FacilityKind.objects.filter(pk=locked.pk).update(**asked)
        _tell(locked, "lift_asked", False, True, reason.strip(), actor=actor, now=now)


@transaction.atomic
def keep_protection(*, kind: FacilityKind, actor: User, now: datetime.datetime) -> None:
    """Answer a request with no, or take back one's own."""
    with _locked(kind) as locked:
        if locked.lift_asked_by_id is None:
            raise CorrectionRefused(f"{locked.name}: 기다리는 요청이 없습니다.")
        FacilityKind.objects.filter(pk=locked.pk).update(**NOBODY_ASKS)
        _tell(locked, "lift_asked", True, False, "보호를 유지함", actor=actor, now=now)


@transaction.atomic
def lift_protection(*, kind: FacilityKind, actor: User, now: datetime.datetime) -> None:
    """Confirm what a colleague asked for: the facilities of the kind may be found again.

    What was hidden is forgotten: the next run of the feeds tells it anew.
    """
    with _locked(kind) as locked:
        check_may_be_lifted(locked)
        check_is_asked_for(locked)
        _check_is_another(locked, actor)
        with connection.cursor() as cursor:
            cursor.execute(READ_AGAIN, {"kind": locked.pk})
        reason = f"{locked.lift_reason} (요청: {locked.lift_asked_by}, 확인: {actor})"
        _set(locked, reason, actor=actor, now=now, is_protected=False)


def check_may_be_lifted(kind: FacilityKind) -> None:
    if not kind.is_protected:
        raise CorrectionRefused(f"{kind.name}: 보호하는 종류가 아닙니다.")
    if is_protected_shelter(name=None, kind=kind.name, family=kind.family_id):
        raise CorrectionRefused(
            f"{kind.name}: 폭력이나 학대를 피해 온 사람이 지내는 시설이라 법에 따라 늘 보호합니다."
        )


def check_is_asked_for(kind: FacilityKind) -> None:
    if kind.lift_asked_by_id is None:
        raise CorrectionRefused(f"{kind.name}: 먼저 다른 직원이 보호 풀기를 요청해야 합니다.")


def _check_is_another(kind: FacilityKind, actor: User) -> None:
    if kind.lift_asked_by_id == actor.pk:
        raise CorrectionRefused(
            f"{kind.name}: 자신이 요청한 것은 확인할 수 없습니다. 다른 직원에게 부탁하세요."
        )


@contextmanager
def _locked(kind: FacilityKind) -> Iterator[FacilityKind]:
    with alone_with([]):
        chosen = FacilityKind.objects.select_for_update(of=("self",))
        yield chosen.select_related("lift_asked_by").get(pk=kind.pk)
    kind.refresh_from_db()


def _set(
    kind: FacilityKind, reason: str, *, actor: User, now: datetime.datetime, is_protected: bool
) -> None:
    FacilityKind.objects.filter(pk=kind.pk).update(is_protected=is_protected, **NOBODY_ASKS)
    _tell(kind, "is_protected", not is_protected, is_protected, reason, actor=actor, now=now)
    publish_facilities_of_kind(kind=kind.pk, now=now)
    follow_publication(codes=[], now=now, suggestions=True)


def _tell(
    kind: FacilityKind,
    field: str,
    old: bool,
    new: bool,
    reason: str,
    *,
    actor: User,
    now: datetime.datetime,
) -> None:
    FieldChange.objects.create(
        kind=KIND_OF_KINDS,
        key=kind.pk,
        field=field,
        old=old,
        new=new,
        reason=reason,
        origin=ChangeOrigin.STAFF,
        changed_by=actor,
        changed_at=now,
    )
