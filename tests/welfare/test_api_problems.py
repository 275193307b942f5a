"""Whatever goes wrong under /api/ is told as a problem document; who asks too often has to wait."""

import pytest
import redis
from django.db import OperationalError
from django.test import Client

from core.web.throttle import throttle
from tests.welfare.factories import make_facility

pytestmark = pytest.mark.django_db

LIST = "/api/v1/facilities/"


def check(answer, status: int) -> dict:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["type"] == "about:blank"
    return told


class TestProblems:
    @pytest.mark.parametrize(
        "path", ["/api/", "/api/v1/", "/api/v1/none/", "/api/v2/facilities/", "/api/v1/%00/"]
    )
    def test_tell_of_an_address_where_nothing_is(self, client, path):
        assert "/api/v1/docs/" in check(client.get(path), 404)["detail"]

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_tell_of_a_method_that_is_not_allowed(self, client, method):
        answer = getattr(client, method)(LIST)

        check(answer, 405)
        assert answer["Allow"] == "GET, HEAD, OPTIONS"

    def test_tell_of_a_host_that_is_not_ours(self, client):
        check(client.get(LIST, headers={"host": "elsewhere.example"}), 400)

    def test_tell_of_a_fault_of_ours_and_nothing_else(self, monkeypatch):
        def fail(*args):
            raise ValueError("secret of the house")

        monkeypatch.setattr("welfare.api.facilities.facility_cards", fail)

        answer = Client(raise_request_exception=False).get(LIST)

        check(answer, 500)
        assert "secret" not in answer.content.decode()

    def test_tell_that_the_database_is_away(self, monkeypatch):
        def fail(*args):
            raise OperationalError("connection refused")

        monkeypatch.setattr("welfare.api.facilities.facility_cards", fail)

        answer = Client(raise_request_exception=False).get(LIST)

        check(answer, 503)
        assert int(answer["Retry-After"]) > 0

    def test_are_told_in_english_to_who_prefers_it(self, client):
        for header, is_english in {
            "en": True,
            "en-US,en;q=0.9": True,
            "ko;q=0.5,en": True,
            "ko-KR,ko;q=0.9,en;q=0.8": False,
            "fr": False,
            ";;;q=x,": False,
        }.items():
            told = check(client.get("/api/v1/no/", headers={"accept-language": header}), 404)
            assert told["detail"].isascii() is is_english, header


class TestTooManyRequests:
    @pytest.fixture(autouse=True)
    def five_a_minute(self, settings):
        settings.API_RATE = 5

    def ask(self, client, times: int, address: str = "203.0.113.7", path: str = LIST, **more):
        return [client.get(path, REMOTE_ADDR=address, **more).status_code for _ in range(times)]

    @pytest.fixture(autouse=True)
    def in_one_minute(self, monkeypatch):
        monkeypatch.setattr("core.web.limits.time.time", lambda: 1_800_000_030.0)

    def test_are_refused_with_the_time_to_wait(self, client):
        assert self.ask(client, 7) == [200] * 5 + [429] * 2

        answer = client.get(LIST, REMOTE_ADDR="203.0.113.7")

        told = check(answer, 429)
        assert 1 <= int(answer["Retry-After"]) <= 60
        assert answer["Retry-After"] in told["detail"]

    def test_are_counted_wherever_they_go(self, client):
        self.ask(client, 2)
        self.ask(client, 2, path="/api/v1/none/")
        self.ask(client, 1, path="/api/v1/facilities/A1/")

        assert self.ask(client, 1, path="/api/v1/search/?q=a") == [429]

    def test_are_nobody_elses(self, client):
        self.ask(client, 6)

        assert self.ask(client, 1, "203.0.113.8") == [200]

    def test_are_counted_for_all_processes_together(self, client):
        self.ask(client, 5)
        throttle.forget()  # as another process, which has only Redis in common

        assert self.ask(client, 1) == [429]

    def test_are_forgiven_the_next_minute(self, client, monkeypatch):
        self.ask(client, 6)
        monkeypatch.setattr("core.web.limits.time.time", lambda: 1_800_000_061.0)

        assert self.ask(client, 1) == [200]

    def test_of_one_household_count_together(self, client):
        for number in range(5):
            self.ask(client, 1, f"2001:db8:1:2::{number}")

        assert self.ask(client, 1, "2001:db8:1:2:ffff::1") == [429]
        assert self.ask(client, 1, "2001:db8:1:3::1") == [200]

    def test_are_counted_by_the_address_a_proxy_of_ours_saw(self, client, settings):
        settings.PROXIES = 1
        forged = {"headers": {"x-forwarded-for": "10.9.9.9, 198.51.100.1"}}

        assert self.ask(client, 6, **forged)[-1] == 429
        other = {"headers": {"x-forwarded-for": "10.9.9.9, 198.51.100.2"}}
        assert self.ask(client, 1, **other) == [200]

    def test_do_not_count_on_pages_for_people(self, client):
        self.ask(client, 6)

        assert self.ask(client, 1, path="/") == [200]

    def test_are_let_through_while_redis_is_away(self, client, monkeypatch, caplog):
        monkeypatch.setattr("core.web.throttle.REST_AFTER_FAULT", 0)

        def fail(*args, **more):
            raise redis.ConnectionError("away")

        monkeypatch.setattr(redis.client.Pipeline, "execute", fail)

        assert self.ask(client, 7) == [200] * 7
        assert caplog.text.count("Requests are not limited") == 1

    def test_take_one_round_trip_at_most(self, client, settings, monkeypatch):
        settings.API_RATE = 600
        trips = []
        execute = redis.client.Pipeline.execute
        monkeypatch.setattr(
            redis.client.Pipeline, "execute", lambda pipe: trips.append(1) or execute(pipe)
        )

        self.ask(client, 40)

        assert len(trips) == 2


class TestForScripts:
    def test_a_preflight_is_answered(self, client):
        make_facility()

        answer = client.options(
            LIST,
            headers={
                "origin": "https://x.example",
                "access-control-request-method": "GET",
                "access-control-request-headers": "if-none-match",
            },
        )

        assert answer.status_code == 204
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "GET" in answer["Access-Control-Allow-Methods"]
        assert "If-None-Match" in answer["Access-Control-Allow-Headers"]

    def test_head_is_as_get_without_the_body(self, client):
        make_facility()

        head, get = client.head(LIST), client.get(LIST)

        assert head.status_code == 200
        assert head.content == b""
        assert head["ETag"] == get["ETag"]
