"""Telephone numbers and postcodes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.places.rules import normalise_phone, normalise_postcode


class TestNormalisePhone:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("024902600", "02-490-2600"),
            ("0222499998", "02-2249-9998"),
            ("0318059434", "031-805-9434"),
            ("03180594348", "031-8059-4348"),
            ("042-242-5240", "042-242-5240"),
            ("042)5868033", "042-586-8033"),
            ("(02) 490-2600(대표)", "02-490-2600"),
            ("02.490.2600", "02-490-2600"),
            ("02-490-2600~2", "02-490-2600"),
            ("02)490-2600, 02-490-2601", "02-490-2600"),
            ("02 490 2600 내선 12", "02-490-2600"),
            ("+82-2-490-2600", "02-490-2600"),
            ("+82 (0)2-490-2600", "02-490-2600"),
            ("07012345678", "070-1234-5678"),
            ("0505-123-4567", "0505-123-4567"),
            ("05071234567", "0507-123-4567"),
            ("15881234", "1588-1234"),
            ("1577-1391 또는 02-490-2600", "1577-1391"),
            ("06103636448", "061-363-6448"),
            ("01012345678", "010-1234-5678"),
            ("1366", "1366"),
            ("120", "120"),
            ("02-120", "02-120"),
        ],
    )
    def test_shows_what_people_dial(self, text, shown):
        assert normalise_phone(text) == shown

    @pytest.mark.parametrize(
        "text",
        [
            None,
            "",
            "-",
            "없음",
            "nullnullnull",
            "02nullnull",
            "010nullnull",
            "02",
            "000-0000-0000",
            "0200000000",
            "4522077",
            "0105719051",
            "01001060106",
            "02222499980",
            "1111-1111",
        ],
    )
    def test_says_nothing_of_what_nobody_can_dial(self, text):
        assert normalise_phone(text) is None

    @given(st.text(max_size=30))
    def test_answers_a_number_or_nothing(self, text):
        shown = normalise_phone(text)

        assert shown is None or normalise_phone(shown) == shown

    @given(
        area=st.sampled_from(["02", "031", "064", "070", "0505"]),
        exchange=st.integers(200, 9999),
        rest=st.integers(0, 9998),
    )
    def test_does_not_mind_how_it_is_punctuated(self, area, exchange, rest):
        parts = [area, str(exchange), f"{rest:04d}"]
        written = ["-".join(parts), " ".join(parts), ".".join(parts), "".join(parts)]
        written.append(f"{parts[0]}){parts[1]}-{parts[2]}")

        assert {normalise_phone(text) for text in written} == {"-".join(parts)}

    def test_reads_the_ministry_s_column(self, shared_data):
        path = shared_data / "facilities" / "central_facilities_2026.json"
        rows = json.loads(path.read_text(encoding="utf-8")).values()
        given_numbers = [row["fcltTelNo"] for row in rows if row["fcltTelNo"]]

        unread = [text for text in given_numbers if normalise_phone(text) is None]

        assert len(given_numbers) > 20_000
        assert len(unread) / len(given_numbers) < 0.006


class TestNormalisePostcode:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("03047", "03047"),
            ("3047", "03047"),
            (3047, "03047"),
            (" 05211 ", "05211"),
            ("-", None),
            ("", None),
            (None, None),
            ("00000", None),
            ("110-043", None),
        ],
    )
    def test_gives_the_leading_zero_back(self, text, shown):
        assert normalise_postcode(text) == shown
