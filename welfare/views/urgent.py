"""`/welfare/urgent/`: whom to call at once for food, a place to sleep, violence and despair."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.web.public import public
from core.web.urgent import URGENT_LINES, WOMENS_LINE, UrgentLine

# The day of what is said here, which docs/check.md marks as not yet verified.
WRITTEN_DOWN_ON = datetime.date(2026, 11, 28)
MENTAL_HEALTH = UrgentLine("1577-0199", _("정신건강 위기상담"))
MIGRANT_WOMEN = UrgentLine("1577-1366", _("다누리콜센터 (이주여성 상담과 통역)"))

DAY_AND_NIGHT = _("밤낮없이, 날마다")
KOREAN = _("한국어")
INTERPRETED = _("한국어, 통역을 부탁할 수 있음")
# When each answers, and in which languages; docs/check.md says what is in doubt.
ANSWERS = {
    "119": (DAY_AND_NIGHT, INTERPRETED),
    "112": (DAY_AND_NIGHT, INTERPRETED),
    "109": (DAY_AND_NIGHT, KOREAN),
    MENTAL_HEALTH.number: (DAY_AND_NIGHT, KOREAN),
    WOMENS_LINE: (DAY_AND_NIGHT, KOREAN),
    MIGRANT_WOMEN.number: (DAY_AND_NIGHT, _("한국어, 영어, 중국어, 베트남어 등 13개 언어")),
    "1388": (DAY_AND_NIGHT, KOREAN),
    "129": (_("평일 09:00~18:00, 위급한 상담은 밤에도"), KOREAN),
    "120": (
        _("밤낮없이, 날마다 (외국어는 평일 09:00~18:00)"),
        _("한국어, 영어, 중국어, 일본어, 베트남어, 몽골어"),
    ),
}


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
        ("112", WOMENS_LINE, MIGRANT_WOMEN.number),
        _("지금 위험하면 112에 거세요. 1366은 밤에도 받고, 피할 곳을 찾아 줍니다."),
    ),
    Need(
        _("아이나 청소년이 위험할 때"),
        ("112", "1388"),
        _("아동학대는 112에 신고하세요. 1388은 집을 나온 청소년이 머물 곳도 찾아 줍니다."),
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
    lines = {line.number: line for line in (*URGENT_LINES, MENTAL_HEALTH, MIGRANT_WOMEN)}
    needs = [
        (need.title, need.words, [(lines[number], *ANSWERS[number]) for number in need.numbers])
        for need in NEEDS
    ]
    context = {"needs": needs, "written_down_on": WRITTEN_DOWN_ON}
    return render(request, "welfare/urgent.html", context)
