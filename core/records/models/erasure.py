"""A person's wish to be forgotten: asked, waited for, carried out or called off."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q

# Small letters and figures that nobody takes for one another: 26 of 32 are 130 bits.
CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
CODE_LENGTH = 26


def new_code() -> str:
    """Answer a code that nobody can guess: it opens the receipt when the account is gone."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def waiting(self) -> "ErasureRequestQuerySet":
        return self.filter(done_at=None, called_off_at=None)

    def of(self, person_id: int) -> "ErasureRequestQuerySet":
        return self.filter(person=person_id)


class ErasureRequest(models.Model):
    # Null once it is done: the receipt says what was removed, and not whose it was.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        verbose_name="사람",
    )
    code = models.CharField("접수 번호", max_length=32, unique=True, default=new_code)
    asked_at = models.DateTimeField("요청한 때")
    due_at = models.DateTimeField("지울 때")
    called_off_at = models.DateTimeField("거둔 때", null=True)
    done_at = models.DateTimeField("지운 때", null=True)
    receipt = models.JSONField("지운 것과 남은 것", default=list)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "지우기 요청"
        verbose_name_plural = "지우기 요청"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(done_at=None, called_off_at=None),
                name="records_erasurerequest_is_one_at_a_time",
                violation_error_message="이미 지우기를 요청했습니다.",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")),
                name="records_erasurerequest_waits",
                violation_error_message="지울 때는 요청한 때보다 뒤여야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(called_off_at=None),
                name="records_erasurerequest_is_done_or_called_off",
                violation_error_message="거둔 요청은 실행하지 않습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
