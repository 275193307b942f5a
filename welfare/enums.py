"""The closed lists of the welfare area."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FacilityStatus(models.TextChoices):
    LISTED = "LISTED", _("운영 중")
    RETIRED = "RETIRED", _("목록에서 빠짐")


class ReportTopic(models.TextChoices):
    PHONE = "PHONE", _("전화번호가 달라요")
    ADDRESS = "ADDRESS", _("주소나 위치가 달라요")
    NAME = "NAME", _("이름이 달라요")
    HOURS = "HOURS", _("여는 시간이 달라요")
    ACCESS = "ACCESS", _("휠체어·유모차 정보가 달라요")
    CLOSED = "CLOSED", _("문을 닫았어요")
    OTHER = "OTHER", _("그 밖의 내용")


class ReportStatus(models.TextChoices):
    NEW = "NEW", _("접수")
    ACCEPTED = "ACCEPTED", _("반영함")
    DECLINED = "DECLINED", _("반영하지 않음")


class BenefitStatus(models.TextChoices):
    LISTED = "LISTED", _("안내 중")
    RETIRED = "RETIRED", _("목록에서 빠짐")


class BenefitPublisher(models.TextChoices):
    GOV24 = "GOV24", _("보조금24")
    CENTRAL = "CENTRAL", _("복지로 중앙부처")
    LOCAL = "LOCAL", _("복지로 지자체")


class LinkRule(models.TextChoices):
    """Why a publisher's row is told under a benefit, surest first."""

    OWN = "OWN", _("따로 있음")
    STAFF = "STAFF", _("직원이 정함")
    NAME_AND_PROVIDER = "NAME_AND_PROVIDER", _("이름과 주는 곳이 같음")
    CORE_AND_PROVIDER = "CORE_AND_PROVIDER", _("괄호 밖 이름과 주는 곳이 같음")
    NAME_OF_NATION = "NAME_OF_NATION", _("전국에 하나뿐인 이름이 같음")


class ProviderLevel(models.TextChoices):
    CENTRAL = "CENTRAL", _("나라")
    PUBLIC_BODY = "PUBLIC_BODY", _("공공기관")
    CITY = "CITY", _("시·도")
    DISTRICT = "DISTRICT", _("구·시·군")


class LifeStage(models.TextChoices):
    INFANT = "INFANT", _("영유아")
    CHILD = "CHILD", _("아동")
    TEEN = "TEEN", _("청소년")
    YOUTH = "YOUTH", _("청년")
    MIDDLE_AGED = "MIDDLE_AGED", _("중장년")
    SENIOR = "SENIOR", _("노년")
    PREGNANCY = "PREGNANCY", _("임신·출산")


class BenefitTarget(models.TextChoices):
    LOW_INCOME = "LOW_INCOME", _("저소득")
    DISABLED = "DISABLED", _("장애인")
    SINGLE_PARENT = "SINGLE_PARENT", _("한부모·조손")
    MANY_CHILDREN = "MANY_CHILDREN", _("다자녀")
    MULTICULTURAL = "MULTICULTURAL", _("다문화·탈북민")
    VETERAN = "VETERAN", _("보훈대상자")


class BenefitTheme(models.TextChoices):
    LIVING = "LIVING", _("생활지원")
    HOUSING = "HOUSING", _("주거")
    WORK = "WORK", _("일자리")
    HEALTH = "HEALTH", _("신체건강")
    MENTAL_HEALTH = "MENTAL_HEALTH", _("정신건강")
    CARE = "CARE", _("보호·돌봄")
    BIRTH = "BIRTH", _("임신·출산")
    CHILDCARE = "CHILDCARE", _("보육")
    EDUCATION = "EDUCATION", _("교육")
    FINANCE = "FINANCE", _("서민금융")
    ENERGY = "ENERGY", _("에너지")
    CULTURE = "CULTURE", _("문화·여가")
    SAFETY = "SAFETY", _("안전·위기")
    LAW = "LAW", _("법률")
    ADOPTION = "ADOPTION", _("입양·위탁")
    FARMING = "FARMING", _("농림축산어업")


class BenefitUser(models.TextChoices):
    PERSON = "PERSON", _("개인")
    HOUSEHOLD = "HOUSEHOLD", _("가구")
    SMALL_BUSINESS = "SMALL_BUSINESS", _("소상공인")
    ORGANISATION = "ORGANISATION", _("법인·시설·단체")


class VersionStatus(models.TextChoices):
    """The life of what two people put in force; it only goes onward, but for a draft sent back."""

    DRAFT = "DRAFT", _("쓰는 중")
    REVIEW = "REVIEW", _("검토 기다림")
    PUBLISHED = "PUBLISHED", _("시행")
    WITHDRAWN = "WITHDRAWN", _("거둠")


class RuleKind(models.TextChoices):
    CONDITION = "CONDITION", _("조건")
    FIGURE = "FIGURE", _("기준표")
    REMOVAL = "REMOVAL", _("거두기")


class FigureUnit(models.TextChoices):
    """What a table's numbers are; `welfare/rules/figures.py` has the same names."""

    WON = "WON", _("원")
    PERCENT = "PERCENT", _("기준 중위소득의 %")


class FigureMeasure(models.TextChoices):
    SIZE = "SIZE", _("한 금액, 또는 가구원 수마다")
    COUPLE = "COUPLE", _("배우자가 없는 사람과 있는 사람")


class VersionStep(models.TextChoices):
    """What people did with a version, line by line in its log."""

    BROUGHT_IN = "BROUGHT_IN", _("처음부터 있음")
    DRAFTED = "DRAFTED", _("쓰기 시작")
    EDITED = "EDITED", _("고침")
    EXPLAINED = "EXPLAINED", _("바뀐 판정을 설명함")
    SENT = "SENT", _("검토 요청")
    SENT_BACK = "SENT_BACK", _("돌려보냄")
    PUBLISHED = "PUBLISHED", _("시행")
    WITHDRAWN = "WITHDRAWN", _("거둠")


class NewsKind(models.TextChoices):
    """Why somebody is told of a benefit."""

    TIME = "TIME", _("때가 되어 조건에 맞게 됨")
    RULE = "RULE", _("기준이 바뀌어 조건에 맞게 됨")
    NEARER = "NEARER", _("때가 되어 받을 수도 있음, 질문에 더 답하면 알 수 있음")
    FACTS = "FACTS", _("알려 주신 내용이 바뀌어 조건에 맞게 됨")
    NEW = "NEW", _("새로 생긴 지원")
    OPENS = "OPENS", _("다시 신청을 받음")
    CLOSES = "CLOSES", _("곧 마감")
    LOST = "LOST", _("이제 조건에 맞지 않아 보임")
    RENEWS = "RENEWS", _("받고 계신 올해 것이 곧 끝남")


class OutcomeAnswer(models.TextChoices):
    """What became of a benefit that somebody was told of."""

    RECEIVED = "RECEIVED", _("받았습니다")
    REFUSED = "REFUSED", _("신청했지만 받지 못했습니다")
    NOT_APPLIED = "NOT_APPLIED", _("신청하지 않았습니다")
    WAITING = "WAITING", _("아직 결과를 기다립니다")


class CounterConsent(models.TextChoices):
    """How a citizen agreed that staff type in what they tell."""

    SCREEN = "SCREEN", _("화면의 글을 읽고 동의했습니다")
    PAPER = "PAPER", _("종이에 서명했습니다")


class HardshipKind(models.TextChoices):
    """What a sign of hardship tells; the same names as `welfare.rules.hardship.SignKind`."""

    ELECTRICITY = "ELECTRICITY", _("전기요금 체납")
    GAS = "GAS", _("가스요금 체납")
    WATER = "WATER", _("수도요금 체납")
    RENT = "RENT", _("임대료 체납")
    HEALTH_INSURANCE = "HEALTH_INSURANCE", _("건강보험료 체납")
    MOBILE = "MOBILE", _("휴대전화 요금 체납")
    DISCONNECTED = "DISCONNECTED", _("단전·단수·단가스")
    JOB_LOSS = "JOB_LOSS", _("일자리를 잃음")
    DISCHARGED = "DISCHARGED", _("병원·시설에서 나옴")
    MEDICAL_BILLS = "MEDICAL_BILLS", _("큰 의료비")


class HardshipState(models.TextChoices):
    """How far the centre has come with a household; only people change it, never a score."""

    WAITING = "WAITING", _("아직 보지 않음")
    LOOKED_AT = "LOOKED_AT", _("살펴봄")
    VISITED = "VISITED", _("찾아감")
    HELPED = "HELPED", _("도와드림")
    LEFT = "LEFT", _("그대로 둠")


class HardshipDeed(models.TextChoices):
    """What people did about a household's signs, line by line in its log."""

    LOOKED_AT = "LOOKED_AT", _("살펴봄")
    VISIT_PLANNED = "VISIT_PLANNED", _("가정 방문을 잡음")
    VISITED = "VISITED", _("찾아감")
    HELPED = "HELPED", _("도와드림")
    LEFT = "LEFT", _("그대로 둠")


class AgeBand(models.TextChoices):
    """How old somebody was when first told of; a day of birth is kept sealed."""

    UP_TO_19 = "UP_TO_19", _("19세까지")
    TO_39 = "TO_39", _("20~39세")
    TO_49 = "TO_49", _("40~49세")
    TO_64 = "TO_64", _("50~64세")
    TO_79 = "TO_79", _("65~79세")
    FROM_80 = "FROM_80", _("80세부터")


class ToldSex(models.TextChoices):
    FEMALE = "F", _("여성")
    MALE = "M", _("남성")
    UNTOLD = "", _("적히지 않음")


class CareRelation(models.TextChoices):
    """What somebody is to whom the household is named after."""

    SELF = "SELF", _("본인")
    SPOUSE = "SPOUSE", _("배우자")
    CHILD = "CHILD", _("자녀")
    PARENT = "PARENT", _("부모")
    GRANDPARENT = "GRANDPARENT", _("조부모")
    GRANDCHILD = "GRANDCHILD", _("손자녀")
    SIBLING = "SIBLING", _("형제자매")
    OTHER = "OTHER", _("그 밖의 동거인")


class CareDeed(models.TextChoices):
    """What was done for a household, line by line in its log."""

    OPENED = "OPENED", _("돌보기 시작함")
    MEMBER_CAME = "MEMBER_CAME", _("가구원이 들어옴")
    MEMBER_LEFT = "MEMBER_LEFT", _("가구원이 나감")
    ADDRESS = "ADDRESS", _("주소를 고침")
    NEED_TOLD = "NEED_TOLD", _("필요한 것을 적음")
    NEED_ENDED = "NEED_ENDED", _("필요한 것이 풀림")
    CONSENT_GIVEN = "CONSENT_GIVEN", _("동의를 받음")
    CONSENT_ENDED = "CONSENT_ENDED", _("동의를 거둠")
    BENEFIT_NOTED = "BENEFIT_NOTED", _("급여를 적음")
    BENEFIT_CHANGED = "BENEFIT_CHANGED", _("급여가 달라짐")
    CONTACT = "CONTACT", _("만나거나 연락함")
    PLANNED = "PLANNED", _("계획을 세움")
    PLAN_GIVEN = "PLAN_GIVEN", _("계획의 담당을 정함")
    PLAN_DONE = "PLAN_DONE", _("계획대로 함")
    PLAN_DROPPED = "PLAN_DROPPED", _("계획을 거둠")
    CASE_OPENED = "CASE_OPENED", _("신청을 시작함")
    CASE_LINKED = "CASE_LINKED", _("신청을 이음")
    CASE_UNTIED = "CASE_UNTIED", _("잘못 이은 신청을 뗌")
    FILE_KEPT = "FILE_KEPT", _("서류를 붙임")
    HAND_OVER_ASKED = "HAND_OVER_ASKED", _("다른 동주민센터에 넘기겠다고 함")
    HAND_OVER_ENDED = "HAND_OVER_ENDED", _("넘기지 않기로 함")
    HANDED_OVER = "HANDED_OVER", _("다른 동주민센터가 받음")
    MERGE_ASKED = "MERGE_ASKED", _("두 가구를 합치자고 함")
    MERGE_ENDED = "MERGE_ENDED", _("합치지 않기로 함")
    MERGED = "MERGED", _("두 가구를 합침")
    CLOSED = "CLOSED", _("돌보기를 마침")


class CareConsentTopic(models.TextChoices):
    """What somebody of a household agreed to."""

    PLAN = "PLAN", _("함께 계획을 세우고 기록하는 것")
    APPLY = "APPLY", _("급여를 대신 신청하는 것")
    VISIT = "VISIT", _("집에 찾아가는 것")
    SHARE = "SHARE", _("돕는 기관에 필요한 만큼 알리는 것")
    REMIND = "REMIND", _("받는 급여가 끝나기 전에 알려 드리는 것")


class CareContactKind(models.TextChoices):
    VISIT = "VISIT", _("가정 방문")
    CALL = "CALL", _("전화")
    COUNTER = "COUNTER", _("센터 방문")
    MESSAGE = "MESSAGE", _("문자나 편지")


class CareBenefitState(models.TextChoices):
    """How a benefit stands that no request of ours is about; else its case says it."""

    APPLIED = "APPLIED", _("신청함")
    RECEIVED = "RECEIVED", _("받고 있음")
    REFUSED = "REFUSED", _("받지 못함")
    ENDED = "ENDED", _("더 받지 않음")


class CareAnswer(models.TextChoices):
    """What became of something that a second person or another centre must agree to."""

    WAITING = "WAITING", "기다림"
    AGREED = "AGREED", "받아들임"
    DECLINED = "DECLINED", "받아들이지 않음"
    WITHDRAWN = "WITHDRAWN", "거둠"
