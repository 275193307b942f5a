"""All that is likely, to be printed: no fold to open, no script, in large print where one likes."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.web.limits import heavy_answer
from welfare.queries.match_words import shown_pairs
from welfare.queries.matching import Match
from welfare.queries.result_groups import groups_of
from welfare.queries.screening import Screening
from welfare.rules.conditions import Verdict
from welfare.views.check_centre import centre_facts
from welfare.views.check_results import grouped


@heavy_answer
def printed(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    match = Match(state.household(today))
    pairs = match.pairs((Verdict.LIKELY,), without=state.put_away).grouped(groups_of(match.book))
    context = {
        "state": state.seal(),
        "today": today,
        "found": len(pairs),
        "is_large": "large" in request.POST,
        "groups": grouped(match, shown_pairs(match, pairs.cut(0, len(pairs)), today)),
        "centre": centre_facts(state, today),
    }
    return render(request, "welfare/check_print.html", context)
