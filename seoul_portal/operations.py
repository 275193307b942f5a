"""What operators and other machines ask: alive, ready, metrics, robots.txt, security.txt."""

import datetime
import ipaddress
import os
from collections.abc import Callable
from functools import cache as once

import psycopg
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from core.web.problems import problem_response
from core.web.public import public
from seoul_portal.feed_metrics import FeedRuns

View = Callable[[HttpRequest], HttpResponse]

PROBE_SECONDS = 2
SECURITY_TXT_DAYS = 180
# Whoever came through a proxy bears the proxy's address.
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA")


def probe(view: View) -> View:
    """Open to machines, to be read alone: whoever sends something is told so without a token."""
    return csrf_exempt(login_not_required(require_safe(view)))


@probe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives: nothing else is asked."""
    return _plain("ok\n")


@probe
def readyz(request: HttpRequest) -> HttpResponse:
    reasons = [reason for reason in (_unready_database(), _unready_redis()) if reason]
    if reasons:
        return problem_response(503, "Not ready", " ".join(reasons))
    return _plain("ready\n")


@probe
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_scrape(request):
        return problem_response(
            403, "Forbidden", "Metrics are told only to addresses in METRICS_ALLOW, asked directly."
        )
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # the sum of all processes of this machine
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    feeds = CollectorRegistry()
    feeds.register(FeedRuns())
    told = generate_latest(registry) + generate_latest(feeds)
    response = HttpResponse(told, content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


@public(max_age=86_400)
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/en/accounts/", "/my/")),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public(max_age=86_400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a weakness."""
    expires = timezone.now() + datetime.timedelta(days=SECURITY_TXT_DAYS)
    midnight = expires.astimezone(datetime.UTC).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {midnight}",
        "Preferred-Languages: ko, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _plain(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _unready_database() -> str | None:
    """Ask over a connection of its own: a busy pool is no sign of a dead database."""
    parameters = connection.get_connection_params()
    wanted = {k: v for k, v in parameters.items() if k not in ("pool", "cursor_factory", "context")}
    try:
        with psycopg.connect(**wanted | {"connect_timeout": PROBE_SECONDS}) as probe:
            probe.execute("SELECT 1")
    except psycopg.Error as fault:
        return f"The database does not answer ({type(fault).__name__})."
    return _missing_migration()


def _missing_migration() -> str | None:
    """Once applied they stay applied, so the answer "none" is kept for the life of the process."""
    return None if _migrations_are_applied() else "Migrations are missing: run `manage.py migrate`."


_applied: list[bool] = []


def _migrations_are_applied() -> bool:
    if not _applied:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _applied.append(True)
    return True


@once
def _redis_probe() -> "redis.Redis":
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PROBE_SECONDS, socket_connect_timeout=PROBE_SECONDS
    )


def _unready_redis() -> str | None:
    try:
        _redis_probe().ping()
    except redis.RedisError as fault:
        return f"Redis does not answer ({type(fault).__name__})."
    return None


def _may_scrape(request: HttpRequest) -> bool:
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_ALLOW)
