"""Who makes a move, and what stands in the log of a case."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Party(TextChoices):
    """On whose side somebody stands in one case; the log shows it instead of a name."""

    CITIZEN = "CITIZEN", _("신청한 사람")
    HELPER = "HELPER", _("도우미")
    PAPER = "PAPER", _("접수 번호로 확인한 사람")
    WORKER = "WORKER", _("담당자")
    MANAGER = "MANAGER", _("책임자")
    SYSTEM = "SYSTEM", _("자동 처리")
    # Looks, and makes no move: whoever may see everything.
    OVERSEER = "OVERSEER", _("시스템 관리자")


# Whose sides are the citizen's: what they write is for both to read.
CITIZENS = frozenset({Party.CITIZEN, Party.HELPER, Party.PAPER})


class EventKind(TextChoices):
    """One kind of line in the log."""

    OPENED = "OPENED", _("접수")
    MOVED = "MOVED", _("처리")
    ASSIGNED = "ASSIGNED", _("담당 정함")
    RELEASED = "RELEASED", _("기관을 떠나 담당이 풀림")
    NOTE = "NOTE", _("내부 메모")
    MESSAGE = "MESSAGE", _("알려 드림")
    ATTACHED = "ATTACHED", _("파일 올림")
    VIEWED = "VIEWED", _("열어 봄")
    DOWNLOADED = "DOWNLOADED", _("파일 내려받음")
    HANDED_OVER = "HANDED_OVER", _("다른 기관으로 넘김")
    LINKED = "LINKED", _("다른 신청과 이음")
    ESCALATED = "ESCALATED", _("기한이 지나 책임자에게 알림")
    CODE_ISSUED = "CODE_ISSUED", _("접수 번호 발급")
    NAME_WRONG = "NAME_WRONG", _("접수 번호에 다른 이름을 넣음")
    CODE_LOCKED = "CODE_LOCKED", _("다른 이름을 여러 번 넣어 접수 번호를 하루 동안 잠금")
    ERASED = "ERASED", _("신청한 분이 개인정보를 모두 지워 끝냄")


# Of these the log tells apart from what was done: they change nothing, and are news to nobody.
LOOKS = frozenset({EventKind.VIEWED, EventKind.DOWNLOADED})


class Duplicates(TextChoices):
    """What happens where somebody asks for the same thing while their first request is open."""

    ALLOWED = "ALLOWED", "그대로 받음"
    SHOWN = "SHOWN", "받고, 담당자에게 알림"
    REFUSED = "REFUSED", "받지 않음"
