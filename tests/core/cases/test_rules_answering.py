"""Which office answers a request is the first that has people, and else the one that was asked."""

import pytest

from core.cases.rules.answering import office_that_answers


class TestOfficeThatAnswers:
    @pytest.mark.parametrize(
        ("stand_ins", "staffed", "answers"),
        [
            ((2, 3), {1, 2, 3}, 1),
            ((2, 3), {2, 3}, 2),
            ((2, 3), {3}, 3),
            ((2, 3), set(), 1),
            ((), {5}, 1),
        ],
    )
    def test_is_the_first_with_staff(self, stand_ins, staffed, answers):
        assert office_that_answers(1, stand_ins, staffed=staffed) == answers
