"""`make bench`: its arithmetic, its command lines and what it asks; nothing here is timed."""

import json
import subprocess
import sys
from itertools import pairwise

import httpx
import pytest
from django.conf import settings
from django.db import connection

from core.sandbox import commands, engines
from core.sandbox.bench import (
    addresses,
    asking,
    bare_load,
    databases,
    questions,
    recorded,
    report,
    servers,
    sync_once,
    wrk,
)
from core.sandbox.bench.__main__ import read_arguments
from core.sandbox.bench.judging import Pair, Result, against_limit, growth, missed
from core.sandbox.bench.syncing import Round, results
from core.search.queries.answers import KEPT_ANSWERS
from core.search.rules.hangul import INITIALS

TOLD = {
    "requests": 3000,
    "microseconds": 1_500_000,
    "bytes": 9,
    "p50": 4100,
    "p99": 9200,
    "refused": 0,
    "broken": 0,
}


def against(*pairs, target=0.5):
    return against_limit(
        "API list", [Pair(*pair) for pair in pairs], rows=10, unit="req/s", against="bare query",
        target=target,
    )  # fmt: skip


class TestShare:
    def test_is_the_median_rounds_own_share(self):
        # The machine was twice as slow in the second round, for both.
        told = against((600, 1000), (280, 500), (500, 1000))

        assert told.ratio == pytest.approx(0.56)
        assert told.figure == 500
        assert told.limit == 1000

    @pytest.mark.parametrize(("ours", "met"), [(500, True), (499, False)])
    def test_meets_the_target_from_exactly_there(self, ours, met):
        assert against((ours, 1000)).is_met is met

    def test_is_not_judged_without_a_target(self):
        told = against((1, 1000), target=None)

        assert told.is_met is None
        assert missed([told, against((1, 1000))]) == [against((1, 1000))]


class TestGrowth:
    def test_says_how_many_times_dearer_a_request_became(self):
        told = growth("API list", small=[1000, 500, 900], large=[800, 250, 600], rows=10)

        assert told.ratio == pytest.approx(1.5)
        assert told.is_met is False

    def test_may_reach_its_limit_and_no_more(self):
        assert growth("x", small=[1300], large=[1000], rows=10).is_met is True
        assert growth("x", small=[1301], large=[1000], rows=10).is_met is False


class TestSyncResults:
    def test_compare_first_with_bare_and_unchanged_with_first(self):
        one = Round(rows=100, first=10.0, unchanged=4.0, bare=5.0, megabytes=200.0)
        first, unchanged, memory = results([one], asked=101)

        assert (first.figure, first.ratio, first.is_met) == (10.0, 0.5, True)
        assert (unchanged.ratio, unchanged.is_met) == (2.5, True)
        assert (memory.figure, memory.is_met) == (200.0, True)

    def test_judge_memory_by_the_figure_itself(self):
        one = Round(rows=100, first=10.0, unchanged=6.0, bare=3.0, megabytes=351.0)

        assert [told.is_met for told in results([one], asked=100)] == [False, False, False]


class TestWrk:
    def test_asks_over_eight_connections_with_the_script_that_rotates(self):
        command = wrk.command("/usr/bin/wrk", "http://127.0.0.1:1", seconds=5)
        told = dict(pairwise(command))

        assert (told["--connections"], told["--threads"], told["--duration"]) == ("8", "1", "5s")
        assert told["--script"].endswith("core/sandbox/bench/rotate.lua")
        assert command[-1] == "http://127.0.0.1:1"

    def test_reads_its_figures(self):
        load = wrk.read_output(
            f"Running 2s test\n{json.dumps(TOLD)}\n".replace(": ", ":"), what="x"
        )

        assert (load.rate, load.p50, load.p99) == (2000.0, 4.1, 9.2)

    @pytest.mark.parametrize("fault", [{"refused": 1}, {"broken": 1}, {"requests": 0}])
    def test_fails_where_an_answer_was_no_success(self, fault):
        output = json.dumps(TOLD | fault, separators=(",", ":"))

        with pytest.raises(wrk.BenchFailed, match="of the list: of"):
            wrk.read_output(output, what="of the list")

    def test_fails_where_it_said_nothing(self):
        with pytest.raises(wrk.BenchFailed, match="no figures"):
            wrk.read_output("unable to connect", what="x")

    def test_says_what_is_missing_where_it_cannot_be_had(self, monkeypatch):
        monkeypatch.setattr(wrk.shutil, "which", lambda name: None)

        with pytest.raises(wrk.BenchFailed, match="needs wrk"):
            wrk.find_wrk()


class TestServers:
    def test_run_the_bare_application_by_the_portals_own_command(self):
        assert servers.WEB_BARE[:-1] == commands.WEB[:-1]
        assert servers.WEB_BARE[-1] == "core.sandbox.bench.bare:application"

    def test_keep_no_page_where_none_may_be_kept(self, tmp_path):
        kept = servers.portal_settings(1, tmp_path, keeps_pages=True)
        none = servers.portal_settings(1, tmp_path, keeps_pages=False)

        assert "PAGE_CACHE_MB" not in kept
        assert none["PAGE_CACHE_MB"] == "0"

    def test_fail_where_an_address_is_not_there(self, tmp_path):
        (tmp_path / "1.json").write_text("{}")
        with recorded.replaying(tmp_path) as url:
            assert servers.check(url, ["/seoul/k/json/s/1/1000/"]) == 2
            with pytest.raises(wrk.BenchFailed, match="answers 404"):
                servers.check(url, ["/seoul/k/json/s/1/1000/", "/seoul/k/json/s/2/1001/"])


class TestBareApplication:
    def test_answers_with_nothing_around_it(self):
        script = (
            "from core.sandbox.bench.bare import application\n"
            "from django.conf import settings\n"
            "from django.test import Client\n"
            "settings.ALLOWED_HOSTS = ['testserver']\n"
            "print(Client().get('/ok').content, settings.MIDDLEWARE, settings.INSTALLED_APPS)"
        )
        said = subprocess.run(
            [sys.executable, "-c", script],
            cwd=engines.CHECKOUT,
            env={"BENCH_BARE": "1", "SECRET_KEY": "x" * 50},
            capture_output=True,
            text=True,
            check=True,
        )

        assert said.stdout == "b'ok' [] []\n"


class TestAddresses:
    FACTS = addresses.Facts(codes=("A1", "A2"), kinds=("노인복지관",), pairs=(("11", "양로시설"),))

    def test_alternate_the_filters(self):
        assert addresses.interleaved(["a", "b"], ["1"], ["x", "y", "z"]) == list("a1xbyz")

    def test_are_plain_ascii_and_differ(self):
        for subject in addresses.subjects(self.FACTS):
            assert all(address.isascii() and " " not in address for address in subject.addresses)
            assert len(set(subject.addresses)) == len(subject.addresses)

    def test_rotate_where_nothing_is_kept(self):
        numbers = {
            subject.name: len(subject.addresses) for subject in addresses.subjects(self.FACTS)
        }

        # Each of two processes keeps a thousand answers.
        assert numbers["API search"] > 2 * 2 * KEPT_ANSWERS
        assert numbers["API near"] > 400
        assert numbers["API filtered list"] == 25 + 1 + 1
        assert numbers["HTML list, cached"] == numbers["HTML detail, cached"] == 1

    def test_hold_each_kind_of_request_against_its_limit(self):
        told = {s.name: (s.limit, s.target) for s in addresses.subjects(self.FACTS)}

        assert told == {
            "API list": ("query", 0.5),
            "API filtered list": ("query", 0.5),
            "API near": ("query", 0.5),
            "API search": ("query", 0.3),
            "API detail": ("query", 0.5),
            "HTML list, uncached": ("query", 0.15),
            "HTML detail, uncached": ("query", None),
            "HTML list, cached": ("ok", 0.5),
            "HTML detail, cached": ("ok", 0.5),
        }

    def test_ask_what_people_ask(self):
        asked = questions.questions()

        assert len(set(asked)) == len(asked)
        assert asked == questions.questions()
        assert {"복지", "ㄴㅇㅂㅈㄱ", "노인복지괸", "강남구 노인복지관"} <= set(asked)
        assert {"강남구 ㄱㄹㅎ", "강남구 어린이집", "강남구 노인복지괜", "센터 그룹홈"} <= set(
            asked
        )

    def test_mix_every_kind_of_question_at_every_point(self):
        asked = questions.questions()
        for begin in range(0, len(asked) - 50, 50):
            some = asked[begin : begin + 50]
            assert any(set(text.split()[-1]) <= set(INITIALS) for text in some)
            assert any(text.endswith("알려 주세요") for text in some)

    def test_misspell_the_last_syllable(self):
        assert questions.slip("노인복지관") == "노인복지괜"


class TestARound:
    def test_goes_on_where_the_one_before_ended(self, monkeypatch, tmp_path):
        begun = []

        def measure(_wrk, url, _addresses, *, seconds, begin, cookie):
            begun.append((url, begin))
            return wrk.Load(rate=1.0, p50=1.0, p99=1.0, requests=seconds * 100)

        monkeypatch.setattr(asking, "measure", measure)
        subject = addresses.Subject(name="API search", addresses=(), limit="query", target=None)
        some = {1: servers.Servers(bare="bare", uncached="ours", cached="")}
        run = asking.Asking("wrk", 5, some, tmp_path)
        for _ in range(2):
            run.round([subject])

        assert begun == [("bare", 0), ("ours", 0), ("bare", 500), ("ours", 500)]


@pytest.mark.django_db
class TestFacts:
    def test_are_read_from_the_published_table(self):
        with connection.cursor() as wrapper:
            facts = addresses.read_facts(wrapper.connection)

        assert facts == addresses.Facts((), (), ())


class TestRecordedAnswers:
    def test_are_the_stand_ins_own(self, tmp_path):
        folder = recorded.record(1500, tmp_path)
        with recorded.replaying(folder) as url:
            first, second = (httpx.get(f"{url}{a}").json() for a in recorded.addresses(1500))

        assert len(first["fcltOpenInfo"]["row"]) == 1000
        assert len(second["fcltOpenInfo"]["row"]) == 500
        assert second["fcltOpenInfo"]["list_total_count"] == 1500

    def test_are_made_once(self, tmp_path):
        made = recorded.record(10, tmp_path)
        before = recorded.file_of(made, recorded.addresses(10)[0]).stat().st_mtime_ns

        assert recorded.record(10, tmp_path) == made
        assert recorded.file_of(made, recorded.addresses(10)[0]).stat().st_mtime_ns == before


class TestMemory:
    def test_is_told_by_the_kernel(self):
        assert 10 < sync_once.peak_megabytes() < 10_000


@pytest.mark.django_db(transaction=True)
class TestBareLoad:
    def test_writes_the_published_rows_again(self, tmp_path):
        if not settings.EMBEDDED:
            pytest.skip("the benchmarks run on the embedded PostgreSQL; DATABASE_URL is set")
        url = databases.url_of(connection.settings_dict["NAME"])
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO welfare_facilityfamily (name, name_en) VALUES ('가', '')")
            cursor.execute(
                "INSERT INTO welfare_facilitykind (name, name_en, family_id, client_group,"
                " is_protected, hotline, hotline_name, hotline_name_en)"
                " VALUES ('나', '', '가', '', false, '', '', '')"
            )
            cursor.execute(
                "INSERT INTO welfare_facility (code, name, name_en, kind_id, family_name, address,"
                " address_detail, precision, is_protected, status, source, card, published_at)"
                " VALUES ('A1', '하나', '', '나', '가', E'두\\t줄', '', 'NONE', false, 'LISTED',"
                " 'SEOUL', '{}', now())"
            )

        assert bare_load.unload(url, tmp_path / "rows") == 1
        assert bare_load.load(url, tmp_path / "rows") > 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('bench_facility') IS NULL")
            assert cursor.fetchone() == (True,)


class TestReport:
    LINES = (
        Result(name="API list", rows=10_000, figure=1234.5, unit="req/s", against="bare query",
               limit=2000.0, ratio=0.617, target=0.5),
        Result(name="make run", figure=16.25, unit="s", target=15, at_most=True),
    )  # fmt: skip

    def test_stands_in_columns(self):
        head, first, second = report.as_text(self.LINES).splitlines()

        assert first.split() == [
            "API", "list", "10,000", "1,234", "req/s", "bare", "query", "2,000", "0.62", "≥", "0.5",
            "met",
        ]  # fmt: skip
        assert head.index("target") == first.index("≥ 0.5") == second.index("≤ 15")
        assert second.rstrip().endswith("MISSED")

    def test_is_a_table_of_the_docs(self):
        lines = report.as_markdown(self.LINES).splitlines()

        assert len(lines) == 4
        assert {line.count("|") for line in lines} == {len(report.HEAD) + 1}

    def test_keeps_every_figure_as_json(self, tmp_path):
        report.write_json(tmp_path / "var" / "bench.json", self.LINES, machine="two cores")
        told = json.loads((tmp_path / "var" / "bench.json").read_text())

        assert told["machine"] == "two cores"
        assert [line["met"] for line in told["results"]] == [True, False]

    def test_tells_the_machine_without_its_name(self):
        assert "cores" in report.machine()
        assert report.platform.node() not in report.machine()


class TestArguments:
    def test_are_the_issues_sizes_unless_told_otherwise(self):
        asked = read_arguments([])

        assert asked.rows == [10_000, 1_000_000]
        assert asked.sync_rows == [100_000, 1_000_000]

    def test_can_be_small(self):
        assert read_arguments(["--rows", "10", "20", "--parts", "http"]).rows == [10, 20]

    def test_come_from_make(self):
        recipe = subprocess.run(
            ["make", "--dry-run", "bench", "BENCH_ROWS=10 20", "BENCH_SYNC_ROWS=30"],
            cwd=engines.CHECKOUT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

        assert "-m core.sandbox.bench --rows 10 20 --sync-rows 30" in recipe
