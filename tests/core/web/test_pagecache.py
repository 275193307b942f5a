"""The page cache: asks once, forgets in time, tells addresses apart, answers 304."""

import gzip

import pytest
from django.http.response import ResponseHeaders

from core.web import pagecache, revision
from core.web.pagecache import Form, Page, Pages, pages
from tests.core.web import probes

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.probes")]


@pytest.fixture(autouse=True)
def _from_zero():
    probes.asked["times"] = 0


def page(body=b"x", *, seconds=60, revision=0, stored_at=None):
    now = pagecache.time.monotonic() if stored_at is None else stored_at
    return Page(
        plain=Form.of(body, ResponseHeaders({"ETag": '"a"'})),
        stored_at=now,
        expires_at=now + seconds,
        revision=revision,
    )


class TestPageCache:
    def test_asks_the_view_once(self, client, django_assert_num_queries):
        first = client.get("/good/")
        with django_assert_num_queries(0):
            second = client.get("/good/")

        assert probes.asked["times"] == 1
        assert second.content == first.content
        assert second["Age"] == "0"
        assert second["Content-Security-Policy"] == first["Content-Security-Policy"]

    def test_names_each_answer_anew(self, client):
        assert client.get("/good/")["X-Request-ID"] != client.get("/good/")["X-Request-ID"]

    @pytest.mark.parametrize(
        ("path", "extra"),
        [
            ("/good/?page=2", {}),
            ("/good/", {"HTTP_HOST": "127.0.0.1"}),
            ("/good/", {"secure": True}),
        ],
    )
    def test_tells_addresses_apart(self, client, path, extra):
        client.get("/good/")
        client.get(path, **extra)

        assert probes.asked["times"] == 2

    def test_never_answers_for_a_host_that_is_not_ours(self, client):
        client.get("/good/")

        assert client.get("/good/", HTTP_HOST="evil.example").status_code == 400

    def test_forgets_when_the_data_changes(self, client):
        client.get("/good/")
        revision.raise_revision()
        client.get("/good/")

        assert probes.asked["times"] == 2

    def test_learns_of_a_change_by_another_process_within_a_second(self, client, monkeypatch):
        client.get("/good/")
        revision.raise_revision()
        monkeypatch.setattr(revision.watch, "_ask_at", pagecache.time.monotonic() + 1)
        client.get("/good/")
        assert probes.asked["times"] == 1

        revision.watch.forget()
        client.get("/good/")
        assert probes.asked["times"] == 2

    def test_serves_on_while_redis_is_away(self, client, monkeypatch):
        client.get("/good/")

        def away(*_args):
            raise ConnectionError

        monkeypatch.setattr(revision.cache, "get", away)
        revision.watch.forget()

        assert client.get("/good/").status_code == 200
        assert probes.asked["times"] == 1

    def test_keeps_nothing_longer_than_a_minute(self, client, monkeypatch):
        client.get("/api/good/")
        now = pagecache.time.monotonic()
        monkeypatch.setattr(pagecache.time, "monotonic", lambda: now + 61)

        assert "Age" not in client.get("/api/good/")

    def test_does_not_keep_what_is_not_public(self, client):
        client.get("/form/")
        client.get("/refused/")
        client.get("/moved/")

        assert len(pages) == 0


class TestWithoutRoomForPages:
    """PAGE_CACHE_MB=0: every page is made anew, and leaves as a kept one does."""

    @pytest.fixture(autouse=True)
    def _no_room(self, settings):
        settings.PAGE_CACHE_MB = 0

    @pytest.mark.parametrize("path", ["/good/", "/api/good/"])
    def test_tells_all_headers_that_a_kept_page_tells(self, client, settings, path):
        made = client.get(path)
        settings.PAGE_CACHE_MB = 1
        client.get(path)
        kept = client.get(path)

        told = {name: value for name, value in kept.items() if name not in ("Age", "X-Request-ID")}
        assert {name: value for name, value in made.items() if name != "X-Request-ID"} == told
        assert made.content == kept.content
        assert probes.asked["times"] == (2 if path == "/good/" else 0)

    def test_answers_conditions_head_and_compression(self, client):
        whole = client.get("/good/")

        assert client.get("/good/", HTTP_IF_NONE_MATCH=whole["ETag"]).status_code == 304
        assert client.head("/good/")["Content-Length"] == str(len(whole.content))
        small = client.get("/good/", HTTP_ACCEPT_ENCODING="gzip")
        assert gzip.decompress(small.content) == whole.content
        assert len(pages) == 0


class TestConditionalRequest:
    def test_is_answered_with_304_and_no_body(self, client):
        etag = client.get("/good/")["ETag"]
        response = client.get("/good/", HTTP_IF_NONE_MATCH=etag)

        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == etag
        assert response["Cache-Control"].startswith("public")

    @pytest.mark.parametrize("written", ["W/{}", '"other", {}', "*"])
    def test_is_understood_in_all_its_forms(self, client, written):
        etag = client.get("/good/")["ETag"]

        assert client.get("/good/", HTTP_IF_NONE_MATCH=written.format(etag)).status_code == 304

    def test_gets_the_page_when_it_changed(self, client):
        assert client.get("/good/", HTTP_IF_NONE_MATCH='"old"').status_code == 200

    def test_knows_the_compressed_form_as_another(self, client):
        plain = client.get("/good/")
        small = client.get("/good/", HTTP_ACCEPT_ENCODING="gzip, br")

        assert small["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.content) == plain.content
        assert small["ETag"] != plain["ETag"]
        for etag in (small["ETag"], plain["ETag"]):
            again = client.get("/good/", HTTP_IF_NONE_MATCH=etag, HTTP_ACCEPT_ENCODING="gzip")
            assert again.status_code == 304

    def test_sends_no_compressed_body_to_who_refuses_it(self, client):
        client.get("/good/", HTTP_ACCEPT_ENCODING="gzip")

        for refusal in ("identity", "gzip;q=0", ""):
            assert "Content-Encoding" not in client.get("/good/", HTTP_ACCEPT_ENCODING=refusal)


class TestHead:
    def test_tells_the_length_and_sends_no_body(self, client):
        whole = client.get("/good/")
        head = client.head("/good/")

        assert head["Content-Length"] == whole["Content-Length"] == str(len(whole.content))
        assert head.content == b""
        assert probes.asked["times"] == 1


class TestPages:
    def test_drop_the_least_recently_used_first(self):
        store = Pages(capacity=3 * 1100)
        for name in "abc":
            store.put((name,), page())
        store.get(("a",))
        store.put(("d",), page())

        assert store.get(("a",)) is not None
        assert store.get(("b",)) is None

    def test_do_not_grow_by_being_put_again(self):
        store = Pages(capacity=2 * 1100)
        for _ in range(10):
            store.put(("a",), page())
        store.put(("b",), page())

        assert len(store) == 2

    def test_drop_what_is_out_of_date(self):
        store = Pages(capacity=1_000_000)
        store.put(("old",), page(seconds=-1))
        store.put(("other",), page(revision=5))

        assert store.get(("old",)) is None
        assert store.get(("other",)) is None
        assert len(store) == 0
