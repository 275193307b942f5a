"""Every verdict says why, on which facts it hangs, and what would change a no."""

from dataclasses import replace

import pytest

from tests.welfare.eligibility.judged import born, day, explained, facts, refined, wanted
from welfare.queries.reasons import fact_sentence, reason_sentence
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Fact, Judgement
from welfare.rules.facts import Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.refinements import Operator, Rule, Wanted, by_size, of_couple
from welfare.rules.rows import ConditionRow
from welfare.rules.vocabulary import SEX_CODES

SENIORS = Rule("b", ConditionRow("b", frozenset(SEX_CODES), age_from=65))


def with_codes(*codes, **ages):
    return Rule("b", ConditionRow("b", frozenset(codes), **ages))


class TestReasons:
    def test_name_each_condition_with_its_source(self):
        rule = with_codes("JA0328", "JA0404", age_from=18)
        told = explained(rule, born("1990-01-01", yes=facts("DISABLED")), no=facts("SINGLE_PERSON"))

        assert [(reason.condition, reason.met) for reason in told.because] == [
            ("AGE", True),
            ("PERSON", True),
            ("HOUSEHOLD", False),
        ]
        assert {reason.source.law for reason in told.because} == {"gov24 supportConditions b"}
        assert told.verdict is Verdict.NO

    def test_are_given_where_nothing_restricts(self):
        told = explained(Rule("b", ConditionRow("b")))

        assert [(r.condition, r.met) for r in told.because] == [("OPEN_TO_ALL", True)]

    def test_say_that_an_unverified_figure_refuses_nobody(self):
        told = explained(
            Rule("b", refinements=(unverified(wanted("ASSETS", "AT_MOST", 100)),)), assets=200
        )
        (reason,) = told.because

        assert (told.verdict, reason.met, reason.verified) == (Verdict.DEPENDS, None, False)
        assert [part.met for part in reason.parts] == [False]
        assert told.depends_on == ()

    def test_say_that_what_an_office_reckons_refuses_nobody(self):
        """However well the limit is verified: the sum that people tell is another."""
        told = explained(refined(wanted("INCOME_MONTHLY", "RECKONED", 100)), income_monthly=200)
        (reason,) = told.because

        assert (told.verdict, reason.met, reason.verified) == (Verdict.DEPENDS, None, True)
        assert reason.is_reckoned
        assert told.depends_on == ()
        assert reason_sentence(reason).endswith("주민센터에서 계산해 봐야 알 수 있습니다.")
        assert "확인하지 못한" not in reason_sentence(reason)

    def test_say_of_what_is_owned_that_debts_are_taken_off(self):
        told = explained(refined(wanted("ASSETS", "RECKONED", 100)), assets=200)

        assert "빚은 빼고" in reason_sentence(told.because[0])

    def test_are_kept_for_others_only_where_nobody_lacks_a_fact(self):
        """A sum over a limit of no verified year stands open, and so does one nobody told."""
        rule, on = with_codes("JA0201"), day("2027-01-15")
        told = explained(rule, on=on, income_monthly=9_000_000)
        untold = explained(rule, on=on)

        assert (told.verdict, told.depends_on) == (Verdict.DEPENDS, ())
        assert untold.depends_on == (Fact("income_monthly"),)
        assert not told.is_settled
        assert "맞지 않아 보이지만" in reason_sentence(told.because[0])
        assert "아직 알 수 없습니다" in reason_sentence(untold.because[0])

    def test_show_every_alternative(self):
        rule = refined(
            (wanted("AGE_YEARS", "AT_LEAST", 65), wanted("PERSON", "ANY_OF", ("DISABLED",)))
        )
        (reason,) = explained(rule, born("1990-01-01", yes=facts("DISABLED"))).because

        assert reason.met
        assert [part.met for part in reason.parts] == [False, True]


class TestMissingFacts:
    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            (SENIORS, [Fact("birth_date", "me")]),
            (with_codes("JA0102"), [Fact("sex", "me")]),
            (with_codes("JA0201"), [Fact("income_monthly")]),
            (with_codes("JA0412"), [Fact("NO_HOME")]),
            (
                with_codes("JA0326", "JA0327"),
                [Fact("EMPLOYED", "me"), Fact("JOB_SEEKER", "me")],
            ),
            (refined(wanted("ASSETS", "AT_MOST", 1)), [Fact("assets")]),
            (refined(wanted("DISTRICT", "ANY_OF", ("중구",))), [Fact("district")]),
            (refined(wanted("RECEIVES", "NONE_OF", ("x",))), [Fact("x", "me")]),
            (refined(wanted("RESIDENCE_MONTHS", "AT_LEAST", 1)), [Fact("resident_since", "me")]),
        ],
    )
    def test_are_named(self, rule, expected):
        assert list(explained(rule).depends_on) == expected

    def test_leave_out_what_is_known(self):
        rule = with_codes("JA0326", "JA0327")
        told = explained(rule, Member("me", no=facts("EMPLOYED")))

        assert told.depends_on == (Fact("JOB_SEEKER", "me"),)

    def test_are_those_of_whoever_in_the_household_is_unknown(self):
        rule = refined(wanted("AGE_YEARS", "AT_LEAST", 65, somebody=True))
        told = explained(rule, born("1990-01-01"), Member("other"))

        assert told.depends_on == (Fact("birth_date", "other"),)

    def test_ask_for_the_sum_where_the_band_is_too_wide(self):
        rule = refined(wanted("INCOME_PERCENT", "AT_MOST", 32))

        assert explained(rule, income_band="0-50").depends_on == (Fact("income_monthly"),)

    def test_are_none_where_the_verdict_is_no_anyway(self):
        rule = with_codes("JA0328", age_from=65)

        assert explained(rule, born("1990-01-01")).depends_on == ()


class TestChanges:
    def test_await_a_birthday(self):
        (change,) = explained(SENIORS, born("1966-03-01")).would_change

        assert change.day == day("2031-03-01")

    def test_do_not_await_what_is_behind(self):
        told = explained(with_codes("JA0101", "JA0102", age_from=3, age_to=5), born("1996-03-02"))

        assert told.verdict is Verdict.NO
        assert told.would_change == ()

    def test_name_the_sum_that_ends_the_band(self):
        rule = with_codes("JA0201", "JA0202", "JA0203")
        (change,) = explained(rule, on=day("2025-06-01"), income_monthly=3_000_000).would_change

        assert change.at_most == 2_392_013 == MEDIAN_INCOMES.years[2025].for_size(1)
        assert explained(rule, on=day("2025-06-01"), income_monthly=change.at_most).verdict is (
            Verdict.LIKELY
        )

    @pytest.mark.parametrize("size", [1, 2, 4, 9])
    def test_name_the_exact_share_of_the_median(self, size):
        rule = refined(wanted("INCOME_PERCENT", "AT_MOST", 32))
        members = [Member(f"m{number}") for number in range(size)]
        (change,) = explained(rule, *members, income_monthly=9_000_000).would_change
        sums = [change.at_most, change.at_most + 1]

        assert [explained(rule, *members, income_monthly=n).verdict for n in sums] == [
            Verdict.LIKELY,
            Verdict.NO,
        ]

    @pytest.mark.parametrize(("size", "limit"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (None, 1)])
    def test_name_of_a_table_by_size_the_sum_for_so_many(self, size, limit):
        sums = [number * 1_000_000 for number in (1, 2, 3, 4)]
        rule = refined(by_size("INCOME_MONTHLY", Operator.AT_MOST, sums))
        changes = explained(rule, size=size, income_monthly=5_000_000).would_change

        assert [change.at_most for change in changes] == [limit * 1_000_000]

    @pytest.mark.parametrize(("spouse", "limit"), [("WITH_SPOUSE", 2), ("WITHOUT_SPOUSE", 1)])
    def test_name_of_a_couples_table_the_sum_that_is_theirs(self, spouse, limit):
        rule = refined(of_couple("INCOME_MONTHLY", Operator.AT_MOST, (1_000_000, 2_000_000)))
        told = explained(rule, born("1950-01-01", spouse=spouse), income_monthly=5_000_000)

        assert [change.at_most for change in told.would_change] == [limit * 1_000_000]

    def test_name_the_one_thing_that_is_wanting_beside_what_holds(self):
        """A student of fourteen is told of a birthday, and whoever does not study is not."""
        also = (wanted("PERSON", "ANY_OF", ("UNIVERSITY",)),)
        rule = refined(wanted("AGE_YEARS", "AT_LEAST", 18, also=also))
        changes = {
            name: explained(rule, born("2010-03-01", **told)).would_change
            for name, told in {
                "studies": {"yes": facts("UNIVERSITY")},
                "does not": {"no": facts("UNIVERSITY")},
            }.items()
        }

        assert [change.day for change in changes["studies"]] == [day("2028-03-01")]
        assert changes["does not"] == ()

    def test_name_the_other_facts(self):
        told = explained(with_codes("JA0327"), Member("me", no=facts("JOB_SEEKER")))

        assert [change.test.names for change in told.would_change] == [facts("JOB_SEEKER")]

    @pytest.mark.parametrize(
        ("code", "fact", "birth"),
        [
            ("JA0328", "DISABLED", "1990-01-01"),
            ("JA0330", "ILL", "1990-01-01"),
            ("JA0317", "ELEMENTARY", "1990-01-01"),
            ("JA0320", "UNIVERSITY", "1950-01-01"),
            ("JA0302", "PREGNANT", "1990-01-01"),
            ("JA0329", "VETERAN", "1990-01-01"),
            ("JA0313", "FARMER", "1990-01-01"),
            ("JA0326", "EMPLOYED", "1950-01-01"),
            ("JA0327", "JOB_SEEKER", "2016-01-01"),
            ("JA0327", "JOB_SEEKER", "1940-01-01"),
        ],
    )
    def test_say_nothing_that_it_were_idle_or_an_insult_to_suggest(self, code, fact, birth):
        told = explained(with_codes(code), born(birth, no=facts(fact)))

        assert told.verdict is Verdict.NO
        assert told.would_change == ()

    @pytest.mark.parametrize(
        "name",
        "MULTICULTURAL NORTH_KOREAN_DEFECTOR SINGLE_PARENT SINGLE_PERSON MANY_CHILDREN NO_HOME "
        "NEWLY_MOVED EXTENDED_FAMILY".split(),
    )
    def test_never_suggest_another_family_or_origin_or_to_lose_a_home(self, name):
        rule = refined(Wanted("HOUSEHOLD", Operator.ANY_OF, (name,)))
        told = explained(rule, born("1990-01-01"), no=facts(name))

        assert told.verdict is Verdict.NO
        assert told.would_change == ()

    @pytest.mark.parametrize(
        ("wish", "so"),
        [
            (Wanted("PERSON", Operator.NONE_OF, ("EMPLOYED",)), {"yes": facts("EMPLOYED")}),
            (Wanted("RECEIVES", Operator.NONE_OF, ("x",)), {"receives": facts("x")}),
            (Wanted("PERSON", Operator.ANY_OF, ("JOB_SEEKER",)),
             {"yes": facts("EMPLOYED"), "no": facts("JOB_SEEKER")}),
            (Wanted("SPOUSE", Operator.ANY_OF, ("WITH_SPOUSE",)), {"spouse": "WITHOUT_SPOUSE"}),
        ],
    )  # fmt: skip
    def test_never_suggest_to_give_up_work_or_help_or_to_marry(self, wish, so):
        told = explained(refined(wish), born("1990-01-01", **so))

        assert told.verdict is Verdict.NO
        assert told.would_change == ()

    def test_never_suggest_that_fewer_live_together_or_rent_otherwise(self):
        alone = refined(wanted("HOUSEHOLD_SIZE", "AT_MOST", 1))
        rents = refined(Wanted("HOUSING", Operator.ANY_OF, ("MONTHLY_RENT",)))
        two = (born("1990-01-01"), born("1990-01-01", "b"))

        for told in (explained(alone, *two), explained(rents, *two, housing="OWNED")):
            assert told.verdict is Verdict.NO
            assert told.would_change == ()

    def test_name_of_several_facts_those_that_may_be_undertaken(self):
        rule = with_codes("JA0327", "JA0328", "JA0301")
        no = facts("JOB_SEEKER", "DISABLED", "PROSPECTIVE_PARENT")
        (change,) = explained(rule, born("1990-01-01", no=no)).would_change

        assert change.test.names == facts("JOB_SEEKER")

    def test_name_what_one_may_apply_for_and_where_one_may_move(self):
        rule = refined(
            Wanted("RECEIVES", Operator.ANY_OF, ("livelihood-benefit",)),
            Wanted("DISTRICT", Operator.ANY_OF, ("노원구",)),
        )
        me = born("1990-01-01", receives_not=facts("livelihood-benefit"))
        told = explained(rule, me, district="강남구")

        assert [change.test.group for change in told.would_change] == ["RECEIVES", "DISTRICT"]

    def test_send_children_to_school(self):
        told = explained(with_codes("JA0317"), born("2020-05-05", no=facts("ELEMENTARY")))

        assert [change.test.names for change in told.would_change] == [facts("ELEMENTARY")]

    def test_are_none_where_one_thing_cannot_change(self):
        rule = with_codes("JA0102", age_from=65)

        assert explained(rule, born("1966-03-01", sex="M")).would_change == ()
        assert explained(rule, born("1966-03-01", sex="F")).would_change != ()

    def test_are_all_needed(self):
        rule = with_codes("JA0201", age_from=65)
        told = explained(rule, born("1966-03-01"), income_monthly=9_000_000)

        assert [(change.day, change.at_most) for change in told.would_change] == [
            (day("2031-03-01"), None),
            (None, 1_282_119),
        ]

    def test_await_no_day_on_which_another_birthday_is_behind(self):
        """Sixty-five years old and under 700 months (58 years): nobody ever is."""
        rule = refined(wanted("AGE_YEARS", "AT_LEAST", 65), wanted("AGE_MONTHS", "UNDER", 700))

        assert explained(rule, born("1990-01-01")).would_change == ()

    def test_await_the_first_birthday_in_the_household(self):
        rule = refined(wanted("AGE_YEARS", "AT_LEAST", 65, somebody=True))
        (change,) = explained(rule, born("1990-01-01"), born("1970-05-05", "b")).would_change

        assert change.day == day("2035-05-05")

    def test_of_organisations_are_none(self):
        assert explained(with_codes("JA2103")).would_change == ()


def unverified(wish):
    return replace(refined(wish).refinements[0], verified=False)


class TestWhose:
    RULE = refined(wanted("AGE_MONTHS", "UNDER", 24, somebody=True))

    def depends_on(self, household):
        compiled = compile_rules([self.RULE], on=day("2026-11-23"))
        found = Judgement(compiled, household.with_untold(), medians=MEDIAN_INCOMES).explain(0, 0)
        return [(one.name, one.member) for one in found.depends_on]

    def test_fact_is_missing_is_said_of_each(self):
        household = Household((born("1990-01-01"), Member("a"), Member("b")))

        assert self.depends_on(household) == [("birth_date", "a"), ("birth_date", "b")]
        told = [fact_sentence(Fact("birth_date", one), one) for one in ("a", "b")]
        assert told[0].startswith("a: ")
        assert len(set(told)) == 2

    def test_nobody_of_whom_nothing_is_told_is_named(self):
        household = Household((born("1990-01-01"),), size=None)

        assert self.depends_on(household) == [("household_size", None)]


class TestExamined:
    """What stands open for an office alone, and what somebody could say of it themselves."""

    SPOUSE = Wanted("SPOUSE", Operator.ANY_OF, ("WITH_SPOUSE",))
    SEEN_TO = Wanted("EXAMINED", Operator.ANY_OF, ("PARENTS_MEANS",))
    SEVERE = Wanted("DISABILITY", Operator.ANY_OF, ("SEVERE",), also=(SEEN_TO,))
    ILL = Wanted("PERSON", Operator.ANY_OF, ("ILL",), True, also=(SEEN_TO,))

    @pytest.mark.parametrize(
        ("asked", "told", "by_office"),
        [
            ((SEEN_TO,), {}, True),
            ((SPOUSE, SEEN_TO), {}, False),
            ((SPOUSE, SEEN_TO), {"spouse": "WITHOUT_SPOUSE"}, True),
            ((SPOUSE, SEEN_TO), {"spouse": "WITH_SPOUSE"}, False),
            ((SEVERE,), {"disability": "SEVERE"}, True),
            ((SEVERE,), {}, False),
            ((ILL,), {"yes": facts("ILL")}, True),
            ((ILL,), {}, False),
        ],
    )
    def test_hangs_on_the_office_where_nobody_could_tell_more(self, asked, told, by_office):
        rule = refined(asked)
        compiled = compile_rules([rule], on=day("2026-11-23"))
        judgement = Judgement(
            compiled, Household((born("1990-01-01", **told),)), medians=MEDIAN_INCOMES
        )

        marks = judgement.examined(compiled.which)
        assert bool(marks is not None and marks[0, 0]) is by_office
        (row,) = compiled.which
        assert compiled.by_office[row]
        assert bool(compiled.by_office_alone[row]) is (asked == (self.SEEN_TO,))

    def test_is_one_reason_for_all_of_whom_nothing_else_is_open(self):
        compiled = compile_rules([refined((self.SPOUSE, self.SEEN_TO))], on=day("2026-11-23"))

        def reason(**told):
            household = Household((born("1990-01-01", **told),))
            judgement = Judgement(compiled, household, medians=MEDIAN_INCOMES)
            return judgement.explain(0, 0).because[0]

        apart = {"spouse": "WITHOUT_SPOUSE"}
        assert reason(**apart) is reason(**apart, sex="F")
        assert reason() is not reason()
        assert not reason().is_kept
