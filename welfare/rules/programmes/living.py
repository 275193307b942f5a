"""Programmes for those who have too little to live, to live somewhere, or to learn."""

import datetime

from welfare.rules.programmes.figures import (
    COUNTED_BY,
    LONG_AGO,
    RENT_GUIDE,
    YEAR_2024,
    YEAR_2026,
)
from welfare.rules.programmes.programme import (
    Asked,
    Stage,
    Wish,
    any_of,
    ask,
    at_least,
    at_most,
    between,
    doubt,
    examined,
    none_of,
    programme,
    reckoned,
    up_to,
)
from welfare.rules.refinements import Operator, Wanted
from welfare.rules.stored import write_wanted
from welfare.rules.vocabulary import DISTRICTS

EVERY_STAGE = tuple(Stage)
RENT_OPENS, RENT_CLOSED = datetime.date(2026, 3, 30), datetime.date(2026, 5, 30)
RENT_ROUND = f"{RENT_GUIDE} (2026년 신규 신청 3월 30일~5월 29일)"
INCOME, ASSETS, AGE, HOME = "INCOME", "ASSETS", "AGE", "HOME"
BASIC = ("livelihood-benefit", "medical-benefit", "housing-benefit", "education-benefit")
# What over it is reckoned as income (소득인정액): up to it the income alone decides.
SPARED = reckoned("BASIC_ASSETS", "ASSETS")
# Whose income may be more than what is counted of it: who may earn by work, have a trade, be ill
# for long or be paid for a disability, for service or for a child (시행령 제5조, 제5조의2).
# Nobody is asked whether they have a trade of their own: it may be anybody of an age for it.
COUNTED_IN_PART = (
    between("AGE_YEARS", 15, 74, somebody=True),
    any_of(
        "PERSON",
        *("EMPLOYED", "FARMER", "FISHER", "LIVESTOCK_FARMER", "FORESTER"),
        *("ILL", "DISABLED", "VETERAN"),
        somebody=True,
    ),
    any_of("HOUSEHOLD", "SINGLE_PARENT"),
)
SPARED_BY = "국민기초생활 보장법 시행령 제5조의4 (서울 기본재산액)"
SPARED_OF_NEAR_POOR = "국민기초생활 보장법 시행령 제3조 (차상위계층 소득인정액)"


# What only refuses whoever is beyond it; within it the share itself says more.
OUTER_BOUNDS = frozenset(
    {"INCOME_MOST", "INCOME_WORK", "POVERTY_MOST", "POVERTY_WORK"}
    | {"AGE_MOST", "AGE_LEAST", "CHILD_MOST", "SOMEBODY_LEAST"}
)


def by_counted_income(
    slot: str, article: str, share: str, *otherwise: Wish, since: datetime.date = LONG_AGO
) -> tuple[Asked, ...]:
    """Ask for a share of the median as the office reckons it (소득인정액).

    Refused is only who has more than any deduction leaves room for, and who has more than the share
    and nothing that is counted in part. `otherwise` are other ways to meet it.
    """
    most = f"{share.removesuffix('_SHARE')}_MOST"
    return (
        ask(f"{slot}_MOST", COUNTED_BY, *otherwise, up_to(most), since=since),
        ask(f"{slot}_WORK", article, *otherwise, up_to(share), *COUNTED_IN_PART, since=since),
        ask(slot, article, *otherwise, reckoned(share), since=since),
    )


def near_poor(article: str, *receipts: str) -> tuple[Asked, ...]:
    """Ask for receiving basic livelihood benefits, or for being next to it (차상위계층)."""
    received = any_of("RECEIVES", *(receipts or BASIC))
    asked = by_counted_income("POVERTY", article, "NEAR_POOR_SHARE", received)
    return (*asked, near_poor_assets(*receipts))


def near_poor_assets(*receipts: str) -> Asked:
    """Ask what the near poor own: income alone does not tell, and who receives is poor by that."""
    received = any_of("RECEIVES", *(receipts or BASIC))
    return ask("POVERTY_ASSETS", SPARED_OF_NEAR_POOR, received, SPARED)


LIVING = (
    programme(
        "livelihood-benefit",
        "생계급여",
        "Livelihood benefit",
        EVERY_STAGE,
        "국민기초생활 보장법",
        *by_counted_income(INCOME, "제8조 제2항", "LIVELIHOOD_SHARE", since=YEAR_2024),
        ask(ASSETS, SPARED_BY, SPARED),
        bokjiro=("WLF00001132",),
    ),
    programme(
        "medical-benefit",
        "의료급여",
        "Medical benefit",
        EVERY_STAGE,
        "국민기초생활 보장법",
        *by_counted_income(INCOME, "제12조의3 제2항", "MEDICAL_SHARE", since=YEAR_2024),
        ask(ASSETS, SPARED_BY, SPARED),
        # Since 2026 nothing is added for supporters of some means (부양비); who can support still
        # shuts out. Livelihood benefit looks at supporters who earn or own very much alone.
        ask("SUPPORTERS", "제12조의3 제2항 (부양의무자)", examined("SUPPORTERS")),
        bokjiro=("WLF00000102",),
    ),
    programme(
        "housing-benefit",
        "주거급여",
        "Housing benefit",
        EVERY_STAGE,
        "주거급여법",
        *by_counted_income(INCOME, "제5조 제1항", "HOUSING_SHARE", since=YEAR_2024),
        ask(ASSETS, SPARED_BY, SPARED),
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
        *by_counted_income(INCOME, "제12조 제3항", "EDUCATION_SHARE", since=YEAR_2024),
        ask(ASSETS, SPARED_BY, SPARED),
        bokjiro=("WLF00001089",),
    ),
    programme(
        "emergency-support",
        "긴급복지 생계지원",
        "Emergency support (national)",
        EVERY_STAGE,
        "긴급복지지원법 시행령",
        # What an illness or a school costs is taken off first (긴급지원 소득 산정).
        ask("INCOME_MOST", "제7조 제1항", up_to("EMERGENCY_MOST")),
        ask(INCOME, "제7조 제1항", reckoned("EMERGENCY_SHARE")),
        ask(
            ASSETS, "긴급지원대상자 재산 기준 고시 (대도시)", reckoned("EMERGENCY_ASSETS", "ASSETS")
        ),
        ask("CRISIS", "긴급복지지원법 제2조, 제5조 (위기상황)", examined("CRISIS")),
        # 6,000,000 won and a month's median income besides (금융재산 기준 고시, 2026).
        ask("SAVINGS", "제7조 제1항 (금융재산)", examined("SAVINGS")),
        bokjiro=("WLF00003180",),
    ),
    programme(
        "seoul-emergency-support",
        "서울형 긴급복지지원",
        "Emergency support (Seoul)",
        EVERY_STAGE,
        "서울특별시 저소득주민의 생활안정 지원에 관한 조례",
        ask("DISTRICT", "제1조 (서울특별시 주민)", any_of("DISTRICT", *DISTRICTS)),
        ask(INCOME, "서울형 긴급복지 운영 지침", reckoned("SEOUL_EMERGENCY_SHARE")),
        ask(ASSETS, "서울형 긴급복지 운영 지침", reckoned("SEOUL_EMERGENCY_ASSETS", "ASSETS")),
        ask("CRISIS", "서울형 긴급복지 운영 지침 (위기사유)", examined("CRISIS")),
        # 10,000,000 won (정부24 611000000149, 2025-08-05).
        ask("SAVINGS", "서울형 긴급복지 운영 지침 (금융재산)", examined("SAVINGS")),
        bokjiro=("WLF00002235",),
    ),
    programme(
        "youth-rent",
        "청년월세 지원",
        "Rent support for young people",
        (Stage.YOUTH,),
        "청년기본법",
        # Asked for from the beginning of the year in which one is 19.
        ask("AGE_LEAST", "제20조, 사업 지침 (19세가 되는 해부터)", at_least("AGE_YEARS", 18)),
        doubt(AGE, f"{RENT_GUIDE} (그해 12월 31일에 19세)", at_least("AGE_YEARS", 19)),
        ask("LIMIT", "제20조, 사업 지침 (만 34세까지)", at_most("AGE_YEARS", 34)),
        ask(HOME, "제20조, 사업 지침 (무주택)", any_of("HOUSEHOLD", "NO_HOME")),
        ask(
            "RENT",
            "제20조, 사업 지침 (월세 거주)",
            any_of("HOUSING", "MONTHLY_RENT", "PUBLIC_RENT", "OTHER"),
        ),
        doubt(
            "PUBLIC_RENT",
            f"{RENT_GUIDE} (공공임대주택 거주자 제외)",
            any_of("HOUSING", "MONTHLY_RENT", "OTHER"),
        ),
        ask(INCOME, "청년월세 지원사업 지침", reckoned("YOUTH_RENT_SHARE")),
        ask(ASSETS, "청년월세 지원사업 지침", reckoned("YOUTH_RENT_ASSETS", "ASSETS")),
        ask(
            "PARENTS",
            f"{RENT_GUIDE} (30세 미만 미혼이면 원가구의 소득·재산)",
            at_least("AGE_YEARS", 30),
            any_of("SPOUSE", "WITH_SPOUSE"),
            examined("PARENTS_MEANS"),
        ),
        # One round in 2026; the next one is not announced (복지로 WLF00004661, seen in November).
        ask("ROUND", RENT_ROUND, examined("NEXT_ROUND"), since=YEAR_2026, until=RENT_OPENS),
        ask("ROUND", RENT_ROUND, examined("NEXT_ROUND"), since=RENT_CLOSED),
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
        # Young people are chosen up to 120 % (제7조 제2항).
        ask(
            INCOME,
            "제7조 제1항 제1호, 제2항",
            reckoned("EMPLOYMENT_SUPPORT_SHARE"),
            {
                **reckoned("EMPLOYMENT_SUPPORT_YOUNG_SHARE"),
                "also": write_wanted([between("AGE_YEARS", 15, 34)]),
            },
        ),
        ask(
            ASSETS,
            "제7조 제1항 제2호, 제2항",
            reckoned("EMPLOYMENT_SUPPORT_ASSETS", "ASSETS"),
            {
                **reckoned("EMPLOYMENT_SUPPORT_YOUNG_ASSETS", "ASSETS"),
                "also": write_wanted([between("AGE_YEARS", 15, 34)]),
            },
        ),
        # Young people, and others as far as the budget goes, are chosen without it (제7조 제2항).
        ask(
            "WORK_HISTORY",
            "제7조 제1항 제3호, 제2항 (취업한 기간)",
            between("AGE_YEARS", 15, 34),
            examined("WORK_HISTORY"),
        ),
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
        ask(INCOME, "국가장학금 업무처리기준", reckoned("STATE_SCHOLARSHIP_SHARE")),
        bokjiro=("WLF00003197",),
    ),
    programme(
        "culture-card",
        "문화누리카드",
        "Culture card",
        EVERY_STAGE,
        "문화예술진흥법",
        # Whoever is six by the end of the year has it from its beginning.
        ask(
            "AGE_LEAST",
            "제15조의4, 지침 (그해에 6세가 되면)",
            at_least("AGE_YEARS", 5),
        ),
        doubt(AGE, "통합문화이용권 사업 지침 (그해 12월 31일에 6세)", at_least("AGE_YEARS", 6)),
        *near_poor("제15조의4"),
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
            "SOMEBODY_LEAST",
            "제13조의2 제1항 각 호",
            # By the year of birth: whoever is 65 by the end of the year.
            at_least("AGE_YEARS", 64, somebody=True),
            at_most("AGE_YEARS", 6, somebody=True),
            any_of("PERSON", "DISABLED", "PREGNANT", "BIRTH_OR_ADOPTION", "ILL", somebody=True),
            any_of("HOUSEHOLD", "SINGLE_PARENT", "MANY_CHILDREN"),
        ),
        # Of illnesses those of 산정특례; by the year of birth whoever is under seven at its end.
        doubt(
            "SOMEBODY",
            "에너지바우처 사업 지침 (그해 12월 31일에 65세, 7세 미만)",
            at_least("AGE_YEARS", 65, somebody=True),
            at_most("AGE_YEARS", 5, somebody=True),
            any_of("PERSON", "DISABLED", "PREGNANT", "BIRTH_OR_ADOPTION", somebody=True),
            any_of("HOUSEHOLD", "SINGLE_PARENT", "MANY_CHILDREN"),
            Wanted("PERSON", Operator.ANY_OF, ("ILL",), True, also=(examined("SERIOUS_ILLNESS"),)),
        ),
        bokjiro=("WLF00000072",),
        # What is left of a year lapses on 25 May, and the next one is applied for from about then.
        renews=(5, 25),
    ),
)
