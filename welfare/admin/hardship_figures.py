"""How fairly the list of signs goes: whom it names, and who was looked at, visited and helped."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.kpi.rules.small_figures import FEWEST
from welfare import permissions
from welfare.models import HardshipHousehold
from welfare.queries.hardship import fairness

HEADINGS = ("가져온 가구", "살펴본 가구", "찾아간 가구", "도운 가구")


@require_safe
def figures_page(request: HttpRequest) -> HttpResponseBase:
    """Of the whole city for officials, of their own centres for whoever works in one."""
    actor = request.user
    if not permissions.can_see_sign_figures(actor):
        raise PermissionDenied
    everywhere = actor.sees_figures  # type: ignore[union-attr]
    context = {
        **admin.site.each_context(request),
        "title": "위기 신호 가구를 고르게 살피는지",
        "opts": HardshipHousehold._meta,
        "today": timezone.localdate(),
        "whose": "서울 전체" if everywhere else "내 기관",
        "headings": HEADINGS,
        "fewest": FEWEST,
        "breakdowns": fairness(None if everywhere else actor.office_ids),  # type: ignore[union-attr]
    }
    return TemplateResponse(request, "admin/welfare/hardshiphousehold/figures.html", context)
