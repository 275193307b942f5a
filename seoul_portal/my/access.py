"""`/my/access/`: who looked at somebody's data, what, when, from which office, and why."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.records.enums import Door
from core.records.models import Access
from core.web.pagination import PAGE_SIZE, Pager, capped, page_number


@dataclass(frozen=True, slots=True)
class Look:
    """One entry of the log, in words."""

    entry: Any

    @property
    def who(self) -> str:
        return self.entry.actor_name or _("로그인하지 않은 사람")

    @property
    def office(self) -> str:
        office = self.entry.office
        if office is None:
            return ""
        return str((get_language() == "en" and office.name_en) or office.name)

    @property
    def door(self) -> str:
        return str(Door(self.entry.door).label)


@require_safe
def my_access(request: HttpRequest) -> HttpResponse:
    """One query: the page's entries, each with how many there are in all."""
    number = page_number(request.GET.get("page"))
    if number is None:
        raise Http404
    person: Any = request.user
    looks = Access.objects.of(person.pk).newest_first().select_related("office")
    first = (number - 1) * PAGE_SIZE
    entries: list[Any] = list(looks.annotate(total=Window(Count("*")))[first : first + PAGE_SIZE])
    if not entries and number > 1:
        raise Http404
    count, is_capped = capped(entries[0].total if entries else 0)
    context = {
        "looks": [Look(entry) for entry in entries],
        "pager": Pager(number, count, count_capped=is_capped),
    }
    return render(request, "seoul_portal/my/access.html", context)
