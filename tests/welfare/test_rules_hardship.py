"""A score is the sum of what its parts say, and figures that could name somebody stay hidden."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare.rules.hardship import (
    Sign,
    SignKind,
    Weight,
    WeightTable,
    score,
    table_on,
)

DAY = datetime.date(2026, 11, 28)
TABLE = WeightTable(
    datetime.date(2026, 1, 1),
    {kind: Weight(points=10, a_month=5, most=25, days=180) for kind in SignKind},
)
GAS, RENT = SignKind.GAS, SignKind.RENT


def sign(kind=GAS, *, ago=0, months=None):
    return Sign(kind, DAY - datetime.timedelta(days=ago), months)


def points(*signs):
    return [part.points for part in score(signs, table=TABLE, on=DAY).parts]


class TestScore:
    @pytest.mark.parametrize(
        ("months", "worth"), [(None, 10), (0, 10), (1, 10), (2, 15), (4, 25), (30, 25)]
    )
    def test_grows_with_arrears_up_to_a_limit(self, months, worth):
        assert points(sign(months=months)) == [worth]

    def test_counts_a_kind_once_by_its_heaviest(self):
        told = score([sign(months=1), sign(months=3), sign(RENT)], table=TABLE, on=DAY)
        assert [part.points for part in told.parts] == [0, 20, 10]
        assert [part.is_outweighed for part in told.parts] == [True, False, False]

    def test_of_equals_the_first_counts(self):
        assert points(sign(ago=3), sign(ago=1)) == [10, 0]

    def test_leaves_out_what_is_old_and_says_so(self):
        told = score([sign(ago=180), sign(RENT, ago=181)], table=TABLE, on=DAY)
        assert [(part.points, part.is_old) for part in told.parts] == [(10, False), (0, True)]
        assert not told.parts[1].is_outweighed

    def test_refuses_what_it_could_not_explain(self):
        with pytest.raises(ValueError, match="after"):
            score([sign(ago=-1)], table=TABLE, on=DAY)
        with pytest.raises(ValueError, match="no weight"):
            score([sign()], table=WeightTable(DAY, {}), on=DAY)

    def test_of_nothing_is_nothing(self):
        assert score([], table=TABLE, on=DAY).points == 0

    @given(
        st.lists(
            st.builds(
                sign,
                st.sampled_from(SignKind),
                ago=st.integers(0, 400),
                months=st.none() | st.integers(0, 40),
            )
        )
    )
    def test_is_explained_by_its_parts_in_any_order(self, signs):
        told = score(signs, table=TABLE, on=DAY)
        assert told.points == sum(part.points for part in told.parts)
        assert told.points == score(signs[::-1], table=TABLE, on=DAY).points
        assert told.points <= 25 * len({one.kind for one in signs})
        assert score([*signs, sign()], table=TABLE, on=DAY).points >= told.points


class TestTables:
    def test_the_last_that_has_begun_holds(self):
        older, newer = (WeightTable(datetime.date(year, 1, 1), {}) for year in (2026, 2027))
        assert table_on([newer, older], datetime.date(2026, 12, 31)) is older
        assert table_on([older, newer], datetime.date(2027, 1, 1)) is newer
        with pytest.raises(LookupError):
            table_on([older, newer], datetime.date(2025, 12, 31))
