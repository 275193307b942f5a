"""The identifiers under which other directories know our facilities (Open Referral: UUIDs)."""

import uuid
from functools import lru_cache

from django.db import models

# Ours for good: every identifier ever given out follows from it.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/openreferral/specification#seoul")


@lru_cache(maxsize=10_000)
def public_id(kind: str, key: str) -> uuid.UUID:
    """Answer the same identifier for the same thing, on every machine and for ever."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{key}")


class FacilityIdentifier(models.Model):
    """Leads from an identifier back to its facility: no database works such a hash backwards."""

    id = models.UUIDField("식별자", primary_key=True)
    code = models.CharField("시설코드", max_length=20, unique=True)

    class Meta:
        verbose_name = "시설 공개 식별자"
        verbose_name_plural = "시설 공개 식별자"

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"
