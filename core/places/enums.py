"""How exactly a place is known, and what can be known about getting into it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Precision(TextChoices):
    """How close the point is to the door."""

    EXACT = "EXACT", _("정확한 위치")
    BUILDING = "BUILDING", _("건물 위치")
    DONG = "DONG", _("동의 중심 (대략의 위치)")
    NONE = "NONE", _("위치를 모름")


class AccessFeature(TextChoices):
    """What people need to know before they set out."""

    STEP_FREE = "STEP_FREE", _("턱이나 계단 없는 출입구")
    RAMP = "RAMP", _("경사로")
    LIFT = "LIFT", _("승강기")
    ACCESSIBLE_TOILET = "ACCESSIBLE_TOILET", _("장애인 화장실")
    ACCESSIBLE_PARKING = "ACCESSIBLE_PARKING", _("장애인 주차구역")
    DOOR_WIDTH = "DOOR_WIDTH", _("휠체어가 지나는 출입문 폭(90cm 이상)")
    TACTILE_PAVING = "TACTILE_PAVING", _("점자블록")
    BRAILLE_SIGNS = "BRAILLE_SIGNS", _("점자 안내")
    AUDIO_GUIDE = "AUDIO_GUIDE", _("음성 안내")
    HEARING_LOOP = "HEARING_LOOP", _("보청기 전용 방송(히어링 루프)")
    SIGN_LANGUAGE = "SIGN_LANGUAGE", _("수어 통역")
    WHEELCHAIR_LOAN = "WHEELCHAIR_LOAN", _("휠체어 대여")
    NURSING_ROOM = "NURSING_ROOM", _("수유실")
    GUIDE_DOG = "GUIDE_DOG", _("보조견 동반")


class Answer(TextChoices):
    YES = "YES", _("있음")
    NO = "NO", _("없음")
    UNKNOWN = "UNKNOWN", _("확인되지 않음")
