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
from welfare.queries.screening import Screening, opened
from welfare.rules.changes import day_of_month
from welfare.rules.timeline import Span, timeline
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
    state = opened(request.POST.get("state", "")) if request.method == "POST" else None
    if state is None:
        status = 200 if request.method != "POST" else 400
        return render(request, "welfare/timeline.html", {"state": ""}, status=status)
    today = timezone.localdate()
    match = Match(state.household(today))
    turns = _turns(match, today)
    if request.POST.get("do") == "calendar":
        return _calendar(turns)
    ages = _ages(match, state, today)
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
    turns = []
    for span in _spans(match, begins=today, ends=ends):
        if span.begins > today:
            turns.append(_turn(match, span, span.begins, _("%(who)s: 받을 가능성이 생깁니다.")))
        if span.ends is not None:
            turns.append(_turn(match, span, span.ends, _("%(who)s: 조건에 더는 맞지 않습니다.")))
    return sorted(turns, key=lambda turn: (turn.day, turn.name))


def _turn(match: Match, span: Span, day: datetime.date, words: str) -> Turn:
    name = match.shelved.names[match.book.compiled.position(span.benefit)]
    return Turn(day, name, words % {"who": member_name(span.member)})


def _ages(match: Match, state: Screening, today: datetime.date) -> list[tuple[str, int]]:
    """Count what is likely at each age of whoever answered; nothing where it is not known."""
    born = match.told.household.members[0].birth_date
    if born is None:
        return []
    spans = [
        span
        for span in _spans(match, begins=born, ends=day_of_month(born, 101 * 12))
        if span.member == state.members[0]
    ]
    days = {age: day_of_month(born, age * 12) for age in AGES}
    return [
        (
            _("%(age)s세") % {"age": age},
            sum(one.begins <= day and (one.ends is None or day < one.ends) for one in spans),
        )
        for age, day in days.items()
    ]


def _spans(match: Match, *, begins: datetime.date, ends: datetime.date) -> list[Span]:
    medians = match.book.medians.held_at(match.told.on)
    book = match.book.compiled
    return timeline(book, match.told.household, medians=medians, begins=begins, ends=ends)


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
