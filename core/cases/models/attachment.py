"""A file that belongs to a case: what it was called, and where the storage keeps it."""

import secrets

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.cases.models.case import Case
from core.cases.models.event import CaseEvent

NAME_BYTES = 24


def attachment_storage() -> Storage:
    """Answer the storage of the setting STORAGES["attachments"]."""
    return storages["attachments"]


def random_name(attachment: "Attachment", filename: str) -> str:
    """Answer a name that says nothing, in one of 256 folders."""
    name = secrets.token_hex(NAME_BYTES)
    return f"{name[:2]}/{name}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def told(self) -> "AttachmentQuerySet":
        return self.filter(is_told=True)

    def in_order(self) -> "AttachmentQuerySet":
        return self.order_by("pk")


class Attachment(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments", verbose_name="신청")
    event = models.ForeignKey(
        CaseEvent, models.DO_NOTHING, related_name="attachments", verbose_name="기록"
    )
    file = models.FileField(
        "파일", storage=attachment_storage, upload_to=random_name, max_length=100
    )
    filename = models.CharField("파일 이름", max_length=120)
    media_type = models.CharField("종류", max_length=40)
    size = models.PositiveIntegerField("크기")
    is_told = models.BooleanField("시민도 봄")
    scanned_at = models.DateTimeField("바이러스 검사", null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "붙임 파일"
        verbose_name_plural = "붙임 파일"
        constraints = [
            models.CheckConstraint(
                name="cases_attachment_is_of_a_known_kind",
                condition=Q(
                    media_type__in=("application/pdf", "image/jpeg", "image/png", "image/webp")
                ),
                violation_error_message="PDF와 사진(JPEG, PNG, WebP)만 붙일 수 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media_type} (#{self.pk})"

    def get_media_type_display(self) -> str:
        return "PDF" if self.media_type == "application/pdf" else str(_("사진"))

    def get_size_display(self) -> str:
        return filesizeformat(self.size)
