"""One request of somebody, and where it stands now: all that a worklist shows, in one row."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from core.cases.declaration import CaseKind, State
from core.cases.registry import declared_kinds, get_kind
from core.offices.models import Office
from core.offices.people import is_person

OPEN = Q(closed_at=None)


class CaseQuerySet(models.QuerySet["Case"]):
    def asked_by(self, actor: object) -> "CaseQuerySet":
        """Keep a person's own requests, and those of whom they help with that kind of request."""
        if not is_person(actor):
            return self.none()
        theirs = Q(person=actor.pk)
        for slug in declared_kinds():
            if helped := actor.represented_ids(slug):
                theirs |= Q(kind=slug, person__in=helped)
        return self.filter(theirs)

    def worked_on_by(self, actor: object) -> "CaseQuerySet":
        """Keep what lies in the offices where somebody works, but their own and whom they help.

        Nor are those of their household kept.
        """
        if not is_person(actor):
            return self.none()
        if actor.is_superuser:
            return self
        if not actor.office_ids:
            return self.none()
        mine = self.filter(office__in=sorted(actor.office_ids)).exclude(person=actor.pk)
        if actor.home.people:
            mine = mine.exclude(person__in=sorted(actor.home.people))
        if actor.home.cases:
            mine = mine.exclude(pk__in=sorted(actor.home.cases))
        for office in sorted(actor.office_ids):
            for slug in declared_kinds():
                if helped := actor.represented_ids(slug, besides=office):
                    mine = mine.exclude(office=office, kind=slug, person__in=helped)
        return mine

    def visible_to(self, actor: object) -> "CaseQuerySet":
        return self.asked_by(actor) | self.worked_on_by(actor)

    def of_kind(self, slug: str) -> "CaseQuerySet":
        return self.filter(kind=slug)

    def open(self) -> "CaseQuerySet":
        return self.filter(OPEN)

    def assigned_to(self, person_id: int) -> "CaseQuerySet":
        return self.filter(assignee=person_id)

    def unassigned(self) -> "CaseQuerySet":
        return self.filter(OPEN, assignee=None)

    def overdue_on(self, day: datetime.date) -> "CaseQuerySet":
        """Keep what should have been done before that day; while it is paused, nothing is late."""
        return self.filter(OPEN, due_date__lt=day, paused_date=None)

    def escalated(self) -> "CaseQuerySet":
        return self.filter(OPEN, escalated_at__isnull=False)

    def soonest_due(self) -> "CaseQuerySet":
        """What has no due date comes last."""
        return self.order_by("due_date", "pk")

    def newest_first(self) -> "CaseQuerySet":
        return self.order_by("-opened_at", "-pk")


class Case(models.Model):
    """Names of people stand in it as they were when the case was opened or assigned: no join."""

    kind = models.CharField("종류", max_length=60)
    state = models.CharField("상태", max_length=40)
    subject = models.CharField("제목", max_length=120, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="신청한 사람",
    )
    applicant = models.CharField("신청한 사람 이름", max_length=60, blank=True)
    office = models.ForeignKey(
        Office, models.PROTECT, db_index=False, related_name="+", verbose_name="기관"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="담당자",
    )
    assignee_name = models.CharField("담당자 이름", max_length=60, blank=True)
    opened_at = models.DateTimeField("접수한 때")
    due_date = models.DateField("처리 기한", null=True, blank=True)
    paused_date = models.DateField("기한이 멈춘 날", null=True, blank=True)
    escalated_at = models.DateTimeField("책임자에게 알린 때", null=True, blank=True)
    closed_at = models.DateTimeField("끝난 때", null=True, blank=True)
    # One more with each step; the log has a line for each (and the database insists on it).
    version = models.PositiveIntegerField("단계 수", default=1)
    opened_key = models.UUIDField("접수 요청 번호", unique=True, default=uuid.uuid4, editable=False)
    # The keyed hash of eight digits on paper; the digits themselves are kept nowhere.
    code_hash = models.CharField(  # noqa: DJ001
        "접수 번호(해시)", max_length=64, unique=True, null=True, blank=True, editable=False
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "신청"
        verbose_name_plural = "신청과 민원"
        indexes = [
            # One walk along an index for each worklist, soonest due first.
            models.Index(
                fields=["office", "due_date", "id"], condition=OPEN, name="cases_of_office"
            ),
            models.Index(
                fields=["assignee", "due_date", "id"], condition=OPEN, name="cases_of_assignee"
            ),
            models.Index(
                fields=["office", "due_date", "id"],
                condition=OPEN & Q(assignee=None),
                name="cases_unassigned",
            ),
            models.Index(
                fields=["office", "due_date", "id"],
                condition=OPEN & Q(escalated_at__isnull=False),
                name="cases_escalated",
            ),
            models.Index(
                fields=["office", "-closed_at", "-id"],
                condition=Q(closed_at__isnull=False),
                name="cases_closed_of_office",
            ),
            models.Index(fields=["person", "-opened_at", "-id"], name="cases_of_person"),
            models.Index(fields=["assignee"], name="cases_ever_of_assignee"),
            # What the nightly climb looks through, whatever the office.
            models.Index(
                fields=["due_date"],
                condition=OPEN & Q(escalated_at=None, paused_date=None, due_date__isnull=False),
                name="cases_may_climb",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="cases_case_is_due_only_while_open",
                condition=OPEN | Q(due_date=None, paused_date=None),
                violation_error_message="끝난 신청에는 처리 기한이 없습니다.",
            ),
            models.CheckConstraint(
                name="cases_case_ends_after_it_began",
                condition=OPEN | Q(closed_at__gte=models.F("opened_at")),
                violation_error_message="끝난 때는 접수한 때보다 뒤여야 합니다.",
            ),
            models.CheckConstraint(
                name="cases_case_began_with_a_step",
                condition=Q(version__gte=1),
                violation_error_message="접수부터 단계가 하나 있어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} #{self.pk}"

    @property
    def declared(self) -> CaseKind:
        return get_kind(self.kind)

    @property
    def title(self) -> str | Promise:
        kind = declared_kinds().get(self.kind)
        return kind.title if kind else self.kind

    def get_kind_display(self) -> str:
        return str(self.title)

    def get_state_display(self) -> str:
        """Answer the state's title; its bare name where nobody declares the kind any more."""
        kind = declared_kinds().get(self.kind)
        return str(kind.state(self.state).title) if kind else self.state

    @property
    def stands(self) -> State:
        return self.declared.state(self.state)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_forgotten(self) -> bool:
        """Say whether it ended and its person was erased: what is left is what became of it."""
        return not self.is_open and self.person_id is None and not self.applicant

    @property
    def is_paused(self) -> bool:
        return self.paused_date is not None

    def is_overdue(self, on: datetime.date) -> bool:
        return self.is_open and not self.is_paused and bool(self.due_date and self.due_date < on)
