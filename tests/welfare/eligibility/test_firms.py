"""What only firms and bodies are given is a no for every person, whatever nobody knows of them."""

import json

import pytest

from tests.shared_data import SHARED_DATA
from tests.welfare.eligibility.judged import ON
from tests.welfare.eligibility.real_rows import needs_real_rows, real_rules
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Standing, Verdict
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Household, Member
from welfare.rules.firms import is_for_firms, tells_of_firms
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.refinements import Rule
from welfare.rules.rows import ConditionRow

CENTRAL = SHARED_DATA / "benefits" / "bokjiro_central_2026.json"
LOCAL = SHARED_DATA / "benefits" / "bokjiro_local_2026.json"
needs_bokjiro = pytest.mark.skipif(
    not (CENTRAL.is_file() and LOCAL.is_file()),
    reason="Bokjiro's real rows are not on this machine (SHARED_DATA names their folder)",
)
# Of 5,021 real rows these say beyond doubt that an employer or a body is paid.
PAID_TO_FIRMS = set(
    "WLF00004660 WLF00000033 WLF00006253 WLF00006247 WLF00001181 WLF00001090 WLF00000068 "
    "WLF00006238 WLF00003183 WLF00001156 WLF00003224 WLF00006133 WLF00003347 WLF00001798 "
    "WLF00002816".split()
)
# And these name firms and bodies beside people, or only in passing.
NAMED_IN_PASSING = set("WLF00006319 WLF00002470 WLF00000981 WLF00002536 WLF00001286".split())


def verdict(rule, **facts):
    household = Household((Member("me", **facts),))
    judgement = Judgement(compile_rules([rule], on=ON), household, medians=MEDIAN_INCOMES)
    return judgement.explain(0, 0)


class TestUsers:
    @pytest.mark.parametrize(
        ("users", "expected"),
        [
            (["ORGANISATION"], True),
            (["SMALL_BUSINESS"], True),
            (["SMALL_BUSINESS", "ORGANISATION"], True),
            (["PERSON", "ORGANISATION"], False),
            (["HOUSEHOLD"], False),
            ([], False),
        ],
    )
    def test_are_firms_alone_or_not(self, users, expected):
        assert is_for_firms(users) is expected

    def test_make_it_a_no_with_its_reason_whatever_the_row_ticks(self):
        told = verdict(Rule("b", ConditionRow("b", frozenset({"JA0314"}), 18), for_firms=True))

        assert told.verdict is Verdict.NO
        assert [one.condition for one in told.because] == [Standing.FOR_ORGANISATIONS]
        assert told.depends_on == told.would_change == ()


class TestSentences:
    @pytest.mark.parametrize(
        "summary",
        [
            "60세 이상인 근로자수가 증가하는 사업주를 지원하여 고용 안정을 도모합니다.",
            "제도를 운영하는 사업주에게 비용의 일부를 지원합니다.",
            "장애인을 고용한 사업주에게 장려금을 지급합니다.",
        ],
    )
    def test_that_leave_no_doubt_are_read(self, summary):
        assert tells_of_firms(summary)

    @pytest.mark.parametrize(
        "summary",
        [
            "근로자 및 사업주에게 훈련비를 지원합니다.",
            "사업주에게 임금을 받지 못한 근로자에게 대지급금을 지급합니다.",
            "사업주에게 고용된 청년을 지원합니다.",
            "국가가 사업주를 대신하여 체불임금을 지급합니다.",
            "중소기업에 취업한 청년의 학자금을 지원합니다.",
            "",
        ],
    )
    def test_that_may_mean_people_are_not(self, summary):
        assert not tells_of_firms(summary)

    @needs_bokjiro
    def test_of_the_real_rows(self):
        rows = [
            row for path in (CENTRAL, LOCAL) for row in json.loads(path.read_text(encoding="utf-8"))
        ]
        told = {row["servId"] for row in rows if tells_of_firms(row["servDgst"])}

        assert told == PAID_TO_FIRMS
        assert {row["servId"] for row in rows} > NAMED_IN_PASSING


@needs_real_rows
def test_the_real_rows_of_organisations_are_nobodys():
    """Four tick nothing but firms and bodies; where people are ticked beside, people may get it."""
    for_firms = {"119200000008", "119200000010", "119200000082", "122000000003"}
    for rule in real_rules():
        found = verdict(rule)
        assert (found.verdict is Verdict.NO) == (rule.key in for_firms), rule.key
