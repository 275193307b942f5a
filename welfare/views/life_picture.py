"""Draws how much is likely at which age: a bar an age, for the table that stands below it."""

from collections.abc import Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

ROW = 28
# Beside the longest bar there is room for its age on the left and its number on the right.
BAR_FROM, LONGEST, WIDTH = 88, 160, 304


def draw(ages: Sequence[tuple[str, int]], *, title: str) -> SafeString:
    """In the colour of the text, so that it stands out in every theme."""
    most = max((number for _age, number in ages), default=0) or 1
    rows = "".join(
        _row(place, age, number, round(LONGEST * number / most))
        for place, (age, number) in enumerate(ages)
    )
    height = ROW * len(ages)
    return SafeString(
        f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img"'
        f' aria-label="{conditional_escape(title)}" fill="currentColor" font-size="17">{rows}</svg>'
    )


def _row(place: int, age: str, number: int, length: int) -> str:
    top, base = place * ROW + 4, place * ROW + 20
    return (
        f'<text x="0" y="{base}">{conditional_escape(age)}</text>'
        f'<rect x="{BAR_FROM}" y="{top}" width="{length}" height="{ROW - 8}" />'
        f'<text x="{BAR_FROM + length + 8}" y="{base}">{number}</text>'
    )
