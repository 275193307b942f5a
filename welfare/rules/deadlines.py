"""When one may apply: free text of agencies read where it is certain, and else left as written.

Certain are "always" in its few wordings and windows of dates. Whatever depends on something else
(funds that last, a birth, a notice, another office) is unknown: a wrong date costs more than none.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ALWAYS, WINDOWS, UNKNOWN = "ALWAYS", "WINDOWS", "UNKNOWN"
OPEN, OPENS, CLOSED = "OPEN", "OPENS", "CLOSED"

ALWAYS_WORDS = re.compile(r"(연중)?(상시|수시|연중)(신청|접수|모집)?(가능)?")
DAY = (
    r"(?:(?P<y{0}>(?:20)?\d\d)[.\-/년])?(?P<m{0}>1[0-2]|0?[1-9])[.\-/월]"
    r"(?P<d{0}>3[01]|[12]\d|0?[1-9])(?:일|\.)?(?:\([월화수목금토일]\))?"
)
RANGE = re.compile(rf"(?<!\d){DAY.format(1)}(?:부터|~){DAY.format(2)}(?!\d)(?:까지)?")
UNTIL = re.compile(rf"~?{DAY.format(1)}(?P<until>까지)?")
FROM = re.compile(rf"{DAY.format(1)}(?:~|부터)")
MONTHS = re.compile(r"매년(?P<m1>1[0-2]|[1-9])월(?:(?:~|부터)(?P<m2>1[0-2]|[1-9])월)?(?:까지)?")
# Words that make a date something else than the day on which applications open or close.
DOUBTS = re.compile(
    r"예산|소진|선착|조기|이내|이후|이전|전까지|별도|공고|변경|상이|마감|출생|발생|매월|격년|분기|"
    r"예정|제외|단,|또는|협의|문의|까지|부터|당해|익년|다음|시행|종료"
)
LABELS_ONLY = re.compile(r"[\s○●◦ㆍ·\-:,.()/가-힣]*")
# A window of a year may begin in the year before the day asked about, and end in the one after.
YEARS_AROUND = (-1, 0, 1)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Both days belong to it; a year of 0 means every year. None is an open end."""

    opens: tuple[int, int, int] | None
    closes: tuple[int, int, int] | None

    @property
    def is_yearly(self) -> bool:
        return any(end is not None and end[0] == 0 for end in (self.opens, self.closes))


@dataclass(frozen=True, slots=True)
class Deadline:
    kind: str
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a deadline means on a day: `state` is ALWAYS, OPEN, OPENS, CLOSED or UNKNOWN."""

    state: str
    opens: datetime.date | None = None
    closes: datetime.date | None = None


def parse_deadline(text: str | None) -> Deadline:
    """Read 신청기한 of gov24, or the like."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "")).replace("∼", "~")
    bare = bare.replace("–", "~")
    if ALWAYS_WORDS.fullmatch(bare):
        return Deadline(ALWAYS)
    if months := MONTHS.fullmatch(bare):
        return _deadline([_months(months)])
    if not re.search(r"\d", bare):
        return Deadline(UNKNOWN)
    if found := FROM.fullmatch(bare):
        return _deadline([_window(_day(found, 1, None), None)])
    if (found := UNTIL.fullmatch(bare)) and (found["until"] or bare.startswith("~")):
        return _deadline([_window(None, _day(found, 1, None))])
    return _ranges(bare)


def standing_on(deadline: Deadline, day: datetime.date) -> Standing:
    """Answer whether one may apply that day, and else when next; the soonest end counts."""
    if deadline.kind != WINDOWS:
        return Standing(deadline.kind)
    spans = sorted(
        (span for window in deadline.windows for span in _spans(window, day)),
        key=lambda span: (span[1] or datetime.date.max, span[0] or datetime.date.min),
    )
    for opens, closes in spans:
        if (opens is None or opens <= day) and (closes is None or day <= closes):
            return Standing(OPEN, opens, closes)
    coming = sorted(span for span in spans if span[0] is not None and span[0] > day)
    if coming:
        return Standing(OPENS, *coming[0])
    return Standing(CLOSED, *spans[-1]) if spans else Standing(UNKNOWN)


def write_windows(windows: Sequence[Window]) -> list[str]:
    """Answer windows as texts: `2026-03-09/2026-03-31`, `--05-01/--05-31`, `/2026-12-31`."""
    return [f"{_written(window.opens)}/{_written(window.closes)}" for window in windows]


def read_windows(texts: Sequence[str]) -> tuple[Window, ...]:
    return tuple(Window(*(_read(end) for end in text.split("/"))) for text in texts)


def _ranges(bare: str) -> Deadline:
    """Take windows only where nothing is left but their labels: a left digit is a doubt."""
    found = [_range(match) for match in RANGE.finditer(bare)]
    rest = RANGE.sub("", bare)
    if not found or DOUBTS.search(rest) or not LABELS_ONLY.fullmatch(rest):
        return Deadline(UNKNOWN)
    return _deadline(found)


def _range(match: re.Match[str]) -> Window | None:
    first = _day(match, 1, None)
    second = _day(match, 2, first[0]) if first else None
    return _window(first, second) if second else None


def _deadline(windows: Sequence[Window | None]) -> Deadline:
    if any(window is None for window in windows):
        return Deadline(UNKNOWN)
    return Deadline(WINDOWS, tuple(sorted({window for window in windows if window}, key=str)))


def _window(
    opens: tuple[int, int, int] | None, closes: tuple[int, int, int] | None
) -> Window | None:
    """None where the ends do not fit: one has a year and the other none, or they are reversed."""
    if opens is None and closes is None:
        return None
    if opens is not None and closes is not None:
        if (opens[0] == 0) != (closes[0] == 0):
            return None
        if opens[0] and closes < opens:
            return None
    elif (opens or closes or (0,))[0] == 0:
        return None  # an open end every year says nothing
    return Window(opens, closes)


def _day(match: re.Match[str], number: int, year: int | None) -> tuple[int, int, int] | None:
    """Answer a day that exists; a second day may leave out the year of the first."""
    told = match[f"y{number}"]
    found = int(told) % 100 + 2000 if told else year or 0
    month, day = int(match[f"m{number}"]), int(match[f"d{number}"])
    try:
        datetime.date(found or 2000, month, day)
    except ValueError:
        return None
    return found, month, day


def _months(match: re.Match[str]) -> Window:
    """Whole months: the last day is the one before the next month's first."""
    first, last = int(match["m1"]), int(match["m2"] or match["m1"])
    end = datetime.date(2000 + last // 12, last % 12 + 1, 1) - datetime.timedelta(days=1)
    return Window((0, first, 1), (0, end.month, end.day))


def _spans(
    window: Window, day: datetime.date
) -> Iterator[tuple[datetime.date | None, datetime.date | None]]:
    if not window.is_yearly or window.opens is None or window.closes is None:
        yield _dated(window.opens, 0), _dated(window.closes, 0)
        return
    over_new_year = window.closes[1:] < window.opens[1:]
    for offset in YEARS_AROUND:
        year = day.year + offset
        yield _dated(window.opens, year), _dated(window.closes, year + over_new_year)


def _dated(end: tuple[int, int, int] | None, year: int) -> datetime.date | None:
    if end is None:
        return None
    told, month, day = end
    if (month, day) == (2, 29):  # in a year that has none it is the last day of the month
        following = datetime.date(told or year, 3, 1)
        return following - datetime.timedelta(days=1)
    return datetime.date(told or year, month, day)


def _written(end: tuple[int, int, int] | None) -> str:
    if end is None:
        return ""
    year, month, day = end
    return f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"


def _read(text: str) -> tuple[int, int, int] | None:
    if not text:
        return None
    if text.startswith("--"):
        month, day = text[2:].split("-")
        return 0, int(month), int(day)
    year, month, day = text.split("-")
    return int(year), int(month), int(day)
