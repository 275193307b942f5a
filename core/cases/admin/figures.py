"""How the requests of the whole city stand, office by office: figures for officials, no people."""

from collections.abc import Callable

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.cases.admin.words import AGES, FEW, draw_standings, number_words
from core.cases.models import CaseTally
from core.cases.permissions import can_see_figures
from core.cases.queries import Figures, figures_by_office, told_open, told_standings
from core.desk.exports import FORMS, ExportColumn, export


def _of_age(at: int) -> Callable[[Figures], object]:
    return lambda one: _told(one.ages[at])


def _told(number: int | None) -> object:
    return FEW if number is None else number


COLUMNS = (
    ExportColumn("기관", lambda one: one.name),
    *(ExportColumn(title, _of_age(at)) for at, title in enumerate(AGES)),
    ExportColumn("모두", lambda one: _told(one.number)),
)


@require_safe
def figures_page(request: HttpRequest) -> HttpResponseBase:
    if not can_see_figures(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    offices = figures_by_office(on=today)
    form = next((one for one in FORMS if one == request.GET.get("format")), None)
    if form is not None:
        return export(form, name=f"requests-{today}", columns=COLUMNS, rows=offices)
    context = {
        **admin.site.each_context(request),
        "title": "기관별 신청 현황",
        "today": today,
        "forms": FORMS,
        "headings": (*AGES, "모두"),
        "offices": draw_standings(offices),
        "standings": draw_standings(told_standings(on=today)),
        "number": number_words(told_open(CaseTally.objects.of_offices(None).total())),
    }
    return TemplateResponse(request, "admin/cases/case/figures.html", context)
