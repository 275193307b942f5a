"""What one person writes and another puts in force: its status, its writer, its second person."""

import hashlib
import json
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from welfare.enums import VersionStatus

UNREAD = Q(status__in=(VersionStatus.DRAFT, VersionStatus.REVIEW))
IN_FORCE = Q(status=VersionStatus.PUBLISHED)
BY_TWO = Q(made_by__isnull=False, published_by__isnull=False) & ~Q(made_by=F("published_by"))


def staff(words: str, **told: Any) -> "models.ForeignKey[Any, Any]":
    """A person of the city's staff who is named for what they did, as long as it stands."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=words,
        on_delete=models.PROTECT,
        related_name="+",
        **({"null": True, "blank": True} | told),
    )


class VersionQuerySet(models.QuerySet[Any]):
    def in_force(self) -> Self:
        """Keep what is published; from which day on a version counts, it says itself."""
        return self.filter(IN_FORCE)

    def waiting(self) -> Self:
        return self.filter(status=VersionStatus.REVIEW)


class Version(models.Model):
    """One version of something; what is to read otherwise is another version in its place."""

    # The fields that its second person reads and vouches for.
    SAYS: ClassVar[tuple[str, ...]] = ()

    status = models.CharField(
        "상태", max_length=12, choices=VersionStatus, default=VersionStatus.DRAFT
    )
    made_by = staff("쓴 사람")
    made_at = models.DateTimeField("쓴 때")

    class Meta:
        abstract = True

    def says(self) -> list[Any]:
        return [self.pk, *(getattr(self, name) for name in self.SAYS)]

    def mark(self) -> str:
        """Answer a name of all that it says: who approves it tells by it what they have read."""
        told = json.dumps(self.says(), cls=DjangoJSONEncoder, sort_keys=True).encode()
        return hashlib.blake2b(told, digest_size=16).hexdigest()

    def writers(self) -> set[int]:
        """Answer all who have written in it: none of them can be its second person."""
        return set() if self.made_by_id is None else {self.made_by_id}
