"""Each fault breaks the answers in its own way, where it should and no oftener than it should."""

import re
import time
from xml.etree import ElementTree

import httpx
import pytest

from core.sandbox.upstreams import serve
from core.sandbox.upstreams.serving.faults import FAULTS, UnknownFault

ROWS = 2500
PROMISED = {
    *("truncated", "slow", "http500", "http429", "bad_key", "quota", "maintenance"),
    *("empty_page", "shrink", "duplicate_ids", "one_item", "moving_total", "malformed_rows"),
    "no_charset",
}
BASIC = "data.go.kr/B554287/sclWlfrFcltInfoInqirService1/getFcltByBassInfoInqire"


class Seoul:
    key = "FCLT_CD"

    @staticmethod
    def get(base_url, page, size=1000, kind="json"):
        first = (page - 1) * size + 1
        return httpx.get(f"{base_url}/seoul/k/{kind}/fcltOpenInfo/{first}/{first + size - 1}/")

    @staticmethod
    def read(response):
        told = response.json()["fcltOpenInfo"]
        return int(told["list_total_count"]), told["row"]


class Central:
    key = "fcltCd"

    @staticmethod
    def get(base_url, page, size=1000, kind="json"):
        query = {"serviceKey": "k", "pageNo": page, "numOfRows": size, "_type": kind}
        return httpx.get(f"{base_url}/{BASIC}", params=query)

    @staticmethod
    def read(response):
        body = response.json()["response"]["body"]
        rows = body["items"]["item"] if body["items"] else []
        return int(body["totalCount"]), rows


@pytest.fixture(params=[Seoul, Central])
def upstream(request):
    return request.param


@pytest.fixture(scope="module")
def whole():
    with serve(rows=ROWS) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def other():
    with serve(rows=ROWS) as base_url:
        yield base_url


@pytest.fixture
def broken(other):
    yield other
    other.break_with(None)


class TestFaultNames:
    def test_are_those_promised_and_more(self):
        assert set(FAULTS) >= PROMISED

    def test_are_told_where_another_is_given(self):
        with pytest.raises(UnknownFault, match="http500"), serve(fault="gremlins"):
            pass


class TestFaultsThatStopAnAnswer:
    """They come when the first page has already been received."""

    def test_truncated_ends_the_connection_within_the_body(self, broken, upstream):
        broken.break_with("truncated")

        assert upstream.read(upstream.get(broken, 1))[0] == ROWS
        with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
            upstream.get(broken, 2)

    @pytest.mark.parametrize(("fault", "status"), [("http500", 500), ("http429", 429)])
    def test_http_errors_have_their_status(self, broken, upstream, fault, status):
        broken.break_with(fault)

        assert [upstream.get(broken, page).status_code for page in (1, 2, 3)] == [
            200,
            status,
            status,
        ]

    def test_slow_pauses_within_the_body_and_then_ends_well(self, upstream):
        with serve(rows=ROWS, fault="slow", slow_seconds=0.3) as base_url:
            upstream.get(base_url, 1)
            began = time.monotonic()
            total, rows = upstream.read(upstream.get(base_url, 2))

        assert time.monotonic() - began >= 0.3
        assert (total, len(rows)) == (ROWS, 1000)

    def test_slow_does_not_outlast_the_server(self):
        began = time.monotonic()
        with serve(rows=ROWS, fault="slow", slow_seconds=60) as base_url:
            with pytest.raises(httpx.ReadTimeout):
                httpx.get(f"{base_url}/seoul/k/json/fcltOpenInfo/1001/2000/", timeout=0.2)

        assert time.monotonic() - began < 30

    def test_maintenance_is_a_page_for_people_with_status_200(self, broken, upstream):
        broken.break_with("maintenance")
        response = upstream.get(broken, 2)

        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/html")
        assert response.text.startswith("<!DOCTYPE html>")

    def test_bad_key_is_xml_under_the_content_type_of_json(self, broken, upstream):
        broken.break_with("bad_key")
        response = upstream.get(broken, 2)

        assert response.status_code == 200
        assert response.headers["content-type"].startswith("application/json")
        told = ElementTree.fromstring(response.content)
        assert (told.findtext("CODE") or told.findtext(".//returnReasonCode")) in {"INFO-100", "30"}

    def test_quota_is_code_22_of_the_gateway_and_a_refused_key_of_the_city(self, broken):
        broken.break_with("quota")

        central = ElementTree.fromstring(Central.get(broken, 2).content)
        assert central.findtext(".//returnReasonCode") == "22"
        assert Seoul.get(broken, 2).json()["RESULT"]["CODE"] == "INFO-100"
        assert "<CODE>INFO-100<" in Seoul.get(broken, 2, kind="xml").text

    def test_strike_the_only_page_where_there_is_but_one(self, upstream):
        with serve(rows=20, fault="http500") as base_url:
            assert upstream.get(base_url, 1).status_code == 500
            assert upstream.get(base_url, 1, size=5).status_code == 200


class TestFaultsThatSpoilTheList:
    def test_empty_page_has_no_rows_in_the_middle(self, broken, upstream):
        broken.break_with("empty_page")

        told = [upstream.read(upstream.get(broken, page)) for page in (1, 2, 3)]
        assert [(total, len(rows)) for total, rows in told] == [
            (ROWS, 1000),
            (ROWS, 0),
            (ROWS, 500),
        ]

    def test_empty_page_is_the_second_of_two(self, upstream):
        with serve(rows=1500, fault="empty_page") as base_url:
            pages = [upstream.read(upstream.get(base_url, page))[1] for page in (1, 2)]

        assert [len(rows) for rows in pages] == [1000, 0]

    def test_shrink_leaves_one_row_in_five_and_says_so(self, broken, whole, upstream):
        broken.break_with("shrink")
        total, rows = upstream.read(upstream.get(broken, 1))

        assert total == len(rows) == 500
        assert rows[:200] == upstream.read(upstream.get(whole, 1))[1][::5]

    def test_duplicate_ids_come_in_place_of_other_rows(self, broken, upstream):
        broken.break_with("duplicate_ids")
        told = [upstream.read(upstream.get(broken, page)) for page in (1, 2, 3)]
        codes = [row[upstream.key] for _, rows in told for row in rows]

        assert {total for total, _ in told} == {ROWS}
        assert len(codes) == ROWS
        assert len(set(codes)) == ROWS - 6

    def test_duplicate_ids_are_found_on_a_single_page_too(self, upstream):
        with serve(rows=50, fault="duplicate_ids") as base_url:
            codes = [row[upstream.key] for row in upstream.read(upstream.get(base_url, 1))[1]]

        assert (len(codes), len(set(codes))) == (50, 47)

    def test_one_item_makes_the_last_page_an_object(self, broken, whole, upstream):
        broken.break_with("one_item")
        told = [upstream.read(upstream.get(broken, page)) for page in (1, 2, 3)]

        assert {total for total, _ in told} == {2001}
        assert [len(rows) for _, rows in told[:2]] == [1000, 1000]
        assert isinstance(told[2][1], dict)
        assert told[2][1] == upstream.read(upstream.get(whole, 3))[1][0]

    def test_one_item_asks_no_other_total_of_who_asks_for_one_row(self, broken, upstream):
        broken.break_with("one_item")

        total, row = upstream.read(upstream.get(broken, 1, size=1))
        assert total == 2001
        assert isinstance(row, dict)

    def test_moving_total_is_another_on_each_page(self, broken, upstream):
        broken.break_with("moving_total")
        told = [upstream.read(upstream.get(broken, page)) for page in (1, 2, 3)]

        assert [total for total, _ in told] == [2500, 2507, 2514]
        assert sum(len(rows) for _, rows in told) == ROWS

    def test_malformed_rows_are_one_in_ten_and_the_others_untouched(self, broken, whole, upstream):
        broken.break_with("malformed_rows")
        sound = upstream.read(upstream.get(whole, 1))[1]
        spoilt = upstream.read(upstream.get(broken, 1))[1]
        changed = {number for number in range(1000) if sound[number] != spoilt[number]}

        assert changed == set(range(5, 1000, 10))

    def test_malformed_rows_are_damaged_in_every_way(self, broken, upstream):
        broken.break_with("malformed_rows")
        rows = upstream.read(upstream.get(broken, 1))[1][5::10]
        codes = [row.get(upstream.key, "missing") for row in rows]
        text = "\n".join(str(value) for row in rows for value in row.values())

        assert {"", None, "missing"} <= set(codes)
        assert any(len(code or "") > 60 for code in codes)
        assert any(" " in (code or "") for code in codes)
        for damage in ("99999\n", "2026-02-31", "37.5718961547884~2", "\ufffd", "&amp;#9312;"):
            assert damage in text
        assert "\x00" in text
        assert re.search("[\u00ea-\u00ed][\x80-\xbf]{2}", text), "no UTF-8 read as Latin-1"

    def test_malformed_rows_leave_the_xml_well_formed(self, broken, upstream):
        broken.break_with("malformed_rows")
        root = ElementTree.fromstring(upstream.get(broken, 1, kind="xml").content)

        assert len(list(root.iter("row")) or list(root.iter("item"))) == 1000

    def test_no_charset_says_nothing_of_the_encoding(self, broken, whole, upstream):
        broken.break_with("no_charset")

        for kind in ("json", "xml"):
            response = upstream.get(broken, 1, kind=kind)
            assert "charset" not in response.headers["content-type"]
            assert b"encoding=" not in response.content[:60]
            sound = upstream.get(whole, 1, kind=kind).content
            assert response.content == sound.replace(b' encoding="UTF-8"', b"")

    def test_broken_bytes_cannot_be_decoded(self, broken, upstream):
        broken.break_with("broken_bytes")

        upstream.get(broken, 1).content.decode()
        with pytest.raises(UnicodeDecodeError):
            upstream.get(broken, 2).content.decode()


class TestFaultTimes:
    @pytest.mark.parametrize("fault", sorted(FAULTS))
    def test_pass_after_as_many_answers(self, broken, whole, upstream, fault):
        sound = upstream.get(whole, 2).content
        broken.break_with(fault, times=2)
        if fault == "slow":
            broken.server.fault.slow_seconds = 0.01
        answers = [self.answer(broken, upstream) for _ in range(4)]

        assert answers[2:] == [sound, sound]
        if fault != "slow":
            assert sound not in answers[:2]

    @staticmethod
    def answer(broken, upstream):
        try:
            response = upstream.get(broken, 2)
        except httpx.RemoteProtocolError:
            return None
        if "charset" not in response.headers["content-type"]:
            return None
        return response.content if response.status_code == 200 else None

    def test_count_only_the_answers_that_were_struck(self, broken, upstream):
        broken.break_with("http500", times=1)

        statuses = [upstream.get(broken, page).status_code for page in (1, 1, 2, 2)]
        assert statuses == [200, 200, 500, 200]
