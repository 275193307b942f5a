"""What a line of a file of signs may say, and what a table of weights may hold."""

import datetime

import pytest

from welfare.enums import AgeBand, HardshipKind
from welfare.rules.hardship import Sign, SignKind, Weight, WeightTable, score
from welfare.rules.sign_weights import ASSUMED, WeightRefused, read_table, write_table
from welfare.rules.sign_words import (
    ARREARS,
    BANDS,
    OLDEST_BAND,
    age_band,
    is_masked,
    months_between,
    read_month,
)

DAY = datetime.date(2026, 11, 28)


class TestMonth:
    @pytest.mark.parametrize(
        "text",
        ["2026-10", "2026.10", "2026/10", "202610", "2026년 10월", "2026-10-05", "2026. 10. 5."],
    )
    def test_reads_what_offices_write(self, text):
        assert read_month(text) == datetime.date(2026, 10, 1)

    @pytest.mark.parametrize("text", ["", "10월", "2026", "2026-13", "2026-00", "26-10", "어제"])
    def test_refuses_all_else(self, text):
        with pytest.raises(ValueError, match=".*"):
            read_month(text)

    def test_counts_months(self):
        assert months_between(datetime.date(2025, 12, 1), DAY) == 11
        assert months_between(datetime.date(2026, 12, 1), DAY) == -1


class TestWhatIsNoBusinessOfOurs:
    def test_knows_a_name_with_hidden_letters(self):
        assert is_masked("홍*동")
        assert is_masked("홍○동")
        assert not is_masked("홍길동")
        assert not is_masked("Max Li")


class TestAgeBand:
    @pytest.mark.parametrize(
        ("born", "band"),
        [
            ("2006-11-29", "UP_TO_19"),
            ("2006-11-28", "TO_39"),
            ("1961-11-29", "TO_64"),
            ("1961-11-28", "TO_79"),
            ("1946-11-28", "FROM_80"),
        ],
    )
    def test_counts_from_the_birthday(self, born, band):
        assert age_band(datetime.date.fromisoformat(born), on=DAY) == band

    def test_has_the_bands_that_the_database_knows(self):
        assert [*(band for _, band in BANDS), OLDEST_BAND] == AgeBand.values


class TestWeights:
    def test_are_kept_as_they_are_read(self):
        table = WeightTable(DAY, ASSUMED)

        assert read_table(since=DAY, stored=write_table(table)) == table

    def test_know_every_kind_and_the_database_too(self):
        assert set(ASSUMED) == set(SignKind)
        assert {str(kind) for kind in SignKind} == set(HardshipKind.values)
        assert ARREARS < set(SignKind)

    @pytest.mark.parametrize(
        ("told", "part"),
        [
            ([], "points"),
            ([-1, 0, 5, 30], "points"),
            (["15", 0, 20, 30], "points"),
            ([True, 0, 20, 30], "points"),
            ([15, 1_001, 20, 30], "a_month"),
            ([15, 5, 14, 30], "most"),
            ([15, 5, 30, 0], "days"),
            ([15, 5, 30, 367], "days"),
        ],
    )
    def test_that_cannot_be_meant_are_named(self, told, part):
        stored = write_table(WeightTable(DAY, ASSUMED)) | {"RENT": told}

        with pytest.raises(WeightRefused) as refused:
            read_table(since=DAY, stored=stored)

        assert (refused.value.kind, refused.value.part) == (SignKind.RENT, part)

    def test_weigh_what_was_cut_off_more_than_a_telephone_bill(self):
        table = WeightTable(DAY, ASSUMED)
        cut = [Sign(SignKind.DISCONNECTED, DAY)]
        bill = [Sign(SignKind.MOBILE, DAY, 12)]

        assert score(cut, table=table, on=DAY).points > score(bill, table=table, on=DAY).points

    def test_never_weigh_more_than_their_most(self):
        for kind, weight in ASSUMED.items():
            assert isinstance(weight, Weight)
            sign = Sign(kind, DAY, 120 if kind in ARREARS else None)
            worth = score([sign], table=WeightTable(DAY, ASSUMED), on=DAY).points
            assert worth == (weight.most if kind in ARREARS else weight.points)
