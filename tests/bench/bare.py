"""What the portal is measured against: the least that a Django view can do, under the same server.

`/ok` answers two bytes; `/rows` runs one indexed query with psycopg and answers 20 of the same
JSON objects that the portal's list holds. No middleware, no ORM, no templates.
"""

import os
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from psycopg_pool import ConnectionPool

ROWS = "SELECT card FROM bench_card WHERE district_code = %s ORDER BY code LIMIT 20"
PREPARE = """
    DROP TABLE IF EXISTS bench_card;
    CREATE TABLE bench_card AS SELECT code, district_code, card FROM welfare_facility
        WHERE status = 'LISTED' AND NOT is_protected;
    CREATE INDEX ON bench_card (district_code, code);
    ANALYZE bench_card;
"""
DISTRICT = "1111000000"

_pools: list[ConnectionPool[Any]] = []


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def rows(request: HttpRequest) -> HttpResponse:
    if not _pools:
        _pools.append(ConnectionPool(os.environ["DATABASE_URL"], min_size=1, max_size=8, open=True))
    with _pools[0].connection() as connection:
        found = connection.execute(ROWS, [DISTRICT]).fetchall()
    body = '{"results": [' + ",".join(card for (card,) in found) + "]}"
    return HttpResponse(body, content_type="application/json")


urlpatterns = [path("ok", ok), path("rows", rows)]


def application() -> WSGIHandler:
    settings.configure(
        DEBUG=False,
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        USE_I18N=False,
    )
    django.setup()
    return WSGIHandler()
