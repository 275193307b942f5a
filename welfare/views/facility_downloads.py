"""The whole of a filtered list, as a table or as points, streamed row by row."""

import csv
import json
from collections.abc import Iterator

from django.db.models import DateTimeField
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.api.envelope import with_origin
from core.web.limits import limited_downloads
from core.web.public import public
from welfare.queries import FacilityFilters, FiltersRefused, matching_facilities, read_filters
from welfare.queries.cards import all_cards
from welfare.queries.checked import CHECKED_AT
from welfare.views import facility_table as table

CHUNK = 500
ONLY_IN_PAGES = frozenset({"page", "page_size"})
BOM = "\ufeff"


@public(max_age=60)
@limited_downloads
def facility_csv(request: HttpRequest) -> HttpResponseBase:
    filters = _asked(request)
    if isinstance(filters, HttpResponse):
        return filters
    return _streamed(_csv_lines(filters), "text/csv; charset=utf-8", "seoul-welfare-facilities.csv")


@public(max_age=60)
@limited_downloads
def facility_geojson(request: HttpRequest) -> HttpResponseBase:
    filters = _asked(request)
    if isinstance(filters, HttpResponse):
        return filters
    media_type = "application/geo+json; charset=utf-8"
    return _streamed(_features(request, filters), media_type, "seoul-welfare-facilities.geojson")


def _asked(request: HttpRequest) -> FacilityFilters | HttpResponse:
    """Answer what is asked for, or the refusal in plain words."""
    try:
        filters = read_filters(request.GET, now=timezone.now())
        cut = {name: _("내려받기에는 쪽이 없습니다.") for name in ONLY_IN_PAGES & set(request.GET)}
        if cut:
            raise FiltersRefused(cut)
    except FiltersRefused as refused:
        lines = [f"{name}: {message}" for name, message in refused.errors.items()]
        return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")
    return filters


def _streamed(lines: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Line:
    """Stands where csv wants a file, and hands back what it writes."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(filters: FacilityFilters) -> Iterator[str]:
    checked_at = RawSQL(CHECKED_AT, [], output_field=DateTimeField())  # noqa: S611
    found = matching_facilities(filters).annotate(checked_at=checked_at)
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(table.headings())
    for row in found.values_list(*table.COLUMNS).iterator(chunk_size=CHUNK):
        yield writer.writerow(table.cells(row))


def _features(request: HttpRequest, filters: FacilityFilters) -> Iterator[str]:
    """Tell each place with exactly the object that the API tells of it."""
    yield '{"type":"FeatureCollection","features":[\n'
    comma = ""
    for row in all_cards(filters):
        point = (
            {"type": "Point", "coordinates": [row.lon, row.lat]} if row.lat is not None else None
        )
        yield (
            f'{comma}{{"type":"Feature","id":{json.dumps(row.code)},'
            f'"geometry":{json.dumps(point)},'
            f'"properties":{with_origin(request, row.card).decode()}}}\n'
        )
        comma = ","
    yield "]}\n"
