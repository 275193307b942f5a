"""Draws a figure over time as a line, and its parts as bars: pictures beside the table of each.

In the colour of the text, so that they stand out in every theme; without script and inline style.
"""

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from core.kpi.pictures import Bar, Level, Point
from core.moments import say_day
from core.web.wording import in_its_language, safe

WIDTH, HEIGHT = 320, 200
# Room for words of 17 px above and below the line.
TOP, BOTTOM, SIDE = 34, 168, 8
ROW, BAR_TOP, BAR_HEIGHT = 52, 24, 16
# As many bars as one sees at once, and as much of a name as stands above one; the table has all.
MOST_BARS, LONGEST_NAME = 12, 17
LONGEST_BAR = 220


def line_picture(points: Sequence[Point], *, title: str, level: Level | None = None) -> SafeString:
    """From nought up, so that a small change looks small; what is not known leaves a gap."""
    known = [point for point in points if point.value is not None]
    if not known:
        return SafeString("")
    most = max([*(point.value or 0 for point in known), level.value if level else 0]) or 1
    first, span = points[0].day, max((points[-1].day - points[0].day).days, 1)

    def place(point: Point) -> tuple[float, float]:
        across = (point.day - first).days / span * (WIDTH - 2 * SIDE) + SIDE
        return round(across, 1), _height(point.value or 0, most)

    drawn = "".join(_run([place(point) for point in run]) for run in _runs(points))
    drawn += "".join(_dot(*place(point)) for point in known)
    drawn += _level(level, most) if level else ""
    drawn += (
        f'<text x="{SIDE}" y="{HEIGHT - 6}">{safe(f"{points[0].day:%m-%d}")}</text>'
        f'<text x="{WIDTH - SIDE}" y="{HEIGHT - 6}" text-anchor="end">'
        f"{safe(f'{points[-1].day:%m-%d}')}</text>"
        f'<path d="M{SIDE} {BOTTOM}H{WIDTH - SIDE}" stroke="currentColor" />'
    )
    return _picture(drawn, title, HEIGHT)


def bar_picture(bars: Sequence[Bar], *, title: str) -> SafeString:
    known = [bar for bar in bars if bar.value is not None][:MOST_BARS]
    if not known:
        return SafeString("")
    most = max(bar.value or 0 for bar in known) or 1
    drawn = "".join(
        _bar(at * ROW, bar, round(LONGEST_BAR * (bar.value or 0) / most))
        for at, bar in enumerate(known)
    )
    return _picture(drawn, title, ROW * len(known))


def figure(
    picture: SafeString,
    *,
    title: str,
    headings: tuple[str, str],
    rows: Iterable[tuple[str, str]],
    source: str,
) -> SafeString:
    """Set a picture beside the table of the same figures; without a picture, the table alone."""
    lines = "".join(
        f'<tr><th scope="row">{safe(name)}</th><td class="num">{safe(shown)}</td></tr>'
        for name, shown in rows
    )
    shown_title, (name, value) = safe(title), map(safe, headings)
    below = f'<p class="soft">{safe(source)}</p>' if source else ""
    return SafeString(
        f'<figure class="chart"><figcaption class="chart__title">{shown_title}</figcaption>'
        f'<div class="chart__beside">{picture}<div class="chart__table" role="region"'
        f' aria-label="{shown_title}" tabindex="0"><table class="tbl col data">'
        f'<caption class="sr-only">{shown_title}</caption><thead><tr><th scope="col">{name}</th>'
        f'<th class="num" scope="col">{value}</th></tr></thead><tbody>{lines}</tbody></table>'
        f"</div></div>{below}</figure>"
    )


def day_rows(points: Sequence[Point]) -> list[tuple[str, str]]:
    """The newest first: that is what most look for."""
    return [(say_day(point.day), point.shown) for point in reversed(points)]


def bar_rows(bars: Iterable[Bar]) -> list[tuple[str, str]]:
    return [(in_its_language(bar.name), bar.shown) for bar in bars]


def _picture(drawn: str, title: str, height: int) -> SafeString:
    return SafeString(
        f'<svg class="chart__picture" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label="{safe(title)}" fill="currentColor" font-size="17">{drawn}</svg>'
    )


def _height(value: float, most: float) -> float:
    return round(BOTTOM - value / most * (BOTTOM - TOP), 1)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Split where a figure is not known."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def _run(places: Sequence[tuple[float, float]]) -> str:
    told = " ".join(f"{x},{y}" for x, y in places)
    return f'<polyline points="{told}" fill="none" stroke="currentColor" stroke-width="3" />'


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="4" />'


def _level(level: Level, most: float) -> str:
    y = _height(level.value, most)
    return (
        f'<path d="M{SIDE} {y}H{WIDTH - SIDE}" stroke="currentColor" stroke-dasharray="6 5" />'
        f'<text x="{WIDTH - SIDE}" y="{y - 8}" text-anchor="end">{safe(level.shown)}</text>'
    )


def _bar(top: int, bar: Bar, length: int) -> str:
    name = bar.name if len(bar.name) <= LONGEST_NAME else f"{bar.name[: LONGEST_NAME - 1]}…"
    return (
        f'<text x="0" y="{top + 17}">{safe(name)}</text>'
        f'<rect x="0" y="{top + BAR_TOP}" width="{length}" height="{BAR_HEIGHT}" />'
        f'<text x="{length + 8}" y="{top + BAR_TOP + 14}">{safe(bar.shown)}</text>'
    )
