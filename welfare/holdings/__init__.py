"""What welfare holds about people: what citizens asked for, and what staff did."""

import datetime

from django.utils.translation import gettext_lazy as _

from core.cases.services.forgetting import KEPT
from core.records.declaration import Erasure, Holding
from welfare.holdings.bases import DUTY, OWN_WORK, WORK_LAW, rule_work, staff_work
from welfare.holdings.households import CASELOAD

RULE_WORK = (
    rule_work(
        "RuleVersion",
        "made_by",
        _("직원으로서 쓴 복지 조건"),
        {"law": _("근거"), "note": _("메모"), "made_at": _("쓴 때")},
    ),
    rule_work(
        "RuleVersion",
        "published_by",
        _("직원으로서 시행한 복지 조건"),
        {"published_at": _("시행한 때")},
    ),
    rule_work(
        "RuleVersion",
        "verified_by",
        _("직원으로서 확인한 복지 조건"),
        {"verified_on": _("확인한 날")},
    ),
    rule_work(
        "RuleStep",
        "by",
        _("직원으로서 복지 조건에 한 일"),
        {"step": _("한 일"), "words": _("말"), "at": _("한 때")},
    ),
    rule_work(
        "RuleExplanation",
        "by",
        _("직원으로서 설명한 판정"),
        {"text": _("설명"), "at": _("설명한 때")},
    ),
)

AGREED = _("개인정보 보호법 제15조 제1항 제1호(동의)")
WATCHING = _("달라진 것만 알려 드리고, 같은 것을 두 번 알리지 않기 위해서입니다.")

NIGHTLY = (
    Holding(
        model="welfare.BenefitSheet",
        person="person",
        title=_("지난번에 맞았던 복지"),
        purpose=WATCHING,
        legal_basis=AGREED,
        fields={
            "likely": _("받을 가능성이 높은 급여"),
            "judged_on": _("살펴본 날"),
            "judged_at": _("살펴본 때"),
        },
        said_by={"likely": "welfare.queries.sheets.likely_in_words"},
    ),
    Holding(
        model="welfare.BenefitNews",
        person="person",
        title=_("알려 드린 복지"),
        purpose=WATCHING,
        legal_basis=AGREED,
        fields={
            "news": _("알린 것"),
            "told_on": _("알린 날"),
            "asked_at": _("받으셨는지 여쭌 때"),
            "is_answered": _("답하셨는지"),
        },
        said_by={"news": "welfare.queries.sheets.news_in_words"},
        keep=datetime.timedelta(days=730),
        kept_from="told_on",
        kept_since=_("알린 날"),
    ),
)

# The article was given to us as the basis of looking for households in crisis; its wording was not
# compared with the original (docs/hardship.md says what is not verified).
FINDING = _("사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제12조에 따른 위기가구 발굴")
ORDER = _("어려움에 놓인 가구를 먼저 살펴보고 찾아가기 위해서입니다. 점수로 정하는 것은 없습니다.")
A_YEAR = datetime.timedelta(days=365)

HARDSHIP = (
    Holding(
        model="welfare.HardshipSign",
        person="member__person",
        title=_("어려움의 신호"),
        purpose=ORDER,
        legal_basis=FINDING,
        fields={
            "kind": _("신호"),
            "month": _("신고된 달"),
            "months": _("밀린 개월 수"),
            "told_at": _("가져온 때"),
        },
        keep=A_YEAR,
        kept_from="told_at",
        kept_since=_("가져온 때"),
    ),
    Holding(
        model="welfare.HardshipHousehold",
        person="member__person",
        title=_("살펴볼 가구 목록"),
        purpose=ORDER,
        legal_basis=FINDING,
        fields={
            "name": _("이름"),
            "birth_date": _("생년월일"),
            "address": _("주소"),
            "age_band": _("나이대"),
            "sex": _("성별"),
            "points": _("살펴볼 차례를 정한 점수"),
            "state": _("상태"),
            "last_told_at": _("마지막으로 알려진 때"),
        },
        said_by={"points": "welfare.queries.sign_words.points_in_words"},
        keep=A_YEAR,
        kept_from="touched_at",
        kept_since=_("마지막으로 알려지거나 살펴본 때"),
        erasure=Erasure.KEEP,
        law=WORK_LAW,
    ),
    Holding(
        model="welfare.HardshipStep",
        person="household__member__person",
        title=_("신호를 보고 한 일"),
        purpose=_("누가 언제 왜 살펴보고, 찾아가고, 도왔는지 확인하기 위해서입니다."),
        legal_basis=FINDING,
        # Of several who live there each is told: what colleagues wrote of one is not for another.
        fields={"deed": _("한 일"), "at": _("한 때")},
        keep=A_YEAR,
        kept_from="household__touched_at",
        kept_since=_("마지막으로 알려지거나 살펴본 때"),
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        # Lines go with their household: alone, the database lets none go.
        forgotten_by="core.records.services.retention.keep_to_terms",
    ),
    staff_work(
        "HardshipStep",
        "by",
        _("직원으로서 위기 신호에 한 일"),
        {"deed": _("한 일"), "at": _("한 때")},
        _("누가 언제 왜 살펴보고, 찾아가고, 도왔는지 확인하기 위해서입니다."),
    ),
    staff_work(
        "HardshipImport",
        "brought_by",
        _("직원으로서 가져온 위기 신호 파일"),
        {"brought_at": _("가져온 때"), "lines": _("줄 수")},
        _("어느 파일에서 무엇이 들어왔는지 나중에 확인하기 위해서입니다."),
    ),
    staff_work(
        "SignWeights",
        "made_by",
        _("직원으로서 쓴 위기 신호 가중치"),
        {"reason": _("이유"), "made_at": _("쓴 때")},
        _("누가 언제 어떤 가중치를 시행했는지 나중에 확인하기 위해서입니다."),
    ),
    staff_work(
        "SignWeightsWriter",
        "person",
        _("직원으로서 고친 위기 신호 가중치"),
        {"at": _("쓴 때")},
        _("누가 언제 어떤 가중치를 시행했는지 나중에 확인하기 위해서입니다."),
    ),
    staff_work(
        "SignWeights",
        "published_by",
        _("직원으로서 시행한 위기 신호 가중치"),
        {"published_at": _("시행한 때")},
        _("누가 언제 어떤 가중치를 시행했는지 나중에 확인하기 위해서입니다."),
    ),
)

HOLDINGS = (
    *RULE_WORK,
    *NIGHTLY,
    *CASELOAD,
    *HARDSHIP,
    rule_work(
        "PlainText",
        "made_by",
        _("직원으로서 쓴 쉬운 말 안내"),
        {"text": _("쉬운 말"), "made_at": _("쓴 때")},
    ),
    rule_work(
        "PlainTextWriter",
        "person",
        _("직원으로서 고친 쉬운 말 안내"),
        {"at": _("쓴 때")},
    ),
    rule_work(
        "PlainText",
        "reviewed_by",
        _("직원으로서 본 쉬운 말 안내"),
        {"reviewed_at": _("본 때")},
    ),
    Holding(
        model="welfare.CounterTalk",
        person="by",
        title=_("직원으로서 한 창구 상담"),
        purpose=_("어느 기관에서 얼마나 상담하는지 세고, 동의를 받았음을 보이기 위해서입니다."),
        legal_basis=DUTY,
        fields={
            "office": _("기관"),
            "consent": _("동의를 받은 방법"),
            "started_at": _("시작한 때"),
            "finished_at": _("끝난 때"),
        },
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
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
        model="welfare.Referral",
        person="case__person",
        title=_("동주민센터가 연계한 시설"),
        purpose=_("시설을 이용하실 수 있게 알아보고, 어떻게 되었는지 알려 드리기 위해서입니다."),
        legal_basis=DUTY,
        fields={"facility_name": _("연계한 시설")},
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
