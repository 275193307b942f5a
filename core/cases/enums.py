"""Who acts on a case, and what the log of a case tells."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Party(TextChoices):
    """In what part somebody acts; the same person may be another party in another case."""

    CITIZEN = "CITIZEN", _("본인")
    HELPER = "HELPER", _("도우미")
    PAPER = "PAPER", _("접수증을 가진 사람")
    WORKER = "WORKER", _("담당 기관 직원")
    MANAGER = "MANAGER", _("담당 기관 책임자")
    SYSTEM = "SYSTEM", _("포털")


ASKING = frozenset({Party.CITIZEN, Party.HELPER, Party.PAPER})
OFFICE = frozenset({Party.WORKER, Party.MANAGER})


class Step(TextChoices):
    OPENED = "OPENED", _("접수")
    MOVED = "MOVED", _("처리")
    ASSIGNED = "ASSIGNED", _("담당자 지정")
    NOTED = "NOTED", _("내부 메모")
    TOLD = "TOLD", _("안내")
    ANSWERED = "ANSWERED", _("답")
    VIEWED = "VIEWED", _("열어 봄")
    HANDED_OVER = "HANDED_OVER", _("다른 기관으로 넘김")
    LINKED = "LINKED", _("다른 신청과 이음")
    ESCALATED = "ESCALATED", _("기한이 지나 책임자에게 알림")


# What the citizen reads of the log: neither notes among colleagues nor who opened the page when
# (that is in their access log).
TOLD_TO_CITIZENS = frozenset({Step.OPENED, Step.MOVED, Step.TOLD, Step.ANSWERED, Step.HANDED_OVER})
