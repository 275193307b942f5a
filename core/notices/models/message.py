"""A message in somebody's inbox, its deliveries, and addresses from which one came back."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.notices import rules
from core.notices.enums import Channel, DeliveryState, Mode
from core.notices.registry import declared_notices

# What staff may send once more, after whoever looks after it has mended the cause.
GIVEN_UP = (DeliveryState.FAILED, DeliveryState.GIVEN_UP)
RETURNED = _("받는 쪽 메일 서버가 편지를 돌려보냈습니다.")


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, person_id: int | None, *, on: datetime.date) -> "MessageQuerySet":
        """Keep what was written to this person; nobody else reads it, staff neither.

        Somebody else's matters only as long as they stand in for them.
        """
        return self.filter(person=person_id).still_theirs(on) if person_id else self.none()

    def still_theirs(self, on: datetime.date) -> "MessageQuerySet":
        """Leave out what is about people who no longer let the recipient stand in for them."""
        stands_in = import_string(settings.NOTICE_STANDS_IN)(on=on)
        return self.filter(Q(about=None) | stands_in)

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def newest_first(self) -> "MessageQuerySet":
        return self.order_by("-pk")


class Message(models.Model):
    """One thing told to one person, kept as its name and facts; its words are made when read."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,  # the inbox's index begins with it
        related_name="notices",
        verbose_name="받는 사람",
    )
    # Whose matter it is, where somebody else gets the message for them.
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="누구의 일",
    )
    # What was left to the recipient then (`welfare.counsel`), where it is somebody else's.
    matter = models.CharField("맡은 일", max_length=60, blank=True, db_default="")
    notice = models.CharField("메시지", max_length=60)
    purpose = models.CharField("목적", max_length=60)
    facts = models.JSONField("내용", default=dict)
    url = models.CharField("주소", max_length=300, blank=True)
    cause = models.CharField("까닭", max_length=120)
    created_at = models.DateTimeField("쓴 때")
    read_at = models.DateTimeField("읽은 때", null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "알림"
        verbose_name_plural = "알림"
        indexes = [
            models.Index(fields=["person", "-id"], name="notices_message_inbox"),
            models.Index(
                fields=["about"], name="notices_message_about", condition=Q(about__isnull=False)
            ),
            models.Index(fields=["created_at"], name="notices_message_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "about", "notice", "cause"],
                nulls_distinct=False,
                name="notices_message_is_told_once",
                violation_error_message="같은 일을 이미 알렸습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} #{self.pk}"

    def get_facts_display(self) -> str:
        """Answer what was told; of what no app declares any more, the facts without their words."""
        notice = declared_notices().get(self.notice)
        if notice is None:
            return ", ".join(str(value) for value in self.facts.values()) or "–"
        return notice.says("body", self.facts)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.QUEUED)

    def unsent(self) -> "DeliveryQuerySet":
        """Keep what waits, and what was given up and staff may yet send again."""
        return self.filter(state__in=(DeliveryState.QUEUED, *GIVEN_UP))

    def free(self) -> "DeliveryQuerySet":
        """Keep what no worker holds; one that died holds its rows until somebody claims them."""
        return self.filter(Q(leased_until=None) | Q(state__in=GIVEN_UP))

    def claimable(self, *, channel: str, now: datetime.datetime) -> "DeliveryQuerySet":
        """Keep what may be taken now: due and held by nobody, at night only what is urgent."""
        due = self.waiting().filter(
            Q(leased_until=None) | Q(leased_until__lt=now),
            channel=channel,
            is_lead=True,
            try_at__lte=now,
        )
        return due.filter(is_urgent=True) if rules.is_quiet(now) else due

    def no_longer_wanted(self, on: datetime.date) -> "DeliveryQuerySet":
        """Keep what is yet to be sent to people who no longer stand in for whom it is about."""
        others = self.unsent().filter(message__about__isnull=False)
        return others.exclude(message__in=Message.objects.still_theirs(on))

    def given_up(self) -> "DeliveryQuerySet":
        """Keep what staff should look at: one line a parcel."""
        return self.filter(state__in=GIVEN_UP, is_lead=True)


class Delivery(models.Model):
    """One message by one channel.

    What goes out together is a parcel: a message at once, or all that a digest holds, formed when
    it is due. One row of a parcel leads: it is claimed, tried and leased for the others. The
    parcel's number is what channels know it by, so that the same one is never delivered twice.
    """

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="deliveries", verbose_name="알림"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="받는 사람"
    )
    channel = models.CharField("방법", max_length=10, choices=Channel)
    mode = models.CharField("언제", max_length=10, choices=Mode)
    is_urgent = models.BooleanField("급함")
    state = models.CharField("상태", max_length=10, choices=DeliveryState)
    due_at = models.DateTimeField("보낼 때")
    try_at = models.DateTimeField("다음 시도")
    attempts = models.PositiveSmallIntegerField("시도", default=0)
    leased_until = models.DateTimeField("맡은 동안", null=True)
    parcel = models.UUIDField("묶음", null=True)
    is_lead = models.BooleanField("묶음의 대표", default=False)
    sent_at = models.DateTimeField("보낸 때", null=True)
    error = models.CharField("잘못된 것", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "발송"
        verbose_name_plural = "발송"
        indexes = [
            models.Index(
                fields=["channel", "try_at", "id"],
                name="notices_delivery_queue",
                condition=Q(state="QUEUED", is_lead=True),
            ),
            models.Index(
                fields=["channel", "try_at", "person"],
                name="notices_delivery_to_bundle",
                condition=Q(state="QUEUED", parcel=None),
            ),
            models.Index(
                fields=["-id"],
                name="notices_delivery_given_up",
                condition=Q(state__in=["FAILED", "GIVEN_UP"], is_lead=True),
            ),
            models.Index(
                fields=["parcel"], name="notices_delivery_parcel", condition=Q(parcel__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel"],
                name="notices_delivery_goes_by_a_channel_once",
                violation_error_message="이 방법으로는 이미 보냈습니다.",
            ),
            models.CheckConstraint(
                condition=Q(parcel__isnull=False) | Q(is_lead=False),
                name="notices_delivery_leads_a_parcel",
                violation_error_message="묶음이 있어야 대표가 될 수 있습니다.",
            ),
            models.CheckConstraint(
                condition=Q(due_at__lte=F("try_at")),
                name="notices_delivery_is_not_tried_early",
                violation_error_message="보낼 때보다 먼저 시도할 수 없습니다.",
            ),
        ]

    def __str__(self) -> str:
        """Say the way and the time: whoever reads it knows of no numbers."""
        return f"{self.get_channel_display()}, {timezone.localtime(self.due_at):%Y-%m-%d %H:%M}"


class TakenBack(models.Model):
    """A delivery that is not to go out any more, whoever holds it and however often it is tried.

    A row of its own, not a word in the delivery: it is written beside a worker that holds the
    delivery, and neither waits for the other.
    """

    delivery = models.OneToOneField(
        Delivery, models.CASCADE, related_name="taken_back", verbose_name="발송"
    )
    why = models.CharField("까닭", max_length=100)

    class Meta:
        verbose_name = "거둔 발송"
        verbose_name_plural = "거둔 발송"

    def __str__(self) -> str:
        return f"{self.delivery}: {self.why}"


class Bounce(models.Model):
    """An address to which nothing is sent until its person says that it works again."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="누구의 주소"
    )
    kind = models.CharField("종류", max_length=10, choices=Channel)
    address = models.CharField("주소", max_length=254)
    reason = models.CharField("까닭", max_length=200)
    bounced_at = models.DateTimeField("되돌아온 때")

    class Meta:
        verbose_name = "되돌아온 주소"
        verbose_name_plural = "되돌아온 주소"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "address"],
                name="notices_bounce_is_noted_once",
                violation_error_message="이미 적어 둔 주소입니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    def get_reason_display(self) -> str:
        """Answer why it came back; the words that are our own, in the reader's language."""
        with override("ko"):
            ours = str(RETURNED)
        return self.reason.replace(ours, str(RETURNED))
