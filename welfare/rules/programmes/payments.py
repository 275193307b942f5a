"""The dated tables of what the programmes pay, and all tables that come with the portal.

What hangs on income, on prices or on the care needed is paid in no one sum and is not here. What is
paid is the most that one person or household gets of it.
"""

import datetime
from collections.abc import Mapping

from welfare.rules.figures import PAID, StoredFigure
from welfare.rules.programmes.figures import (
    EMPLOYMENT_2023,
    EMPLOYMENT_2026,
    LONG_AGO,
    RENT_2026,
    RENT_GUIDE,
    THRESHOLDS,
    YEAR_2024,
    YEAR_2025,
    YEAR_2026,
    compared,
)

MONTHLY, ONCE = 12, 1


def _paid(
    programme: str,
    won: int,
    payments: int,
    law: str,
    since: datetime.date = LONG_AGO,
    *,
    is_most: bool = False,
    seen: str = "",
) -> StoredFigure:
    name = f"{PAID}{programme}"
    return StoredFigure(
        name, (won,), law, since, payments=payments, is_most=is_most, **compared(seen)
    )


PAYMENTS = (
    _paid(
        "first-meeting-voucher",
        3_000_000,
        ONCE,
        "저출산·고령사회기본법 제10조 제2항, 2024년 사업안내 (첫째는 200만 원)",
        YEAR_2024,
        is_most=True,
        seen="보건복지부 2024년 달라지는 정책",
    ),
    _paid(
        "parents-benefit",
        1_000_000,
        MONTHLY,
        "아동수당법 제4조 제5항, 2024년 사업안내 (1세는 월 50만 원)",
        YEAR_2024,
        is_most=True,
        seen="보건복지부 2024년 달라지는 정책",
    ),
    _paid(
        "child-allowance",
        100_000,
        MONTHLY,
        "아동수당법 제4조 제1항 (월 10만 원)",
        seen="법률 제21489호",
    ),
    _paid("home-care-allowance", 100_000, MONTHLY, "영유아보육법 제34조의2, 사업안내 (24개월부터)"),
    _paid(
        "single-parent-child-support",
        230_000,
        MONTHLY,
        "한부모가족지원법 제12조, 2025년 사업안내 (자녀 한 명에)",
        YEAR_2025,
        seen="여성가족부 2025년 한부모가족사업 안내",
    ),
    _paid(
        "young-single-parents",
        400_000,
        MONTHLY,
        "한부모가족지원법 제17조의4, 2025년 사업안내 (0~1세 자녀)",
        YEAR_2025,
        is_most=True,
    ),
    _paid("youth-rent", 200_000, MONTHLY, RENT_GUIDE, YEAR_2026, is_most=True, seen=RENT_2026),
    _paid(
        "employment-support",
        500_000,
        6,
        "구직자취업촉진법 제18조, 시행령 (구직촉진수당)",
        YEAR_2024,
        seen=EMPLOYMENT_2023,
    ),
    _paid(
        "employment-support",
        600_000,
        6,
        "구직자취업촉진법 제18조, 2026년 시행령 (구직촉진수당)",
        YEAR_2026,
        seen=EMPLOYMENT_2026,
    ),
    _paid(
        "disability-pension",
        432_510,
        MONTHLY,
        "장애인연금법 제6조·제7조, 2025년 고시 (기초급여와 부가급여)",
        YEAR_2025,
        is_most=True,
        seen="보건복지부 보도자료 2025-01-05",
    ),
    _paid(
        "disability-pension",
        439_700,
        MONTHLY,
        "장애인연금법 제6조·제7조, 2026년 고시 (기초급여와 부가급여)",
        YEAR_2026,
        is_most=True,
        seen="보건복지부 보도자료 2026-01-05",
    ),
    _paid(
        "disability-allowance",
        60_000,
        MONTHLY,
        "장애인복지법 제49조, 2025년 사업안내",
        YEAR_2024,
        is_most=True,
        seen="보건복지부 2023년 업무보고",
    ),
    _paid(
        "disabled-child-allowance",
        220_000,
        MONTHLY,
        "장애인복지법 제50조, 2025년 사업안내",
        YEAR_2024,
        is_most=True,
        seen="보건복지부 보도자료 2025-01-05",
    ),
    _paid(
        "basic-pension",
        342_510,
        MONTHLY,
        "기초연금법 제5조, 2025년 기준연금액 고시",
        YEAR_2025,
        is_most=True,
        seen="보건복지부 보도자료 2025-01-05",
    ),
    _paid(
        "basic-pension",
        349_700,
        MONTHLY,
        "기초연금법 제5조, 2026년 기준연금액 고시",
        YEAR_2026,
        is_most=True,
        seen="보건복지부 보도자료 2026-01-05",
    ),
    _paid(
        "culture-card",
        140_000,
        ONCE,
        "문화예술진흥법 제15조의4",
        YEAR_2025,
        seen="문화체육관광부 2025년 통합문화이용권 안내",
    ),
    _paid(
        "culture-card",
        160_000,
        ONCE,
        "문화예술진흥법 제15조의4 (13~18세와 60~64세, 그 밖에는 15만 원)",
        YEAR_2026,
        is_most=True,
        seen="문화체육관광부 2026년 통합문화이용권 안내",
    ),
)

FIGURES = (*THRESHOLDS, *PAYMENTS)
TABLES: Mapping[str, tuple[StoredFigure, ...]] = {
    name: tuple(one for one in FIGURES if one.name == name)
    for name in dict.fromkeys(one.name for one in FIGURES)
}
