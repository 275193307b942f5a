"""On what basis welfare holds what it holds, and how the traces of staff's work are declared."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.records.declaration import Erasure, Holding

DUTY = _("개인정보 보호법 제15조 제1항 제3호(공공기관의 업무)")
WORK_LAW = _("공공기록물 관리에 관한 법률 제27조(기록을 함부로 없앨 수 없음)")
OWN_WORK = "The traces of staff's own work: whoever works on the same thing sees them."


def rule_work(
    model: str, person: str, title: Promise, fields: Mapping[str, str | Promise]
) -> Holding:
    """Declare what staff did to rules: two people answer for each, and by name."""
    why = _("누가 언제 어떤 기준을 시행했는지 나중에 확인하기 위해서입니다.")
    return staff_work(model, person, title, fields, why)


def staff_work(
    model: str, person: str, title: Promise, fields: Mapping[str, str | Promise], why: Promise
) -> Holding:
    return Holding(
        model=f"welfare.{model}",
        person=person,
        title=title,
        purpose=why,
        legal_basis=DUTY,
        fields=fields,
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        is_watched=False,
        unwatched_because=OWN_WORK,
    )
