"""`/welfare/timeline/`: what begins and ends for a household, in words and as a calendar file."""

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from icalendar import Calendar, Event

from core.web.limits import heavy_answer
from core.web.public import anonymous
from welfare.queries.life_lines import MOST_MEMBERS, LifeLine, why_turned
from welfare.queries.living import member_name
from welfare.queries.matching import Match
from welfare.queries.screening import opened
from welfare.rules.changes import day_of_month
from welfare.rules.facts import UNTOLD
from welfare.rules.timeline import timeline
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
@heavy_answer
def life_line(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    state = opened(request.POST.get("state", ""), today) if request.method == "POST" else None
    if state is None:
        status = 200 if request.method != "POST" else 400
        return render(request, "welfare/timeline.html", {"state": ""}, status=status)
    match = Match(state.as_told(today))
    turns = _turns(match, today)
    if request.POST.get("do") == "calendar":
        return _calendar(turns)
    context = {
        "state": state.seal(),
        "turns": turns[:MOST_SHOWN],
        "left_out": max(0, len(turns) - MOST_SHOWN),
        "people": [(one, member_name(one)) for one in match.people()],
        **_life(request, match, today),
    }
    return render(request, "welfare/timeline.html", context)


def _life(request: HttpRequest, match: Match, today: datetime.date) -> dict[str, Any]:
    """Answer the life of whoever is asked for, the first where nobody is."""
    members = match.told.household.members
    whose = request.POST.get("whose", "")
    member = next((one for one in members if one.id == whose), members[0])
    told = {"whose": member.id, "who": member_name(member.id), "most": MOST_MEMBERS}
    if member.birth_date is None or len(members) > MOST_MEMBERS:
        return told | {"stages": [], "has_many": len(members) > MOST_MEMBERS}
    life = LifeLine(match, member, today=today)
    counts = life.counts(AGES)
    ages = [(_("%(age)s세") % {"age": age}, n) for age, n in zip(AGES, counts, strict=True)]
    title = _("나이마다 받을 가능성이 높은 복지의 수")
    return told | {
        "stages": life.stages(whole=request.POST.get("stage", "")),
        "columns": (_("나이"), _("받을 가능성이 높은 복지")),
        "ages": ages,
        "title": title,
        "picture": life_picture.draw(ages, title=title),
    }


def _turns(match: Match, today: datetime.date) -> list[Turn]:
    """Answer what begins and ends within twelve months for anybody, soonest first, and why."""
    ends = day_of_month(today, 12)
    medians = match.book.medians.held_at(today)
    household = match.told.household.with_untold()
    compiled = match.book.compiled
    spans = timeline(compiled, household, medians=medians, begins=today, ends=ends)
    places = {key: place for place, key in enumerate(compiled.keys)}
    members = {one.id: one for one in household.members if one.id != UNTOLD.id}
    turns = []
    for span in spans:
        if span.member not in members:
            continue  # of anybody else nothing is known
        place = places[span.benefit]
        rule, name = compiled.rules[place], match.shelved.names[place]
        for begins in (True, False):
            day = span.begins if begins else span.ends
            if day is None or day <= today:
                continue
            said = {
                "who": member_name(span.member),
                "why": why_turned(
                    rule, household, members[span.member], span, begins=begins, medians=medians
                ),
            }
            words = (
                _("%(who)s: 받을 가능성이 생깁니다. %(why)s")
                if begins
                else _("%(who)s: 이때까지입니다. %(why)s")
            )
            turns.append(Turn(day, name, words % said))
    return sorted(turns, key=lambda turn: (turn.day, turn.name))


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
