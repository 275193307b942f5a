"""`/welfare/timeline/`: what begins and ends for a household, in words and as a calendar file."""

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from icalendar import Calendar, Event

from core.web.limits import heavy_answer
from core.web.public import anonymous
from core.web.wording import in_its_language
from welfare.queries.benefit_programmes import programmes_of
from welfare.queries.life_lines import MOST_MEMBERS, LifeLine, turns_to_ask, why_turned
from welfare.queries.living import member_name
from welfare.queries.matching import Match
from welfare.queries.screening import opened, written
from welfare.rules.changes import day_of_month
from welfare.rules.conditions import Verdict
from welfare.rules.facts import UNTOLD, Member, for_years
from welfare.rules.questions import Asked
from welfare.rules.timeline import Span, timeline
from welfare.views import life_picture

MOST_SHOWN, MOST_NAMED, FEW = 100, 20, 3
AGES = range(0, 101, 10)


@dataclass(frozen=True, slots=True)
class Turn:
    """What begins or ends on a day for one or more members, in words.

    `asks` says that it only is worth asking about, as an office examines or more has to be known.
    """

    day: datetime.date
    benefit: str
    name: str
    asks: bool
    begins: bool
    who: tuple[str, ...]
    why: str

    @property
    def words(self) -> str:
        said = {"who": ", ".join(self.who), "why": self.why}
        if self.asks:
            if self.begins:
                return _("%(who)s: 이날부터 물어볼 만합니다. %(why)s") % said
            return _("%(who)s: 이날부터는 대상이 아닐 수 있으니 그 전에 물어보세요. %(why)s") % said
        if self.begins:
            return _("%(who)s: 이날부터 받을 가능성이 생깁니다. %(why)s") % said
        return _("%(who)s: 이날부터는 받기 어려울 수 있습니다. %(why)s") % said


@dataclass(frozen=True, slots=True)
class Occasion:
    """All that begins or ends on a day for the same people and reason: a birthday, say."""

    day: datetime.date
    asks: bool
    words: str
    count: int
    named: tuple[tuple[Any, str], ...]

    @property
    def is_folded(self) -> bool:
        return self.count > FEW

    @property
    def left_out(self) -> int:
        return self.count - len(self.named)


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
    occasions = _occasions(turns)[:MOST_SHOWN]
    context = {
        "state": state.seal(),
        "occasions": occasions,
        "left_out": len(turns) - sum(one.count for one in occasions),
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
        missing = {"birth_question": written(Asked("birth_date", member.id))}
        return told | missing | {"stages": [], "has_many": len(members) > MOST_MEMBERS}
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
    household = for_years(match.told.household).with_untold()
    compiled = match.book.compiled
    spans = timeline(compiled, household, medians=medians, begins=today, ends=ends)
    asking = turns_to_ask(match, begins=today, ends=ends, medians=medians)
    programmes = programmes_of(match.book)
    places = {key: place for place, key in enumerate(compiled.keys)}
    members = {one.id: one for one in household.members if one.id != UNTOLD.id}
    found: dict[tuple[datetime.date, str, bool, bool, str], list[str]] = {}
    for span in (*spans, *asking):
        if span.member not in members:
            continue  # of anybody else nothing is known
        rule = compiled.rules[places[span.benefit]]
        member, asks = members[span.member], span.verdict is Verdict.DEPENDS
        for begins, day in ((True, span.begins), (False, span.ends)):
            if day is None or day <= today:
                continue
            if asks and not (_is_asked_from(span, member) if begins else span.goes):
                continue
            programme = programmes.get(span.benefit, "")
            why = why_turned(
                rule, household, span, begins=begins, medians=medians, programme=programme
            )
            turn = (day, span.benefit, asks, begins, why)
            found.setdefault(turn, []).append(member_name(span.member))
    turns = [
        Turn(day, benefit, match.shelved.names[places[benefit]], asks, begins, tuple(who), why)
        for (day, benefit, asks, begins, why), who in found.items()
    ]
    # What is likely is told first on each day.
    return sorted(turns, key=lambda turn: (turn.day, turn.asks, turn.name, not turn.begins))


def _is_asked_from(span: Span, member: Member) -> bool:
    """Say whether one may ask from its begin on; a birth turns nothing of what hangs on others."""
    return span.comes and span.begins != member.birth_date


def _occasions(turns: list[Turn]) -> list[Occasion]:
    """Say a day and a reason once for all benefits that it is about, in the order of their days."""
    told: dict[tuple[datetime.date, bool, str], list[Turn]] = {}
    for turn in turns:
        told.setdefault((turn.day, turn.asks, turn.words), []).append(turn)
    return [
        Occasion(
            day,
            asks,
            words,
            len(held),
            tuple(
                (
                    in_its_language(turn.name),
                    reverse("welfare:benefit-detail", kwargs={"code": turn.benefit}),
                )
                for turn in held[:MOST_NAMED]
            ),
        )
        for (day, asks, words), held in told.items()
    ]


def _calendar(turns: list[Turn]) -> HttpResponse:
    """Write whole days (RFC 5545), which stand on the same day in every time zone.

    A calendar is shared, and read by whoever keeps it: nothing in the file says whose a turn is or
    why, as ages, incomes and illnesses would. The same turn bears the same name in every file, also
    in the other language, so that a calendar takes it in once and corrects its words.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Seoul citizen services//welfare timeline//KO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("앞으로의 복지"))
    at = timezone.now().astimezone(datetime.UTC)
    of_all = {(turn.day, turn.benefit, turn.asks, turn.begins): turn.name for turn in turns}
    for (day, benefit, asks, begins), name in of_all.items():
        event = Event()
        told = "\n".join((day.isoformat(), benefit, str(begins), *["asks"] * asks)).encode()
        named = hashlib.blake2b(told, digest_size=12).hexdigest()
        link = settings.SITE_URL + reverse("welfare:benefit-detail", kwargs={"code": benefit})
        event.add("uid", f"{named}@welfare-timeline")
        event.add("dtstamp", at)
        event.add("dtstart", day)
        event.add("dtend", day + datetime.timedelta(days=1))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        event.add("url", link)
        summary, about = _in_a_calendar(asks=asks, begins=begins)
        event.add("summary", summary % {"name": name})
        event.add("description", f"{about}\n{link}")
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="welfare.ics"'
    return response


def _in_a_calendar(*, asks: bool, begins: bool) -> tuple[str, str]:
    """Answer an event's summary, with a place for the name, and what it says below it."""
    if asks and begins:
        return _("%(name)s: 물어볼 만한 날"), _(
            "이날부터 물어볼 만합니다. 기관이 조사하거나 더 알아야 정해집니다."
        )
    if asks:
        return _("%(name)s: 이 전에 물어볼 날"), _(
            "이날부터는 대상이 아닐 수 있습니다. 그 전에 기관에 물어보세요."
        )
    if begins:
        return _("%(name)s: 받을 가능성이 생기는 날"), _(
            "이날부터 받을 가능성이 생깁니다. 신청하기 전에 조건을 확인하세요."
        )
    return _("%(name)s: 조건이 끝날 수 있는 날"), _(
        "이날부터는 받기 어려울 수 있습니다. 받고 있다면 기관에 확인하세요."
    )
