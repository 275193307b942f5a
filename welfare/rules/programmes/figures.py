"""The dated tables of limits that come with the portal; what is paid is in `payments.py`.

Each bears the number of its notice where somebody has seen that, else the press release or guide in
which it was seen; with neither it is left empty, for staff to fill in.
"""

import datetime
from typing import Any

from welfare.rules.figures import Measure, StoredFigure, Unit

# The day on which somebody last vouched for what is marked as verified. It was vouched for from
# knowledge of the law, not read again in its text: whoever reviews one does that.
VOUCHED_ON = datetime.date(2026, 11, 28)
# The day on which figures were compared with what at least two public bodies or newspapers quote
# of the ministry's word for that year; its press release is named where the notice was not seen.
COMPARED_ON = datetime.date(2026, 11, 29)
LONG_AGO = datetime.date(2020, 1, 1)
YEAR_2022 = datetime.date(2022, 1, 1)
YEAR_2023, YEAR_2024 = datetime.date(2023, 1, 1), datetime.date(2024, 1, 1)
YEAR_2025 = datetime.date(2025, 1, 1)
YEAR_2026, YEAR_2027 = datetime.date(2026, 1, 1), datetime.date(2027, 1, 1)
# 기준 중위소득 및 생계·의료급여 선정기준: the notice that also says the median incomes of its year.
NOTICE_2025, NOTICE_2026 = "보건복지부고시 제2024-162호", "보건복지부고시 제2025-135호"
GUIDE = "2026년 보건복지부 사업안내"
BASIC_LAW = "국민기초생활 보장법"
RENT_GUIDE, SEOUL_GUIDE = "청년월세 지원사업 지침", "서울형 긴급복지 운영 지침"
COUNTED_BY = f"{BASIC_LAW} 시행령 제5조, 제5조의2 (소득에서 빼는 금액)"
# As the city itself tells it on gov24.
SEOUL_EMERGENCY_2025 = "정부24 611000000149, 2025-08-05"
RENT_2026 = "국토교통부 청년월세 지원 신청 안내 2026-03-19"
EMPLOYMENT_2023, EMPLOYMENT_2026 = (
    "고용노동부 보도자료 2023-01-31",
    "고용노동부 2026년 국민취업지원제도 안내",
)
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


def _share(
    name: str,
    title: str,
    percent: int,
    law: str,
    since: datetime.date = LONG_AGO,
    *,
    seen: str = "",
) -> StoredFigure:
    """A share of the median income, unverified unless it says where its figure was seen."""
    return StoredFigure(
        name, (percent,), law, since, title=title, unit=Unit.PERCENT, **compared(seen)
    )


def _sum(
    name: str, title: str, won: int, law: str, since: datetime.date = LONG_AGO, *, seen: str = ""
) -> StoredFigure:
    return StoredFigure(name, (won,), law, since, title=title, **compared(seen))


def _couple(
    name: str,
    title: str,
    amounts: tuple[int, int],
    law: str,
    since: datetime.date,
    *,
    seen: str = "",
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
        **compared(seen),
    )


def compared(seen: str) -> dict[str, Any]:
    """Mark a figure as verified where it says in what it was seen."""
    return {"notice": seen, "verified": True, "verified_on": COMPARED_ON} if seen else {}


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
        YEAR_2025,
        notice=NOTICE_2025,
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
        YEAR_2025,
        notice=NOTICE_2025,
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
    _vouched("LIVELIHOOD_MOST", "생계급여 소득 상한(공제 포함)", 100, COUNTED_BY, YEAR_2024),
    _vouched("MEDICAL_MOST", "의료급여 소득 상한(공제 포함)", 105, COUNTED_BY, YEAR_2024),
    _vouched("HOUSING_MOST", "주거급여 소득 상한(공제 포함)", 115, COUNTED_BY, YEAR_2024),
    _vouched("EDUCATION_MOST", "교육급여 소득 상한(공제 포함)", 120, COUNTED_BY, YEAR_2024),
    _vouched("NEAR_POOR_MOST", "차상위계층 소득 상한(공제 포함)", 120, COUNTED_BY),
    _vouched(
        "EMERGENCY_MOST", "긴급복지 소득 상한(공제 포함)", 100, "긴급복지지원법 시행령 제7조 제1항"
    ),
    # Basic livelihood recipients and those next to them (차상위계층).
    _vouched("NEAR_POOR_SHARE", "차상위계층 기준", 50, f"{BASIC_LAW} 제2조 제10호, 시행령 제3조"),
    _vouched("EMERGENCY_SHARE", "긴급복지 소득 기준", 75, "긴급복지지원법 시행령 제7조 제1항"),
    _share("POSTNATAL_CARE_SHARE", "산모·신생아 건강관리 소득 기준", 150, GUIDE),
    _share(
        "CHILD_MINDERS_SHARE",
        "아이돌봄서비스 소득 기준",
        200,
        "아이돌봄 지원사업 안내",
        YEAR_2025,
        seen="여성가족부 2025년 아이돌봄 지원사업 안내",
    ),
    _share(
        "CHILD_MINDERS_SHARE",
        "아이돌봄서비스 소득 기준",
        250,
        "아이돌봄 지원사업 안내",
        YEAR_2026,
        seen="성평등가족부 2026년 아이돌봄 지원사업 안내",
    ),
    _share(
        "SINGLE_PARENT_SHARE",
        "한부모가족 지원대상자의 범위",
        63,
        "한부모가족지원법 제5조 제2항",
        YEAR_2025,
        seen="여성가족부 2025년 한부모가족사업 안내",
    ),
    _share(
        "SINGLE_PARENT_SHARE",
        "한부모가족 지원대상자의 범위",
        65,
        "한부모가족지원법 제5조 제2항",
        YEAR_2026,
        seen="여성가족부 보도자료 2025-09-11",
    ),
    _share(
        "SEOUL_EMERGENCY_SHARE",
        "서울형 긴급복지 소득 기준",
        100,
        SEOUL_GUIDE,
        seen=SEOUL_EMERGENCY_2025,
    ),
    _share("YOUTH_RENT_SHARE", "청년월세 소득 기준", 60, RENT_GUIDE, YEAR_2026, seen=RENT_2026),
    _share(
        "EMPLOYMENT_SUPPORT_SHARE",
        "국민취업지원제도 소득 기준",
        60,
        f"{EMPLOYMENT_LAW} 제7조 제1항 제1호",
        YEAR_2022,
        seen=EMPLOYMENT_2023,
    ),
    _share(
        "EMPLOYMENT_SUPPORT_YOUNG_SHARE",
        "국민취업지원제도 청년 소득 기준",
        120,
        f"{EMPLOYMENT_LAW} 제7조 제2항",
        seen=EMPLOYMENT_2023,
    ),
    _share(
        "STATE_SCHOLARSHIP_SHARE",
        "국가장학금 소득 기준",
        300,
        "국가장학금 업무처리기준",
        YEAR_2025,
        seen="교육부 2025년 국가장학금 안내 (9구간까지)",
    ),
    # Set for what a home in Seoul is worth; what is over it is reckoned as income (소득환산).
    StoredFigure(
        "BASIC_ASSETS",
        (99_000_000,),
        f"{BASIC_LAW} 시행령 제5조의4 (서울 기본재산액)",
        YEAR_2023,
        title="기초생활보장 기본재산액 (서울)",
        **compared("보건복지부 보도자료 2022-12-29"),
    ),
    _sum(
        "EMERGENCY_ASSETS",
        "긴급복지 재산 기준 (대도시)",
        241_000_000,
        "긴급지원대상자 재산 기준 고시 (대도시)",
    ),
    _sum(
        "SEOUL_EMERGENCY_ASSETS",
        "서울형 긴급복지 재산 기준",
        409_000_000,
        SEOUL_GUIDE,
        seen=SEOUL_EMERGENCY_2025,
    ),
    _sum(
        "YOUTH_RENT_ASSETS",
        "청년월세 재산 기준",
        122_000_000,
        RENT_GUIDE,
        YEAR_2026,
        seen=RENT_2026,
    ),
    _sum(
        "EMPLOYMENT_SUPPORT_ASSETS",
        "국민취업지원제도 재산 기준",
        400_000_000,
        f"{EMPLOYMENT_LAW} 제7조 제1항 제2호",
        YEAR_2022,
        seen="고용노동부 보도자료 2021-09-07",
    ),
    _sum(
        "EMPLOYMENT_SUPPORT_YOUNG_ASSETS",
        "국민취업지원제도 청년 재산 기준",
        500_000_000,
        f"{EMPLOYMENT_LAW} 제7조 제2항",
        YEAR_2023,
        seen="고용노동부 2022년 국민취업지원제도 기본계획",
    ),
    _couple(
        "DISABILITY_PENSION_LIMIT",
        "장애인연금 선정기준액",
        (1_380_000, 2_208_000),
        "장애인연금법 제4조 제1항",
        YEAR_2025,
        seen="보건복지부 보도자료 2025-01-05",
    ),
    _couple(
        "DISABILITY_PENSION_LIMIT",
        "장애인연금 선정기준액",
        (1_400_000, 2_240_000),
        "장애인연금법 제4조 제1항",
        YEAR_2026,
        seen="보건복지부 보도자료 2026-01-05",
    ),
    _couple(
        "BASIC_PENSION_LIMIT",
        "기초연금 선정기준액",
        (2_280_000, 3_648_000),
        "기초연금법 제3조 제2항",
        YEAR_2025,
        seen="보건복지부 발표 2025년 1월",
    ),
    _couple(
        "BASIC_PENSION_LIMIT",
        "기초연금 선정기준액",
        (2_470_000, 3_952_000),
        "기초연금법 제3조 제2항",
        YEAR_2026,
        seen="보건복지부 보도자료 2026-01-01",
    ),
)
