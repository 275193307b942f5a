"""The roles that people have in an office, and what people can tell of themselves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.offices.enums import OfficeKind


class Role(TextChoices):
    """A citizen has none of these. Each is held in an office, from a day, until a day."""

    WORKER = "WORKER", pgettext_lazy("역할", "담당자")
    MANAGER = "MANAGER", _("책임자")
    OFFICIAL = "OFFICIAL", _("시 공무원")
    PARTNER = "PARTNER", _("협력 단체 담당자")
    ORGANISER = "ORGANISER", _("행사 운영자")
    VOLUNTEER = "VOLUNTEER", _("자원봉사자")


# Who works on other people's requests: they read personal data, so they sign in with two factors.
CASEWORK = frozenset({Role.WORKER, Role.MANAGER, Role.PARTNER})
# Who finds work at the desk (the admin) at all; a volunteer posts on the pages.
DESK = CASEWORK | {Role.OFFICIAL, Role.ORGANISER}
# Which roles an office of each kind has; a manager may be of any.
ROLES_IN: dict[str, frozenset[Role]] = {
    OfficeKind.CENTRE: frozenset({Role.WORKER, Role.MANAGER, Role.VOLUNTEER}),
    OfficeKind.DEPARTMENT: frozenset({Role.OFFICIAL, Role.WORKER, Role.MANAGER}),
    OfficeKind.PARTNER: frozenset({Role.PARTNER, Role.MANAGER, Role.VOLUNTEER}),
    OfficeKind.ORGANISER: frozenset({Role.ORGANISER, Role.MANAGER, Role.VOLUNTEER}),
}


class FactGroup(TextChoices):
    """What people tell of themselves: each group is given, changed and taken back whole."""

    BASICS = "BASICS", _("생일과 사는 곳")
    HOUSEHOLD = "HOUSEHOLD", _("함께 사는 사람")
    CIRCUMSTANCES = "CIRCUMSTANCES", _("형편")
    INTERESTS = "INTERESTS", _("관심사")
    ACCESS = "ACCESS", _("필요한 도움")
    CONTACT = "CONTACT", _("연락 방법과 언어")


class Relation(TextChoices):
    SPOUSE = "SPOUSE", _("배우자")
    CHILD = "CHILD", _("자녀")
    PARENT = "PARENT", _("부모")
    GRANDPARENT = "GRANDPARENT", _("조부모")
    GRANDCHILD = "GRANDCHILD", _("손자녀")
    SIBLING = "SIBLING", _("형제자매")
    OTHER = "OTHER", _("그 밖의 사람")


class IncomeBand(TextChoices):
    """Household income in per cent of the standard median, in the bands of 보조금24 (JA0201–05)."""

    UP_TO_32 = "UP_TO_32", _("기준 중위소득의 32% 이하")
    UP_TO_40 = "UP_TO_40", _("33~40%")
    UP_TO_48 = "UP_TO_48", _("41~48%")
    FROM_48_TO_50 = "FROM_48_TO_50", _("49~50%")
    UP_TO_50 = "UP_TO_50", _("기준 중위소득의 50% 이하 (자세히는 모름)")
    UP_TO_75 = "UP_TO_75", _("51~75%")
    UP_TO_100 = "UP_TO_100", _("76~100%")
    UP_TO_200 = "UP_TO_200", _("101~200%")
    OVER_200 = "OVER_200", _("200% 초과")
    UNKNOWN = "UNKNOWN", _("모르겠습니다")


class Support(TextChoices):
    BASIC = "BASIC", _("기초생활수급자")
    NEAR_POOR = "NEAR_POOR", _("차상위계층")
    NONE = "NONE", _("해당 없음")
    UNKNOWN = "UNKNOWN", _("모르겠습니다")


class Sex(TextChoices):
    F = "F", _("여성")
    M = "M", _("남성")


class Nationality(TextChoices):
    KOREAN = "KOREAN", _("대한민국 국민")
    MARRIAGE_MIGRANT = "MARRIAGE_MIGRANT", _("결혼이민자")
    REFUGEE = "REFUGEE", _("난민 인정자")
    OTHER = "OTHER", _("그 밖의 외국인")


class Spouse(TextChoices):
    WITH = "WITH", _("있습니다 (따로 살아도)")
    WITHOUT = "WITHOUT", _("없습니다")


class ServicePension(TextChoices):
    WITH = "WITH", _("본인이나 배우자가 받습니다")
    WITHOUT = "WITHOUT", _("받지 않습니다")


class School(TextChoices):
    ELEMENTARY = "ELEMENTARY", _("초등학생")
    MIDDLE_SCHOOL = "MIDDLE_SCHOOL", _("중학생")
    HIGH_SCHOOL = "HIGH_SCHOOL", _("고등학생")
    UNIVERSITY = "UNIVERSITY", _("대학생·대학원생")
    NONE = "NONE", _("다니지 않음")


class AssetsBand(TextChoices):
    UP_TO_10M = "UP_TO_10M", _("1천만 원까지")
    UP_TO_50M = "UP_TO_50M", _("5천만 원까지")
    UP_TO_99M = "UP_TO_99M", _("9,900만 원까지")
    UP_TO_150M = "UP_TO_150M", _("1억 5천만 원까지")
    UP_TO_400M = "UP_TO_400M", _("4억 원까지")
    UP_TO_1000M = "UP_TO_1000M", _("10억 원까지")
    OVER_1000M = "OVER_1000M", _("10억 원보다 많음")


class Receipt(TextChoices):
    LIVELIHOOD = "LIVELIHOOD", _("생계급여")
    MEDICAL = "MEDICAL", _("의료급여")
    HOUSING = "HOUSING", _("주거급여")
    EDUCATION = "EDUCATION", _("교육급여")
    BASIC_PENSION = "BASIC_PENSION", _("기초연금")
    CULTURE_CARD = "CULTURE_CARD", _("문화누리카드")
    ENERGY_VOUCHER = "ENERGY_VOUCHER", _("에너지바우처")
    NONE = "NONE", _("받는 것 없음")


class Housing(TextChoices):
    OWNED = "OWNED", _("자기 집")
    DEPOSIT = "DEPOSIT", _("전세")
    RENTED = "RENTED", _("월세")
    PUBLIC = "PUBLIC", _("공공임대주택")
    OTHER = "OTHER", _("그 밖의 곳")


class Employment(TextChoices):
    WORKING = "WORKING", _("일하고 있습니다")
    SEEKING = "SEEKING", _("일자리를 찾고 있습니다")
    STUDYING = "STUDYING", _("학생입니다")
    RETIRED = "RETIRED", _("은퇴했습니다")
    NOT_WORKING = "NOT_WORKING", _("일하지 않습니다")


class Disability(TextChoices):
    SEVERE = "SEVERE", _("심한 장애")
    MILD = "MILD", _("심하지 않은 장애")
    NONE = "NONE", _("등록한 장애 없음")


class Pregnancy(TextChoices):
    EXPECTING = "EXPECTING", _("임신 중")
    NEWBORN = "NEWBORN", _("아이를 낳은 지 1년 안")
    NONE = "NONE", _("해당 없음")


class Household(TextChoices):
    """What a household is called in law, and what help depends on."""

    SINGLE_PARENT = "SINGLE_PARENT", _("한부모 가족")
    GRANDPARENTS = "GRANDPARENTS", _("조손 가족")
    MULTICULTURAL = "MULTICULTURAL", _("다문화 가족")
    DEFECTOR = "DEFECTOR", _("북한이탈주민")
    VETERAN = "VETERAN", _("국가보훈대상자")


class Interest(TextChoices):
    WORK = "WORK", _("일자리")
    LEARNING = "LEARNING", _("배움")
    HEALTH = "HEALTH", _("건강과 운동")
    CARE = "CARE", _("돌봄")
    HOUSING = "HOUSING", _("집")
    CULTURE = "CULTURE", _("공연과 전시")
    TRAVEL = "TRAVEL", _("나들이")
    DIGITAL = "DIGITAL", _("휴대전화와 컴퓨터")
    VOLUNTEERING = "VOLUNTEERING", _("자원봉사")


class AccessNeed(TextChoices):
    WHEELCHAIR = "WHEELCHAIR", _("휠체어로 다닙니다")
    WALKING = "WALKING", _("오래 걷기 어렵습니다")
    LOW_VISION = "LOW_VISION", _("잘 보이지 않습니다")
    HARD_OF_HEARING = "HARD_OF_HEARING", _("잘 들리지 않습니다")
    SIGN_LANGUAGE = "SIGN_LANGUAGE", _("수어 통역이 필요합니다")
    LARGE_PRINT = "LARGE_PRINT", _("큰 글씨가 필요합니다")
    EASY_WORDS = "EASY_WORDS", _("쉬운 말이 필요합니다")
    COMPANION = "COMPANION", _("함께 갈 사람이 필요합니다")


class Language(TextChoices):
    """Each in its own words: who reads it, knows it."""

    KO = "ko", "한국어"
    EN = "en", "English"
    ZH = "zh", "中文"
    JA = "ja", "日本語"
    VI = "vi", "Tiếng Việt"
    TH = "th", "ไทย"
    UZ = "uz", "Oʻzbekcha"
    RU = "ru", "Русский"
    MN = "mn", "Монгол"


class PreferredChannel(TextChoices):
    INBOX = "INBOX", _("이 누리집의 알림함")
    EMAIL = "EMAIL", _("이메일")
    SMS = "SMS", _("문자")
    KAKAO = "KAKAO", _("카카오 알림톡")
    PHONE = "PHONE", _("전화")
    POST = "POST", _("우편")


class MessagesTo(TextChoices):
    """Whom messages about a delegated matter go to."""

    PERSON = "PERSON", _("나에게만")
    HELPER = "HELPER", _("도우미에게만")
    BOTH = "BOTH", _("나와 도우미 모두에게")


class DelegationStep(TextChoices):
    NAMED = "NAMED", _("도우미로 정함")
    RENEWED = "RENEWED", _("번호를 새로 받음")
    ACCEPTED = "ACCEPTED", _("도우미가 받아들임")
    ACTED = "ACTED", _("도우미가 대신 함")
    REVOKED = "REVOKED", _("그만 맡김")
    HANDED_BACK = "HANDED_BACK", _("도우미가 그만둠")
