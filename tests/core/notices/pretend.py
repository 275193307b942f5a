"""Messages that exist in tests only, and moments to tell them at."""

import datetime

from django.db.models import Q

from core.notices.declaration import AlimTalkTemplate, Notice, NoticePurpose
from core.notices.enums import Channel, Mode
from core.notices.rules import SEOUL

NEWS = NoticePurpose(
    slug="pretend.news",
    title="새 소식",
    about="새로 생긴 것을 알려 드립니다.",
)
ANSWERS = NoticePurpose(
    slug="pretend.answers",
    title="답",
    about="물어보신 것의 답입니다.",
    is_compulsory=True,
    because="직접 물어보셨기 때문입니다.",
    mode=Mode.AT_ONCE,
    channels=(Channel.EMAIL, Channel.SMS, Channel.ALIMTALK, Channel.PUSH),
)
ALARM = NoticePurpose(
    slug="pretend.alarm",
    title="경보",
    about="급한 일입니다.",
    is_compulsory=True,
    is_urgent=True,
    because="밤에도 알아야 하기 때문입니다.",
    mode=Mode.AT_ONCE,
)


class Opened(Notice):
    slug = "pretend.opened"
    purpose = NEWS
    subject = "%(name)s 문을 열었습니다"
    body = "오늘부터 신청을 받습니다: %(name)s"
    short = "%(name)s 신청 시작"
    reason = "새 소식을 받겠다고 하셨습니다."
    sample = {"name": "가온 교실"}


class Answered(Notice):
    slug = "pretend.answered"
    purpose = ANSWERS
    subject = "답이 왔습니다"
    body = "물어보신 것에 답을 드렸습니다."
    short = "답이 왔습니다"
    reason = "물어보신 일의 답입니다."
    sample = {"number": 1}
    alimtalk = AlimTalkTemplate(code="pretend_answered", variables=("number", "link", "stop"))


class Broken(Notice):
    slug = "pretend.broken-in"
    purpose = ALARM
    subject = "처음 보는 기기에서 로그인했습니다"
    body = "본인이 아니면 비밀번호를 바꾸세요."
    short = "새 기기 로그인"
    reason = "계정을 지키려고 보내 드립니다."


NOTICES = (Opened, Answered, Broken)


def anybody_stands_in(*, on):
    """The seam's form: everybody gets, for as long as they like, what is about others."""
    return Q(pk__isnull=False)


def at(hour: int, minute: int = 0, *, day: int = 4) -> datetime.datetime:
    """A moment of March 2026 in Seoul; the 4th is a Wednesday."""
    return datetime.datetime(2026, 3, day, hour, minute, tzinfo=SEOUL)
