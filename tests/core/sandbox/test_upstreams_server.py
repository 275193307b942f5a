"""The stand-ins' server counts, keeps to the publishers' limits, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from core.sandbox.upstreams import central_facilities, serve
from core.sandbox.upstreams.serving.contract import TooManyRows
from core.sandbox.upstreams.serving.registry import BadUpstream, accepted, all_upstreams

BASIC = "data.go.kr/B554287/sclWlfrFcltInfoInqirService1/getFcltByBassInfoInqire"
SECOND_PAGES = {
    "seoul_open_data": "seoul/k/json/fcltOpenInfo/1001/2000/",
    "central_facilities": f"{BASIC}?serviceKey=k&pageNo=2&numOfRows=1000",
}


class TestCounters:
    def test_keep_what_was_asked(self):
        with serve() as base_url:
            httpx.get(f"{base_url}/seoul/k/json/fcltOpenInfo/1/5/")
            httpx.get(f"{base_url}/{BASIC}?serviceKey=k")

            assert base_url.requests == [
                "/seoul/k/json/fcltOpenInfo/1/5/",
                f"/{BASIC}?serviceKey=k",
            ]
            assert base_url.most_parallel == {"seoul_open_data": 1, "central_facilities": 1}

    def test_know_how_many_were_running_at_once(self):
        with serve(rows=2000, fault="slow") as base_url:
            ask_at_once(base_url, SECOND_PAGES["seoul_open_data"], 5)

            assert base_url.most_parallel == {"seoul_open_data": 5}


def ask_at_once(base_url, path, times):
    """The slow answers are let go when all have asked."""
    with ThreadPoolExecutor(times) as pool:
        asked = [pool.submit(httpx.get, f"{base_url}/{path}", timeout=60) for _ in range(times)]
        while len(base_url.requests) < times:
            time.sleep(0.01)
        base_url.server.stopping.set()
        return [answer.result().status_code for answer in asked]


class TestBurstLimit:
    def test_answers_429_beyond_three_at_once(self):
        with serve(rows=2000, fault="slow") as base_url:
            statuses = ask_at_once(base_url, SECOND_PAGES["central_facilities"], 8)

        assert sorted(statuses) == [200] * 3 + [429] * 5

    def test_bears_three_that_never_rest(self):
        """Each asks anew as soon as it has its answer: it must not count twice."""

        def ask_often(_):
            with httpx.Client() as client:
                path = f"{base_url}/{BASIC}?serviceKey=k&numOfRows=20"
                return [client.get(path).status_code for _ in range(40)] + [
                    httpx.get(path).status_code for _ in range(5)
                ]

        with serve(rows=2000) as base_url, ThreadPoolExecutor(3) as pool:
            statuses = [status for told in pool.map(ask_often, range(3)) for status in told]

        assert set(statuses) == {200}

    def test_does_not_concern_the_city(self):
        with serve(rows=2000, fault="slow") as base_url:
            statuses = ask_at_once(base_url, SECOND_PAGES["seoul_open_data"], 8)

        assert statuses == [200] * 8


class TestServer:
    def test_lists_its_upstreams_at_the_root(self):
        with serve() as base_url:
            told = httpx.get(f"{base_url}/").text

        assert f"{base_url}/seoul/ fcltOpenInfo_JR\n" in told
        assert f"{base_url}/{BASIC}\n".replace("data.go.kr/", "data.go.kr/ ") in told

    def test_has_nothing_for_another_publisher(self):
        with serve() as base_url:
            assert httpx.get(f"{base_url}/busan/").status_code == 404

    def test_keeps_a_connection_open_for_the_next_question(self):
        with serve() as base_url, httpx.Client() as client:
            answers = [client.get(f"{base_url}/seoul/k/json/fcltOpenInfo/1/5/") for _ in range(3)]
            streams = {id(answer.extensions["network_stream"]) for answer in answers}

        assert len(streams) == 1

    def test_leaves_no_thread_though_clients_stay_connected(self):
        before = threading.active_count()
        with httpx.Client() as client:
            with serve() as base_url:
                client.get(f"{base_url}/seoul/k/json/fcltOpenInfo/1/5/")

            assert threading.active_count() == before

    def test_says_the_same_bytes_as_any_other(self):
        paths = (
            "seoul/k/json/fcltOpenInfo/1/1000/",
            "seoul/k/xml/fcltOpenInfo_GN/1/9/",
            f"{BASIC}?serviceKey=k&pageNo=2&numOfRows=500",
        )
        with serve(rows=1000) as one, serve(rows=1000) as other, serve(rows=1000, seed=1) as third:
            for path in paths:
                told = httpx.get(f"{one}/{path}").content
                assert httpx.get(f"{other}/{path}").content == told
                assert httpx.get(f"{third}/{path}").content != told

    def test_makes_a_million_rows_without_holding_them(self):
        paths = (
            "seoul/k/json/fcltOpenInfo/999001/1000000/",
            "seoul/k/xml/fcltOpenInfo_GN/40001/41000/",
            f"{BASIC}?serviceKey=k&pageNo=1000&numOfRows=1000",
            f"{BASIC}?serviceKey=k&pageNo=40&numOfRows=1000&jrsdSggCd=1168000000",
        )
        with serve(rows=1_000_000) as base_url, httpx.Client(timeout=60) as client:
            tracemalloc.start()
            try:
                answers = [client.get(f"{base_url}/{path}") for path in paths]
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        assert len(answers[0].json()["fcltOpenInfo"]["row"]) == 1000
        assert answers[1].text.count("<row>") == 773
        assert answers[2].text.count("<item>") == 1000
        assert "<totalCount>1000000</totalCount>" in answers[2].text
        assert answers[3].status_code == 200
        assert peak < 16 * 2**20

    @pytest.mark.parametrize("rows", [0, -1, 5_000_001])
    def test_refuses_more_rows_than_it_has_codes_for(self, rows):
        with pytest.raises(TooManyRows, match="5,000,000"), serve(rows=rows):
            pass


class TestRegistry:
    def test_finds_every_upstream_file(self):
        assert [upstream.name for upstream in all_upstreams()] == [
            "bokjiro",
            "central_facilities",
            "gov24",
            "juso",
            "nhn_messages",
            "push_service",
            "seoul_open_data",
        ]

    def test_refuses_a_file_that_declares_nothing(self):
        with pytest.raises(BadUpstream, match="silent_file"):
            accepted([("silent_file", None)])

    def test_refuses_a_name_that_is_taken(self):
        upstream = central_facilities.UPSTREAM
        other = replace(upstream, most_parallel=None)

        with pytest.raises(BadUpstream, match="central_facilities"):
            accepted([("one", upstream), ("two", other)])


class TestCommand:
    @pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
    def test_tells_its_address_and_serves_until_it_is_stopped(self, stop):
        command = [sys.executable, "manage.py", "upstreams", "--port", "0", "--rows", "7"]
        process = subprocess.Popen(
            [*command, "--fault", "http500", "--fault-times", "1"],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "seoul_portal.settings"},
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            try:
                base_url = process.stdout.readline().strip()
                asked = f"{base_url}/seoul/k/json/fcltOpenInfo/1/1000/"
                assert httpx.get(asked).status_code == 500
                assert httpx.get(asked).json()["fcltOpenInfo"]["list_total_count"] == 7
            finally:
                process.send_signal(stop)
            assert process.wait(60) == 0
            assert process.stdout.read() == ""

    def test_says_in_a_sentence_which_file_is_missing(self, tmp_path):
        with pytest.raises(CommandError, match=r"seoul_facilities_2022\.csv|central_.*\.json"):
            call_command("upstreams", "--port", "0", "--data", str(tmp_path))

    def test_says_in_a_sentence_that_a_port_is_taken(self):
        with serve() as base_url, pytest.raises(CommandError, match="in use"):
            call_command("upstreams", "--port", base_url.rpartition(":")[2])
