"""Programmes for those who have too little to live, to live somewhere, or to learn."""

from welfare.rules.programmes.figures import YEAR_2024
from welfare.rules.programmes.programme import (
    Asked,
    Stage,
    any_of,
    ask,
    at_least,
    at_most,
    doubt,
    none_of,
    programme,
    up_to,
)
from welfare.rules.vocabulary import DISTRICTS

EVERY_STAGE = tuple(Stage)
INCOME, ASSETS, AGE, HOME = "INCOME", "ASSETS", "AGE", "HOME"
BASIC = ("livelihood-benefit", "medical-benefit", "housing-benefit", "education-benefit")
# Basic livelihood recipients and those next to them (차상위계층): half of the median.
NEAR_POOR = up_to("NEAR_POOR_SHARE")
# What over it is reckoned as income (소득인정액): up to it the income alone decides.
SPARED = up_to("BASIC_ASSETS", "ASSETS")
SPARED_BY = "국민기초생활 보장법 시행령 제5조의4 (서울 기본재산액)"
SPARED_OF_NEAR_POOR = "국민기초생활 보장법 시행령 제3조 (차상위계층 소득인정액)"


def near_poor_assets(*receipts: str) -> Asked:
    """Ask what the near poor own: income alone does not tell, and who receives is poor by that."""
    received = any_of("RECEIVES", *(receipts or BASIC))
    return doubt("POVERTY_ASSETS", SPARED_OF_NEAR_POOR, received, SPARED)


LIVING = (
    programme(
        "livelihood-benefit",
        "생계급여",
        "Livelihood benefit",
        EVERY_STAGE,
        "국민기초생활 보장법",
        ask(INCOME, "제8조 제2항", up_to("LIVELIHOOD_SHARE"), since=YEAR_2024),
        doubt(ASSETS, SPARED_BY, SPARED),
        bokjiro=("WLF00001132",),
    ),
    programme(
        "medical-benefit",
        "의료급여",
        "Medical benefit",
        EVERY_STAGE,
        "국민기초생활 보장법",
        ask(INCOME, "제12조의3 제2항", up_to("MEDICAL_SHARE"), since=YEAR_2024),
        doubt(ASSETS, SPARED_BY, SPARED),
        bokjiro=("WLF00000102",),
    ),
    programme(
        "housing-benefit",
        "주거급여",
        "Housing benefit",
        EVERY_STAGE,
        "주거급여법",
        ask(INCOME, "제5조 제1항 (48%)", up_to("HOUSING_SHARE"), since=YEAR_2024),
        doubt(ASSETS, SPARED_BY, SPARED),
        bokjiro=("WLF00003201",),
    ),
    programme(
        "education-benefit",
        "교육급여",
        "Education benefit",
        (Stage.CHILDHOOD, Stage.ADOLESCENCE),
        "국민기초생활 보장법",
        ask(
            "SCHOOL",
            "제12조 제1항",
            any_of("PERSON", "ELEMENTARY", "MIDDLE_SCHOOL", "HIGH_SCHOOL"),
        ),
        ask(INCOME, "제12조 제3항", up_to("EDUCATION_SHARE"), since=YEAR_2024),
        doubt(ASSETS, SPARED_BY, SPARED),
        bokjiro=("WLF00001089",),
    ),
    programme(
        "emergency-support",
        "긴급복지 생계지원",
        "Emergency support (national)",
        EVERY_STAGE,
        "긴급복지지원법 시행령",
        ask(INCOME, "제7조 제1항", up_to("EMERGENCY_SHARE")),
        doubt(
            ASSETS, "긴급지원대상자 재산 기준 고시 (대도시)", up_to("EMERGENCY_ASSETS", "ASSETS")
        ),
        bokjiro=("WLF00003180",),
    ),
    programme(
        "seoul-emergency-support",
        "서울형 긴급복지지원",
        "Emergency support (Seoul)",
        EVERY_STAGE,
        "서울특별시 저소득주민의 생활안정 지원에 관한 조례",
        ask("DISTRICT", "제1조 (서울특별시 주민)", any_of("DISTRICT", *DISTRICTS)),
        doubt(INCOME, "서울형 긴급복지 운영 지침", up_to("SEOUL_EMERGENCY_SHARE")),
        doubt(ASSETS, "서울형 긴급복지 운영 지침", up_to("SEOUL_EMERGENCY_ASSETS", "ASSETS")),
        bokjiro=("WLF00002235",),
    ),
    programme(
        "youth-rent",
        "청년월세 지원",
        "Rent support for young people",
        (Stage.YOUTH,),
        "청년기본법",
        ask(AGE, "제20조, 사업 지침 (만 19세부터)", at_least("AGE_YEARS", 19)),
        ask("LIMIT", "제20조, 사업 지침 (만 34세까지)", at_most("AGE_YEARS", 34)),
        ask(HOME, "제20조, 사업 지침 (무주택)", any_of("HOUSEHOLD", "NO_HOME")),
        ask(
            "RENT",
            "제20조, 사업 지침 (월세 거주)",
            any_of("HOUSING", "MONTHLY_RENT", "PUBLIC_RENT", "OTHER"),
        ),
        doubt(INCOME, "청년월세 지원사업 지침", up_to("YOUTH_RENT_SHARE")),
        doubt(ASSETS, "청년월세 지원사업 지침", up_to("YOUTH_RENT_ASSETS", "ASSETS")),
        bokjiro=("WLF00004661",),
    ),
    programme(
        "employment-support",
        "국민취업지원제도 (Ⅰ유형)",
        "National employment support, type I",
        (Stage.YOUTH, Stage.MIDDLE_AGE),
        "구직자 취업촉진 및 생활안정지원에 관한 법률",
        ask("WORK", "제6조 제1항", any_of("PERSON", "JOB_SEEKER")),
        ask(AGE, "제6조 제1항 (15세부터)", at_least("AGE_YEARS", 15)),
        ask("LIMIT", "제6조 제1항 (69세까지)", at_most("AGE_YEARS", 69)),
        # Young people are chosen up to 120 % (제7조 제2항), so that more than 60 % is no "no".
        doubt(INCOME, "제7조 제1항 제1호", up_to("EMPLOYMENT_SUPPORT_SHARE")),
        doubt(ASSETS, "제7조 제1항 제2호", up_to("EMPLOYMENT_SUPPORT_ASSETS", "ASSETS")),
        ask("LIVELIHOOD", "제8조 제1호", none_of("RECEIVES", "livelihood-benefit")),
        bokjiro=("WLF00003245",),
    ),
    programme(
        "state-scholarship",
        "국가장학금 (Ⅰ유형)",
        "State scholarship, type I",
        (Stage.YOUTH,),
        "한국장학재단 설립 등에 관한 법률",
        ask("SCHOOL", "제2조", any_of("PERSON", "UNIVERSITY")),
        ask("NATIONALITY", "제2조", any_of("NATIONALITY", "KOREAN", "REFUGEE")),
        doubt(INCOME, "국가장학금 업무처리기준", up_to("STATE_SCHOLARSHIP_SHARE")),
        bokjiro=("WLF00003197",),
    ),
    programme(
        "culture-card",
        "문화누리카드",
        "Culture card",
        EVERY_STAGE,
        "문화예술진흥법",
        ask(AGE, "제15조의4, 사업 지침 (6세부터)", at_least("AGE_YEARS", 6)),
        ask("POVERTY", "제15조의4", any_of("RECEIVES", *BASIC), NEAR_POOR),
        near_poor_assets(),
        # 통합문화이용권: the card is what people call it by.
        bokjiro=("WLF00000055",),
        # Charged for a calendar year, and lapsed with it.
        renews=(12, 31),
    ),
    programme(
        "energy-voucher",
        "에너지바우처",
        "Energy voucher",
        EVERY_STAGE,
        "에너지법 시행령",
        ask("BASIC", "제13조의2 제1항", any_of("RECEIVES", *BASIC)),
        ask(
            "SOMEBODY",
            "제13조의2 제1항 각 호",
            at_least("AGE_YEARS", 65, somebody=True),
            at_most("AGE_YEARS", 6, somebody=True),
            any_of("PERSON", "DISABLED", "PREGNANT", "BIRTH_OR_ADOPTION", "ILL", somebody=True),
            any_of("HOUSEHOLD", "SINGLE_PARENT", "MANY_CHILDREN"),
        ),
        bokjiro=("WLF00000072",),
    ),
)
