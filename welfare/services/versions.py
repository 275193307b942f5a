"""The way of what two people put in force: held while it is judged, refused in words, moved on."""

from typing import Any, TypeVar

from welfare.enums import VersionStatus
from welfare.models import Version, VersionQuerySet

VersionT = TypeVar("VersionT", bound=Version)


class VersionRefused(Exception):
    """Nothing was changed; the message is a sentence for the officer who tried."""


def hold(version: VersionT, status: VersionStatus | None = None) -> VersionT:
    """Keep others from moving it meanwhile; refuse one that stands elsewhere by now."""
    rows = VersionQuerySet(type(version)).select_for_update(of=("self",))
    held: VersionT = rows.get(pk=version.pk)
    if status is not None and held.status != status:
        raise VersionRefused(f"‘{status.label}’인 것만 할 수 있습니다.")
    return held


def require(may: bool, otherwise: str) -> None:
    if not may:
        raise VersionRefused(otherwise)


def move(held: VersionT, to: VersionStatus, **noted: Any) -> VersionT:
    """Write where it stands now, and what is noted with that: who put it in force, and when."""
    for name, value in (noted | {"status": to}).items():
        setattr(held, name, value)
    held.save(update_fields=["status", *noted])
    return held
