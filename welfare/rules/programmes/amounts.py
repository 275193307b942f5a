"""What the programmes are worth in money, where one figure says it: dated, with its source.

What hangs on income, on prices or on how much care somebody needs has no such figure and is not
told. A figure is the most that one person or household is paid for it, by the year.
"""

import datetime
from dataclasses import dataclass

YEAR_2024, YEAR_2025 = datetime.date(2024, 1, 1), datetime.date(2025, 1, 1)
YEAR_2026, LONG_AGO = datetime.date(2026, 1, 1), datetime.date(2020, 1, 1)
MONTHLY, ONCE = 12, 1


@dataclass(frozen=True, slots=True)
class Amount:
    """`won` are paid so many `times` within a year; `is_most` where many are paid less.

    A figure that nobody has compared with its source is unverified, and is told as such.
    """

    programme: str
    won: int
    times: int
    source: str
    since: datetime.date = LONG_AGO
    is_most: bool = False
    verified: bool = False

    @property
    def won_a_year(self) -> int:
        return self.won * self.times


AMOUNTS = (
    Amount(
        "first-meeting-voucher",
        3_000_000,
        ONCE,
        "저출산·고령사회기본법 제10조 제2항, 2024년 사업안내 (첫째는 200만 원)",
        YEAR_2024,
        is_most=True,
    ),
    Amount(
        "parents-benefit",
        1_000_000,
        MONTHLY,
        "아동수당법 제4조 제5항, 2024년 사업안내 (1세는 월 50만 원)",
        YEAR_2024,
        is_most=True,
    ),
    Amount("child-allowance", 100_000, MONTHLY, "아동수당법 제4조 제1항 (월 10만 원)"),
    Amount(
        "home-care-allowance", 100_000, MONTHLY, "영유아보육법 제34조의2, 사업안내 (24개월부터)"
    ),
    Amount(
        "single-parent-child-support",
        230_000,
        MONTHLY,
        "한부모가족지원법 제12조, 2025년 사업안내 (자녀 한 명에)",
        YEAR_2025,
    ),
    Amount(
        "young-single-parents",
        400_000,
        MONTHLY,
        "한부모가족지원법 제17조의4, 2025년 사업안내 (0~1세 자녀)",
        YEAR_2025,
        is_most=True,
    ),
    Amount("youth-rent", 200_000, MONTHLY, "청년월세 지원사업 지침", is_most=True),
    Amount(
        "employment-support",
        500_000,
        6,
        "구직자취업촉진법 제18조, 시행령 (구직촉진수당)",
        YEAR_2024,
    ),
    Amount(
        "employment-support",
        600_000,
        6,
        "구직자취업촉진법 제18조, 2026년 시행령 (구직촉진수당)",
        YEAR_2026,
    ),
    Amount(
        "disability-pension",
        432_510,
        MONTHLY,
        "장애인연금법 제6조·제7조, 2025년 고시 (기초급여와 부가급여)",
        YEAR_2025,
        is_most=True,
    ),
    Amount(
        "disability-pension",
        439_700,
        MONTHLY,
        "장애인연금법 제6조·제7조, 2026년 고시 (기초급여와 부가급여)",
        YEAR_2026,
        is_most=True,
    ),
    Amount(
        "disability-allowance",
        60_000,
        MONTHLY,
        "장애인복지법 제49조, 2025년 사업안내",
        YEAR_2024,
        is_most=True,
    ),
    Amount(
        "disabled-child-allowance",
        220_000,
        MONTHLY,
        "장애인복지법 제50조, 2025년 사업안내",
        YEAR_2024,
        is_most=True,
    ),
    Amount(
        "basic-pension",
        342_510,
        MONTHLY,
        "기초연금법 제5조, 2025년 기준연금액 고시",
        YEAR_2025,
        is_most=True,
    ),
    Amount(
        "basic-pension",
        349_700,
        MONTHLY,
        "기초연금법 제5조, 2026년 기준연금액 고시",
        YEAR_2026,
        is_most=True,
    ),
    Amount("culture-card", 140_000, ONCE, "문화예술진흥법 제15조의4, 2025년 사업안내", YEAR_2025),
    Amount("culture-card", 150_000, ONCE, "문화예술진흥법 제15조의4, 2026년 사업안내", YEAR_2026),
)


def amount_on(programme: str, day: datetime.date) -> Amount | None:
    """Answer the newest figure of a programme that counts on a day; None where nobody knows one."""
    known = [one for one in AMOUNTS if one.programme == programme and one.since <= day]
    return max(known, key=lambda one: one.since, default=None)


def amounts_since(day: datetime.date) -> datetime.date:
    """Answer since when the figures have been as they are on a day."""
    return max((one.since for one in AMOUNTS if one.since <= day), default=LONG_AGO)
