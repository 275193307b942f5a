"""What the two facility adapters make of their publishers' rows."""

import datetime
from pathlib import Path

import msgspec
import pytest

from core.feeds.gateways import data_go_kr, seoul_open_data
from welfare.feeds import central_facilities, seoul_facilities
from welfare.rules import is_protected_shelter

PAYLOADS = Path(__file__).parent / "payloads"
NOW = datetime.datetime(2026, 11, 2, 2, 0, tzinfo=datetime.UTC)
WHERE = (
    "address", "address_detail", "postcode", "district_code", "dong_code", "phone",
    "lat", "lon", "x", "y",
)  # fmt: skip


@pytest.fixture(scope="module")
def seoul():
    body = (PAYLOADS / "seoul_facilities" / "page.json").read_bytes()
    _result, rows, total = seoul_open_data.open_body(body, "fcltOpenInfo")
    return seoul_facilities.read_page(rows, total)


@pytest.fixture(scope="module")
def central():
    body = (PAYLOADS / "central_facilities" / "page.xml").read_bytes()
    _code, _message, rows, total = data_go_kr.open_body(body)
    return central_facilities.read_page(rows, total)


class TestSeoul:
    def test_reads_who_where_and_how_many(self, seoul):
        found = seoul.records[0]
        assert (found.source_key, found.name, found.kind) == ("A0901", "한들양로원", "양로시설")
        assert (found.family, found.client_group) == ("노인주거복지시설", "노인")
        assert found.address == "서울특별시 종로구 비봉길 9 (구기동)"
        assert (found.district_code, found.dong_code) == ("1111000000", "1111056000")
        assert (found.phone, found.postcode) == ("02-2379-0000", "03011")
        assert (found.capacity, found.occupancy, found.precision) == (40, 38, "DONG")
        assert 37.55 < found.lat < 37.65
        assert 126.9 < found.lon < 127

    def test_mends_what_the_encoding_lost_and_what_was_escaped_twice(self, seoul):
        found = seoul.records[1]
        assert found.name == "새봄 & 나눔센터"
        assert found.kind == "재활훈련시설-아동·청소년정신건강지원시설"
        assert (found.phone, found.postcode, found.capacity) == (None, None, None)

    def test_tells_the_jurisdiction_from_the_place(self, seoul):
        found = seoul.records[1]
        assert found.jurisdiction_code == "1156000000"
        assert (found.district_code, found.lat) == (None, None)

    def test_forgets_where_a_shelter_is(self, seoul):
        found = seoul.records[2]
        assert found.is_protected
        assert found.name == "서울****"
        assert [getattr(found, name) for name in WHERE] == [None] * len(WHERE)

    def test_rejects_with_the_publishers_field_and_without_the_heads_name(self, seoul):
        (kept,) = seoul.rejects
        assert (kept.source_key, kept.field) == ("Z0904", "FCLT_NM")
        assert "홍길동" not in str(msgspec.to_builtins(kept))


class TestCentral:
    def test_puts_the_split_address_together(self, central):
        found = central.records[0]
        assert found.address == "서울특별시 종로구 비봉길 9 (구기동)"
        assert (found.phone, found.operator) == ("042-586-8033", "사회복지법인 한들")
        assert found.homepage == "http://www.example.org"

    def test_forgets_where_a_shelter_is(self, central):
        found = central.records[1]
        assert found.is_protected
        assert [getattr(found, name) for name in WHERE] == [None] * len(WHERE)

    def test_rejects_the_junk_row_without_the_heads_name(self, central):
        (kept,) = central.rejects
        assert (kept.source_key, kept.field) == ("00000", "fcltCd")
        assert "홍길동" not in str(msgspec.to_builtins(kept))

    @pytest.mark.parametrize(
        "written", ["javascript:alert(1)", "data:text/html,x", "없음", "a b.kr"]
    )
    def test_takes_no_homepage_that_is_no_web_address(self, written):
        row = {"fcltCd": "A0001", "homepageAddr": written}
        assert central_facilities.parse_central_facility(row).homepage is None


class TestMojibake:
    def test_is_undone_where_it_is_certain(self):
        damaged = "행복요양원".encode().decode("latin-1")
        row = {"fcltCd": "A0001", "fcltNm": damaged}
        assert central_facilities.parse_central_facility(row).name == "행복요양원"

    def test_is_rejected_where_bytes_were_lost(self):
        page = central_facilities.read_page([{"fcltCd": "A0001", "fcltNm": "행복\ufffd원"}], 1)
        assert [reject.reason for reject in page.rejects] == ["글자가 깨져서 왔습니다."]


class TestProtectedShelters:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("다온", "학대피해아동쉼터"),
            ("사랑의집", "폭력피해이주여성그룹홈"),
            ("서울시학대피해노인전용쉼터", "노인보호전문기관"),
            ("서울정****", "사회복지관"),
        ],
    )
    def test_are_known_by_kind_by_name_or_by_their_mask(self, name, kind):
        assert is_protected_shelter(name=name, kind=kind)

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("다시함께상담센터", "성매매피해상담소"),
            ("강남구청소년쉼터", "청소년쉼터"),
            ("늘푸른", "공동생활가정"),
            ("광진", "장애인주간보호시설"),
        ],
    )
    def test_are_not_whatever_sounds_alike(self, name, kind):
        assert not is_protected_shelter(name=name, kind=kind)

    def test_are_known_by_the_ministrys_code(self):
        assert is_protected_shelter(name="무엇", kind=None, kind_code="040211")


class TestAValueBeyondMeasure:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("FCLT_NM", "가" * 201),
            ("FCLT_KIND_NM", "가" * 3_000),
            ("FCLT_ADDR", "가" * 3_000),
            ("INMT_GRDN_CNT", "9" * 5_000),
        ],
    )
    def test_costs_its_own_row_and_no_other(self, field, value):
        row = {"FCLT_CD": "A0001", "FCLT_NM": "가온", "FCLT_KIND_NM": "(노인) 양로시설"}
        page = seoul_facilities.read_page([row | {field: value}, row], 2)
        assert len(page.records) == 1
        assert [reject.field for reject in page.rejects] == [field]

    def test_costs_a_homepage_only_itself(self):
        row = {"fcltCd": "A0001", "homepageAddr": "http://a.kr/" + "a" * 3_000}
        assert central_facilities.parse_central_facility(row).homepage is None


class TestADamagedKey:
    @pytest.mark.parametrize("key", ["A0001\u200b", "a0001", "A\x000001", "?0001"])
    def test_is_no_key_so_that_nothing_is_retired_for_want_of_it(self, key):
        (kept,) = central_facilities.read_page([{"fcltCd": key}], 1).rejects
        assert kept.source_key is None

    def test_of_the_publishers_own_junk_keeps_nothing_from_being_retired(self):
        (kept,) = central_facilities.read_page([{"fcltCd": "00000"}], 1).rejects
        assert kept.source_key == "00000"
