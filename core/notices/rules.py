"""When a message may go out, when it is tried again, and how long a short one may be."""

import datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
QUIET_FROM, QUIET_UNTIL = datetime.time(21, 0), datetime.time(8, 0)
MONDAY = 0
DAY, WEEK = datetime.timedelta(days=1), 7
# How long after each attempt the next one comes; after the last, a delivery is given up.
PAUSES = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
MOST_ATTEMPTS = len(PAUSES) + 1
# A Korean carrier's short message, and the long one that takes its place (EUC-KR).
SHORT_BYTES, LONG_BYTES, LONG_TITLE_BYTES = 90, 2000, 40


def is_quiet(moment: datetime.datetime) -> bool:
    """Say whether nobody wants to be woken (21:00 to 08:00 in Seoul; at 08:00 the day begins)."""
    clock = moment.astimezone(SEOUL).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def when_awake(moment: datetime.datetime) -> datetime.datetime:
    """Answer the moment itself, or the morning after the quiet hours that it falls into."""
    return next_morning(moment) if is_quiet(moment) else moment


def next_morning(moment: datetime.datetime) -> datetime.datetime:
    """Answer the first 08:00 in Seoul after a moment."""
    local = moment.astimezone(SEOUL)
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + DAY
    return _morning_of(day)


def next_monday(moment: datetime.datetime) -> datetime.datetime:
    """Answer the first 08:00 on a Monday in Seoul after a moment."""
    morning = next_morning(moment)
    return _morning_of(morning.date() + DAY * ((MONDAY - morning.weekday()) % WEEK))


def _morning_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, QUIET_UNTIL, SEOUL)


def next_try(*, attempts: int, now: datetime.datetime, is_urgent: bool) -> datetime.datetime | None:
    """Answer when to try again after so many attempts; None where it is time to give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    moment = now + PAUSES[max(attempts, 1) - 1]
    return moment if is_urgent else when_awake(moment)


def as_carriers_write(text: str) -> str:
    """Answer a text in letters that Korean carriers know (EUC-KR); others become a question mark.

    A message with a letter that they do not know is refused as a whole.
    """
    return text.encode("euc-kr", errors="replace").decode("euc-kr")


def bytes_of(text: str) -> int:
    """Answer how long carriers count a text: a Korean letter is two."""
    return len(text.encode("euc-kr", errors="replace"))


def cut_to(text: str, most: int) -> str:
    """Answer what of a text fits into so many bytes of EUC-KR, no letter cut in half."""
    return text.encode("euc-kr", errors="replace")[:most].decode("euc-kr", errors="ignore")
