"""What cases keep about people: who asked and what was written; and who worked on it."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.cases.services.forgetting import KEPT
from core.records.declaration import Ending, Erasure, Holding

PURPOSE = _("신청을 받아 처리하고, 어떻게 되었는지 알려 드리기 위해서입니다.")
BASIS = _(
    "민원 처리에 관한 법률 제9조(민원의 접수), 개인정보 보호법 제15조 제1항 제3호(공공기관의 업무)"
)
FACT_STAYS = _(
    "공공기록물 관리에 관한 법률 제27조(기록을 함부로 없앨 수 없음)에 따라 "
    "처리한 사실만 남기고, 누구의 것인지와 내용은 지웁니다."
)
TRACES = _("누가 언제 무엇을 했는지 나중에 확인하기 위해서입니다.")
OWN_WORK = "The traces of staff's own work: whoever works on the same thing sees them."
ENDED = _("신청이 끝난 때")
STAYS = ("kind", "state", "office", "opened_at", "due_date", "closed_at")

HOLDINGS = (
    Holding(
        model="cases.Case",
        person="person",
        title=_("신청과 민원"),
        purpose=PURPOSE,
        legal_basis=BASIS,
        fields={
            "kind": _("종류"),
            "state": _("상태"),
            "subject": _("제목"),
            "applicant": _("이름"),
            "office": _("맡은 기관"),
            "opened_at": _("접수한 때"),
            "due_date": _("처리 기한"),
            "closed_at": _("끝난 때"),
        },
        keep=KEPT,
        kept_from="closed_at",
        kept_since=ENDED,
        erasure=Erasure.ANONYMISE,
        law=FACT_STAYS,
        # What kind it was and what became of it stays, as a figure.
        emptied={
            "person": None,
            "subject": "",
            "applicant": "",
            "code_hash": None,
            **{name: F(name) for name in STAYS},
        },
        forgotten_by="core.cases.services.forget_old_cases",
        ending=Ending(
            rows={"closed_at": None},
            title=_("처리하고 있던 신청"),
            by="core.cases.services.end_for_erasure",
        ),
    ),
    Holding(
        model="cases.CaseWords",
        person="case__person",
        title=_("신청에 오간 글"),
        purpose=_(
            "신청을 받아 처리하고, 어떻게 되었는지 알려 드리기 위해서입니다. 직원끼리 남긴 메모는"
            " 여기에 나오지 않습니다. 보시려면 맡은 기관에 열람을 요청해 주세요"
            " (개인정보 보호법 제35조)."
        ),
        legal_basis=BASIS,
        fields={"text": _("글")},
        keep=KEPT,
        kept_from="case__closed_at",
        kept_since=ENDED,
        forgotten_by="core.cases.services.forget_old_cases",
        told={"is_told": True},
    ),
    Holding(
        model="cases.Attachment",
        person="case__person",
        title=_("신청에 붙인 파일"),
        purpose=PURPOSE,
        legal_basis=BASIS,
        fields={"filename": _("파일 이름"), "media_type": _("종류"), "size": _("크기")},
        told={"is_told": True},
        keep=KEPT,
        kept_from="case__closed_at",
        kept_since=ENDED,
        forgotten_by="core.cases.services.forget_old_cases",
        erased_by="core.cases.services.erase_attachments",
        file=("file", "filename"),
    ),
    Holding(
        model="cases.CaseEvent",
        person="case__person",
        title=_("신청의 처리 기록"),
        purpose=TRACES,
        legal_basis=BASIS,
        fields={"kind": _("무엇"), "at": _("때"), "party": _("누구로서")},
        keep=KEPT,
        kept_from="case__closed_at",
        kept_since=ENDED,
        forgotten_by="core.cases.services.forget_old_cases",
        erasure=Erasure.KEEP,
        law=FACT_STAYS,
        is_watched=False,
        unwatched_because="It says nothing of the person; who opens the case is told by the case.",
    ),
    Holding(
        model="cases.Case",
        person="assignee",
        title=_("직원으로서 맡은 신청"),
        purpose=TRACES,
        legal_basis=BASIS,
        fields={"assignee_name": _("담당자 이름"), "opened_at": _("접수한 때")},
        erasure=Erasure.ANONYMISE,
        law=FACT_STAYS,
        emptied={"assignee": None, "assignee_name": "", "opened_at": F("opened_at")},
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
    Holding(
        model="cases.CaseEvent",
        person="actor",
        title=_("내가 신청에 한 일"),
        purpose=TRACES,
        legal_basis=BASIS,
        fields={"kind": _("무엇"), "at": _("때"), "party": _("누구로서")},
        erasure=Erasure.KEEP,
        law=FACT_STAYS,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
    Holding(
        model="cases.CaseEvent",
        person="to_person",
        title=_("직원으로서 맡은 신청"),
        purpose=TRACES,
        legal_basis=BASIS,
        fields={"kind": _("무엇"), "at": _("때")},
        erasure=Erasure.KEEP,
        law=FACT_STAYS,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
)
