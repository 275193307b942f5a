"""The whole of a filtered list, as a table or as points, streamed row by row."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.places.enums import Precision
from core.places.facts import get_district, get_dong
from core.web.limits import limited_downloads
from core.web.public import public
from welfare.models import FacilityQuerySet
from welfare.queries import FiltersRefused, matching_facilities, read_filters
from welfare.views import facility_words as words

CHUNK = 500
ONLY_IN_PAGES = frozenset({"page", "page_size"})
# What a spreadsheet would take for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"
COLUMNS = (
    "code", "name", "name_en", "family_name", "kind_id", "jurisdiction_code", "district_code",
    "dong_code", "address", "address_detail", "postcode", "phone", "lat", "lon", "precision",
    "capacity", "occupancy", "waiting", "homepage", "source",
)  # fmt: skip


@public(max_age=60)
@limited_downloads
def facility_csv(request: HttpRequest) -> HttpResponseBase:
    found = _asked(request)
    if isinstance(found, HttpResponse):
        return found
    return _streamed(_csv_lines(found), "text/csv; charset=utf-8", "seoul-welfare-facilities.csv")


@public(max_age=60)
@limited_downloads
def facility_geojson(request: HttpRequest) -> HttpResponseBase:
    found = _asked(request)
    if isinstance(found, HttpResponse):
        return found
    media_type = "application/geo+json; charset=utf-8"
    return _streamed(_features(found), media_type, "seoul-welfare-facilities.geojson")


def _asked(request: HttpRequest) -> FacilityQuerySet | HttpResponse:
    """Answer the rows asked for, or the refusal in plain words."""
    try:
        filters = read_filters(request.GET, now=timezone.now())
        cut = {name: _("내려받기에는 쪽이 없습니다.") for name in ONLY_IN_PAGES & set(request.GET)}
        if cut:
            raise FiltersRefused(cut)
    except FiltersRefused as refused:
        lines = [f"{name}: {message}" for name, message in refused.errors.items()]
        return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")
    return matching_facilities(filters)


def _streamed(lines: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Line:
    """Stands where csv wants a file, and hands back what it writes."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(found: FacilityQuerySet) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(_headings())
    for row in found.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        yield writer.writerow(
            [_cell(value) for value in _told(dict(zip(COLUMNS, row, strict=True)))]
        )


def _headings() -> list[str]:
    return [
        _("시설코드"), _("이름"), _("영문 이름"), _("시설 분류"), _("시설 종류"), _("관할"),
        _("자치구"), _("행정동"), _("주소"), _("상세 주소"), _("우편번호"), _("전화번호"),
        _("위도"), _("경도"), _("위치 정확도"), _("정원"), _("현원"), _("대기"), _("누리집"),
        _("출처"),
    ]  # fmt: skip


def _told(row: dict[str, Any]) -> Iterator[Any]:
    jurisdiction = get_district(row["jurisdiction_code"] or "")
    dong = get_dong(row["dong_code"] or "")
    readable = {
        "family_name": words.family_label(row["family_name"]),
        "kind_id": words.kind_label(row["kind_id"]),
        "jurisdiction_code": words.region_name(jurisdiction)
        if jurisdiction
        else row["jurisdiction_code"] and _("서울특별시"),
        "district_code": (d := get_district(row["district_code"] or "")) and words.region_name(d),
        "dong_code": dong and words.region_name(dong),
        "precision": str(Precision(row["precision"]).label),
    }
    yield from (row | readable).values()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _features(found: FacilityQuerySet) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":[\n'
    comma = ""
    rows = found.values_list("code", "lat", "lon", "card")
    for code, lat, lon, card in rows.iterator(chunk_size=CHUNK):
        point = {"type": "Point", "coordinates": [lon, lat]} if lat is not None else None
        yield (
            f'{comma}{{"type":"Feature","id":{json.dumps(code)},'
            f'"geometry":{json.dumps(point)},"properties":{card}}}\n'
        )
        comma = ","
    yield "]}\n"
