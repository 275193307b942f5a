"""The facts that ship: complete, and true to themselves."""

import csv
import datetime
import json
import math

import pytest

from core.places.facts import (
    districts,
    dongs,
    dongs_named,
    get_district,
    get_district_of_sgis,
    get_dong,
    get_legal_dong,
    holiday_name,
    holidays,
    legal_dongs,
    legal_dongs_named,
)
from core.places.rules import to_metres
from core.places.rules.romanize import romanize, romanize_place


class TestDistricts:
    def test_are_25_each_with_a_tile_of_its_own(self):
        assert len(districts()) == 25
        assert len({(district.row, district.column) for district in districts()}) == 25
        assert len({district.code for district in districts()}) == 25

    @pytest.mark.parametrize(
        "text",
        ["종로", "종로구", "Jongno-gu", "jongno", "JONGNO-GU", "11110", "1111000000", " 종로구 "],
    )
    def test_are_found_as_people_name_them(self, text):
        assert get_district(text).name == "종로구"

    @pytest.mark.parametrize("text", ["", "강", "구", "1100000000", "부천시"])
    def test_are_not_found_where_none_is_meant(self, text):
        assert get_district(text) is None

    def test_keep_the_two_systems_apart(self):
        # 11110 is 종로구 to the interior ministry and 노원구 to the statistics office.
        assert get_district("11110").name == "종로구"
        assert get_district_of_sgis("11110").name == "노원구"

    def test_lie_on_the_tile_grid_as_on_the_ground(self):
        by_name = {district.short_name: district for district in districts()}

        assert by_name["도봉"].row < by_name["종로"].row < by_name["용산"].row < by_name["서초"].row
        assert by_name["강서"].column < by_name["마포"].column < by_name["강동"].column


class TestDongs:
    def test_are_426_each_in_its_district(self):
        assert len(dongs()) == 426
        assert all(dong.code[:5] == dong.district.code[:5] for dong in dongs())
        assert all(dong.sgis[:5] == dong.district.sgis for dong in dongs())

    def test_are_found_by_every_code(self):
        assert {get_dong(code).name for code in ("1111056000", "11110560", "1101056")} == {"평창동"}

    def test_are_found_by_every_spelling(self):
        for spelt in ("둔촌제2동", "둔촌2동", "Dunchon 2-dong"):
            assert [dong.code for dong in dongs_named(spelt)] == ["1174070000"]
        assert dongs_named("종로1.2.3.4가동") == dongs_named("종로1·2·3·4가동")
        assert [dong.code for dong in dongs_named("홍제1동")] == ["1141062000"]

    def test_of_one_name_are_told_apart_by_district(self):
        assert len(dongs_named("신사동")) == 2
        assert len(dongs_named("신사동", district=get_district("강남"))) == 1

    def test_have_points_within_seoul_near_their_district(self):
        for dong in dongs():
            away = math.hypot(dong.x - dong.district.x, dong.y - dong.district.y)
            assert away < 9_000, dong.name

    def test_have_metres_and_english_names_that_follow_from_the_rest(self):
        for area in (*districts(), *dongs()):
            assert (area.x, area.y) == pytest.approx(to_metres(area.lat, area.lon), abs=0.02)
        for area in (*dongs(), *legal_dongs()):
            assert area.name_en == romanize_place(area.name)

    def test_agree_with_the_ministry_s_list(self, shared_data):
        path = shared_data / "geo" / "dong_codes_2022.tsv"
        with path.open(encoding="cp949") as lines:
            listed = {
                row["adm_cd2"]
                for row in csv.DictReader(lines, delimiter="\t")
                if row["sidonm"] == "서울특별시"
            }

        # 일원2동 became 개포3동 in December 2022.
        assert {dong.code for dong in dongs()} ^ listed == {"1168074000", "1168067500"}

    def test_lie_within_their_boundaries(self, shared_data):
        path = shared_data / "geo" / "seoul_dongs.geojson"
        checked = 0
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            if (dong := get_dong(feature["properties"]["adm_cd2"])) is None:
                continue
            rings = [polygon[0] for polygon in feature["geometry"]["coordinates"]]
            assert any(self._inside(ring, dong.lon, dong.lat) for ring in rings), dong.name
            checked += 1
        assert checked == 423

    @staticmethod
    def _inside(ring, x, y):
        crossings = 0
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
        return crossings % 2 == 1


class TestLegalDongs:
    def test_are_467_and_leave_no_dong_out(self):
        assert len(legal_dongs()) == 467
        assert {dong for legal in legal_dongs() for dong in legal.dongs} == set(dongs())
        assert all(legal.code[:5] == legal.district.code[:5] for legal in legal_dongs())

    def test_know_who_looks_after_them(self):
        assert get_legal_dong("1111018200").only_dong.name == "평창동"
        (sanggye,) = legal_dongs_named("상계동")
        assert len(sanggye.dongs) == 8
        assert sanggye.only_dong is None

    def test_are_divided_among_neighbours(self):
        for legal in legal_dongs():
            for dong in legal.dongs:
                assert math.hypot(dong.x - legal.x, dong.y - legal.y) < 4_500, legal.name


class TestHolidays:
    def test_have_names(self):
        assert holiday_name(datetime.date(2026, 2, 17)) == "설날"
        assert holiday_name(datetime.date(2026, 3, 2)) == "삼일절 대체공휴일"
        assert holiday_name(datetime.date(2026, 3, 3)) is None

    def test_cover_2025_to_2028(self):
        assert {day.year for day in holidays()} == {2025, 2026, 2027, 2028}
        for year in (2025, 2026, 2027, 2028):
            for month, day in ((1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25)):
                assert datetime.date(year, month, day) in holidays()

    def test_give_a_working_day_in_return(self):
        substitutes = [one for one in holidays().values() if one.is_substitute]

        assert len(substitutes) > 10
        assert all(one.date.weekday() < 5 for one in substitutes)


class TestRomanize:
    @pytest.mark.parametrize(
        ("name", "latin"),
        [
            ("종로", "jongno"),
            ("왕십리", "wangsimni"),
            ("청량리", "cheongnyangni"),
            ("신림", "sillim"),
            ("독립문", "dongnimmun"),
            ("학여울 2", "hagyeoul 2"),
            ("강남", "gangnam"),
            ("압구정", "apgujeong"),
        ],
    )
    def test_writes_as_it_is_spoken(self, name, latin):
        assert romanize(name) == latin

    @pytest.mark.parametrize(
        ("name", "latin"),
        [
            ("상계3·4동", "Sanggye 3·4-dong"),
            ("성수1가2동", "Seongsu 1-ga 2-dong"),
            ("동소문동7가", "Dongsomun-dong 7-ga"),
            ("종로6가", "Jongno 6-ga"),
            ("신문로1가", "Sinmunno 1-ga"),
            ("명륜3가", "Myeongnyun 3-ga"),
            ("세종로", "Sejongno"),
        ],
    )
    def test_keeps_numbers_and_units_apart(self, name, latin):
        assert romanize_place(name) == latin
