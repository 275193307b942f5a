"""What is likely, to be printed twenty at a time: no fold to open, no script, large where wished.

A family may be likely to get hundreds: nobody wants a pile of paper that they did not foresee.
"""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.web.limits import heavy_answer
from core.web.pagination import PAGE_SIZE
from welfare.queries.first_steps import first_steps, to_ask_about
from welfare.queries.match_words import Shown, shown_pairs
from welfare.queries.matching import Match
from welfare.queries.result_groups import groups_of
from welfare.queries.screening import Screening
from welfare.rules.conditions import Verdict
from welfare.views.check_centre import centre_facts
from welfare.views.check_results import grouped, page_asked

# A name and what is wanting take a third of the room of a benefit with all that belongs to it.
MOST_ASKED, ASKED_IN_AN_ENTRY = 10, 3
# So many tenths of an entry stand on a sheet of A4; measured with generated texts.
TENTHS_ON_A_SHEET = {"normal": 38, "large": 27}


@heavy_answer
def printed(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    match = Match(state.household(today))
    pairs = match.pairs((Verdict.LIKELY,), without=state.put_away).grouped(groups_of(match.book))
    found = pairs.count_benefits()
    pages = max(1, -(-found // PAGE_SIZE))
    page = min(page_asked(request), pages)
    first = (page - 1) * PAGE_SIZE
    cut = pairs.cut_benefits(first, first + PAGE_SIZE)
    shown = shown_pairs(match, cut, today)
    ask = _ask(match, state, today) if page == 1 else []
    last = min(found, first + PAGE_SIZE)
    is_large = "large" in request.POST
    context = {
        "state": state.seal(),
        "today": today,
        "found": found,
        "first": first + 1,
        "last": last,
        "page": page,
        "pages": pages,
        "sheets": sheets_for(len(shown) + -(-len(ask) // ASKED_IN_AN_ENTRY), is_large=is_large),
        "sheets_in_all": sheets_for(found + -(-len(ask) // ASKED_IN_AN_ENTRY), is_large=is_large),
        "is_large": is_large,
        "groups": grouped(match, shown),
        "ask": ask,
        "centre": centre_facts(state, today),
        "go_on": settings.SITE_URL + reverse("welfare:check"),
    }
    return render(request, "welfare/check_print.html", context)


def _ask(match: Match, state: Screening, today: datetime.date) -> list[Shown]:
    """Answer what to ask about at the counter: few answers make little likely."""
    first = first_steps(match, groups_of(match.book), state.put_away)
    return shown_pairs(match, to_ask_about(match, first, state.put_away, MOST_ASKED), today)


def sheets_for(entries: int, *, is_large: bool) -> int:
    """Say about how many sheets that many entries take."""
    return -(-entries * 10 // TENTHS_ON_A_SHEET["large" if is_large else "normal"])
