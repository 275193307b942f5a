"""The bare limits: the smallest Django that answers, and one that hands out twenty stored objects.

No middleware, no templates, no ORM; run by the very server command that runs the portal.
"""

import os
from functools import cache
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from psycopg import Connection
from psycopg_pool import ConnectionPool

# One walk along an index that the portal's own list takes too, and the twenty objects it meets.
QUERY = """
SELECT card FROM welfare_facility WHERE status = 'LISTED' AND NOT is_protected
ORDER BY name, code LIMIT 20
"""


@cache
def pool() -> ConnectionPool[Connection[Any]]:
    return ConnectionPool(
        os.environ["DATABASE_URL"],
        min_size=1,
        max_size=8,
        open=True,
        kwargs={"autocommit": True},
    )


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok", content_type="text/plain")


def one_query(request: HttpRequest) -> HttpResponse:
    with pool().connection() as connection:
        rows = connection.execute(QUERY).fetchall()
    body = f'{{"results":[{",".join(card for (card,) in rows)}]}}'
    return HttpResponse(body.encode(), content_type="application/json")


urlpatterns = [path("ok", ok), path("query", one_query)]


def bare_application() -> Any:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY=os.environ["SECRET_KEY"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
        LOGGING_CONFIG=None,
        USE_I18N=False,
    )
    return get_wsgi_application()


if not settings.configured and "BENCH_BARE" in os.environ:
    application = bare_application()
