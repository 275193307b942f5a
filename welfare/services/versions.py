"""The way of what two people put in force: held while it is judged, refused in words, moved on."""

from typing import Any, TypeVar

from welfare.enums import VersionStatus
from welfare.models import Version, VersionQuerySet

VersionT = TypeVar("VersionT", bound=Version)


class VersionRefused(Exception):
    """Nothing was changed; the message is a sentence for the officer who tried."""


class VersionChanged(VersionRefused):
    """It reads otherwise by now than what was seen of it."""

    def __init__(self) -> None:
        super().__init__(
            "보신 뒤에 내용이 바뀌었습니다. 아무것도 하지 않았습니다. 지금 내용을 다시 보아 주세요."
        )


def hold(
    version: VersionT, status: VersionStatus | None = None, *, seen: str | None = None
) -> VersionT:
    """Keep others from moving it meanwhile; refuse one that stands elsewhere by now.

    Where it is told what was `seen` of it (its mark), one that reads otherwise is refused as well.
    """
    rows = VersionQuerySet(type(version)).select_for_update(of=("self",))
    held: VersionT = rows.get(pk=version.pk)
    if status is not None and held.status != status:
        raise VersionRefused(f"‘{status.label}’인 것만 할 수 있습니다.")
    if seen is not None and held.mark() != seen:
        raise VersionChanged
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
