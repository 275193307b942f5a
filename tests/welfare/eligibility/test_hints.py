"""Labels and names put a benefit further up or down, and say no to nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.welfare.eligibility.judged import born, explained, facts, judged
from tests.welfare.eligibility.worlds import whole_households
from welfare.enums import BenefitTarget, LifeStage
from welfare.queries.reasons import reason_sentence
from welfare.rules.conditions import Verdict
from welfare.rules.hints import BY_LABELS, BY_NAME, Hints, hints_of
from welfare.rules.refinements import Rule
from welfare.rules.rows import ConditionRow

OLD, YOUNG = "1955-03-02", "2003-03-02"
INCOME_OF_ONE = 1_200_000


def hinted(*labels, name="제도"):
    stages = [one for one in labels if one in LifeStage.values]
    targets = [one for one in labels if one in BenefitTarget.values]
    return Rule("b", hints=hints_of(name, stages, targets))


def is_doubted(rule, *members, **household):
    """Say whether a hint speaks against the first of them."""
    marks = judged(rule, *members, **household).doubted([0])
    return marks is not None and bool(marks[0, 0])


def sentences(rule, *members, **household):
    return [reason_sentence(one) for one in explained(rule, *members, **household).because]


class TestHints:
    @pytest.mark.parametrize(
        ("labels", "expected"),
        [
            (["YOUTH"], True),
            (["INFANT", "CHILD", "TEEN"], True),
            (["YOUTH", "SENIOR"], False),
            (["SENIOR"], False),
            (list(LifeStage.values), False),
            (["PREGNANCY"], True),
            ([], False),
        ],
    )
    def test_of_stages_go_by_the_age(self, labels, expected):
        nobody_expects = facts("PROSPECTIVE_PARENT", "PREGNANT", "BIRTH_OR_ADOPTION")

        assert is_doubted(hinted(*labels), born(OLD, no=nobody_expects), size=1) is expected

    def test_leave_an_answer_the_same_for_all_for_whom_they_stand_alike(self):
        """They name nothing that is missing, so that the answer may be kept for others."""
        told = explained(hinted("PREGNANCY"), born(YOUNG))
        (reason,) = [one for one in told.because if one.labels]

        assert (reason.met, told.depends_on) == (None, ())
        assert told.is_settled

    def test_of_a_birth_speak_to_nobody_of_seventy(self):
        assert is_doubted(hinted("PREGNANCY"), born(OLD), size=1)
        assert not is_doubted(hinted("PREGNANCY"), born(YOUNG), size=1)
        assert not is_doubted(hinted("PREGNANCY"), born(OLD), born("2025-06-01", "2"), size=2)

    @pytest.mark.parametrize("years", [50, 54, 55, 64, 65, 69])
    def test_of_stages_leave_room_at_their_ends(self, years):
        person = born(f"{2026 - years}-01-01")

        assert not is_doubted(hinted("MIDDLE_AGED", "SENIOR"), person)

    def test_of_stages_join_where_they_meet(self):
        (condition,) = Hints(("CHILD", "INFANT", "TEEN", "SENIOR")).conditions()

        assert [(test.low, test.high) for test in condition.tests] == [
            (None, 24 * 12 + 11),
            (55 * 12, None),
        ]

    @pytest.mark.parametrize(
        ("target", "told", "against"),
        [
            ("DISABLED", {"yes": "DISABLED"}, {"no": "DISABLED"}),
            ("VETERAN", {"yes": "VETERAN"}, {"no": "VETERAN"}),
        ],
    )
    def test_of_targets_go_by_what_is_told(self, target, told, against):
        met, not_met = (
            born(OLD, **{key: facts(name) for key, name in one.items()}) for one in (told, against)
        )

        assert not is_doubted(hinted(target), met, size=1)
        assert is_doubted(hinted(target), not_met, size=1)
        assert not is_doubted(hinted(target), born(OLD), size=1)

    def test_count_whoever_lives_there_as_well(self):
        me, child = born(OLD, no=facts("DISABLED")), born("2015-01-01", "2", yes=facts("DISABLED"))

        assert not is_doubted(hinted("DISABLED"), me, child, size=2)

    def test_send_no_grandparent_away_who_raises_a_child(self):
        child = born("2015-01-01", "2")

        assert not is_doubted(
            hinted("SINGLE_PARENT"), born(OLD), child, no=facts("SINGLE_PARENT"), size=2
        )
        assert is_doubted(hinted("SINGLE_PARENT"), born(OLD), no=facts("SINGLE_PARENT"), size=1)

    def test_call_nobody_rich_who_earns_little_more_than_the_middle(self):
        rich, middling = 30_000_000, 3_000_000

        assert is_doubted(hinted("LOW_INCOME"), born(OLD), size=1, income_monthly=rich)
        assert not is_doubted(hinted("LOW_INCOME"), born(OLD), size=1, income_monthly=middling)

    def test_are_read_off_the_name_only_where_nothing_is_labelled(self):
        assert hints_of("청년 장애인 월세", [], []) == Hints(("YOUTH",), ("DISABLED",), BY_NAME)
        assert hints_of("청년 장애인 월세", ["SENIOR"], []) == Hints(("SENIOR",), (), BY_LABELS)
        assert hints_of("장애물 치우기", [], []) == Hints((), (), BY_NAME)

    def test_of_farming_are_read_off_every_name(self):
        farmers = hints_of("농업인 건강보험료 지원", [], [])

        assert farmers == Hints((), ("FARMING",), BY_NAME)
        assert hints_of("농업인안전보험", ["YOUTH"], ["LOW_INCOME"]).targets == ("FARMING",)
        nothing_grows = facts("FARMER", "FISHER", "LIVESTOCK_FARMER", "FORESTER")
        assert is_doubted(Rule("b", hints=farmers), born(OLD, no=nothing_grows))

    def test_speak_for_whom_they_name(self):
        def is_hinted(*labels):
            marks = judged(hinted(*labels), born(OLD), size=1).hinted([0])
            return marks is not None and bool(marks[0, 0])

        assert is_hinted("SENIOR")
        assert not is_hinted("YOUTH")
        assert not is_hinted("DISABLED")
        assert not is_hinted()

    def test_say_nothing_where_the_conditions_are_read(self):
        read = Rule("b", ConditionRow("b", age_from=65), hints=Hints(("YOUTH",)))

        assert explained(read, born(OLD)).verdict is Verdict.LIKELY
        assert not is_doubted(read, born(OLD))

    @settings(max_examples=60)
    @given(
        whole_households(),
        st.lists(st.sampled_from([*LifeStage.values, *BenefitTarget.values]), unique=True),
    )
    def test_decide_nothing(self, household, labels):
        verdicts = judged(hinted(*labels), *household.members).verdicts

        assert (verdicts == Verdict.DEPENDS).all()


class TestSentences:
    UNREAD = "자격 조건이 글로만 적혀 있어, 안내문을 읽어 봐야 합니다."

    def test_say_whom_it_seems_to_be_for(self):
        rule = hinted("YOUTH", "DISABLED")

        assert sentences(rule, born(OLD), size=1) == [
            self.UNREAD,
            "‘청년’ 대상으로 보여, 맞지 않을 수 있습니다.",
            "‘장애인’ 대상으로 보입니다.",
        ]
        assert sentences(rule, born(YOUNG, yes=facts("DISABLED")), size=1) == [
            self.UNREAD,
            "‘청년’ 대상으로 보이고, 여기에 해당합니다.",
            "‘장애인’ 대상으로 보이고, 여기에 해당합니다.",
        ]

    def test_promise_nothing_of_an_answer(self):
        assert explained(hinted("DISABLED"), born(OLD)).depends_on == ()
