"""What welfare holds about people: what citizens asked for, and what staff did."""

from django.utils.translation import gettext_lazy as _

from core.cases.services.forgetting import KEPT
from core.records.declaration import Erasure, Holding

DUTY = _("개인정보 보호법 제15조 제1항 제3호(공공기관의 업무)")
WORK_LAW = _("공공기록물 관리에 관한 법률 제27조(기록을 함부로 없앨 수 없음)")
OWN_WORK = "The traces of staff's own work: whoever works on the same thing sees them."

HOLDINGS = (
    Holding(
        model="welfare.BenefitApplication",
        person="case__person",
        title=_("동주민센터에 신청한 급여"),
        purpose=_("급여 신청을 받아 처리하고, 어떻게 되었는지 알려 드리기 위해서입니다."),
        legal_basis=DUTY,
        fields={"benefit_name": _("신청한 급여")},
        keep=KEPT,
        kept_from="case__closed_at",
        kept_since=_("신청이 끝난 때"),
    ),
    Holding(
        model="welfare.FacilityReport",
        person="answered_by",
        title=_("직원으로서 답한 신고"),
        purpose=_("시민 신고에 누가 답했는지 나중에 확인하기 위해서입니다."),
        legal_basis=DUTY,
        fields={"facility": _("시설"), "answered_at": _("답한 때")},
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
    Holding(
        model="welfare.FacilityKind",
        person="lift_asked_by",
        title=_("직원으로서 요청한 보호 풀기"),
        purpose=_("보호를 풀 때 두 사람이 확인하기 위해서입니다."),
        legal_basis=DUTY,
        fields={"name": _("시설 종류"), "lift_asked_at": _("요청한 때")},
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
    Holding(
        model="welfare.BenefitLink",
        person="made_by",
        title=_("직원으로서 고친 급여 묶음"),
        purpose=_("어느 급여가 같은 것인지 누가 정했는지 나중에 확인하기 위해서입니다."),
        legal_basis=DUTY,
        fields={
            "source_key": _("복지로 서비스 번호"),
            "gov24_key": _("보조금24 서비스 번호"),
            "reason": _("이유"),
            "made_at": _("정한 때"),
        },
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
)
