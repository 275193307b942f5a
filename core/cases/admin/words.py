"""How a case stands and until when, as lists and pages of the desk say it."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.cases.models import Case
from core.cases.queries import Figures, Standing
from core.cases.registry import declared_kinds, get_kind

NOTHING = "–"
AGES = ("이번 주", "지난주", "2~3주 전", "4주보다 전")
FEW = "10건 미만"


def what_words(case: Case) -> SafeString:
    """Say which kind of request it is, and what it is about."""
    title = _named(case)[0]
    return SafeString(f'<div class="desk-long">{title} {escape(case.subject)}</div>')


def state_words(case: Case) -> str:
    return _named(case)[1]


def _named(case: Case) -> tuple[str, str]:
    """Answer kind and state in words: translated once, not once a row."""
    if case.kind in declared_kinds():
        return _translated(case.kind, case.state, get_language())
    return escape(case.title), case.get_state_display()


@lru_cache(maxsize=1024)
def _translated(kind: str, state: str, language: str | None) -> tuple[str, str]:
    declared = get_kind(kind)
    return escape(declared.title), str(declared.state(state).title)


def due_words(case: Case) -> SafeString | str:
    """Say until when, in a word as well as in colour."""
    if case.is_paused:
        return format_html('<span class="desk-tag">{}</span>', "시민 답 기다림")
    if case.due_date is None:
        return NOTHING
    if case.is_overdue(timezone.localdate()):
        return format_html('{} <span class="desk-tag desk-tag--bad">지남</span>', case.due_date)
    return str(case.due_date)


def number_words(number: int | None) -> str:
    """Say how many; None is too few to be told."""
    return FEW if number is None else f"{number:,}"


def draw_standings(rows: Iterable[Standing | Figures]) -> SafeString:
    """Draw the lines of the table by age, of which a list may have thirty, and officials 424."""
    return SafeString("".join(map(_line, rows)))


def _line(one: Standing | Figures) -> str:
    """Draw a line; that of an exact figure leads to what it counts."""
    title = escape(one.title if isinstance(one, Standing) else one.name)
    if isinstance(one, Standing):
        title = SafeString(
            f'<a class="desk-link" href="?stands={escape(quote(one.key))}">{title}</a>'
        )
    ages = "".join(
        f'<td class="desk-number" data-label="{age}">{number_words(number)}</td>'
        for age, number in zip(AGES, one.ages, strict=True)
    )
    whole = f"<strong>{number_words(one.number)}</strong>"
    return (
        f'<tr><th scope="row">{title}</th>{ages}'
        f'<td class="desk-number" data-label="모두">{whole}</td></tr>'
    )
