"""One request of one person: where it lies, in what state, and until when something is due."""

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from core.cases.declaration import CaseKind, State
from core.cases.registry import case_kinds, kind_of
from core.offices.models import Office
from core.offices.people import is_person

# Said on the telephone and typed from paper: no letter that is taken for a digit.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 10


def new_number() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: object) -> "CaseQuerySet":
        """Keep one's own, those of people one acts for, and those of the offices one works in."""
        if not is_person(actor):
            return self.none()
        if actor.is_superuser:
            return self.all()
        mine = Q(person=actor.pk)
        for area in {kind.area for kind in case_kinds().values()}:
            if helped := actor.represented_ids(area):
                mine |= Q(person__in=helped, kind__startswith=f"{area}.")
        if offices := actor.office_ids:
            mine |= Q(office__in=offices)
        return self.filter(mine)

    def asked_by(self, person_id: int) -> "CaseQuerySet":
        return self.filter(person=person_id)

    def lying_with(self, offices: frozenset[int]) -> "CaseQuerySet":
        return self.filter(office__in=offices)

    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def unassigned(self) -> "CaseQuerySet":
        return self.open().filter(assignee=None)

    def overdue_on(self, day: datetime.date) -> "CaseQuerySet":
        return self.open().filter(due_date__lt=day)

    def most_urgent_first(self) -> "CaseQuerySet":
        return self.order_by(F("due_date").asc(nulls_last=True), "pk")

    def newest_first(self) -> "CaseQuerySet":
        return self.order_by("-opened_at", "-pk")


class Case(models.Model):
    """Changed by `core.cases.services` alone: every change is a line of the log as well."""

    number = models.CharField("접수번호", max_length=LENGTH, unique=True, default=new_number)
    kind = models.CharField("종류", max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="신청인",
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="담당 기관")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="담당자",
    )
    state = models.CharField("상태", max_length=40)
    subject = models.CharField("무엇", max_length=120)
    opened_at = models.DateTimeField("접수 시각")
    due_date = models.DateField("기한", null=True)
    # While the citizen is asked: how many working days were left when the clock was stopped.
    days_left = models.IntegerField("멈춘 때 남은 날", null=True)
    escalated_at = models.DateTimeField("책임자에게 알린 시각", null=True)
    closed_at = models.DateTimeField("끝난 시각", null=True)
    # The keyed hash of the eight digits on paper.
    paper_code = models.CharField("접수증 번호", max_length=64, null=True, unique=True)  # noqa: DJ001
    # Told apart by whoever opens it: the same key never opens two.
    opening_key = models.CharField("한 번만 접수", max_length=64, unique=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "신청"
        verbose_name_plural = "신청"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(due_date=None),
                name="cases_case_closed_is_not_due",
                violation_error_message="끝난 신청에는 기한이 없습니다.",
            ),
            models.CheckConstraint(
                condition=Q(days_left=None) | Q(due_date=None),
                name="cases_case_stopped_is_not_due",
                violation_error_message="시민의 답을 기다리는 동안에는 기한이 멈춥니다.",
            ),
        ]
        indexes = [
            models.Index(
                "office",
                F("due_date").asc(nulls_last=True),
                "id",
                name="cases_case_of_an_office",
                condition=Q(closed_at=None),
            ),
            models.Index(
                "assignee",
                F("due_date").asc(nulls_last=True),
                "id",
                name="cases_case_of_an_assignee",
                condition=Q(closed_at=None),
            ),
            models.Index("person", F("opened_at").desc(), name="cases_case_of_a_person"),
            models.Index(
                "due_date",
                name="cases_case_to_escalate",
                condition=Q(closed_at=None, escalated_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def declared(self) -> CaseKind:
        return kind_of(self.kind)

    @property
    def stands(self) -> State:
        return self.declared.by_slug[self.state]

    @property
    def title(self) -> str | Promise:
        return self.declared.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def is_overdue_on(self, day: datetime.date) -> bool:
        return self.due_date is not None and self.due_date < day

    def held(self) -> "Case":
        """Answer the row as it is now, locked until the transaction ends."""
        rows: Any = Case.objects.select_for_update(of=("self",))
        return rows.get(pk=self.pk)  # type: ignore[no-any-return]
