"""Telephone numbers that help at once; on every page, because nobody looks for them calmly."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class UrgentLine:
    """One number and what it is for; as published by the bodies that answer it (2024)."""

    number: str
    purpose: str | Promise


# 109 took over from 1393 on 1 January 2024 (Ministry of Health and Welfare).
URGENT_LINES = (
    UrgentLine("119", _("불이 났을 때, 다치거나 아플 때")),
    UrgentLine("112", _("범죄 신고, 학대 신고")),
    UrgentLine("109", _("죽고 싶은 마음이 들 때")),
    UrgentLine("129", _("생계가 어려울 때 (보건복지상담)")),
    UrgentLine("1366", _("여성 긴급전화 (가정폭력·성폭력)")),
    UrgentLine("1577-1391", _("아동학대 상담")),
    UrgentLine("1577-1389", _("노인학대 상담")),
    UrgentLine("1388", _("청소년 상담")),
    UrgentLine("120", _("서울시 민원 상담 (다산콜)")),
)
