"""How a case stands and until when, as lists and pages of the desk say it."""

from collections.abc import Iterable
from urllib.parse import quote

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from core.cases.models import Case
from core.cases.queries import Standing

NOTHING = "–"
AGES = ("이번 주", "지난주", "2~3주 전", "4주보다 전")


def due_words(case: Case) -> SafeString | str:
    """Say until when, in a word as well as in colour."""
    if case.is_paused:
        return format_html('<span class="desk-tag">{}</span>', "시민 답 기다림")
    if case.due_date is None:
        return NOTHING
    if case.is_overdue(timezone.localdate()):
        return format_html('{} <span class="desk-tag desk-tag--bad">지남</span>', case.due_date)
    return str(case.due_date)


def draw_standings(rows: Iterable[Standing], *, is_linked: bool = False) -> SafeString:
    """Draw the lines of the table by state and age, of which a list may have thirty."""
    return SafeString("".join(_line(one, is_linked) for one in rows))


def _line(one: Standing, is_linked: bool) -> str:
    title = escape(one.title)
    if is_linked:
        title = SafeString(
            f'<a class="desk-link" href="?stands={escape(quote(one.key))}">{title}</a>'
        )
    ages = "".join(
        f'<td class="desk-number" data-label="{age}">{number:,}</td>'
        for age, number in zip(AGES, one.ages, strict=True)
    )
    return (
        f'<tr><th scope="row">{title}</th>{ages}'
        f'<td class="desk-number" data-label="모두"><strong>{one.number:,}</strong></td></tr>'
    )
