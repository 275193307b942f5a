"""How welfare is taken up, for officials: figures by programme and place, and nobody's request."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.cases.admin.words import FEW
from core.cases.permissions import can_see_figures
from core.desk.exports import FORMS, ExportColumn, export
from core.places.facts import districts
from core.web.tiles import DistrictTile, short_name
from welfare.enums import OutcomeAnswer
from welfare.queries import take_up


def _told(number: int | None) -> object:
    return FEW if number is None else number


COLUMNS = (
    ExportColumn("행정동 코드", lambda one: one.code),
    ExportColumn("자치구", lambda one: one.district),
    ExportColumn("행정동", lambda one: one.name),
    ExportColumn("받게 된 급여(1년)", lambda one: _told(one.granted)),
)


@require_safe
def take_up_page(request: HttpRequest) -> HttpResponseBase:
    if not can_see_figures(request.user):
        raise PermissionDenied
    now = timezone.now()
    today = timezone.localdate(now)
    form = next((one for one in FORMS if one == request.GET.get("format")), None)
    programmes = take_up.programmes(now=now)
    chosen = next((one for one in programmes if one.code == request.GET.get("benefit")), None)
    benefit = chosen.code if chosen else ""
    if form is not None:
        rows = take_up.places(now=now, benefit=benefit)
        name = "-".join(part for part in ("take-up", benefit, str(today)) if part)
        return export(form, name=name, columns=COLUMNS, rows=rows)
    decisions = take_up.decisions(now=now)
    tiles = _tiles(take_up.districts_granted(now=now, benefit=benefit))
    context = {
        **admin.site.each_context(request),
        "title": "복지 이용 현황",
        "today": today,
        "forms": FORMS,
        "service": take_up.service(on=today, now=now),
        "decisions": decisions,
        "few": FEW if decisions.number is None else "",
        "answers": [label for _value, label in OutcomeAnswer.choices],
        "programmes": [
            (
                one.name,
                _told(one.granted),
                _told(one.refused),
                [(OutcomeAnswer(said).label, _told(number)) for said, number in one.said.items()],
            )
            for one in programmes
        ],
        "choices": [(one.code, one.name) for one in programmes],
        "chosen": chosen,
        "tiles": tiles,
        "finding": _finding(chosen.name if chosen else "받게 된 급여", tiles),
        "source": f"자료: 이 포털의 급여 신청, {today}까지 1년",
    }
    return TemplateResponse(request, "admin/welfare/take_up.html", context)


def _finding(counted: str, tiles: list[DistrictTile]) -> str:
    """Say what the picture shows: where most were granted, or that all figures are small."""
    most = max((one.value or 0 for one in tiles), default=0)
    if not most:
        return f"자치구별 {counted}: 모든 구가 {FEW}"
    where = ", ".join(str(one.name) for one in tiles if one.value == most)
    return f"자치구별 {counted}: 가장 많은 곳은 {where}, 약 {most:,}건"


def _tiles(granted: dict[str, int | None]) -> list[DistrictTile]:
    return [
        DistrictTile(
            name=short_name(one, english=False),
            row=one.row,
            column=one.column,
            value=granted.get(one.code[: take_up.DISTRICT_DIGITS]),
        )
        for one in districts()
    ]
