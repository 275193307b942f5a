"""What one line of a file of signs may say: months, arrears, ages, and what is no business of ours.

The basis of looking for households in crisis is 사회보장급여의 이용ㆍ제공 및 수급권자 발굴에 관한
법률 제12조; which data a body may hand over for it is for that body and the city to settle.
"""

import datetime
import re

from welfare.rules.hardship import SignKind

# What is owed by the month; of the others nobody counts months.
ARREARS = frozenset(
    {
        SignKind.ELECTRICITY,
        SignKind.GAS,
        SignKind.WATER,
        SignKind.RENT,
        SignKind.HEALTH_INSURANCE,
        SignKind.MOBILE,
    }
)
MOST_MONTHS = 120
# Signs are kept for a year: what is older than that is not taken in either.
OLDEST_MONTHS = 12
# The last age of each band but the oldest, as they are called in `welfare.enums.AgeBand`.
BANDS = ((19, "UP_TO_19"), (39, "TO_39"), (49, "TO_49"), (64, "TO_64"), (79, "TO_79"))
OLDEST_BAND = "FROM_80"
_MASKED = re.compile(r"[*＊○●◯×]")
_MONTH = re.compile(r"(\d{4})\s*[-./년]?\s*(\d{1,2})\s*(?:월|[-./]\s*\d{1,2}\.?)?\.?")


def is_masked(name: str) -> bool:
    """Say whether letters of a name are hidden (홍*동): nobody could be found by it."""
    return bool(_MASKED.search(name))


def read_month(text: str) -> datetime.date:
    """Read 2026-10, 2026.10, 202610, 2026년 10월 and a day of it; ValueError for all else."""
    found = _MONTH.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return datetime.date(int(found[1]), int(found[2]), 1)


def months_between(earlier: datetime.date, later: datetime.date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def age_band(born: datetime.date, *, on: datetime.date) -> str:
    """Answer the band of somebody's age on a day; birthdays count from the day itself."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((band for last, band in BANDS if age <= last), OLDEST_BAND)
