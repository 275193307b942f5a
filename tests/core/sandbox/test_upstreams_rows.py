"""Generated rows look like the real ones, and the real ones are served whole."""

import json
import re
from collections import Counter

import httpx
import pytest

from core.sandbox.upstreams import serve
from core.sandbox.upstreams.facilities.districts import DISTRICTS
from core.sandbox.upstreams.facilities.files import split_address
from core.sandbox.upstreams.facilities.generated import CENTRAL_ONLY, code_of
from core.sandbox.upstreams.facilities.kinds import FAMILIES, KINDS

BASIC = "data.go.kr/B554287/sclWlfrFcltInfoInqirService1/getFcltByBassInfoInqire"
LEGAL_DONG = re.compile(r"\(([가-힣]+(?:동|동?\d가))[,)]")


def city_rows(base_url):
    rows = []
    with httpx.Client() as client:
        while True:
            first = len(rows) + 1
            told = client.get(f"{base_url}/seoul/k/json/fcltOpenInfo/{first}/{first + 999}/").json()
            rows += told["fcltOpenInfo"]["row"]
            if len(rows) >= told["fcltOpenInfo"]["list_total_count"]:
                return rows


def central_rows(base_url):
    rows, page = [], 0
    with httpx.Client() as client:
        while True:
            page += 1
            query = {"serviceKey": "k", "_type": "json", "pageNo": page, "numOfRows": 1000}
            body = client.get(f"{base_url}/{BASIC}", params=query).json()["response"]["body"]
            rows += body["items"]["item"]
            if len(rows) >= int(body["totalCount"]):
                return rows


@pytest.fixture(scope="module")
def rows():
    with serve(rows=9273) as base_url:
        return city_rows(base_url)


@pytest.fixture(scope="module")
def base_url(shared_data):
    with serve(data=shared_data) as base_url:
        yield base_url


class TestGeneratedRows:
    def test_have_codes_like_the_real_ones_and_each_once(self, rows):
        codes = [row["FCLT_CD"] for row in rows]

        assert len(set(codes)) == len(codes) == 9273
        assert all(re.fullmatch(r"[A-Z]\d{4}", code) for code in codes)

    def test_have_codes_of_their_own_in_the_millions_too(self):
        numbers = [*range(4_999_000, CENTRAL_ONLY), *range(CENTRAL_ONLY, CENTRAL_ONLY + 1000)]
        codes = {code_of(number) for number in numbers}

        assert len(codes) == 2000
        assert all(re.fullmatch(r"[A-Z]\d{7}", code) for code in codes)

    def test_are_of_the_95_kinds_in_34_families_as_often_as_in_reality(self, rows):
        kinds = Counter(row["FCLT_KIND_NM"] for row in rows)

        assert len(kinds) == len(KINDS) == 95
        assert len({row["FCLT_KIND_DTL_NM"] for row in rows}) == len(FAMILIES) == 34
        for kind in KINDS:
            if kind.weight > 10:
                assert kinds[kind.label] == pytest.approx(3 * kind.weight, rel=0.05)

    def test_belong_to_the_25_districts_and_a_few_to_the_city(self, rows):
        named = Counter((row["JRSD_SGG_CD"], row["JRSD_SGG_NM"]) for row in rows)
        named = Counter({key: count for key, count in named.items() if key[1] != "-"})

        assert len(named) == 26
        assert named["1111000000", "종로구"] == pytest.approx(3 * 66, rel=0.05)
        assert 30 <= named["1100000000", "서울특별시"] <= 45

    def test_stand_in_legal_dongs_of_their_district(self, rows):
        dongs = {district.name: {*district.dongs} for district in DISTRICTS}
        told = [
            (row["FCLT_ADDR"].split()[1], found[1])
            for row in rows
            if row["FCLT_ADDR"].startswith("서울특별시")
            and (found := LEGAL_DONG.search(row["FCLT_ADDR"]))
        ]

        assert len(told) > 7000
        assert {dong for district, dong in told if dong not in dongs[district]} == set()

    def test_write_addresses_in_the_manners_of_real_ones(self, rows):
        addresses = [row["FCLT_ADDR"] for row in rows if row["FCLT_ADDR"] != "-"]

        def share(pattern):
            return sum(bool(re.search(pattern, told)) for told in addresses) / len(addresses)

        assert share(r"^서울특별시 \S+구 \S+(로|길) \d+(-\d+)? \(\S+(동|가)\)$") > 0.5
        assert 0.01 < share(r"^(?!서울특별시|\S+구 )\S") < 0.04
        assert 0.01 < share(r" $") < 0.06
        assert 0.01 < share(r"[가-힣]제\d동\)") < 0.04
        assert 0.01 < share(r"[가-힣](?<!제)\d동\)") < 0.04
        assert share(r"^$") > 0.003
        assert share(r"\d층$") > 0.01
        assert share(r"\d\([가-힣]") > 0.02

    def test_mask_protected_shelters_as_the_city_does(self, rows):
        masked = [row for row in rows if row["FCLT_NM"].endswith("****")]

        assert 20 < len(masked) < 60
        assert {(row["FCLT_ADDR"], row["FCLT_TEL_NO"], row["JRSD_SGG_NM"]) for row in masked} == {
            ("-", "-", "-")
        }
        assert {row["FCLT_KIND_NM"] for row in masked} == {
            "(아동) 학대피해아동쉼터",
            "(여성) 폭력피해이주여성그룹홈",
        }
        assert "****" in rows[11]["FCLT_NM"]

    def test_never_house_more_than_there_is_room_for(self, rows):
        housed = [(row["INMT_GRDN_CNT"], row["LVLH_NMPR"]) for row in rows if row["INMT_GRDN_CNT"]]

        assert len(housed) > 1000
        assert all(0 < present <= room for room, present in housed)

    def test_have_telephones_and_postcodes_in_their_places(self, rows):
        open_rows = [row for row in rows if row["FCLT_TEL_NO"] != "-"]

        assert all(re.fullmatch(r"0\d{1,2}-\d{4}-\d{4}", row["FCLT_TEL_NO"]) for row in open_rows)
        assert all(re.fullmatch(r"\d{5}", row["FCLT_ZIPCD"]) for row in open_rows)


class TestRealRows:
    def test_of_the_city_are_all_there(self, base_url):
        rows = city_rows(base_url)

        assert len({row["FCLT_CD"] for row in rows}) == len(rows) == 3091
        assert Counter(row["FCLT_KIND_NM"] for row in rows).most_common(1) == [
            ("(노인) 재가노인복지시설", 663)
        ]
        assert sum(row["FCLT_ADDR"] != row["FCLT_ADDR"].rstrip() for row in rows) >= 69
        assert {row["FCLT_TEL_NO"] for row in rows} == {""}

    def test_of_the_ministry_are_those_of_the_dump_and_of_the_sample(self, base_url, shared_data):
        folder = shared_data / "facilities"
        dump = json.loads((folder / "central_facilities_2026.json").read_text())
        sample = json.loads((folder / "central_facilities.sample.json").read_text())
        rows = {row["fcltCd"]: row for row in central_rows(base_url)}

        assert len(dump) == 26744
        assert set(rows) == {*dump, *(told["id"] for told in sample)}
        for code, told in dump.items():
            row = rows[code]
            joined = " ".join(filter(None, (row["fcltAddr"], row["fcltDtl_1Addr"])))
            assert joined == told["fullAddr"]
            assert row["fcltTelNo"] == told["fcltTelNo"]
        shelter = rows["C0000006284"]
        assert (shelter["fcltNm"], shelter["fcltKindCd"]) == ("서울정****", "040211")
        assert shelter["fcltAddr"] == shelter["fcltTelNo"] == ""

    def test_share_2280_codes_and_their_names(self, base_url):
        city = {row["FCLT_CD"]: row for row in city_rows(base_url)}
        central = {row["fcltCd"]: row for row in central_rows(base_url)}
        shared = city.keys() & central.keys()

        assert len(shared) == 2280
        assert all(central[code]["fcltNm"] == city[code]["FCLT_NM"] for code in shared)
        assert all(central[code]["jrsdSggCd"] == city[code]["JRSD_SGG_CD"] for code in shared)
        assert all(re.fullmatch(r"0[1-4]\d{4}", central[code]["fcltKindCd"]) for code in shared)
        assert "00000" in central

    def test_know_the_jurisdiction_from_the_address_where_the_city_has_no_row(self, base_url):
        rows = [row for row in central_rows(base_url) if not row["fcltNm"]]
        of_nowon = [row for row in rows if row["fcltAddr"].startswith("서울특별시 노원구 ")]
        of_busan = [row for row in rows if row["fcltAddr"].startswith("부산광역시 ")]

        assert {row["jrsdSggCd"] for row in of_nowon} == {"1135000000"}
        assert {row["jrsdSggCd"] for row in of_busan} == {"2600000000"}


class TestSplitAddress:
    @pytest.mark.parametrize(
        ("address", "parts"),
        [
            ("서울특별시 중랑구 신내로 194 (신내동)", ("서울특별시 중랑구 신내로", "194 (신내동)")),
            ("서울특별시 종로구 종로6가길 3-1", ("서울특별시 종로구 종로6가길", "3-1")),
            ("서울특별시 금천구 금하로29길", ("서울특별시 금천구 금하로29길", "")),
            ("서울특별시 노원구 상계동 771", ("서울특별시 노원구 상계동 771", "")),
            ("", ("", "")),
        ],
    )
    def test_cuts_before_the_house_number(self, address, parts):
        assert split_address(address) == parts
