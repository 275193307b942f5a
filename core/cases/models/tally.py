"""How many open cases lie in each office, by kind, state and week of receipt; figures, no people.

Triggers keep it, set by set, so that a worklist counts nothing.
"""

from django.db import models

from core.offices.models import Office


class CaseTallyQuerySet(models.QuerySet["CaseTally"]):
    def of_offices(self, office_ids: frozenset[int] | None) -> "CaseTallyQuerySet":
        """Keep the figures of these offices; of all of them for None."""
        rows = self.filter(number__gt=0)
        return rows if office_ids is None else rows.filter(office__in=sorted(office_ids))

    def total(self) -> int:
        return int(self.aggregate(total=models.Sum("number"))["total"] or 0)


class CaseTally(models.Model):
    pk = models.CompositePrimaryKey("office_id", "kind", "state", "week")
    office = models.ForeignKey(
        Office, models.CASCADE, db_index=False, related_name="+", verbose_name="기관"
    )
    kind = models.CharField("종류", max_length=60)
    state = models.CharField("상태", max_length=40)
    week = models.DateField("접수한 주(월요일)")
    number = models.IntegerField("수")

    objects = CaseTallyQuerySet.as_manager()

    class Meta:
        verbose_name = "신청 수"
        verbose_name_plural = "신청 수"

    def __str__(self) -> str:
        return f"{self.office_id} {self.kind} {self.state} {self.week}: {self.number}"
