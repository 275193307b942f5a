"""`/my/access/`: who looked at somebody's data, what, when, from which office, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Window
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.moments import SEOUL, say_day, say_moment
from core.records.enums import Door
from core.records.models import Access
from core.records.reading import system_reading
from core.records.registry import titles_of
from core.web.pagination import PAGE_SIZE, Pager, capped, page_number
from seoul_portal.my.kept_words import in_readers_language

# Looks of a day that differ in nothing else are one line: a list that was opened ten times.
SAME = ("day", "actor", "actor_name", "office", "reason", "door", "holdings")


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody looked at on one day, once or several times, in words."""

    told: Mapping[str, Any]

    @property
    def at(self) -> Any:
        return self.told["last"]

    @property
    def when(self) -> str:
        times, first, last = self.told["times"], self.told["first"], self.told["last"]
        if times == 1:
            return say_moment(last)
        spoken = ngettext("%(number)s번", "%(number)s번", times) % {"number": times}
        start, end = (f"{one.astimezone(SEOUL):%H:%M}" for one in (first, last))
        span = start if start == end else f"{start}–{end}"
        return f"{say_day(last)} {span}, {spoken}"

    @property
    def who(self) -> str:
        if self.is_by_paper:
            return _("종이 접수증의 번호를 가진 사람")
        return self.told["actor_name"] or _("로그인하지 않은 사람")

    @property
    def is_by_paper(self) -> bool:
        return self.told["door"] == Door.PAPER and not self.told["actor_name"]

    @property
    def reason(self) -> str:
        if self.told["reason"]:
            return in_readers_language(str(self.told["reason"]))
        if self.told["door"] == Door.PAPER:
            return _("종이 접수증의 번호로 신청이 어떻게 되고 있는지 보았습니다.")
        return ""

    @property
    def what(self) -> str:
        return ", ".join(titles_of(self.told["holdings"]))

    @property
    def office(self) -> str:
        name_en = self.told["office__name_en"] if get_language() == "en" else ""
        return str(name_en or self.told["office__name"] or "")

    @property
    def door(self) -> str:
        return str(Door(self.told["door"]).label)


@require_safe
def my_access(request: HttpRequest) -> HttpResponse:
    """One query: the page's lines, each with how many there are in all."""
    number = page_number(request.GET.get("page"))
    if number is None:
        raise Http404
    person: Any = request.user
    first = (number - 1) * PAGE_SIZE
    with system_reading("their own rows, put together day by day"):
        lines = list(_lines(person.pk)[first : first + PAGE_SIZE])
    if not lines and number > 1:
        raise Http404
    count, is_capped = capped(lines[0]["total"] if lines else 0)
    context = {
        "looks": [Look(line) for line in lines],
        "pager": Pager(number, count, count_capped=is_capped),
    }
    return render(request, "seoul_portal/my/access.html", context)


def _lines(person_id: int) -> Any:
    looks = Access.objects.of(person_id).annotate(day=TruncDate("at", tzinfo=SEOUL))
    folded = looks.values(*SAME, "office__name", "office__name_en").annotate(
        times=Count("pk"), first=Min("at"), last=Max("at"), newest=Max("pk")
    )
    return folded.annotate(total=Window(Count("*"))).order_by(F("last").desc(), "-newest")
