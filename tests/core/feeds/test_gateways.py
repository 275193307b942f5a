"""Whatever a publisher sends instead of its data ends in a sentence, and never in a crash."""

import datetime
import gzip
import http.server
import threading
from collections.abc import Callable

import pytest

from core.feeds.fetching import MOST_BYTES, Fetcher, Hiccup
from core.feeds.gateways import data_go_kr, seoul_open_data
from core.feeds.protocol import Connection, FeedRefused, FeedUnavailable

NOW = datetime.datetime(2026, 11, 2, 2, 0, tzinfo=datetime.UTC)
ENTITY = '<!DOCTYPE a [<!ENTITY x "boo">]>'
ODD = {
    "a list": b"[1]",
    "deep": b'{"a":' + b"[" * 100_000,
    "a number too long": b'{"a":' + b"9" * 5_000 + b"}",
    "an empty object": b"{}",
    "an odd wrapper": b'{"fcltOpenInfo": [1], "response": "x", "OpenAPI_ServiceResponse": "x"}',
    "an odd inside": b'{"fcltOpenInfo": {"RESULT": "x"}, "response": {"header": 1, "body": [1]}}',
    "an odd header": b'{"cmmMsgHeader": "x", "RESULT": {"CODE": null, "MESSAGE": null}}',
    "an unknown encoding": b'<?xml version="1.0" encoding="nonsense"?><RESULT/>',
    "a page without doctype": b'<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    "entities behind a comment": f"<!--{' ' * 300}-->{ENTITY}<a>&x;</a>".encode(),
    "entities in UTF-16": f'<?xml version="1.0"?>{ENTITY}<a>&x;</a>'.encode("utf-16-le"),
}  # fmt: skip


def open_seoul(body):
    return seoul_open_data._page(body, "fcltOpenInfo", "시험", expected=0, now=NOW)


def open_central(body):
    return data_go_kr._page(body, "시험", within=False, now=NOW)


class TestAnOddAnswer:
    @pytest.mark.parametrize("gateway", [open_seoul, open_central])
    @pytest.mark.parametrize("body", ODD.values(), ids=ODD)
    def test_is_asked_for_again_and_told_in_words(self, gateway, body):
        with pytest.raises(Hiccup):
            gateway(body)

    def test_may_begin_with_a_byte_order_mark(self):
        body = b'\xef\xbb\xbf{"fcltOpenInfo":{"list_total_count":1,"RESULT":{"CODE":"INFO-000"},'
        rows, total = open_seoul(body + b'"row":[{"FCLT_CD":"A0001"}]}}')
        assert (rows, total) == ([{"FCLT_CD": "A0001"}], 1)

    def test_may_be_in_the_old_korean_encoding(self):
        body = (
            '<?xml version="1.0" encoding="EUC-KR"?><response><header><resultCode>00</resultCode>'
            "</header><body><items><item><fcltNm>행복</fcltNm></item></items>"
            "<totalCount>1</totalCount></body></response>"
        )
        assert open_central(body.encode("euc-kr")) == ([{"fcltNm": "행복"}], 1)

    def test_keeps_a_row_that_is_no_row_so_that_it_is_accounted_for(self):
        body = (
            b'{"fcltOpenInfo":{"list_total_count":2,"RESULT":{"CODE":"INFO-000"},'
            b'"row":[{"FCLT_CD":"A0001"},null]}}'
        )
        rows, _total = open_seoul(body)
        assert len(rows) == 2
        assert all(isinstance(row, dict) for row in rows)


Respond = Callable[[http.server.BaseHTTPRequestHandler], None]


@pytest.fixture
def upstream():
    """Serve one answer of the test's choosing on loopback."""
    servers = []

    def serve(respond: Respond) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                respond(self)

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def fetcher():
    found = Fetcher(
        name="시험", parallel=1, upstream=Connection("http://127.0.0.1:1", "key", wait_factor=0.001)
    )
    yield found
    found.close()


def answer(status: int, body: bytes = b"", **headers: str) -> Respond:
    def respond(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return respond


def unreadable(_body: bytes) -> None:
    raise Hiccup("제공 기관이 빈 답을 보냈습니다.")


class TestFetching:
    def test_stops_reading_an_answer_without_end(self, upstream, fetcher):
        url = upstream(
            answer(200, gzip.compress(b"0" * (MOST_BYTES + 1), 1), Content_Encoding="gzip")
        )
        with pytest.raises(FeedRefused, match="너무 큽니다"):
            fetcher.get(url, parse=bytes)

    def test_tells_a_damaged_compression_in_words(self, upstream, fetcher):
        url = upstream(answer(200, b"no gzip at all", Content_Encoding="gzip"))
        with pytest.raises(FeedUnavailable, match="끊겼습니다"):
            fetcher.get(url, parse=bytes)

    def test_follows_nobody_elsewhere_and_says_so(self, upstream, fetcher):
        url = upstream(answer(302, Location="http://169.254.169.254/"))
        with pytest.raises(FeedRefused, match="다른 주소"):
            fetcher.get(url, parse=bytes)

    @pytest.mark.parametrize("status", [401, 403])
    def test_takes_a_bare_refusal_for_a_bad_key(self, upstream, fetcher, status):
        asked = []
        respond = answer(status)

        def count(handler: http.server.BaseHTTPRequestHandler) -> None:
            asked.append(handler.path)
            respond(handler)

        url = upstream(count)
        with pytest.raises(FeedRefused, match="인증키"):
            fetcher.get(url, parse=unreadable)
        assert len(asked) == 1
