"""The whole of a filtered list, as a table or as points, streamed row by row."""

import json
from collections.abc import Iterator

from django.db.models import DateTimeField
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from core.web.api.envelope import with_origin
from core.web.limits import limited_downloads
from core.web.public import public
from welfare.queries import FacilityFilters, matching_facilities, read_filters
from welfare.queries.cards import all_cards
from welfare.queries.checked import CHECKED_AT
from welfare.views import facility_table as table
from welfare.views.downloads import CHUNK, asked_whole, csv_lines, streamed


@public(max_age=60)
@limited_downloads
def facility_csv(request: HttpRequest) -> HttpResponseBase:
    filters = _asked(request)
    if isinstance(filters, HttpResponse):
        return filters
    return streamed(_csv_lines(filters), "text/csv; charset=utf-8", "seoul-welfare-facilities.csv")


@public(max_age=60)
@limited_downloads
def facility_geojson(request: HttpRequest) -> HttpResponseBase:
    filters = _asked(request)
    if isinstance(filters, HttpResponse):
        return filters
    media_type = "application/geo+json; charset=utf-8"
    return streamed(_features(request, filters), media_type, "seoul-welfare-facilities.geojson")


def _asked(request: HttpRequest) -> FacilityFilters | HttpResponse:
    return asked_whole(request, lambda query: read_filters(query, now=timezone.now()))


def _csv_lines(filters: FacilityFilters) -> Iterator[str]:
    checked_at = RawSQL(CHECKED_AT, [], output_field=DateTimeField())  # noqa: S611
    found = matching_facilities(filters).annotate(checked_at=checked_at)
    rows = found.values_list(*table.COLUMNS).iterator(chunk_size=CHUNK)
    return csv_lines(table.headings(), (table.cells(row) for row in rows))


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
