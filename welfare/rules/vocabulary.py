"""The names of the facts that decide about a benefit, each with its official code."""

from enum import StrEnum

# gov24 v3, `supportConditions` (공공데이터포털 15113968). In version 1 the same codes meant other
# things; only this table counts.
SEX_CODES = {"JA0101": "M", "JA0102": "F"}
INCOME_CODES = {
    "JA0201": "0-50",
    "JA0202": "51-75",
    "JA0203": "76-100",
    "JA0204": "101-200",
    "JA0205": "200+",
}
PERSON_CODES = {
    "JA0301": "PROSPECTIVE_PARENT",
    "JA0302": "PREGNANT",
    "JA0303": "BIRTH_OR_ADOPTION",
    "JA0313": "FARMER",
    "JA0314": "FISHER",
    "JA0315": "LIVESTOCK_FARMER",
    "JA0316": "FORESTER",
    "JA0317": "ELEMENTARY",
    "JA0318": "MIDDLE_SCHOOL",
    "JA0319": "HIGH_SCHOOL",
    "JA0320": "UNIVERSITY",
    "JA0326": "EMPLOYED",
    "JA0327": "JOB_SEEKER",
    "JA0328": "DISABLED",
    "JA0329": "VETERAN",
    "JA0330": "ILL",
}
HOUSEHOLD_CODES = {
    "JA0401": "MULTICULTURAL",
    "JA0402": "NORTH_KOREAN_DEFECTOR",
    "JA0403": "SINGLE_PARENT",
    "JA0404": "SINGLE_PERSON",
    "JA0411": "MANY_CHILDREN",
    "JA0412": "NO_HOME",
    "JA0413": "NEWLY_MOVED",
    "JA0414": "EXTENDED_FAMILY",
}
# 해당사항없음: a group that holds it restricts nobody.
NO_PERSON_CODE = "JA0322"
NO_HOUSEHOLD_CODE = "JA0410"
ORGANISATION_PREFIXES = ("JA11", "JA12", "JA21", "JA22")
AGE_FROM_CODE, AGE_TO_CODE = "JA0110", "JA0111"

# The upper bounds of the income bands, in hundredths of a per cent of the median income.
BAND_BOUNDS = {"0-50": 5_000, "51-75": 7_500, "76-100": 10_000, "101-200": 20_000, "200+": None}
# Within the lowest band, by the bounds of livelihood, medical and housing benefit.
LOWEST_BAND = "0-50"
STEP_BOUNDS = {"0-32": 3_200, "33-40": 4_000, "41-48": 4_800, "49-50": 5_000}

OUTSIDE_SEOUL = "OUTSIDE_SEOUL"
WITH_SPOUSE = "WITH_SPOUSE"
WITH_SERVICE_PENSION = "WITH_SERVICE_PENSION"
DISTRICTS = tuple(
    "강남구 강동구 강북구 강서구 관악구 광진구 구로구 금천구 노원구 도봉구 동대문구 동작구 마포구 "
    "서대문구 서초구 성동구 성북구 송파구 양천구 영등포구 용산구 은평구 종로구 중구 중랑구".split()
)


class Group(StrEnum):
    """A set of facts of which a condition accepts some."""

    # The one of enums is written in Python, and these are looked up all the time.
    __hash__ = str.__hash__

    SEX = "SEX"
    INCOME_BAND = "INCOME_BAND"
    PERSON = "PERSON"
    HOUSEHOLD = "HOUSEHOLD"
    DISABILITY = "DISABILITY"
    HOUSING = "HOUSING"
    NATIONALITY = "NATIONALITY"
    DISTRICT = "DISTRICT"
    RECEIVES = "RECEIVES"
    SPOUSE = "SPOUSE"
    SERVICE_PENSION = "SERVICE_PENSION"
    CARE = "CARE"
    EXAMINED = "EXAMINED"


class Field(StrEnum):
    """A number that a condition bounds."""

    __hash__ = str.__hash__

    AGE_MONTHS = "AGE_MONTHS"
    INCOME_PERCENT = "INCOME_PERCENT"
    INCOME_MONTHLY = "INCOME_MONTHLY"
    ASSETS = "ASSETS"
    HOUSEHOLD_SIZE = "HOUSEHOLD_SIZE"
    RESIDENCE_MONTHS = "RESIDENCE_MONTHS"
    PREGNANCY_WEEKS = "PREGNANCY_WEEKS"


FIELDS = tuple(Field)

# Every group but RECEIVES, whose names are the programmes of the catalogue.
NAMES: dict[Group, tuple[str, ...]] = {
    Group.SEX: tuple(SEX_CODES.values()),
    Group.INCOME_BAND: tuple(INCOME_CODES.values()),
    Group.PERSON: tuple(PERSON_CODES.values()),
    Group.HOUSEHOLD: tuple(HOUSEHOLD_CODES.values()),
    Group.DISABILITY: ("SEVERE", "MILD"),
    Group.HOUSING: ("OWNED", "JEONSE", "MONTHLY_RENT", "PUBLIC_RENT", "OTHER"),
    Group.NATIONALITY: ("KOREAN", "MARRIAGE_MIGRANT", "REFUGEE", "OTHER"),
    Group.DISTRICT: (*DISTRICTS, OUTSIDE_SEOUL),
    # 배우자, in fact as well as in law (기초연금법 제2조 제4호), whether they live together or not.
    Group.SPOUSE: (WITH_SPOUSE, "WITHOUT_SPOUSE"),
    # 직역연금 (공무원, 사립학교교직원, 군인, 별정우체국), one's own or a spouse's
    # (기초연금법 제3조 제3항).
    Group.SERVICE_PENSION: (WITH_SERVICE_PENSION, "WITHOUT_SERVICE_PENSION"),
    # Where a child is looked after by day: what is paid for one of these is not paid for another
    # (영유아보육법 제34조의2).
    Group.CARE: ("NURSERY", "KINDERGARTEN", "AT_HOME"),
    # What nobody is asked, as they cannot tell or need not: whoever applies is examined for it. It
    # stays unknown of everybody.
    Group.EXAMINED: (
        *("CRISIS", "SAVINGS", "SUPPORTERS", "CARE_GRADE", "CARE_NEED"),
        *("PENSION_DEGREE", "WORK_HISTORY", "SERIOUS_ILLNESS", "PARENTS_MEANS", "NEXT_ROUND"),
        *("CARE_GAP", "ACTIVITY_NEED", "OWN_CHILD"),
    ),
}
# Exactly one name of these is true of anybody, so that all of them together restrict nobody.
EXHAUSTIVE = frozenset(
    {
        Group.SEX,
        Group.INCOME_BAND,
        Group.HOUSING,
        Group.NATIONALITY,
        Group.DISTRICT,
        Group.SPOUSE,
        Group.SERVICE_PENSION,
    }
)
# Programmes on whose receipt others hang, and that a household receives as a whole: a pension is
# one person's. Each has a bit of its own in every rulebook.
RECEIPTS = ("livelihood-benefit", "medical-benefit", "housing-benefit", "education-benefit")
