"""What @public promises: no person, no write, kept by anybody."""

import pytest
from django.contrib.auth import get_user_model
from django.db.utils import OperationalError

from core.web.public import PersonTouched, is_public, public_routes
from core.web.readonly import WriteRefused, is_read
from tests.core.web import probes

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.probes")]


class TestPublicView:
    def test_answers_everybody_and_says_that_anybody_may_keep_it(self, client):
        response = client.get("/good/")

        assert response.status_code == 200
        assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=10"
        assert response["Vary"] == "Accept-Encoding"
        assert response["ETag"].startswith('"')
        assert not response.cookies

    def test_is_the_same_for_who_is_signed_in(self, client, resident):
        before = client.get("/good/")
        client.force_login(resident)
        after = client.get("/good/")

        assert after["ETag"] == before["ETag"]
        assert after["Vary"] == "Accept-Encoding"

    @pytest.mark.parametrize("name", probes.touched)
    def test_may_not_look_at_who_asks(self, client, name):
        client.cookies["csrftoken"] = "a" * 32
        with pytest.raises(PersonTouched):
            client.get(f"/touches/{name}/")

    @pytest.mark.parametrize("path", ["/writes/", "/late/", "/locks/", "/copies/"])
    def test_may_not_write(self, client, path):
        with pytest.raises(WriteRefused, match=r"INSERT|FOR UPDATE|COPY"):
            client.get(path)

        assert not get_user_model().objects.exists()

    def test_may_not_write_while_it_streams(self, client):
        with pytest.raises(WriteRefused):
            b"".join(client.get("/stream/").streaming_content)

    def test_takes_no_post(self, client):
        assert client.post("/good/").status_code == 405
        assert client.post("/api/good/").status_code == 405

    def test_gives_the_database_back_to_the_next_view(self, client):
        client.get("/good/")

        assert client.post("/form/").status_code == 200
        assert get_user_model().objects.count() == 1

    def test_may_be_a_view_class(self, client):
        response = client.get("/api/good/")

        assert response.json() == {"users": 0}
        assert response["Cache-Control"].startswith("public, max-age=3600")
        assert is_public(dict(public_routes())["api/good/"])

    def test_lets_a_redirection_be_kept_but_no_refusal(self, client):
        assert "public" in client.get("/moved/")["Cache-Control"]
        assert client.get("/refused/")["Cache-Control"] == "no-store"


class TestAnonymousView:
    def test_needs_no_sign_in_and_is_kept_by_nobody(self, client):
        assert client.get("/form/")["Cache-Control"] == "private, no-store"

    def test_may_write_only_where_it_is_asked_to(self, client):
        with pytest.raises(WriteRefused):
            client.get("/form/?write=1")

        assert client.post("/form/").status_code == 200


class TestAnyOtherView:
    def test_asks_for_sign_in(self, client, resident):
        assert client.get("/closed/")["Location"].startswith("/accounts/login/")
        client.force_login(resident)
        assert client.get("/closed/").content == b"secret"

    def test_says_so_in_json_under_api(self, client):
        response = client.get("/api/closed/")

        assert response.status_code == 401
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["detail"]


class TestIsRead:
    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT 1",
            " ( SELECT 1) UNION (SELECT 2)",
            "WITH a AS (SELECT 1) SELECT * FROM a",
            "SELECT 'INSERT INTO a', \"update\" FROM b",
            "select * from a where name = 'it''s; DELETE FROM a'",
            "SHOW server_version",
            "SAVEPOINT a",
            "SET LOCAL statement_timeout = 5",
            "EXPLAIN SELECT 1",
            "SELECT 1;",
        ],
    )
    def test_lets_reading_through(self, sql):
        assert is_read(sql)

    @pytest.mark.parametrize(
        "sql",
        [
            "INSERT INTO a VALUES (1)",
            "WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a",
            "WITH a AS (INSERT INTO b VALUES (1) RETURNING *) SELECT * FROM a",
            "EXPLAIN ANALYZE UPDATE a SET b = 1",
            "SELECT * FROM a FOR UPDATE",
            "SELECT * FROM a FOR SHARE",
            "SELECT * INTO b FROM a",
            "SELECT nextval('a')",
            "SELECT setval('a', 1)",
            "SELECT 1; DELETE FROM a",
            "TRUNCATE a",
            "COPY a FROM STDIN",
            "SET search_path = b",
            "NOTIFY a",
            "CALL a()",
            "-- SELECT\nDELETE FROM a",
            "",
        ],
    )
    def test_stops_what_writes(self, sql):
        assert not is_read(sql)


def test_an_error_is_said_without_the_database(client, monkeypatch):
    from django.contrib.sessions.backends.db import SessionStore

    def gone(self):
        raise OperationalError("gone")

    monkeypatch.setattr(SessionStore, "load", gone)
    client.cookies["sessionid"] = "a" * 32
    client.raise_request_exception = False

    assert client.get("/no-database/").status_code == 503
    assert client.get("/broken/").status_code == 500
