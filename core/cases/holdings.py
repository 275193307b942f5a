"""What cases keep about people: requests to the city are records that the law has it keep."""

from django.utils.translation import gettext_lazy as _

from core.records.declaration import Erasure, Holding

RECORDS_LAW = _("공공기록물 관리에 관한 법률 제27조(기록을 함부로 없앨 수 없음)")
DUTY = _("개인정보 보호법 제15조 제1항 제3호(공공기관의 소관 업무 수행)")
OWN_WORK = "The traces of staff's own work: whoever works on the same case sees them."

HOLDINGS = (
    Holding(
        model="cases.Case",
        person="person",
        title=_("신청한 일"),
        purpose=_("신청하신 일을 처리하고, 어디까지 되었는지 알려 드립니다."),
        legal_basis=DUTY,
        fields={
            "number": _("접수번호"),
            "subject": _("무엇"),
            "state": _("상태"),
            "office": _("담당 기관"),
            "opened_at": _("접수한 때"),
            "due_date": _("기한"),
            "closed_at": _("끝난 때"),
        },
        erasure=Erasure.KEEP,
        law=RECORDS_LAW,
    ),
    Holding(
        model="cases.CaseEvent",
        person="case__person",
        title=_("신청을 처리한 기록"),
        purpose=_("무엇을 언제 왜 했는지 나중에 확인합니다."),
        legal_basis=DUTY,
        fields={
            "at": _("때"),
            "step": _("한 일"),
            "party": _("누구"),
            "text": _("내용"),
        },
        erasure=Erasure.KEEP,
        law=RECORDS_LAW,
    ),
    Holding(
        model="cases.Case",
        person="assignee",
        title=_("맡아 처리한 신청"),
        purpose=_("누가 맡아 처리했는지 확인합니다."),
        legal_basis=DUTY,
        fields={"assignee": _("담당자")},
        erasure=Erasure.KEEP,
        law=RECORDS_LAW,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
    Holding(
        model="cases.CaseEvent",
        person="actor",
        title=_("신청을 처리하며 한 일"),
        purpose=_("누가 무엇을 했는지 확인합니다."),
        legal_basis=DUTY,
        fields={"actor": _("한 사람"), "at": _("때")},
        erasure=Erasure.KEEP,
        law=RECORDS_LAW,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
)
