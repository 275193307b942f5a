"""The dated tables that come with the portal: the limits of our programmes, and what is paid.

Each bears the number of its notice where somebody has seen that; else it is left empty, for staff
to fill in. What hangs on income, on prices or on the care needed is paid in no one sum and is not
here. What is paid is the most that one person or household gets of it.
"""

import datetime
from collections.abc import Mapping

from welfare.rules.figures import PAID, Measure, StoredFigure, Unit

# The day on which somebody last vouched for what is marked as verified. It was vouched for from
# knowledge of the law, not read again in its text: whoever reviews one does that.
VOUCHED_ON = datetime.date(2026, 11, 28)
LONG_AGO = datetime.date(2020, 1, 1)
YEAR_2023, YEAR_2024 = datetime.date(2023, 1, 1), datetime.date(2024, 1, 1)
YEAR_2025 = datetime.date(2025, 1, 1)
YEAR_2026, YEAR_2027 = datetime.date(2026, 1, 1), datetime.date(2027, 1, 1)
MONTHLY, ONCE = 12, 1
# 기준 중위소득 및 생계·의료급여 선정기준: the notice that also says the median incomes of its year.
NOTICE_2026 = "보건복지부고시 제2025-135호"
GUIDE = "2026년 보건복지부 사업안내"
BASIC_LAW = "국민기초생활 보장법"
RENT_GUIDE, SEOUL_GUIDE = "청년월세 지원사업 지침", "서울형 긴급복지 운영 지침"
COUNTED_BY = f"{BASIC_LAW} 시행령 제5조, 제5조의2 (소득에서 빼는 금액)"
EMPLOYMENT_LAW = "구직자 취업촉진 및 생활안정지원에 관한 법률"


def _vouched(
    name: str,
    title: str,
    percent: int,
    law: str,
    since: datetime.date = LONG_AGO,
    *,
    notice: str = "",
    stale_from: datetime.date | None = None,
) -> StoredFigure:
    """A share of the median income for which somebody vouches."""
    return StoredFigure(
        name,
        (percent,),
        law,
        since,
        stale_from=stale_from,
        verified=True,
        verified_on=VOUCHED_ON,
        title=title,
        notice=notice,
        unit=Unit.PERCENT,
    )


def _share(name: str, title: str, percent: int, law: str) -> StoredFigure:
    """A share of the median income that nobody has compared with its source."""
    return StoredFigure(name, (percent,), law, LONG_AGO, title=title, unit=Unit.PERCENT)


def _sum(name: str, title: str, won: int, law: str) -> StoredFigure:
    return StoredFigure(name, (won,), law, LONG_AGO, title=title)


def _couple(
    name: str, title: str, amounts: tuple[int, int], law: str, since: datetime.date
) -> StoredFigure:
    """A limit in won for somebody alone, and one for somebody with a spouse."""
    return StoredFigure(
        name,
        amounts,
        law,
        since,
        stale_from=since.replace(year=since.year + 1),
        title=title,
        measure=Measure.COUPLE,
    )


def _paid(
    programme: str,
    won: int,
    payments: int,
    law: str,
    since: datetime.date = LONG_AGO,
    *,
    is_most: bool = False,
) -> StoredFigure:
    name = f"{PAID}{programme}"
    return StoredFigure(name, (won,), law, since, payments=payments, is_most=is_most)


THRESHOLDS = (
    _vouched(
        "LIVELIHOOD_SHARE",
        "생계급여 선정기준",
        32,
        f"{BASIC_LAW} 제8조 제2항",
        YEAR_2024,
    ),
    _vouched(
        "LIVELIHOOD_SHARE",
        "생계급여 선정기준",
        32,
        f"{BASIC_LAW} 제8조 제2항",
        YEAR_2026,
        notice=NOTICE_2026,
        stale_from=YEAR_2027,
    ),
    _vouched(
        "MEDICAL_SHARE",
        "의료급여 선정기준",
        40,
        f"{BASIC_LAW} 제12조의3 제2항",
        YEAR_2024,
    ),
    _vouched(
        "MEDICAL_SHARE",
        "의료급여 선정기준",
        40,
        f"{BASIC_LAW} 제12조의3 제2항",
        YEAR_2026,
        notice=NOTICE_2026,
        stale_from=YEAR_2027,
    ),
    _vouched(
        "HOUSING_SHARE",
        "주거급여 선정기준",
        48,
        "주거급여법 제5조 제1항",
        YEAR_2024,
        stale_from=YEAR_2027,
    ),
    _vouched(
        "EDUCATION_SHARE",
        "교육급여 선정기준",
        50,
        f"{BASIC_LAW} 제12조 제3항",
        YEAR_2024,
        stale_from=YEAR_2027,
    ),
    # What a household may tell at most and still be counted at the share. Of what each member earns
    # 600,000 won and 30 % of the rest are left out at most, of people under 35 (제5조의2).
    # With all of one to seven members earning so, that is share / 0.7 + 600,000 won for each: by
    # the medians of 2026 at most 89.9, 101.3, 112.7 and 115.6 % of the median, where the share is
    # 32, 40, 48 and 50 %. What an illness costs has room in what is left of it.
    _vouched("LIVELIHOOD_MOST", "생계급여: 넘으면 안 되는 소득", 100, COUNTED_BY, YEAR_2024),
    _vouched("MEDICAL_MOST", "의료급여: 넘으면 안 되는 소득", 105, COUNTED_BY, YEAR_2024),
    _vouched("HOUSING_MOST", "주거급여: 넘으면 안 되는 소득", 115, COUNTED_BY, YEAR_2024),
    _vouched("EDUCATION_MOST", "교육급여: 넘으면 안 되는 소득", 120, COUNTED_BY, YEAR_2024),
    _vouched("NEAR_POOR_MOST", "차상위계층: 넘으면 안 되는 소득", 120, COUNTED_BY),
    _vouched(
        "EMERGENCY_MOST", "긴급복지: 넘으면 안 되는 소득", 100, "긴급복지지원법 시행령 제7조 제1항"
    ),
    # Basic livelihood recipients and those next to them (차상위계층).
    _vouched("NEAR_POOR_SHARE", "차상위계층 기준", 50, f"{BASIC_LAW} 제2조 제10호, 시행령 제3조"),
    _vouched("EMERGENCY_SHARE", "긴급복지 소득 기준", 75, "긴급복지지원법 시행령 제7조 제1항"),
    _share("POSTNATAL_CARE_SHARE", "산모·신생아 건강관리 소득 기준", 150, GUIDE),
    _share("CHILD_MINDERS_SHARE", "아이돌봄서비스 소득 기준", 250, GUIDE),
    _share(
        "SINGLE_PARENT_SHARE",
        "한부모가족 지원대상자의 범위",
        65,
        "한부모가족지원법 제5조 제2항",
    ),
    _share("SEOUL_EMERGENCY_SHARE", "서울형 긴급복지 소득 기준", 100, SEOUL_GUIDE),
    _share("YOUTH_RENT_SHARE", "청년월세 소득 기준", 60, RENT_GUIDE),
    _share(
        "EMPLOYMENT_SUPPORT_SHARE",
        "국민취업지원제도 소득 기준",
        60,
        f"{EMPLOYMENT_LAW} 제7조 제1항 제1호",
    ),
    _share("STATE_SCHOLARSHIP_SHARE", "국가장학금 소득 기준", 300, "국가장학금 업무처리기준"),
    # Set for what a home in Seoul is worth; what is over it is reckoned as income (소득환산).
    StoredFigure(
        "BASIC_ASSETS",
        (99_000_000,),
        f"{BASIC_LAW} 시행령 제5조의4 (서울 기본재산액)",
        YEAR_2023,
        title="기초생활보장 기본재산액 (서울)",
    ),
    _sum(
        "EMERGENCY_ASSETS",
        "긴급복지 재산 기준 (대도시)",
        241_000_000,
        "긴급지원대상자 재산 기준 고시 (대도시)",
    ),
    _sum("SEOUL_EMERGENCY_ASSETS", "서울형 긴급복지 재산 기준", 409_000_000, SEOUL_GUIDE),
    _sum("YOUTH_RENT_ASSETS", "청년월세 재산 기준", 122_000_000, RENT_GUIDE),
    _sum(
        "EMPLOYMENT_SUPPORT_ASSETS",
        "국민취업지원제도 재산 기준",
        400_000_000,
        f"{EMPLOYMENT_LAW} 제7조 제1항 제2호",
    ),
    _couple(
        "DISABILITY_PENSION_LIMIT",
        "장애인연금 선정기준액",
        (1_380_000, 2_208_000),
        "장애인연금법 제4조 제1항",
        YEAR_2025,
    ),
    _couple(
        "DISABILITY_PENSION_LIMIT",
        "장애인연금 선정기준액",
        (1_400_000, 2_240_000),
        "장애인연금법 제4조 제1항",
        YEAR_2026,
    ),
    _couple(
        "BASIC_PENSION_LIMIT",
        "기초연금 선정기준액",
        (2_280_000, 3_648_000),
        "기초연금법 제3조 제2항",
        YEAR_2025,
    ),
    _couple(
        "BASIC_PENSION_LIMIT",
        "기초연금 선정기준액",
        (2_470_000, 3_952_000),
        "기초연금법 제3조 제2항",
        YEAR_2026,
    ),
)
PAYMENTS = (
    _paid(
        "first-meeting-voucher",
        3_000_000,
        ONCE,
        "저출산·고령사회기본법 제10조 제2항, 2024년 사업안내 (첫째는 200만 원)",
        YEAR_2024,
        is_most=True,
    ),
    _paid(
        "parents-benefit",
        1_000_000,
        MONTHLY,
        "아동수당법 제4조 제5항, 2024년 사업안내 (1세는 월 50만 원)",
        YEAR_2024,
        is_most=True,
    ),
    _paid("child-allowance", 100_000, MONTHLY, "아동수당법 제4조 제1항 (월 10만 원)"),
    _paid("home-care-allowance", 100_000, MONTHLY, "영유아보육법 제34조의2, 사업안내 (24개월부터)"),
    _paid(
        "single-parent-child-support",
        230_000,
        MONTHLY,
        "한부모가족지원법 제12조, 2025년 사업안내 (자녀 한 명에)",
        YEAR_2025,
    ),
    _paid(
        "young-single-parents",
        400_000,
        MONTHLY,
        "한부모가족지원법 제17조의4, 2025년 사업안내 (0~1세 자녀)",
        YEAR_2025,
        is_most=True,
    ),
    _paid("youth-rent", 200_000, MONTHLY, "청년월세 지원사업 지침", is_most=True),
    _paid(
        "employment-support",
        500_000,
        6,
        "구직자취업촉진법 제18조, 시행령 (구직촉진수당)",
        YEAR_2024,
    ),
    _paid(
        "employment-support",
        600_000,
        6,
        "구직자취업촉진법 제18조, 2026년 시행령 (구직촉진수당)",
        YEAR_2026,
    ),
    _paid(
        "disability-pension",
        432_510,
        MONTHLY,
        "장애인연금법 제6조·제7조, 2025년 고시 (기초급여와 부가급여)",
        YEAR_2025,
        is_most=True,
    ),
    _paid(
        "disability-pension",
        439_700,
        MONTHLY,
        "장애인연금법 제6조·제7조, 2026년 고시 (기초급여와 부가급여)",
        YEAR_2026,
        is_most=True,
    ),
    _paid(
        "disability-allowance",
        60_000,
        MONTHLY,
        "장애인복지법 제49조, 2025년 사업안내",
        YEAR_2024,
        is_most=True,
    ),
    _paid(
        "disabled-child-allowance",
        220_000,
        MONTHLY,
        "장애인복지법 제50조, 2025년 사업안내",
        YEAR_2024,
        is_most=True,
    ),
    _paid(
        "basic-pension",
        342_510,
        MONTHLY,
        "기초연금법 제5조, 2025년 기준연금액 고시",
        YEAR_2025,
        is_most=True,
    ),
    _paid(
        "basic-pension",
        349_700,
        MONTHLY,
        "기초연금법 제5조, 2026년 기준연금액 고시",
        YEAR_2026,
        is_most=True,
    ),
    _paid("culture-card", 140_000, ONCE, "문화예술진흥법 제15조의4, 2025년 사업안내", YEAR_2025),
    _paid("culture-card", 150_000, ONCE, "문화예술진흥법 제15조의4, 2026년 사업안내", YEAR_2026),
)

FIGURES = (*THRESHOLDS, *PAYMENTS)
TABLES: Mapping[str, tuple[StoredFigure, ...]] = {
    name: tuple(one for one in FIGURES if one.name == name)
    for name in dict.fromkeys(one.name for one in FIGURES)
}
