"""A body larger than allowed is refused before it is kept, whether or not it told its length."""

import io
import socket
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from bs4 import BeautifulSoup
from django.conf import settings as set_up
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory

from core.web.body_size import MB, MOST_DRAINED, BodySizeMiddleware
from tests.web_server import web_server

TRACK = "/requests/track/"


class Wire(io.BytesIO):
    """A body on its way, as a server hands it on: it ends, and says how much of it was read."""


def arriving(path="/", *, size, told=True, method="POST", **headers):
    """Answer a request as a web server makes it, its body telling its length or not."""
    wire = Wire(b"x" * size)
    length = {"CONTENT_LENGTH": str(size)} if told else {"HTTP_TRANSFER_ENCODING": "chunked"}
    given = RequestFactory().generic(method, path).META | length | headers
    return WSGIRequest(given | {"wsgi.input": wire, "REQUEST_METHOD": method}), wire


def reading(request):
    return HttpResponse(request.body)


@pytest.fixture
def one_megabyte(settings):
    settings.REQUEST_MB = 1


@pytest.fixture
def ask(one_megabyte):
    return BodySizeMiddleware(reading)


class TestBodies:
    @pytest.mark.parametrize("told", [True, False])
    @pytest.mark.parametrize(("size", "status"), [(0, 200), (MB, 200), (MB + 1, 413)])
    def test_may_be_as_large_as_set(self, ask, told, size, status):
        request, _ = arriving(size=size, told=told)
        answer = ask(request)

        assert answer.status_code == status
        if status == 200:
            assert len(answer.content) == size

    @pytest.mark.parametrize("told", [True, False])
    def test_reach_no_view_that_are_larger(self, one_megabyte, told):
        reached = []
        request, _ = arriving(size=MB + 1, told=told)

        assert BodySizeMiddleware(reached.append)(request).status_code == 413
        assert not reached

    def test_are_kept_nowhere_before_their_size_is_known_good(self, ask, monkeypatch):
        monkeypatch.setattr("core.web.body_size.tempfile.SpooledTemporaryFile", None)
        request, _ = arriving(size=3 * MB)

        assert ask(request).status_code == 413

    @pytest.mark.parametrize("told", [True, False])
    def test_are_read_on_only_so_far(self, ask, told):
        request, wire = arriving(size=(MOST_DRAINED + 5) * MB, told=told)
        ask(request)

        assert wire.tell() < (MOST_DRAINED + 3) * MB

    def test_without_a_length_in_http_2_are_counted_too(self, ask):
        request, _ = arriving(size=MB + 1, told=False)
        del request.META["HTTP_TRANSFER_ENCODING"]
        request.META["wsgi.input_terminated"] = True

        assert ask(request).status_code == 413

    def test_are_not_waited_for_where_the_server_does_not_end_them(self, ask):
        request, wire = arriving(size=MB + 1, told=False)
        del request.META["HTTP_TRANSFER_ENCODING"]

        assert ask(request).content == b""
        assert wire.tell() == 0


class TestRefusal:
    @pytest.mark.parametrize(
        ("path", "language", "words"),
        [
            (TRACK, "ko", "한 번에 1MB까지 보낼 수 있는데"),
            (f"/en{TRACK}", "en", "At most 1MB can be sent at once"),
        ],
    )
    def test_is_a_page_that_names_the_limit(self, client, one_megabyte, path, language, words):
        answer = client.post(path, "x" * (MB + 1), content_type="text/plain")
        page = BeautifulSoup(answer.content, "html.parser")

        assert answer.status_code == 413
        assert page.html["lang"] == language
        assert words in page.select_one("main").text
        assert answer["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in answer

    @pytest.mark.parametrize(
        ("language", "detail"),
        [
            ("ko", "한 번에 1MB까지 보낼 수 있습니다. 보낸 것은 2MB입니다."),
            ("en", "At most 1 MB can be sent at once. What you sent is 2 MB."),
        ],
    )
    def test_is_a_problem_document_under_the_api(self, client, one_megabyte, language, detail):
        answer = client.post(
            "/api/v1/facilities/",
            "x" * (MB + 1),
            content_type="application/json",
            HTTP_ACCEPT_LANGUAGE=language,
        )

        assert answer.status_code == 413
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer.json()["detail"] == detail

    def test_of_djangos_own_for_what_is_no_file_is_413_as_well(self, client, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
        answer = client.post(TRACK, {"code": "1" * 2_700_000})

        assert answer.status_code == 413
        assert "2.5MB까지" in answer.text

    def test_takes_a_file_as_large_as_uploads_may_be(self):
        from core.cases.files import MOST_BYTES

        assert MOST_BYTES + MB < set_up.REQUEST_MB * MB


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[httpx.Client]:
    """The real web server, without a database: what is refused needs none."""
    folder = tmp_path_factory.mktemp("sizes")
    url = f"postgresql://portal@/portal?host={folder}"
    with web_server(
        folder / "log",
        DATABASE_URL=url,
        SECRET_KEY="x" * 60,
        REDIS_URL=set_up.REDIS_URL,
        REQUEST_MB="1",
    ) as client:
        yield client


class TestWebServer:
    def test_tells_who_sends_far_too_much(self, server):
        answer = server.post(TRACK, content=b"x" * (8 * MB))

        assert answer.status_code == 413
        assert "1MB까지" in answer.text

    def test_lets_a_browser_send_to_the_end_so_that_it_reads_the_answer(self, server):
        with socket.create_connection((server.base_url.host, server.base_url.port), 10) as line:
            line.sendall(
                b"POST /requests/track/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                b"Content-Length: %d\r\n\r\n" % (8 * MB)
            )
            for _ in range(8):
                line.sendall(b"x" * MB)
            told = line.recv(64)

        assert told.startswith(b"HTTP/1.1 413")

    def test_tells_who_sends_too_much_in_chunks(self, server):
        answer = server.post(TRACK, content=(b"x" * 65_536 for _ in range(64)))

        assert answer.status_code == 413

    def test_reads_a_form_that_comes_in_chunks(self, server):
        token = BeautifulSoup(server.get(TRACK).text, "html.parser").select_one(
            "[name=csrfmiddlewaretoken]"
        )["value"]
        form = urlencode({"csrfmiddlewaretoken": token, "code": "12"}).encode()
        answer = server.post(
            TRACK,
            content=(form[n : n + 7] for n in range(0, len(form), 7)),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )

        assert answer.status_code == 200
        assert "숫자 여덟 자리를 적어 주세요." in answer.text

    def test_holds_a_sender_to_the_length_that_was_told(self, server):
        """What follows a told length is no part of the body, nor a way round the limit."""
        with socket.create_connection((server.base_url.host, server.base_url.port), 10) as line:
            line.sendall(
                b"POST /requests/track/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n"
                b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                b"200001\r\n" + b"x" * (2 * MB + 1) + b"\r\n0\r\n\r\n"
            )
            told = line.recv(64)

        assert told.startswith((b"HTTP/1.1 413", b"HTTP/1.1 400"))
