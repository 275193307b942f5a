"""Who looked at whose data: written once, changed never, by nobody."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.database.closing import Closed
from core.offices.models import Office
from core.records.enums import Door
from core.records.registry import titles_of


class AccessQuerySet(models.QuerySet["Access"]):
    def of(self, person_id: int) -> "AccessQuerySet":
        """Keep who looked at this person's data."""
        return self.filter(person=person_id)

    def newest_first(self) -> "AccessQuerySet":
        return self.order_by("-at", "-pk")


class Access(models.Model):
    """One request's look at one person's data.

    The table is partitioned by month, and a trigger refuses every change and deletion. No foreign
    key stands in the database, so that an account that is erased leaves its entries as they are.
    """

    closed: ClassVar = Closed()

    at = models.DateTimeField("시각")
    # Null: rows about somebody who has no account.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        verbose_name="누구의 정보",
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    # Null: somebody who had not signed in.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        verbose_name="본 사람",
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    actor_name = models.TextField("본 사람의 이름")
    office = models.ForeignKey(
        Office,
        models.DO_NOTHING,
        verbose_name="본 기관",
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    holdings = ArrayField(models.TextField(), verbose_name="본 것")
    reason = models.TextField("이유")
    door = models.CharField("본 곳", max_length=8, choices=Door)
    request_id = models.TextField("요청 번호")
    count = models.PositiveIntegerField("본 줄 수")

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = "열람 기록"
        verbose_name_plural = "열람 기록"
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="records_access_of_a_person"),
            models.Index(fields=["actor", "-at"], name="records_access_by_an_actor"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_holdings_display(self) -> str:
        return ", ".join(titles_of(self.holdings))
