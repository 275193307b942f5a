"""What operators and machines ask the portal, on real answers."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.test import Client, override_settings

from core.areas import declared_feeds
from core.feeds.models import FeedRun
from core.sandbox import engines
from seoul_portal import operations
from tests.guards.roles import run_as_owner
from tests.web_server import web_server


@pytest.fixture(scope="module")
def without_database(tmp_path_factory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("nothing")
    url = f"postgresql://portal@/portal?host={folder}"
    with web_server(
        folder / "log", DATABASE_URL=url, SECRET_KEY="x" * 60, REDIS_URL=settings.REDIS_URL
    ) as client:
        client.log = folder / "log"  # type: ignore[attr-defined]
        yield client


@pytest.fixture(scope="module")
def without_redis(tmp_path_factory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("nothing")
    redis_url = f"unix://{folder}/redis.sock?db=0"
    database_url = engines.postgres_url()
    with web_server(
        folder / "log", DATABASE_URL=database_url, SECRET_KEY="x" * 60, REDIS_URL=redis_url
    ) as client:
        client.log = folder / "log"  # type: ignore[attr-defined]
        yield client


class TestHealth:
    def test_asks_nothing_but_the_process(self, client, django_assert_num_queries, db):
        with django_assert_num_queries(0):
            response = client.get("/healthz")

        assert (response.status_code, response.content) == (200, b"ok\n")
        assert response["Cache-Control"] == "no-store"

    def test_answers_over_plain_http_where_pages_are_sent_to_https(self, client):
        with override_settings(SECURE_SSL_REDIRECT=True):
            assert Client().get("/healthz").status_code == 200
            assert Client().get("/").status_code == 301


class TestMethods:
    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "FOO"])
    def test_that_would_change_something_are_refused_as_such(self, path, method):
        answer = Client(enforce_csrf_checks=True).generic(method, path)

        assert answer.status_code == 405
        assert "GET" in answer["Allow"]


class TestReadiness:
    def test_is_told_where_everything_answers(self, client, db):
        assert client.get("/readyz").content == b"ready\n"

    def test_names_missing_migrations(self, client, db, django_db_blocker):
        operations._applied.clear()
        run_as_owner("DELETE FROM django_migrations WHERE app = 'accounts'")
        response = client.get("/readyz")

        assert response.status_code == 503
        assert response["Content-Type"] == "application/problem+json"
        assert "manage.py migrate" in response.json()["detail"]
        operations._applied.clear()


class TestWithoutDatabase:
    def test_is_alive_and_not_ready(self, without_database):
        assert without_database.get("/healthz").status_code == 200
        response = without_database.get("/readyz")
        assert response.status_code == 503
        assert response.headers["content-type"] == "application/problem+json"
        assert "The database does not answer" in response.json()["detail"]

    @pytest.mark.parametrize(("path", "sentence"), [("/accounts/email/", "다시 시도해 주세요")])
    def test_says_so_in_a_sentence(self, without_database, path, sentence):
        response = without_database.get(
            path, headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"}
        )

        assert response.status_code == 503
        assert sentence in response.text
        assert "Traceback" not in response.text
        assert response.headers["retry-after"] == "30"
        assert response.headers["cache-control"] == "no-store"
        assert "default-src 'self'" in response.headers["content-security-policy"]

    def test_logs_one_json_object_a_line_without_the_cookie(self, without_database):
        without_database.get("/accounts/login/?next=/my/&email=somebody@example.com")
        lines = without_database.log.read_text().splitlines()

        assert lines
        assert all({"event", "level", "timestamp"} <= json.loads(line).keys() for line in lines)
        assert "somebody" not in without_database.log.read_text()
        assert "abcdefghijkl" not in without_database.log.read_text()


class TestWithoutRedis:
    def test_is_not_ready_and_says_why(self, without_redis):
        response = without_redis.get("/readyz")

        assert response.status_code == 503
        assert "Redis does not answer" in response.json()["detail"]

    def test_still_serves_pages(self, without_redis):
        for _ in range(3):
            assert without_redis.get("/").status_code == 200
            assert without_redis.get("/en/").status_code == 200
        assert without_redis.get("/accounts/login/").status_code == 200

    def test_says_so_once_in_the_log(self, without_redis):
        without_redis.get("/?once")
        said = [
            line for line in without_redis.log.read_text().splitlines() if "Redis is away" in line
        ]

        assert len(said) == 1

    def test_tells_of_each_refusal_in_one_line(self, without_redis):
        before = len(without_redis.log.read_text().splitlines())
        asked = ("/nowhere/", "/api/v1/nowhere/", "/readyz")
        answers = [without_redis.get(path) for path in asked] + [without_redis.post("/robots.txt")]
        lines = [json.loads(line) for line in without_redis.log.read_text().splitlines()[before:]]

        assert [answer.status_code for answer in answers] == [404, 404, 503, 405]
        told = [line for line in lines if "logger" not in line or line["logger"][:6] == "django"]
        assert [(line["event"], line.get("request_id")) for line in told] == [
            ("request", answer.headers["x-request-id"]) for answer in answers
        ]


class TestMetrics:
    def test_count_answers_by_view(self, client, db):
        client.get("/robots.txt")
        text = client.get("/metrics").content.decode()

        assert 'portal_http_requests_total{method="GET",status="200",view="robots"}' in text
        assert 'portal_http_request_seconds_count{view="robots"}' in text

    def test_tell_how_the_feeds_fare(self, client, db):
        moment = datetime.datetime(2026, 8, 1, 2, tzinfo=datetime.UTC)
        later = moment + datetime.timedelta(hours=1)
        told = {"feed": "welfare.x", "finished_at": later}
        FeedRun.objects.create(
            **told, started_at=moment, status="COMPLETED", received=5, inserted=4, rejected=1
        )
        FeedRun.objects.create(**told, started_at=later, status="FAILED", received=2)
        text = client.get("/metrics").content.decode()

        assert 'portal_feed_last_run_status{feed="welfare.x",status="FAILED"} 1.0' in text
        assert 'portal_feed_last_run_status{feed="welfare.x",status="COMPLETED"} 0.0' in text
        assert 'portal_feed_last_run_rows{feed="welfare.x",outcome="received"} 2.0' in text
        for name in declared_feeds():
            assert f'portal_feed_last_success_timestamp_seconds{{feed="{name}"}} 0.0' in text

    def test_never_name_a_path_that_somebody_made_up(self, client, db):
        client.get("/somebody@example.com/")

        assert "somebody" not in client.get("/metrics").content.decode()

    @pytest.mark.parametrize(
        "from_whom",
        [
            {"REMOTE_ADDR": "192.0.2.7"},
            {"REMOTE_ADDR": ""},
            # A proxy on this machine passes on a stranger's request from 127.0.0.1.
            {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
            {"HTTP_FORWARDED": "for=192.0.2.7"},
        ],
    )
    def test_are_refused_to_strangers(self, client, db, from_whom):
        response = client.get("/metrics", **from_whom)

        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"
        assert b"portal_http" not in response.content


class TestSecurityTxt:
    def test_holds_what_rfc_9116_asks_for(self, client):
        response = client.get("/.well-known/security.txt")
        fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())

        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert fields["Contact"].startswith(("mailto:", "https://", "tel:"))
        expires = datetime.datetime.fromisoformat(fields["Expires"])
        left = expires - datetime.datetime.now(datetime.UTC)
        assert datetime.timedelta(days=30) < left < datetime.timedelta(days=365)
        assert fields["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"


class TestRobots:
    def test_names_the_sitemap_and_keeps_out_of_personal_pages(self, client):
        lines = client.get("/robots.txt").content.decode().splitlines()

        assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
        assert {"Disallow: /my/", "Disallow: /admin/", "Disallow: /accounts/"} <= set(lines)


class TestEveryAnswer:
    PATHS = (
        "/",
        "/en/",
        "/healthz",
        "/robots.txt",
        "/accounts/login/",
        "/no-such-page/",
        "/static/none.css",
        "/api/v1/no",
        "/api/v1/search/?q=a",
    )

    def check(self, response, *, is_secure: bool = True) -> None:
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy or "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http:" not in policy
        assert "https:" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert len(response["X-Request-ID"]) >= 8
        if is_secure:
            assert response["Strict-Transport-Security"].startswith("max-age=31536000")

    @pytest.fixture(autouse=True)
    def as_deployed(self, settings):
        settings.SECURE_HSTS_SECONDS = 31_536_000
        settings.SECURE_SSL_REDIRECT = True

    @pytest.fixture
    def client(self, as_deployed) -> Client:
        # Settings are read when the middleware is made, so it needs a handler of its own.
        return Client()

    @pytest.mark.parametrize("path", PATHS)
    def test_carries_the_headers_of_the_contract(self, client, db, path):
        for _ in ("made", "from memory"):
            self.check(client.get(path, secure=True))

    @pytest.mark.parametrize("path", ["/", "/api/v1/no", "/api/v1/search/?q=a"])
    def test_does_so_where_it_leads_to_https(self, client, path):
        response = client.get(path)

        assert response.status_code == 301
        self.check(response, is_secure=False)

    def test_does_so_where_somebody_asks_too_often(self, client, settings):
        settings.API_RATE = 1
        client.get("/api/v1/no", secure=True)
        response = client.get("/api/v1/no", secure=True)

        assert response.status_code == 429
        self.check(response)

    @pytest.mark.parametrize("path", ["/", "/api/v1/no"])
    @pytest.mark.parametrize("is_secure", [True, False])
    def test_does_so_where_the_host_is_not_ours(self, client, path, is_secure):
        response = client.get(path, secure=is_secure, headers={"host": "evil.example"})

        assert response.status_code == 400
        self.check(response, is_secure=is_secure)
