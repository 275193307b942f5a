"""From an address, or what somebody typed, to a point."""

import math

import httpx
import pytest

from core.places.enums import Precision
from core.places.facts import get_legal_dong
from core.places.geocode import (
    DongCentroidGeocoder,
    FirstOf,
    GeocoderUnavailable,
    Located,
    find_point,
    shared_names,
)
from core.places.juso import JusoGeocoder
from core.places.rules import parse_address, to_metres
from core.sandbox.upstreams import serve

GUGI = "서울특별시 종로구 비봉길 76 (구기동)"


class TestDongCentroidGeocoder:
    def test_answers_the_middle_of_the_dong(self):
        located = DongCentroidGeocoder().locate(parse_address(GUGI))

        assert located.precision == Precision.DONG
        assert (located.x, located.y) == pytest.approx(to_metres(located.lat, located.lon), abs=0.1)
        assert (located.lat, located.lon) == pytest.approx((37.614, 126.967), abs=0.01)

    def test_takes_the_administrative_dong_where_it_is_told(self):
        locate = DongCentroidGeocoder().locate

        whole = locate(parse_address("서울특별시 노원구 동일로 1 (상계동)"))
        part = locate(parse_address("서울특별시 노원구 동일로 1 (상계1동)"))

        assert math.hypot(whole.x - part.x, whole.y - part.y) > 500

    @pytest.mark.parametrize(
        "text", ["", "경기도 군포시 고산로 589", "서울특별시 중랑구 신내로 194", "서울특별시"]
    )
    def test_knows_nothing_of_what_names_no_dong(self, text):
        assert DongCentroidGeocoder().locate(parse_address(text)) is None


class TestFirstOf:
    def test_asks_the_next_where_one_does_not_know(self):
        class Nobody:
            def locate(self, address):
                return None

        located = FirstOf([Nobody(), DongCentroidGeocoder()]).locate(parse_address(GUGI))

        assert located.precision == "DONG"
        assert FirstOf([Nobody()]).locate(parse_address(GUGI)) is None


class TestFindPoint:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("구기동", "종로구 구기동"),
            ("상계동", "노원구 상계동"),
            ("상계1동", "노원구 상계1동"),
            ("상계 1동", "노원구 상계1동"),
            ("둔촌제2동", "강동구 둔촌2동"),
            ("노원구 상계1동", "노원구 상계1동"),
            ("강남구 신사동", "강남구 신사동"),
            ("서울특별시 강남구 신사동", "강남구 신사동"),
            ("종로6가", "종로구 종로6가"),
            ("종로 6가", "종로구 종로6가"),
            ("상계", "노원구 상계동"),
            ("종로", "종로구"),
            ("종로구", "종로구"),
            ("서울 종로구", "종로구"),
            ("Jongno-gu", "종로구"),
            ("Sanggye 1-dong", "노원구 상계1동"),
            ("Sanggye-dong, Nowon-gu", "노원구 상계동"),
            ("Jongno 6-ga", "종로구 종로6가"),
            ("Sinjeong-dong, Yangcheon-gu", "양천구 신정동"),
        ],
    )
    def test_knows_districts_and_dongs_by_name(self, text, name):
        found = find_point(text)

        assert found.name == name
        assert found.is_area
        assert found.located.precision == "DONG"

    def test_reads_an_address(self):
        found = find_point("종로구 비봉길 76 (구기동)")

        assert found.name == GUGI
        assert found.located == DongCentroidGeocoder().locate(parse_address(GUGI))

    def test_tells_in_english_too(self):
        assert find_point("상계1동").name_en == "Sanggye 1-dong, Nowon-gu"

    @pytest.mark.parametrize(
        "text", ["", " ", "신사동", "신정동", "어딘가", "경기도 군포시 고산로 589"]
    )
    def test_guesses_nothing(self, text):
        assert find_point(text) is None

    def test_can_be_told_which_names_are_shared(self):
        assert set(shared_names()["신사동"]) == {"관악구", "강남구"}


@pytest.fixture
def geocoder_at():
    with httpx.Client() as client:

        def make(base_url, key="key"):
            return JusoGeocoder(
                client=client, key=key, base_url=f"{base_url}/juso", wait_factor=0.001
            )

        yield make


class TestJusoGeocoder:
    def test_finds_the_building_and_then_its_entrance(self, geocoder_at):
        with serve() as base_url:
            located = geocoder_at(base_url).locate(parse_address(GUGI))
            again = geocoder_at(base_url).locate(parse_address(GUGI))
            building = geocoder_at(base_url).look_up(parse_address(GUGI))
            asked = [request.partition("?")[0] for request in base_url.requests[:2]]

        assert located == again
        assert isinstance(located, Located)
        assert located.precision == Precision.EXACT
        assert (located.x, located.y) == pytest.approx(to_metres(located.lat, located.lon), abs=0.1)
        middle = get_legal_dong(building.legal_dong_code)
        assert 0 < math.hypot(located.x - middle.x, located.y - middle.y) < 450
        assert asked == ["/juso/addrlink/addrLinkApi.do", "/juso/addrlink/addrCoordApi.do"]

    def test_tells_postcode_and_legal_dong(self, geocoder_at):
        with serve() as base_url:
            found = geocoder_at(base_url).look_up(parse_address(GUGI))

        assert found.road_address == "서울특별시 종로구 비봉길 76"
        assert get_legal_dong(found.legal_dong_code).district.name == "종로구"
        assert len(found.postcode) == 5

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "경기도 군포시 고산로 589",
            "서울특별시 양천구 목동중앙북로 912층",
            "서울특별시 관악구 은천로",
        ],
    )
    def test_finds_no_near_misses(self, geocoder_at, text):
        with serve() as base_url:
            assert geocoder_at(base_url).locate(parse_address(text)) is None

    def test_does_not_send_what_the_service_refuses(self, geocoder_at):
        with serve() as base_url:
            found = geocoder_at(base_url).search("서울특별시 종로구 비봉길 76 [<구기동>]")

        assert [one.road_address for one in found] == ["서울특별시 종로구 비봉길 76"]

    @pytest.mark.parametrize("fault", ["http500", "http429", "maintenance", "truncated"])
    def test_tries_again_what_may_pass(self, geocoder_at, fault):
        with serve(fault=fault, fault_times=2) as base_url:
            assert geocoder_at(base_url).locate(parse_address(GUGI)).precision == "EXACT"
            assert len(base_url.requests) == 4

    @pytest.mark.parametrize("fault", ["http500", "maintenance", "truncated", "quota"])
    def test_gives_up_and_says_so(self, geocoder_at, fault):
        with serve(fault=fault) as base_url:
            with pytest.raises(GeocoderUnavailable, match="도로명주소"):
                geocoder_at(base_url).locate(parse_address(GUGI))
            assert len(base_url.requests) == 3

    def test_asks_once_with_a_bad_key(self, geocoder_at):
        with serve(fault="bad_key") as base_url:
            with pytest.raises(GeocoderUnavailable, match="E0001"):
                geocoder_at(base_url).locate(parse_address(GUGI))
            assert len(base_url.requests) == 1

    def test_takes_an_object_where_a_list_belongs(self, geocoder_at):
        with serve(fault="one_item") as base_url:
            assert geocoder_at(base_url).locate(parse_address(GUGI)).precision == "EXACT"

    def test_takes_blank_coordinates_for_none(self):
        def answer(request):
            rows = [{"entX": "", "entY": ""}]
            if "addrLinkApi" in request.url.path:
                rows = [
                    {
                        "roadAddrPart1": "서울특별시 종로구 비봉길 76",
                        "admCd": "1111018200",
                        "rnMgtSn": "111104100159",
                        "udrtYn": "0",
                        "buldMnnm": 76,
                        "buldSlno": 0,
                    }
                ]
            return httpx.Response(
                200, json={"results": {"common": {"errorCode": "0"}, "juso": rows}}
            )

        with httpx.Client(transport=httpx.MockTransport(answer)) as client:
            geocoder = JusoGeocoder(client=client, key="key")

            assert geocoder.locate(parse_address(GUGI)) is None
