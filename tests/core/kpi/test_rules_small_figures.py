"""Small figures are hidden, with what would give them away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kpi.rules.small_figures import (
    FEWEST,
    in_tens,
    is_tellable_share,
    suppressed,
    told_count,
)


class TestSuppression:
    @pytest.mark.parametrize(
        ("counts", "shown"),
        [
            ({"F": 10, "M": 40}, {"F": 10, "M": 40}),
            ({"F": 9, "M": 40}, {"F": None, "M": None}),
            ({"F": 0, "M": 40}, {"F": 0, "M": 40}),
            ({"a": 3, "b": 50, "c": 20}, {"a": None, "b": 50, "c": None}),
            ({"a": 3, "b": 4, "c": 20}, {"a": None, "b": None, "c": None}),
            ({"a": 9, "b": 9, "c": 3, "d": 20}, {"a": None, "b": None, "c": None, "d": 20}),
            ({}, {}),
        ],
    )
    def test_hides_small_figures_and_what_gives_them_away(self, counts, shown):
        assert suppressed(counts) == shown

    @given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=2))
    def test_hidden_ones_are_many_and_large_where_others_could_join(self, counts):
        shown = suppressed(counts)
        hidden = [counts[name] for name, number in shown.items() if number is None]
        if hidden and any(number for number in shown.values()):
            assert len(hidden) >= 2
            assert sum(hidden) >= 2 * FEWEST

    @given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=2))
    def test_no_hidden_figure_is_the_only_one_where_another_could_join_it(self, counts):
        shown = suppressed(counts)
        hidden = [name for name, number in shown.items() if number is None]
        assert all(number == 0 or number >= 10 for number in shown.values() if number is not None)
        assert len(hidden) != 1 or all(n == 0 for name, n in counts.items() if name not in hidden)


class TestFiguresInTens:
    @given(st.integers(0, 500), st.integers(0, 9))
    def test_are_tens_within_nine_of_what_was_counted(self, number, threshold):
        told = in_tens(number, threshold=threshold)
        assert (told is None) is (number < FEWEST)
        if told is not None:
            assert told >= FEWEST
            assert told % 10 == 0
            assert abs(told - number) <= 9

    @given(st.integers(10, 500), st.integers(0, 9))
    def test_grow_with_what_was_counted(self, number, threshold):
        after = in_tens(number + 1, threshold=threshold)
        assert after - in_tens(number, threshold=threshold) in (0, 10)


class TestFiguresAlone:
    @pytest.mark.parametrize(("number", "told"), [(0, 0), (1, None), (9, None), (10, 10)])
    def test_are_told_from_ten_on(self, number, told):
        assert told_count(number) == told

    @pytest.mark.parametrize(
        ("part", "whole", "told"),
        [(0, 0, True), (0, 9, False), (0, 30, True), (9, 30, False), (21, 30, False),
         (10, 20, True), (30, 30, True)],
    )  # fmt: skip
    def test_a_share_needs_both_sides(self, part, whole, told):
        assert is_tellable_share(part, whole) is told
