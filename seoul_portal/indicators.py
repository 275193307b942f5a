"""The public dashboard: every public indicator with its figure, its target and its line."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.desk.exports import export
from core.kpi import exports, pictures, wording
from core.kpi.declaration import DISTRICT, Dimension, Indicator
from core.kpi.models import Reading
from core.kpi.queries import (
    Standing,
    parts_on,
    shown_indicators,
    standing_of,
    standings,
    target_list,
)
from core.places.facts import districts
from core.web.limits import limited_downloads
from core.web.public import public
from core.web.tiles import DistrictTile, short_name

DISTRICT_DIGITS = 5
MAX_AGE = 60


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """An indicator as a page tells it: all words ready, and the points of its picture."""

    standing: Standing
    points: tuple[pictures.Point, ...]
    level: pictures.Level | None

    @property
    def indicator(self) -> Indicator:
        return self.standing.indicator

    @property
    def value(self) -> str:
        return wording.value_words(self.standing.latest, self.indicator)

    @property
    def share(self) -> str:
        return wording.share_words(self.standing.latest, self.indicator)

    @property
    def why_none(self) -> str:
        return wording.why_no_value(self.standing.latest)

    @property
    def freshness(self) -> str:
        return wording.freshness_words(self.standing)

    @property
    def target(self) -> str:
        return wording.target_words(self.standing)

    @property
    def verdict(self) -> str:
        return wording.standing_words(self.standing)

    @property
    def forecast(self) -> str:
        return wording.forecast_words(self.standing)

    @property
    def finding(self) -> str:
        """The title of the picture says what it shows."""
        return pictures.finding(self.standing)

    @property
    def source(self) -> str:
        return pictures.source_line(self.standing)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """What a figure is told apart by: tiles of districts, or bars."""

    dimension: Dimension
    bars: tuple[pictures.Bar, ...]
    tiles: tuple[DistrictTile, ...]

    @property
    def title(self) -> str | Promise:
        return self.dimension.title


def shown(standing: Standing) -> ShownIndicator:
    return ShownIndicator(standing, pictures.points_of(standing), pictures.level_of(standing))


@public(max_age=MAX_AGE)
def kpi_list(request: HttpRequest) -> HttpResponse:
    found = standings(today=timezone.localdate(), only_public=True)
    return render(
        request, "seoul_portal/kpi_list.html", {"indicators": [shown(one) for one in found]}
    )


@public(max_age=MAX_AGE)
def kpi_detail(request: HttpRequest, slug: str) -> HttpResponse:
    indicator = _public(slug)
    standing = standing_of(indicator, today=timezone.localdate())
    return render(request, "seoul_portal/kpi_detail.html", detail_context(standing))


def detail_context(standing: Standing, *, only_public: bool = True) -> dict[str, Any]:
    latest = standing.latest
    indicator = standing.indicator
    parts = parts_on(indicator, latest.day, only_public=only_public) if latest else []
    return {
        "shown": shown(standing),
        "facts": [
            (_("책임 부서"), indicator.owner),
            (_("자료"), indicator.source),
            (_("얼마나 자주"), indicator.every.label),
            (_("방향"), indicator.better.label),
            (_("감춘 값"), wording.hidden_words()),
        ],
        "parts": [shown_part(one, rows, indicator) for one, rows in parts],
        "targets": [
            (wording.amount_words(one.value, indicator), one.by_date, one.reason)
            for one in target_list(indicator.slug)
        ],
    }


@public(max_age=MAX_AGE)
@limited_downloads
def kpi_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All that was ever read of it and may be told, the newest first."""
    indicator = _public(slug)
    told = export(
        "csv", name=slug, columns=exports.columns(), rows=exports.rows(indicator, only_public=True)
    )
    assert isinstance(told, StreamingHttpResponse)  # noqa: S101
    del told.headers["Cache-Control"]  # the same for everybody, as the page is
    return told


def shown_part(
    dimension: Dimension, rows: list[tuple[str, Reading]], indicator: Indicator
) -> ShownPart:
    bars = pictures.bars_of(rows, indicator)
    values = {row.key: row.value for _name, row in rows}
    tiles = _tiles(values) if dimension.slug == DISTRICT else ()
    return ShownPart(dimension, bars, tuple(tiles))


def _tiles(values: dict[str, Any]) -> list[DistrictTile]:
    english = get_language() == "en"
    found = []
    for one in districts():
        value = values.get(one.code[:DISTRICT_DIGITS])
        found.append(
            DistrictTile(
                name=short_name(one, english=english),
                row=one.row,
                column=one.column,
                value=None if value is None else int(value),
            )
        )
    return found


def _public(slug: str) -> Indicator:
    indicator = shown_indicators(only_public=True).get(slug)
    if indicator is None:
        raise Http404
    return indicator
