"""The closed lists of the welfare area."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FacilityStatus(models.TextChoices):
    LISTED = "LISTED", _("운영 중")
    RETIRED = "RETIRED", _("목록에서 빠짐")


class ReportTopic(models.TextChoices):
    PHONE = "PHONE", _("전화번호가 달라요")
    ADDRESS = "ADDRESS", _("주소나 위치가 달라요")
    NAME = "NAME", _("이름이 달라요")
    HOURS = "HOURS", _("여는 시간이 달라요")
    ACCESS = "ACCESS", _("휠체어·유모차 정보가 달라요")
    CLOSED = "CLOSED", _("문을 닫았어요")
    OTHER = "OTHER", _("그 밖의 내용")


class ReportStatus(models.TextChoices):
    NEW = "NEW", _("접수")
    ACCEPTED = "ACCEPTED", _("반영함")
    DECLINED = "DECLINED", _("반영하지 않음")
