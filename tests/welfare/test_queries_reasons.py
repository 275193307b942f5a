"""The words for verdicts can be read aloud, in Korean and in English."""

import pytest
from django.utils import translation

from tests.welfare.eligibility.judged import born, day, explained, facts, refined, wanted
from welfare.queries.fact_names import NAMES_OF, fact_name
from welfare.queries.reasons import change_sentence, fact_sentence, reason_sentence
from welfare.rules.explaining import TOLD_AS, Fact
from welfare.rules.facts import Member
from welfare.rules.refinements import Rule
from welfare.rules.rows import ConditionRow
from welfare.rules.vocabulary import DISTRICTS, NAMES


def row(*codes, **ages):
    return Rule("b", ConditionRow("b", frozenset(codes), **ages))


SENIORS = row(age_from=65)
TWENTIES = born("2001-03-01")


@pytest.fixture(params=["ko", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


class TestReasonSentence:
    @pytest.mark.parametrize(
        ("rule", "household", "korean", "english"),
        [
            (
                SENIORS,
                {},
                "‘만 65세 이상’ 조건에 맞지 않습니다.",
                "You do not meet the condition “aged 65 or over”.",
            ),
            (
                row(age_from=19, age_to=34),
                {},
                "‘만 19세부터 34세까지’ 조건에 맞습니다.",
                "You meet the condition “aged 19 to 34”.",
            ),
            (
                row("JA0314"),
                {},
                "‘어업인’ 조건에 맞는지 아직 알 수 없습니다.",
                "It is not known yet whether you meet the condition “fisher”.",
            ),
            (
                row("JA0404", "JA0403"),
                {"no": facts("SINGLE_PARENT", "SINGLE_PERSON")},
                "‘한부모·조손가정 또는 1인 가구’ 조건에 맞지 않습니다.",
                "You do not meet the condition “single-parent or grandparent family "
                "or person living alone”.",
            ),
            (
                refined(wanted("INCOME_PERCENT", "AT_MOST", 48)),
                {"income_monthly": 0},
                "‘가구 소득이 중위소득의 48% 이하’ 조건에 맞습니다.",
                "You meet the condition “household income up to 48% of the median”.",
            ),
            (
                refined(wanted("INCOME_PERCENT", "OVER", 100)),
                {"income_monthly": 0},
                "‘가구 소득이 중위소득의 100% 초과’ 조건에 맞지 않습니다.",
                "You do not meet the condition “household income over 100% of the median”.",
            ),
            (
                refined(wanted("ASSETS", "AT_MOST", 241_000_000)),
                {"assets": 0},
                "‘가구의 재산 241,000,000원 이하’ 조건에 맞습니다.",
                "You meet the condition “the household's assets at most 241,000,000 won”.",
            ),
            (
                refined(wanted("DISTRICT", "ANY_OF", DISTRICTS)),
                {"district": "중구"},
                "‘서울에 사는 사람’ 조건에 맞습니다.",
                "You meet the condition “people who live in Seoul”.",
            ),
            (
                refined(
                    (
                        wanted("AGE_YEARS", "AT_LEAST", 65, somebody=True),
                        wanted("AGE_MONTHS", "UNDER", 24, somebody=True),
                    )
                ),
                {},
                "‘가구원 중 만 65세 이상인 사람 또는 가구원 중 만 1세 이하인 사람’ "
                "조건에 맞지 않습니다.",
                "You do not meet the condition “somebody in the household: aged 65 or over or "
                "somebody in the household: aged 1 or under”.",
            ),
            (
                row("JA2103"),
                {},
                "사업자나 기관을 위한 지원이라 개인은 받을 수 없습니다.",
                "This is for businesses or organisations, not for individuals.",
            ),
            (
                row(),
                {},
                "기관이 등록한 자격 제한이 없습니다.",
                "The agency has registered no restriction.",
            ),
        ],
    )
    def test_says_what_is_asked_and_whether_it_is_met(
        self, language, rule, household, korean, english
    ):
        (reason,) = explained(rule, TWENTIES, **household).because

        assert reason_sentence(reason) == (korean if language == "ko" else english)

    def test_says_that_a_figure_is_not_verified(self, language):
        (reason,) = explained(row("JA0201"), on=day("2030-01-01"), income_monthly=9_000_000).because

        assert ("단정하지 않습니다" in reason_sentence(reason)) == (language == "ko")
        assert ("not certain" in reason_sentence(reason)) == (language == "en")


class TestChangeSentence:
    @pytest.mark.parametrize(
        ("rule", "korean", "english"),
        [
            (SENIORS, "2066년 3월 1일부터, 만 65세가 될 때", "from 1 March 2066, when you turn 65"),
            (
                row("JA0201", "JA0202", "JA0203"),
                "가구의 월 소득이 2,564,238원 이하라면",
                "if the household's monthly income were at most 2,564,238 won",
            ),
            (
                row("JA0205"),
                "가구의 월 소득이 5,128,476원보다 많다면",
                "if the household's monthly income were over 5,128,476 won",
            ),
            (
                row("JA0327"),
                "‘구직자·실업자’ 조건에 맞게 될 때",
                "once you meet the condition “job seeker or unemployed person”",
            ),
        ],
    )
    def test_says_what_would_turn_a_no(self, language, rule, korean, english):
        me = born("2001-03-01", no=facts("JOB_SEEKER"))
        (change,) = explained(rule, me, income_monthly=4_000_000).would_change

        assert change_sentence(change) == (korean if language == "ko" else english)


class TestFactNames:
    def test_exist_for_every_fact(self):
        for group, names in NAMES.items():
            assert list(NAMES_OF[group]) == list(names)
        assert not [name for name in TOLD_AS.values() if fact_name(name) == name]

    def test_are_said_in_a_sentence(self, language):
        (missing,) = explained(row("JA0314"), Member("me")).depends_on
        said = {
            "ko": "‘어업인’에 해당하는지 알면 판단할 수 있습니다.",
            "en": "This can be judged once we know whether this applies: fisher.",
        }

        assert fact_sentence(missing) == said[language]
        assert fact_sentence(Fact("birth_date")) != fact_sentence(missing)
