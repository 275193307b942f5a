"""`/welfare/urgent/`: whom to call at once for food, a place to sleep, violence and despair."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.web.public import public
from core.web.urgent import URGENT_LINES, WOMENS_LINE, UrgentLine

# The day on which the numbers were last compared with what is known of them; see docs/check.md.
CHECKED_ON = datetime.date(2026, 11, 28)
MENTAL_HEALTH = UrgentLine("1577-0199", _("정신건강 위기상담"))


@dataclass(frozen=True, slots=True)
class Need:
    """One urgent need: what it is, whom to call, and what happens then."""

    title: Promise
    numbers: tuple[str, ...]
    words: Promise


NEEDS = (
    Need(
        _("죽고 싶은 마음이 들 때"),
        ("109", MENTAL_HEALTH.number, "119"),
        _("밤에도 받습니다. 이름을 말하지 않아도 됩니다. 지금 위험하면 119에 거세요."),
    ),
    Need(
        _("맞거나 위협받을 때"),
        ("112", WOMENS_LINE),
        _("지금 위험하면 112에 거세요. 1366은 밤에도 받고, 피할 곳을 찾아 줍니다."),
    ),
    Need(
        _("먹을 것이 없을 때"),
        ("129", "120"),
        _("긴급복지를 어디에 말하면 되는지 알려 줍니다. 동주민센터에 바로 가도 됩니다."),
    ),
    Need(
        _("잘 곳이 없을 때"),
        ("129", "120"),
        _("오늘 밤 잘 곳을 찾아 달라고 하세요. 폭력을 피해 나왔으면 1366에 거세요."),
    ),
)


@public(max_age=3600)
def urgent(request: HttpRequest) -> HttpResponse:
    lines = {line.number: line for line in (*URGENT_LINES, MENTAL_HEALTH)}
    needs = [(need.title, need.words, [lines[number] for number in need.numbers]) for need in NEEDS]
    return render(request, "welfare/urgent.html", {"needs": needs, "checked_on": CHECKED_ON})
