"""`/welfare/timeline/`: what begins and ends for a household, in words and as a calendar file."""

import datetime
import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from icalendar import Calendar, Event

from core.web.public import anonymous
from welfare.queries.match_words import member_name
from welfare.queries.matching import Match
from welfare.queries.screening import opened
from welfare.rules.changes import day_of_month
from welfare.rules.facts import UNTOLD
from welfare.rules.timeline import Span, likely_at, timeline
from welfare.views import life_picture

MOST_SHOWN = 100
AGES = range(0, 101, 10)


@dataclass(frozen=True, slots=True)
class Turn:
    """What begins or ends on a day, in words."""

    day: datetime.date
    name: str
    words: str


@csrf_exempt
@anonymous
@require_http_methods(["GET", "HEAD", "POST"])
def life_line(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    state = opened(request.POST.get("state", ""), today) if request.method == "POST" else None
    if state is None:
        status = 200 if request.method != "POST" else 400
        return render(request, "welfare/timeline.html", {"state": ""}, status=status)
    match = Match(state.household(today))
    turns = _turns(match, today)
    if request.POST.get("do") == "calendar":
        return _calendar(turns)
    ages = _ages(match, today)
    title = _("나이마다 받을 가능성이 높은 복지의 수")
    context = {
        "state": state.seal(),
        "turns": turns[:MOST_SHOWN],
        "left_out": max(0, len(turns) - MOST_SHOWN),
        "columns": (_("나이"), _("받을 가능성이 높은 복지")),
        "ages": ages,
        "title": title,
        "picture": life_picture.draw(ages, title=title),
    }
    return render(request, "welfare/timeline.html", context)


def _turns(match: Match, today: datetime.date) -> list[Turn]:
    """Answer what begins and ends within twelve months, soonest first."""
    ends = day_of_month(today, 12)
    names = dict(zip(match.book.compiled.keys, match.shelved.names, strict=True))
    turns = []
    for span in _spans(match, begins=today, ends=ends):
        name, who = names[span.benefit], {"who": member_name(span.member)}
        if span.begins > today:
            turns.append(Turn(span.begins, name, _("%(who)s: 받을 가능성이 생깁니다.") % who))
        if span.ends is not None:
            turns.append(Turn(span.ends, name, _("%(who)s: 조건에 더는 맞지 않습니다.") % who))
    return sorted(turns, key=lambda turn: (turn.day, turn.name))


def _ages(match: Match, today: datetime.date) -> list[tuple[str, int]]:
    """Count what is likely at each age of whoever answered; nothing where it is not known."""
    household = match.told.household.with_untold()
    born = household.members[0].birth_date
    if born is None:
        return []
    days = [day_of_month(born, age * 12) for age in AGES]
    counts = likely_at(
        match.book.compiled, household, medians=match.book.medians.held_at(today), days=days
    )
    return [(_("%(age)s세") % {"age": age}, n) for age, n in zip(AGES, counts, strict=True)]


def _spans(match: Match, *, begins: datetime.date, ends: datetime.date) -> list[Span]:
    """Answer the spans of those who are told of: of anybody else nothing is known."""
    medians = match.book.medians.held_at(match.told.on)
    household = match.told.household.with_untold()
    spans = timeline(match.book.compiled, household, medians=medians, begins=begins, ends=ends)
    return [span for span in spans if span.member != UNTOLD.id]


def _calendar(turns: list[Turn]) -> HttpResponse:
    calendar = Calendar()
    calendar.add("prodid", "-//Seoul citizen services//welfare timeline//KO")
    calendar.add("version", "2.0")
    for turn in turns:
        event = Event()
        # The same turn has the same name in every file, so that a calendar takes it in once.
        told = f"{turn.day.isoformat()}\n{turn.name}\n{turn.words}".encode()
        named = hashlib.blake2b(told, digest_size=12).hexdigest()
        event.add("uid", f"{named}@welfare-timeline")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", turn.day)
        event.add("summary", turn.name)
        event.add("description", turn.words)
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="welfare.ics"'
    return response
