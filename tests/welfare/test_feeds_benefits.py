"""What the benefit adapters make of their publishers' rows."""

import datetime
from pathlib import Path

import pytest

from core.feeds.gateways import bokjiro, odcloud
from core.feeds.protocol import Connection, FeedRefused, FeedUnavailable
from core.sandbox.upstreams import serve
from tests.shared_data import SHARED_DATA, needs_shared_data
from welfare.feeds import bokjiro_central, bokjiro_local, gov24
from welfare.feeds._benefit import read_page
from welfare.feeds.gov24 import Gov24Feed, Gov24PartFeed
from welfare.rules.condition_codes import codes_of

PAYLOADS = Path(__file__).parent / "payloads"
NOW = datetime.datetime(2026, 11, 2, 2, 0, tzinfo=datetime.UTC)


def payload(source, name):
    return (PAYLOADS / source / name).read_bytes()


def gov24_page(name, parse):
    rows, total = odcloud._page(payload("gov24", name), "시험", within=False, now=NOW)
    return read_page(rows, total, parse=parse, key=gov24.KEY)


def parse_service(row):
    return gov24.parse_service(row, latest=NOW)


class TestGov24Services:
    @pytest.fixture(scope="class")
    @staticmethod
    def page():
        return gov24_page("list.json", parse_service)

    def test_read_who_gives_what_to_whom(self, page):
        found = page.records[0]
        assert (found.source_key, found.name) == ("000000900001", "한들 청년 월세 지원")
        assert (found.provider_level, found.provider) == ("DISTRICT", "서울특별시 노원구")
        assert (found.province_code, found.district_code) == ("11", "1135000000")
        assert (found.themes, found.users) == (["HOUSING"], ["PERSON", "HOUSEHOLD"])
        assert found.support_kinds == ["현금", "상담/법률지원"]
        assert found.ways == ["기타 온라인신청", "방문신청"]
        assert found.contact == "노원구/02-000-0000\n다산콜/120"
        assert found.modified_at == "20260129201825"

    def test_keep_lines_and_brackets_but_no_markup(self, page):
        assert page.records[0].target == ("○ 무주택 청년\n- 만 19~34세\n\n○ ① 소득 <표 참조> 이하")
        assert page.records[0].criteria is None

    def test_read_deadlines_and_keep_them_as_written(self, page):
        first, second = page.records
        assert (first.deadline, first.deadline_kind) == ("2026.03.09~2026.03.31", "WINDOWS")
        assert first.deadline_windows == ["2026-03-09/2026-03-31"]
        assert (second.deadline_kind, second.deadline_windows) == ("ALWAYS", [])

    def test_link_nowhere_but_to_the_web(self, page):
        assert page.records[0].link.startswith("https://www.gov.kr/")
        assert page.records[1].link is None

    def test_reject_unknown_places_and_times_to_come(self, page):
        assert [(kept.source_key, kept.field) for kept in page.rejects] == [
            ("000000900003", "소관기관유형"),
            ("000000900004", "수정일시"),
        ]
        assert "시·도" in page.rejects[0].reason


class TestGov24Parts:
    def test_read_one_object_where_a_list_is_promised(self):
        page = gov24_page("detail.json", lambda row: gov24.parse_detail(row, 7))
        (found,) = page.records
        assert (found.listed_hash, found.how_to_apply) == (7, "기타 온라인신청, 방문신청")
        assert found.documents == "○ 신청서\n○ 임대차계약서\n신분증"
        assert found.laws == "청년기본법(제20조)\n노원구 청년 기본 조례(제9조)\n노원구 주거 조례"

    def test_pack_the_tick_boxes(self):
        page = gov24_page("conditions.json", lambda row: gov24.parse_conditions(row, 7))
        youth, firm = page.records
        assert (youth.age_from, youth.age_to) == (19, 34)
        assert codes_of(youth.codes) == ["JA0101", "JA0102", "JA0201", "JA0322", "JA0412"]
        assert (youth.life_stages, youth.targets) == (["YOUTH"], ["LOW_INCOME"])
        assert codes_of(firm.codes) == ["JA1102", "JA2101"]
        assert (firm.age_from, firm.life_stages) == (None, [])

    def test_keep_that_a_code_was_ticked_which_the_table_lacks(self):
        row = {
            "서비스ID": "000000900009",
            "JA0317": "Y",
            "JA0331": "Y",
            "JA0415": "N",
            "JA2104": "Y",
        }
        found = gov24.parse_conditions(row, 7)
        assert codes_of(found.codes) == ["JA0317", "JA03*", "JA21*"]

    def test_reject_by_name_what_is_neither_ticked_nor_blank(self):
        page = read_page(
            [{"서비스ID": "000000900009", "JA0331": "예"}],
            1,
            parse=lambda row: gov24.parse_conditions(row, 7),
            key=gov24.KEY,
        )
        assert [(kept.source_key, kept.field) for kept in page.rejects] == [
            ("000000900009", "JA0331")
        ]

    def test_reject_an_age_that_is_none(self):
        page = gov24_page("conditions.json", lambda row: gov24.parse_conditions(row, 7))
        assert [(kept.source_key, kept.field) for kept in page.rejects] == [
            ("000000900003", "JA0110")
        ]


class TestGov24Asking:
    @pytest.fixture
    def upstream(self):
        with serve(rows=2_500) as base_url:
            yield base_url

    def connection(self, upstream, key="k"):
        return Connection(base_url=f"{upstream}/odcloud", key=key, wait_factor=0.001)

    def test_for_what_changed_names_the_day_and_says_that_it_is_a_part(self, upstream):
        feed = Gov24Feed(self.connection(upstream), NOW, "20251101000000")
        pages = list(feed.pages())
        assert 0 < sum(page.received for page in pages) < 500
        assert all(page.is_partial for page in pages)
        assert "20251101000000" in upstream.requests[0]

    def part(self, upstream, due, is_whole=False):
        return Gov24PartFeed(
            "supportConditions",
            gov24.parse_conditions,
            self.connection(upstream),
            NOW,
            due,
            is_whole,
        )

    def test_for_a_few_is_done_one_by_one(self, upstream):
        (page, *_) = Gov24Feed(self.connection(upstream), NOW).pages()
        due = {record.source_key: 5 for record in page.records[:4]}
        before = len(upstream.requests)
        found = [record for page in self.part(upstream, due).pages() for record in page.records]
        assert {record.source_key: record.listed_hash for record in found} == due
        assert len(upstream.requests) - before == 4

    def test_for_many_reads_through_and_takes_what_is_due(self, upstream):
        (page, *_) = Gov24Feed(self.connection(upstream), NOW).pages()
        due = {record.source_key: 5 for record in page.records[:40]}
        before = len(upstream.requests)
        found = [record for page in self.part(upstream, due).pages() for record in page.records]
        assert {record.source_key for record in found} == set(due)
        assert len(upstream.requests) - before == 3

    def test_for_nothing_asks_nobody(self, upstream):
        (page,) = self.part(upstream, {}).pages()
        assert (page.received, page.is_partial) == (0, True)
        assert not upstream.requests

    @pytest.mark.parametrize(
        ("key", "word"), [("a%3D%253D", "인증키"), ("CODE-22", "한도"), ("CODE-12", "거절")]
    )
    def test_in_vain_is_told_in_words(self, upstream, key, word):
        with pytest.raises(FeedRefused, match=word):
            list(Gov24Feed(self.connection(upstream, key), NOW).pages())


def bokjiro_page(source, parse):
    rows, total = bokjiro._page(payload(source, "list.xml"), "시험", within=False, now=NOW)
    return read_page(rows, total, parse=parse, key="servId")


class TestBokjiro:
    def test_reads_the_central_list(self):
        page = bokjiro_page("bokjiro_central", bokjiro_central.parse_central_service)
        (found,) = page.records
        assert found.summary == "아이를 낳은 가정·가족을 돕습니다."
        assert found.life_stages == ["INFANT", "PREGNANCY"]
        assert (found.targets, found.themes) == ([], ["BIRTH", "CHILDCARE"])
        assert (found.full_name, found.core_name) == ("한들출산지원신규", "한들출산지원")
        assert (found.provider_level, found.province_code) == ("CENTRAL", None)
        assert found.link.endswith("&wlfareInfoReldBztpCd=01")
        assert [(kept.source_key, kept.field) for kept in page.rejects] == [
            (None, "servId"),
            ("WLF00900003", "servNm"),
        ]

    def test_reads_the_local_list_by_its_own_names(self):
        page = bokjiro_page("bokjiro_local", bokjiro_local.parse_local_service)
        first, named, city = page.records
        assert (first.life_stages, first.targets) == (["SENIOR"], ["LOW_INCOME"])
        assert (first.ways, first.modified_at) == (["방문", "전화"], "20260112")
        assert [one.provider for one in page.records] == [
            "서울특별시 노원구",
            "서울특별시 성동구",
            "서울특별시",
        ]
        assert (named.district_code, city.district_code) == ("1120000000", None)
        assert [kept.field for kept in page.rejects] == ["ctpvNm"]

    def test_reads_details_with_lists_inside(self):
        row = bokjiro._detail(payload("bokjiro_central", "detail.xml"), "시험", now=NOW)
        found = bokjiro_central.parse_central_detail(row, 3)
        assert found.contact == "보건복지상담센터 129\n출산정책과 044-000-0000"
        assert (found.how_to_apply, found.laws) == ("주민센터에 신청", "저출산·고령사회기본법")

    def test_reads_no_end_as_none(self):
        row = bokjiro._detail(payload("bokjiro_local", "detail.xml"), "시험", now=NOW)
        found = bokjiro_local.parse_local_detail(row, 3)
        assert (found.in_force_from, found.in_force_until) == ("20260101", None)


class TestBokjiroDetails:
    def details(self, base_url, due, key="k"):
        upstream = Connection(base_url=f"{base_url}/bokjiro", key=key, wait_factor=0.001)
        return list(bokjiro_local.open_details(upstream, NOW, due).pages())

    def test_that_are_not_there_cost_their_own_row(self):
        due = {"WLF90000003": 1, "WLF99999999": 2, "WLF90000005": 3}
        with serve(rows=10) as base_url:
            (page,) = self.details(base_url, due)
        assert [record.source_key for record in page.records] == ["WLF90000003", "WLF90000005"]
        assert [kept.source_key for kept in page.rejects] == ["WLF99999999"]

    def test_end_where_nothing_comes_at_all(self):
        due = {f"WLF{number}": 1 for number in range(90_000_001, 90_000_019, 2)}
        with serve(rows=10, fault="http500") as base_url:
            with pytest.raises(FeedUnavailable, match="500"):
                self.details(base_url, due)
            # Five are asked at once, three times each; one more may begin while they end.
            assert 3 * 5 <= len(base_url.requests) < 3 * len(due)

    def test_stop_at_once_where_the_quota_is_used_up(self):
        with serve(rows=10) as base_url:
            with pytest.raises(FeedRefused, match="한도"):
                self.details(base_url, {"WLF90000003": 1, "WLF90000005": 1}, key="CODE-22")
            assert len(base_url.requests) == 1


@needs_shared_data
class TestRealRows:
    def test_are_all_taken(self):
        with serve(data=SHARED_DATA) as base_url:
            upstream = Connection(base_url=f"{base_url}/bokjiro", key="k")
            central = list(bokjiro_central.open_list(upstream, NOW).pages())
            local = list(bokjiro_local.open_list(upstream, NOW).pages())
        assert sum(len(page.records) for page in central) == 452
        assert sum(len(page.records) for page in local) == 4_569
        assert not [kept for page in (*central, *local) for kept in page.rejects]
        unclassified = [one for page in central for one in page.records if not one.life_stages]
        assert len(unclassified) == 152
        seoul = [one for page in local for one in page.records if one.province_code == "11"]
        assert len(seoul) == 365
