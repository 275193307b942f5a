"""What the facts that decide about a benefit are called on a page."""

from collections.abc import Mapping

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.places.facts import get_district
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.vocabulary import DISTRICTS, OUTSIDE_SEOUL, Group

Label = Promise | str


def _district_name(name: str) -> str:
    district = get_district(name)
    return district.name_en if district and get_language() == "en" else name


_district = lazy(_district_name, str)

NAMES_OF: Mapping[Group, Mapping[str, Label]] = {
    Group.SEX: {"M": _("남성"), "F": _("여성")},
    Group.INCOME_BAND: {
        "0-50": _("중위소득 50% 이하"),
        "51-75": _("중위소득 51~75%"),
        "76-100": _("중위소득 76~100%"),
        "101-200": _("중위소득 101~200%"),
        "200+": _("중위소득 200% 초과"),
    },
    Group.PERSON: {
        "PROSPECTIVE_PARENT": _("예비부모·난임"),
        "PREGNANT": _("임신 중"),
        "BIRTH_OR_ADOPTION": _("출산·입양"),
        "FARMER": _("농업인"),
        "FISHER": _("어업인"),
        "LIVESTOCK_FARMER": _("축산업인"),
        "FORESTER": _("임업인"),
        "ELEMENTARY": _("초등학생"),
        "MIDDLE_SCHOOL": _("중학생"),
        "HIGH_SCHOOL": _("고등학생"),
        "UNIVERSITY": _("대학생·대학원생"),
        "EMPLOYED": _("직장인·근로자"),
        "JOB_SEEKER": _("구직자·실업자"),
        "DISABLED": _("장애인"),
        "VETERAN": _("국가보훈대상자"),
        "ILL": _("질병이 있는 사람"),
    },
    Group.HOUSEHOLD: {
        "MULTICULTURAL": _("다문화가족"),
        "NORTH_KOREAN_DEFECTOR": _("북한이탈주민"),
        "SINGLE_PARENT": _("한부모·조손가정"),
        "SINGLE_PERSON": _("1인 가구"),
        "MANY_CHILDREN": _("다자녀 가구"),
        "NO_HOME": _("집이 없는 가구"),
        "NEWLY_MOVED": _("새로 전입한 가구"),
        "EXTENDED_FAMILY": _("확대가족"),
    },
    Group.DISABILITY: {
        "SEVERE": _("장애 정도가 심한 장애인"),
        "MILD": _("장애 정도가 심하지 않은 장애인"),
    },
    Group.HOUSING: {
        "OWNED": _("자기 집"),
        "JEONSE": _("전세"),
        "MONTHLY_RENT": _("월세"),
        "PUBLIC_RENT": _("공공임대주택"),
        "OTHER": _("그 밖의 곳"),
    },
    Group.NATIONALITY: {
        "KOREAN": _("대한민국 국민"),
        "MARRIAGE_MIGRANT": _("결혼이민자"),
        "REFUGEE": _("난민 인정자"),
        "OTHER": _("그 밖의 외국인"),
    },
    Group.SPOUSE: {
        "WITH_SPOUSE": _("배우자가 있는 사람"),
        "WITHOUT_SPOUSE": _("배우자가 없는 사람"),
    },
    Group.SERVICE_PENSION: {
        "WITH_SERVICE_PENSION": _("본인이나 배우자가 공무원·군인·사학연금을 받는 사람"),
        "WITHOUT_SERVICE_PENSION": _("본인도 배우자도 공무원·군인·사학연금을 받지 않는 사람"),
    },
    Group.CARE: {
        "NURSERY": _("어린이집에 다니는 아이"),
        "KINDERGARTEN": _("유치원에 다니는 아이"),
        "AT_HOME": _("어린이집에도 유치원에도 다니지 않는 아이"),
    },
    Group.EXAMINED: {
        "CRISIS": _("갑자기 살기 어려워진 사유가 있는 가구"),
        "SAVINGS": _("예금 같은 금융재산이 기준보다 적은 가구"),
        "SUPPORTERS": _("부양의무자 기준에 맞는 사람"),
        "CARE_GRADE": _("장기요양 등급을 받은 사람"),
        "CARE_NEED": _("일상생활에 돌봄이 필요한 사람"),
        "PENSION_DEGREE": _("장애인연금의 중증장애인 심사에 따른 사람"),
        "WORK_HISTORY": _("최근 2년 안에 기준만큼 일한 사람"),
        "SERIOUS_ILLNESS": _("중증·희귀·중증난치질환이 있는 사람"),
        "PARENTS_MEANS": _("부모까지 합친 소득과 재산이 기준보다 적은 사람"),
        "NEXT_ROUND": _("신청을 받는 기간"),
        "CARE_GAP": _("맞벌이처럼 아이를 돌볼 사람이 없는 가정"),
        "ACTIVITY_NEED": _("서비스 지원 종합조사로 활동지원 수급자로 인정된 사람"),
        "OWN_CHILD": _("자기 아이를 기르는 엄마나 아빠"),
    },
    Group.DISTRICT: {**{name: _district(name) for name in DISTRICTS}, OUTSIDE_SEOUL: _("서울 밖")},
}

STEP_NAMES: Mapping[str, Label] = {
    "0-32": _("중위소득 32% 이하"),
    "33-40": _("중위소득 33~40%"),
    "41-48": _("중위소득 41~48%"),
    "49-50": _("중위소득 49~50%"),
}

FACTS: Mapping[str, Label] = {
    "birth_date": _("생년월일"),
    "sex": _("성별"),
    "nationality": _("국적"),
    "spouse": _("배우자가 있는지"),
    "service_pension": _("공무원·군인·사학연금 같은 연금을 받는지"),
    "care": _("아이가 어린이집이나 유치원에 다니는지"),
    "disability": _("장애 정도"),
    "housing": _("사는 집의 형태"),
    "district": _("사는 곳"),
    "income_monthly": _("가구의 월 소득"),
    "income_step": _("가구의 월 소득"),
    "assets": _("가구의 재산"),
    "household_size": _("함께 사는 사람의 수"),
    "resident_since": _("지금 사는 곳으로 이사한 날"),
    "pregnancy_weeks": _("임신 주수"),
    "INCOME_MONTHLY": _("가구의 월 소득"),
    "ASSETS": _("가구의 재산"),
    "HOUSEHOLD_SIZE": _("가구원"),
    "RESIDENCE_MONTHS": _("거주 기간"),
    "PREGNANCY_WEEKS": _("임신 주수"),
}


OURS = {programme.key: programme for programme in PROGRAMMES}


def programme_name(key: str) -> str:
    """Answer what a curated programme is called; any other keeps its key."""
    if key not in OURS:
        return key
    return OURS[key].name if get_language() == "ko" else OURS[key].name_en


def fact_name(name: str) -> str:
    """Answer what a fact is called; of a programme the fact is whether somebody receives it."""
    if name in OURS:
        return gettext("%(name)s 받는지") % {"name": programme_name(name)}
    for group in (Group.PERSON, Group.HOUSEHOLD):
        if name in NAMES_OF[group]:
            return str(NAMES_OF[group][name])
    return str(FACTS.get(name, name))
