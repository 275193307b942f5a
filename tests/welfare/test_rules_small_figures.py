"""Small figures are hidden, with what would give them away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare.rules.small_figures import FEWEST, suppressed


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
