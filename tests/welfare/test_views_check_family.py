"""Families before the screener: who is asked what, and what is said once for several of them."""

import pytest
from django.utils import timezone, translation

from tests.welfare.benefit_factories import make_benefit, make_local_benefit
from tests.welfare.test_views_check import SENIORS, Visitor
from welfare.queries.money import round_words
from welfare.queries.rulebook import shelf
from welfare.queries.screening import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


@pytest.fixture
def visitor(client):
    client.handler.enforce_csrf_checks = True
    return Visitor(client)


class TestResults:
    def test_tell_once_what_is_said_alike_of_them(self, visitor):
        make_benefit("000000000001", 서비스명="어르신 교통비", conditions=SENIORS)
        make_benefit("000000000002", 서비스명="여성 지원", conditions={"JA0102": "Y"})
        visitor.start(partner=1, child=1)
        assert visitor.asked == "birth_date:me birth_date:partner1 birth_date:child1 sex:me " \
            "sex:partner1 sex:child1"  # fmt: skip
        sent = dict(zip(visitor.fields, ("1950-01-01", "M", "1951-01-01", "F", "1990-01-01", "F"),
                        strict=True))  # fmt: skip
        visitor.press("do", "answer", **sent)

        cards = [
            " ".join(one.get_text(" ").split()) for one in visitor.page.select("main li.stack")
        ]
        assert len(cards) == 2
        assert "받을 가능성이 높음: 2가지" in visitor.text
        assert any("어르신 교통비" in one and "나, 배우자" in one for one in cards)
        assert any("여성 지원" in one and "배우자, 자녀 1" in one for one in cards)
        visitor.press("verdict", "NO")
        assert "받을 가능성이 높음 2" in visitor.text

    def test_are_printed_with_what_they_are_worth_a_year(self, visitor):
        make_local_benefit("WLF00001171", servNm="아동수당")
        visitor.start()
        answers = {"district:": "노원구", "birth_date:me": "2024-03-02"}
        while visitor.asked:
            visitor.answer(answers[visitor.asked])
        visitor.press("do", "print")

        sheet = " ".join(visitor.page.select_one("article.sheet").get_text(" ").split())
        assert "아동수당" in sheet
        assert "1년에 약 120만 원 (달마다 10만 원)" in sheet


class TestTheYoung:
    @pytest.fixture
    def family(self, visitor):
        make_benefit("000000000001", conditions=SENIORS)
        make_benefit("000000000002", 서비스명="근로자 휴가비", conditions={"JA0326": "Y"})
        visitor.start(child=1)
        while "work" not in visitor.asked and visitor.asked:
            visitor.answer(*("1990-01-01", "2018-01-01")[: len(visitor.fields)])
        return visitor

    def test_are_not_asked_what_makes_no_sense_and_it_is_said(self, family):
        assert family.asked == "work:me"
        assert "자녀 1: 일과 직업 나이가 어려 묻지 않고 ‘해당 없음’으로 보았습니다" in family.text

    def test_may_be_told_of_all_the_same(self, family):
        family.answer(["NONE"]).press("verdict", "LIKELY")
        assert "근로자 휴가비" not in family.text

        family.press("do", "change=work:child1")
        assert "work:child1" in family.asked
        family.press("do", "answer", **{family.fields[-1]: ["EMPLOYED"]})
        assert "근로자 휴가비" in family.text
        assert "일과 직업 나이가 어려 묻지 않고" not in family.text

    def test_are_unknown_in_days_to_come(self, family):
        state = opened(family.state, timezone.localdate())
        today = timezone.localdate()

        assert "EMPLOYED" in state.household(today).household.members[1].no
        assert "EMPLOYED" not in state.as_told(today).household.members[1].no


@pytest.mark.parametrize(
    ("won", "language", "said"),
    [
        (10_000_000, "ko", "1,000만 원"),
        (99_000_000, "ko", "9,900만 원"),
        (150_000_000, "ko", "1억 5,000만 원"),
        (1_000_000_000, "ko", "10억 원"),
        (99_000_000, "en", "99,000,000 won"),
        (99_000_001, "ko", "99,000,001원"),
    ],
)
def test_sums_that_are_round_are_said_as_people_do(won, language, said):
    with translation.override(language):
        assert round_words(won) == said
