"""Who is asked to work in an office: an address that somebody typed, until its owner answers."""

import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.enums import Role
from core.offices.models import Office
from core.offices.people import is_person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_on(self, day: datetime.date) -> "InvitationQuerySet":
        """Keep what can still be accepted that day."""
        return self.unanswered().filter(
            Q(ends_date=None) | Q(ends_date__gte=day),
            Q(office__closes_date=None) | Q(office__closes_date__gt=day),
            expires_date__gte=day,
        )

    def unanswered(self) -> "InvitationQuerySet":
        return self.filter(declined_at=None, withdrawn_at=None)

    def to_send(self, day: datetime.date) -> "InvitationQuerySet":
        return self.open_on(day).filter(sent_at=None)

    def addressed_to(self, person_id: int) -> "InvitationQuerySet":
        """Keep what was sent to an address that this person has shown to be theirs."""
        theirs = EmailAddress.objects.filter(user=person_id, verified=True)
        return self.filter(email__in=theirs.values(address=Lower("email")))

    def visible_to(self, person: object) -> "InvitationQuerySet":
        """Keep those of the offices that this person manages; a superuser sees all."""
        if not is_person(person):
            return self.none()
        if person.is_superuser:
            return self
        return self.filter(office__in=person.managed_office_ids)

    def newest_first(self) -> "InvitationQuerySet":
        return self.order_by("-invited_at", "-pk")


class Invitation(models.Model):
    """Names an address and no account: whether it has one, nobody at the desk learns."""

    email = models.EmailField("전자우편", max_length=254)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="기관")
    role = models.CharField("역할", max_length=12, choices=Role)
    starts_date = models.DateField("시작일")
    ends_date = models.DateField("마지막 날", null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="초대한 사람"
    )
    invited_at = models.DateTimeField("초대한 때")
    expires_date = models.DateField("답할 수 있는 마지막 날")
    sent_at = models.DateTimeField("편지를 보낸 때", null=True, blank=True)
    declined_at = models.DateTimeField("거절한 때", null=True, blank=True)
    withdrawn_at = models.DateTimeField("거둔 때", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "소속 초대"
        verbose_name_plural = "소속 초대"
        indexes = [
            models.Index(
                fields=["id"], name="accounts_invitation_unsent", condition=Q(sent_at=None)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower(F("email"))),
                name="accounts_invitation_email_is_lower_case",
                violation_error_message="전자우편 주소는 소문자로 적어야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(ends_date=None) | Q(ends_date__gte=F("starts_date")),
                name="accounts_invitation_ends_after_it_starts",
                violation_error_message="마지막 날은 시작일과 같거나 뒤여야 합니다.",
            ),
            models.UniqueConstraint(
                fields=["email", "office", "role"],
                condition=Q(declined_at=None, withdrawn_at=None),
                name="accounts_invitation_is_sent_once",
                violation_error_message="이 주소를 같은 역할로 이미 초대했습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.get_role_display()}"

    def is_open_on(self, day: datetime.date) -> bool:
        is_answered = self.declined_at is not None or self.withdrawn_at is not None
        is_past = self.ends_date is not None and self.ends_date < day
        return not is_answered and not is_past and self.expires_date >= day

    def state_on(self, day: datetime.date) -> str:
        if self.declined_at is not None:
            return "거절함"
        if self.withdrawn_at is not None:
            return "거둠"
        return "답을 기다림" if self.is_open_on(day) else "기한이 지남"
