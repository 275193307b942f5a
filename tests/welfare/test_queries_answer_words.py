"""What may be answered to the screener, and what is told back of it, in people's own words."""

import pytest
from django.utils import timezone, translation

from welfare.forms.check import answer_field
from welfare.queries.answer_words import PLAINER, answers_to
from welfare.queries.living import ME
from welfare.queries.rulebook import shelf
from welfare.queries.screening import SIZE, Screening
from welfare.rules.questions import Asked
from welfare.rules.vocabulary import NAMES, OUTSIDE_SEOUL
from welfare.views.check_given import given

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


ALONE = Screening().answered(SIZE, 1)


def told_back(question, answer, member=None, *, state=ALONE):
    state = state.answered(Asked(question, member), answer)
    return given(state, timezone.localdate())[-1][-1]


class TestAnswers:
    def test_name_only_facts_that_there_are(self):
        assert set(PLAINER) <= {name for names in NAMES.values() for name in names}

    @pytest.mark.parametrize(
        ("question", "answer", "member", "words"),
        [
            # Both a home and a nationality may be OTHER.
            ("housing", "OTHER", None, "그 밖의 곳"),
            ("nationality", "OTHER", ME, "그 밖의 외국인"),
            ("care", "NURSERY", ME, "어린이집에 다님"),
            ("service_pension", "WITHOUT_SERVICE_PENSION", ME, "받지 않음"),
            ("health", ["DISABLED"], ME, "장애가 있음"),
            ("district", OUTSIDE_SEOUL, None, "서울 밖"),
        ],
    )
    def test_are_told_back_as_they_stood_on_the_page(self, question, answer, member, words):
        assert told_back(question, answer, member) == words
        assert words in answers_to(question).values()

    def test_about_income_are_told_back_in_won(self):
        assert told_back("income", "0-50").endswith("만 원까지")
        poor = ALONE.answered(Asked("income", None), "0-50")
        assert "만 원보다 많고" in told_back("income_step", "33-40", state=poor)

    def test_are_english_on_an_english_page_and_begin_alike(self):
        with translation.override("en"):
            assert told_back("district", "노원구") == "Nowon-gu"
            assert dict(answer_field("district").choices)["노원구"] == "Nowon-gu"
            for question in ("sex", "health", "work", "family", "receipts", "housing"):
                for words in answers_to(question).values():
                    assert words[0].isupper(), words
