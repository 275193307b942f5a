"""Public indicators by API: where each stands, and the readings of one of them."""

import datetime
import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from core.kpi.declaration import Indicator
from core.kpi.models import Reading, Target
from core.kpi.queries import (
    newest_readings,
    shown_indicators,
    target_list,
    targets_in_force,
    told_readings,
)
from core.kpi.rules.timing import is_stale
from core.web.api.endpoint import PublicEndpoint, json_response
from core.web.api.envelope import list_body, with_origin
from core.web.api.parameters import read_paging, read_parameters
from core.web.api.schema import PAGING, list_of, problems, query
from core.web.pagination import COUNT_CAP, MOST_PAGES, capped
from core.web.problems import Problem, refuse

FILTERS = ("from", "to", "page", "page_size")
DAYS = (
    query("from", gettext_lazy("이날부터 (2026-11-28)"), kind=OpenApiTypes.DATE),
    query("to", gettext_lazy("이날까지 (2026-11-28)"), kind=OpenApiTypes.DATE),
)


class ReadingSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    dimension = serializers.CharField(
        allow_null=True, help_text=gettext_lazy("무엇으로 나눈 값인지 (district), 전체면 null")
    )
    key = serializers.CharField(
        allow_null=True, help_text=gettext_lazy("그 가운데 어느 것인지 (11110)")
    )
    value = serializers.FloatField(allow_null=True)
    numerator = serializers.IntegerField(allow_null=True)
    denominator = serializers.IntegerField(allow_null=True)
    is_hidden = serializers.BooleanField(
        help_text=gettext_lazy("10 미만인 수가 드러날 수 있어 감췄으면 true")
    )


class TargetSerializer(serializers.Serializer[Any]):
    value = serializers.FloatField()
    by_date = serializers.DateField()
    reason = serializers.CharField()


class IndicatorSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    better = serializers.ChoiceField(choices=["MORE", "LESS", "NEITHER"])
    owner = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    every = serializers.ChoiceField(choices=["DAY", "WEEK", "MONTH"])
    dimensions = serializers.ListField(child=serializers.CharField())
    target = TargetSerializer(allow_null=True)
    url = serializers.URLField(help_text=gettext_lazy("시민이 보는 쪽"))


class StandingSerializer(IndicatorSerializer):
    latest = ReadingSerializer(allow_null=True)
    is_stale = serializers.BooleanField(help_text=gettext_lazy("읽을 때가 지났으면 true"))


class KpiList(PublicEndpoint):
    @extend_schema(
        operation_id="listIndicators",
        summary=gettext_lazy("서비스 지표"),
        description=gettext_lazy(
            "공개하는 지표마다 목표와, from에서 to까지의 가장 새로운 값입니다."
        ),
        tags=["kpi"],
        parameters=[*DAYS, *PAGING],
        responses={200: list_of("IndicatorList", StandingSerializer)} | problems(),
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        values = read_parameters(request, FILTERS)
        first, last = _days(values)
        page, size = read_paging(values)
        today = timezone.localdate()
        shown = shown_indicators(only_public=True)
        newest, targets = newest_readings(shown, first, last), targets_in_force(today)
        cut = list(shown.values())[(page - 1) * size : page * size]
        told = [
            _indicator(one, targets.get(one.slug)) | _standing(one, newest.get(one.slug), today)
            for one in cut
        ]
        return _answer(request, told, count=len(shown), page=page, size=size)


class KpiDetail(PublicEndpoint):
    @extend_schema(
        operation_id="getIndicator",
        summary=gettext_lazy("지표 하나와 그 값"),
        description=gettext_lazy(
            "results는 from에서 to까지 날마다의 값으로, 새로운 날부터입니다. "
            "나눈 값도 함께 있습니다."
        ),
        tags=["kpi"],
        parameters=[*DAYS, *PAGING],
        responses={
            200: list_of(
                "IndicatorReadings",
                ReadingSerializer,
                indicator=IndicatorSerializer(),
                targets=TargetSerializer(many=True),
            )
        }
        | problems(404),
    )
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        values = read_parameters(request, FILTERS)
        first, last = _days(values)
        page, size = read_paging(values)
        indicator = shown_indicators(only_public=True).get(slug)
        if indicator is None:
            raise Problem(HTTPStatus.NOT_FOUND, _("이런 지표는 없습니다."))
        rows = told_readings(indicator, only_public=True).between(first, last).newest_first()
        offset = (page - 1) * size
        count = rows.order_by()[: COUNT_CAP + 1].count()
        told = [_reading(row) for row in rows[offset : offset + size]]
        targets = list(target_list(slug))
        in_force = targets_in_force(timezone.localdate()).get(slug)
        more = {
            "indicator": _indicator(indicator, in_force),
            "targets": [_target(one) for one in targets],
        }
        return _answer(request, told, count=count, page=page, size=size, more=more)


def _answer(
    request: HttpRequest,
    results: Iterable[dict[str, Any]],
    *,
    count: int,
    page: int,
    size: int,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    told, is_capped = capped(count)
    body = list_body(
        request,
        ",".join(map(_spelt, results)).encode(),
        count=told,
        capped=is_capped,
        page=page,
        has_next=page * size < count and page < MOST_PAGES,
    )
    if more:
        body = f"{_spelt(more)[:-1]},".encode() + body[1:]
    return json_response(with_origin(request, body))


def _spelt(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _indicator(indicator: Indicator, target: Target | None) -> dict[str, Any]:
    dimensions = indicator.told_dimensions(only_public=True)
    return {
        "slug": indicator.slug,
        "title": str(indicator.title),
        "definition": str(indicator.definition),
        "unit": str(indicator.unit),
        "better": indicator.better.value,
        "owner": str(indicator.owner),
        "source": str(indicator.source),
        "every": indicator.every.value,
        "dimensions": [one.slug for one in dimensions],
        "target": _target(target) if target else None,
        "url": reverse("kpi-detail", args=[indicator.slug]),
    }


def _standing(indicator: Indicator, newest: Reading | None, today: datetime.date) -> dict[str, Any]:
    last = newest.day if newest else None
    return {
        "latest": _reading(newest) if newest else None,
        "is_stale": is_stale(last, every=indicator.every, today=today),
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "day": reading.day.isoformat(),
        "dimension": reading.dimension or None,
        "key": reading.key or None,
        "value": None if reading.value is None else float(reading.value),
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "is_hidden": reading.is_hidden,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "value": float(target.value),
        "by_date": target.by_date.isoformat(),
        "reason": target.reason,
    }


def _days(values: dict[str, str]) -> tuple[datetime.date | None, datetime.date | None]:
    errors: dict[str, str] = {}
    days: dict[str, datetime.date] = {}
    for name in ("from", "to"):
        if name not in values:
            continue
        day = _day(values[name])
        if day is None:
            errors[name] = _("날짜는 2026-11-28처럼 적어 주세요.")
        else:
            days[name] = day
    first, last = days.get("from"), days.get("to")
    if first and last and first > last:
        errors["to"] = _("from과 같은 날이거나 그 뒤의 날을 적어 주세요.")
    if errors:
        raise refuse(errors)
    return first, last


def _day(text: str) -> datetime.date | None:
    """Read a day as ISO 8601 writes it with hyphens, and as nothing else."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if text == day.isoformat() else None
