"""Corrections by staff: made, withdrawn, confirmed; beside the source value, and before it."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from accounts.models import User
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange, Override
from welfare.models import Facility
from welfare.services.correctable import (
    CORRECTABLE,
    Correctable,
    CorrectionRefused,
    correctable,
)
from welfare.services.following import follow_publication
from welfare.services.publication import (
    KIND,
    hold_publication,
    publish_facility_keys,
    source_values,
)

# Whoever wants more asks for a change of the source, or of the program.
MOST_AT_ONCE = 1_000
WAIT = "10s"
PROTECTED = "보호 시설의 위치, 이름과 연락처는 고칠 수 없습니다."


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one facility, as it should be, and why."""

    code: str
    field: str
    value: Any
    reason: str


@transaction.atomic
def correct_facility(
    *,
    facility: Facility,
    field: str,
    value: Any,
    reason: str,
    actor: User,
    now: datetime.datetime,
) -> Override | None:
    """Correct one field and publish it at once; raises CorrectionRefused with a sentence.

    An empty value of a field that only staff fill withdraws what they had filled in: None.
    """
    record_corrections(
        corrections=[Correction(facility.code, field, value, reason)], actor=actor, now=now
    )
    return Override.objects.of(KIND, facility.code).filter(field=field).first()


def correct_facilities(
    *,
    codes: Sequence[str],
    field: str,
    value: Any,
    reason: str,
    actor: User,
    now: datetime.datetime,
) -> int:
    """Give one field of many facilities the same value; answer how many facilities there were."""
    if not correctable(field).in_bulk:
        raise CorrectionRefused(f"{correctable(field).label}: 시설마다 따로 고쳐 주세요.")
    corrections = [Correction(code, field, value, reason) for code in dict.fromkeys(codes)]
    return record_corrections(corrections=corrections, actor=actor, now=now)


@transaction.atomic
def record_corrections(
    *, corrections: Sequence[Correction], actor: User, now: datetime.datetime
) -> int:
    """Make many corrections in a constant number of statements; all of them, or none."""
    _check(corrections)
    with alone_with(sorted({one.code for one in corrections})) as facilities:
        told = source_values(list(facilities))
        made: list[tuple[Correction, dict[str, Any]]] = []
        emptied: list[Correction] = []
        for one in corrections:
            field = correctable(one.field)
            cleaned = clean_correction(field, one.value, facilities[one.code])
            if cleaned[field.name] is None and not field.has_source:
                emptied.append(one)
            else:
                made.append((one, cleaned))
        _withdraw_emptied(emptied)
        _keep(made, told, actor=actor, now=now)
        changes = [*((one, cleaned[one.field]) for one, cleaned in made)]
        changes += [(one, None) for one in emptied]
        _tell(
            [
                (one.code, one.field, getattr(facilities[one.code], one.field), new, one.reason)
                for one, new in changes
            ],
            actor=actor,
            now=now,
        )
        _publish(facilities, now=now)
    return len(facilities)


def clean_correction(field: Correctable, value: Any, facility: Facility) -> dict[str, Any]:
    """Answer what would be kept; raises CorrectionRefused with a sentence."""
    if facility.is_protected and not field.of_protected:
        raise CorrectionRefused(PROTECTED)
    return field.clean(value, facility)


def withdraw_correction(
    *, override: Override, reason: str, actor: User, now: datetime.datetime
) -> None:
    """Take a correction back: the source's value is published again."""
    withdraw_corrections(overrides=[override.pk], reason=reason, actor=actor, now=now)


def take_source_value(*, override: Override, actor: User, now: datetime.datetime) -> None:
    """Answer a review: the source is right now, so the correction ends."""
    take_source_values(overrides=[override.pk], actor=actor, now=now)


def take_source_values(*, overrides: Sequence[int], actor: User, now: datetime.datetime) -> int:
    reason = "검토: 바뀐 원본 값을 따름"
    return withdraw_corrections(overrides=overrides, reason=reason, actor=actor, now=now)


@transaction.atomic
def withdraw_corrections(
    *, overrides: Sequence[int], reason: str, actor: User, now: datetime.datetime
) -> int:
    """Withdraw many corrections; answer how many there still were."""
    if not reason.strip():
        raise CorrectionRefused("거두는 이유를 적어 주세요.")
    with _reviewed(overrides) as (found, facilities):
        told = source_values(list(facilities))
        _delete((one.key, one.field) for one in found)
        _tell(
            [
                (one.key, one.field, one.value, told[one.key].get(one.field), reason)
                for one in found
            ],
            actor=actor,
            now=now,
        )
        _publish(facilities, now=now)
    return len(found)


def confirm_correction(*, override: Override, actor: User, now: datetime.datetime) -> None:
    """Answer a review: the correction stays, although the source says something else now."""
    confirm_corrections(overrides=[override.pk], actor=actor, now=now)


@transaction.atomic
def confirm_corrections(*, overrides: Sequence[int], actor: User, now: datetime.datetime) -> int:
    """Confirm many corrections; each is for review again when its source changes again."""
    with _reviewed(overrides) as (found, facilities):
        told = source_values(list(facilities))
        for one in found:
            one.source_value = told[one.key].get(one.field)
            one.review_since = None
        Override.objects.bulk_update(found, ["source_value", "review_since"])
        reason = "검토: 원본이 바뀌었지만 수정을 유지"
        _tell(
            [(one.key, one.field, one.value, one.value, reason) for one in found],
            actor=actor,
            now=now,
        )
    return len(found)


def verify_facility(*, facility: Facility, actor: User, now: datetime.datetime) -> None:
    """Note that a member of staff has checked the facility; no sync undoes it."""
    verify_facilities(codes=[facility.code], actor=actor, now=now)


@transaction.atomic
def verify_facilities(*, codes: Sequence[str], actor: User, now: datetime.datetime) -> int:
    _check_number(codes)
    with alone_with(sorted(set(codes))) as facilities:
        _tell(
            [
                (code, "verified_at", _moment(one.verified_at), _moment(now), "확인함")
                for code, one in facilities.items()
            ],
            actor=actor,
            now=now,
        )
        Facility.objects.filter(code__in=list(facilities)).update(verified_at=now)
        follow_publication(codes=list(facilities), now=now)
    return len(facilities)


@contextmanager
def alone_with(codes: Sequence[str]) -> Iterator[dict[str, Facility]]:
    """Wait, but not long, for publications under way; then answer the facilities, locked.

    What the database refuses inside is told as a sentence.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
        hold_publication()
        chosen = Facility.objects.filter(code__in=codes).order_by("code")
        facilities = {one.code: one for one in chosen.select_for_update(of=("self",))}
        if missing := set(codes) - set(facilities):
            raise CorrectionRefused(f"없는 시설입니다: {', '.join(sorted(missing))}")
        yield facilities
    except OperationalError as fault:
        if isinstance(fault.__cause__, LockNotAvailable):
            raise CorrectionRefused(
                "지금 자료를 받아 게시하고 있습니다. 잠시 뒤 다시 해 주세요. 바뀐 것은 없습니다."
            ) from fault
        raise
    except IntegrityError as fault:
        raise CorrectionRefused(
            "다른 항목과 맞지 않아 저장할 수 없습니다. 바뀐 것은 없습니다."
        ) from fault


@contextmanager
def _reviewed(overrides: Sequence[int]) -> Iterator[tuple[list[Override], dict[str, Facility]]]:
    """Answer the corrections that still stand, of those named, and their facilities."""
    _check_number(overrides)
    chosen = Override.objects.filter(pk__in=overrides, kind=KIND, field__in=CORRECTABLE)
    with alone_with(sorted(set(chosen.values_list("key", flat=True).order_by()))) as facilities:
        found = list(chosen.select_for_update(of=("self",)).order_by("pk"))
        if not found:
            raise CorrectionRefused("이미 거둔 수정입니다.")
        yield found, facilities


def _check_number(things: Sequence[Any]) -> None:
    if not things:
        raise CorrectionRefused("고른 것이 없습니다.")
    if len(things) > MOST_AT_ONCE:
        raise CorrectionRefused(
            f"한 번에 {MOST_AT_ONCE:,}개까지 할 수 있습니다. {len(things):,}개를 골랐습니다."
        )


def _check(corrections: Sequence[Correction]) -> None:
    _check_number(corrections)
    if any(not one.reason.strip() for one in corrections):
        raise CorrectionRefused("고치는 이유를 적어 주세요.")
    if len({(one.code, one.field) for one in corrections}) != len(corrections):
        raise CorrectionRefused("같은 시설의 같은 항목을 한 번에 두 번 고칠 수 없습니다.")


def _withdraw_emptied(emptied: Sequence[Correction]) -> None:
    if emptied and not _delete((one.code, one.field) for one in emptied):
        raise CorrectionRefused("이미 비어 있습니다.")


def _delete(chosen: Iterable[tuple[str, str]]) -> int:
    """Delete corrections with what was derived from them, in one statement."""
    pairs = [
        (code, name) for code, field in chosen for name in (field, *correctable(field).derived)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM feeds_override o USING unnest(%s::text[], %s::text[]) AS t (key, field)"
            " WHERE o.kind = %s AND o.key = t.key AND o.field = t.field",
            [[code for code, _ in pairs], [name for _, name in pairs], KIND],
        )
        return int(cursor.rowcount)


def _keep(
    made: Sequence[tuple[Correction, dict[str, Any]]],
    told: dict[str, dict[str, Any]],
    *,
    actor: User,
    now: datetime.datetime,
) -> None:
    Override.objects.bulk_create(
        [
            Override(
                kind=KIND,
                key=one.code,
                field=name,
                value=value,
                source_value=told.get(one.code, {}).get(name),
                reason=one.reason.strip(),
                made_by=actor,
                made_at=now,
            )
            for one, cleaned in made
            for name, value in cleaned.items()
        ],
        update_conflicts=True,
        unique_fields=["kind", "key", "field"],
        update_fields=["value", "source_value", "reason", "made_by", "made_at", "review_since"],
    )


def _tell(
    changes: Iterable[tuple[str, str, Any, Any, str]], *, actor: User, now: datetime.datetime
) -> None:
    """Write the history: (code, field, old, new, reason)."""
    FieldChange.objects.bulk_create(
        FieldChange(
            kind=KIND,
            key=code,
            field=field,
            old=None if old == "" else old,
            new=new,
            reason=reason.strip(),
            origin=ChangeOrigin.STAFF,
            changed_by=actor,
            changed_at=now,
        )
        for code, field, old, new, reason in changes
    )


def _publish(facilities: dict[str, Facility], *, now: datetime.datetime) -> None:
    publish_facility_keys(codes=list(facilities), now=now)
    follow_publication(codes=list(facilities), now=now)


def _moment(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
