"""What is held of households of the caseload: of their members, and of staff who care for them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.cases.services.forgetting import KEPT
from core.records.declaration import Erasure, Holding
from welfare.holdings.bases import DUTY, WORK_LAW, staff_work

TOGETHER = _("함께 사는 사람을 함께 도와 드리기 위해서입니다.")
WHO_DID = _("누가 언제 어느 가구를 위해 무엇을 했는지 나중에 확인하기 위해서입니다.")
LEFT = _("가구에서 나간 날")
# What is known of a member goes with them, whenever that is.
WITH_MEMBER = "core.records.services.retention.keep_to_terms"


def _of_member(model: str, title: Any, fields: dict[str, Any], **more: Any) -> Holding:
    return Holding(
        model=f"welfare.{model}",
        person="member__person",
        title=title,
        purpose=TOGETHER,
        legal_basis=DUTY,
        fields=fields,
        keep=KEPT,
        kept_from="member__until",
        kept_since=LEFT,
        forgotten_by=WITH_MEMBER,
        **more,
    )


CASELOAD = (
    Holding(
        model="welfare.CareMember",
        person="person",
        title=_("동주민센터가 돌보는 가구"),
        purpose=TOGETHER,
        legal_basis=DUTY,
        fields={
            "name": _("이름"),
            "birth_date": _("생년월일"),
            "relation": _("관계"),
            "household": _("돌보는 곳과 주소"),
            "since": _("들어온 날"),
            "until": _("나간 날"),
        },
        said_by={"relation": "welfare.queries.households.relation_in_words"},
        keep=KEPT,
        kept_from="until",
        kept_since=LEFT,
        erased_by="welfare.services.care_forgetting.forget_members",
    ),
    _of_member(
        "CareNeed",
        _("가구를 돌보며 적은 필요한 것"),
        {
            "need": _("필요한 것"),
            "words": _("말씀하신 것"),
            "since": _("적은 날"),
            "until": _("풀린 날"),
        },
        said_by={"need": "welfare.queries.care_words.need_in_words"},
    ),
    _of_member(
        "CareConsent",
        _("가구를 돌보며 받은 동의"),
        {
            "topic": _("무엇에"),
            "way": _("어떻게"),
            "since": _("동의한 날"),
            "until": _("거둔 날"),
        },
        changed_at="welfare:care",
    ),
    _of_member(
        "CareBenefit",
        _("가구를 돌보며 적은 급여"),
        {
            "name": _("급여 이름"),
            "state": _("상태"),
            "applied_date": _("신청한 날"),
            "received_date": _("받기 시작한 날"),
            "refused_date": _("받지 못한 날"),
            "ended_date": _("끝난 날"),
            "lasts_until": _("받는 마지막 날"),
        },
    ),
    _of_member(
        "CareContact",
        _("동주민센터와 만나거나 연락한 것"),
        {"kind": _("어떻게"), "on": _("언제"), "words": _("이야기한 것")},
    ),
    _of_member(
        "CarePlanStep",
        _("함께 세운 계획"),
        {
            "words": _("할 일"),
            "due_date": _("언제까지"),
            "done_date": _("한 날"),
            "dropped_date": _("거둔 날"),
        },
    ),
    _of_member("CareCase", _("가구를 돌보며 이은 신청"), {"case": _("신청")}),
    Holding(
        model="welfare.CareStep",
        person="member__person",
        title=_("가구를 위해 한 일"),
        purpose=WHO_DID,
        legal_basis=DUTY,
        fields={"deed": _("한 일"), "words": _("적은 것"), "at": _("한 때")},
        keep=KEPT,
        kept_from="household__closed_on",
        kept_since=_("돌보기를 마친 날"),
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        # Lines go with their household: alone, the database lets none go.
        forgotten_by="welfare.services.care_forgetting.forget_households",
    ),
    staff_work(
        "CareStep",
        "by",
        _("직원으로서 가구를 위해 한 일"),
        {"deed": _("한 일"), "at": _("한 때")},
        WHO_DID,
    ),
    staff_work(
        "CareConsent",
        "taken_by",
        _("직원으로서 받은 동의"),
        {"topic": _("무엇에"), "since": _("동의한 날")},
        WHO_DID,
    ),
    staff_work(
        "CareContact",
        "by",
        _("직원으로서 가구를 만나거나 연락한 것"),
        {"kind": _("어떻게"), "on": _("언제")},
        WHO_DID,
    ),
    staff_work(
        "CarePlanStep",
        "responsible",
        _("직원으로서 맡은 가구의 계획"),
        {"due_date": _("언제까지"), "done_date": _("한 날")},
        WHO_DID,
    ),
    *(
        staff_work(model, person, title, {moment: when}, WHO_DID)
        for model, person, title, moment, when in (
            (
                "CareHandOver",
                "asked_by",
                _("직원으로서 넘기겠다고 한 가구"),
                "asked_at",
                _("말을 꺼낸 때"),
            ),
            (
                "CareHandOver",
                "answered_by",
                _("직원으로서 답한 가구 넘기기"),
                "answered_at",
                _("답한 때"),
            ),
            (
                "CareMerge",
                "asked_by",
                _("직원으로서 합치자고 한 가구"),
                "asked_at",
                _("말을 꺼낸 때"),
            ),
            (
                "CareMerge",
                "answered_by",
                _("직원으로서 답한 가구 합치기"),
                "answered_at",
                _("답한 때"),
            ),
        )
    ),
)
