"""The curated programmes mean for two hundred households what was argued for each of them.

`WRITE_DOCS=1` writes docs/programmes.md; else the page is compared with the programmes.
"""

import datetime
import json
import os
import re
from dataclasses import replace

import pytest
from django.utils import translation

from tests.shared_data import CHECKOUT, SHARED_DATA, needs_shared_data
from tests.welfare.eligibility.judged import verdict
from tests.welfare.eligibility.scalar import Judge
from welfare.enums import RuleKind
from welfare.models import RuleVersion
from welfare.queries.reasons import condition_phrase, reason_sentence, source_words
from welfare.queries.rule_words import SLOT_WORDS, amounts_words
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import AnyOf, NoneOf, Verdict, facts_of
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Contradiction, Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.programmes.amounts import AMOUNTS
from welfare.rules.programmes.figures import THRESHOLDS
from welfare.rules.programmes.households import USUAL_DAY, read_households, regression_households
from welfare.rules.questions import Asked, next_question
from welfare.rules.refinements import Operator
from welfare.rules.vocabulary import Group

PAGE = CHECKOUT / "docs" / "programmes.md"
HOUSEHOLDS = regression_households()
OURS = {programme.key: programme for programme in PROGRAMMES}
HEAD = """# The programmes we read ourselves

Conditions of {count} programmes, as `welfare/rules/programmes/` has them; written by
`WRITE_DOCS=1 pytest tests/welfare/eligibility/test_programmes.py`. What is **unverified** nobody
has compared with its source: it never leads to a no, and at most to DEPENDS. Nor does what is
*reckoned* by an office in another way than people can tell (소득인정액). What is verified was
vouched for, last on {day}, from knowledge of the law and from what public bodies and the press
quote of it, not read again in its text; a review does that before staff publish. How a condition
is written is in [eligibility.md](eligibility.md). {households} households with argued verdicts
stand in `welfare/rules/programmes/regression/`, each with the law that decides it.

| programme | asks for | source | since | |
|---|---|---|---|---|
"""
TABLES_HEAD = """
## The tables they are measured by

Dated tables that conditions name (`welfare/rules/programmes/figures.py`), brought in like the
conditions, and changed by staff in the same way. Of a limit that a new year changes, the number of
the notice is empty until somebody has seen it: it is listed for staff, and refuses nobody. Where
its figure was seen in a press release (보도자료) or a guide alone, that stands in the place of it.

| table | called | says | law | notice, or seen in | since | |
|---|---|---|---|---|---|---|
"""
WORTH = """
## What they are worth a year

In won, where one table says it (`PAID:…` in `welfare/rules/programmes/payments.py`): told on
results, in the API and on the benefit's page with its source and its mark; what is worth most comes
first among those that close on the same day or on none. What hangs on income, prices or the care
needed has no such figure.

| programme | paid | won a year | source | since | |
|---|---|--:|---|---|---|
"""


# What decides of these is examined by an office, and no answer makes them likely.
NEVER_LIKELY = set(
    "medical-benefit emergency-support seoul-emergency-support child-minders "
    "long-term-care elderly-care activity-support disability-pension".split()
)


def is_examined(test):
    return isinstance(test, AnyOf) and test.group is Group.EXAMINED


def judgement(household):
    compiled = compile_rules([OURS[household.programme].rule], on=household.on)
    return Judgement(compiled, household.household, medians=MEDIAN_INCOMES)


class TestRegressionHouseholds:
    @pytest.mark.parametrize("household", HOUSEHOLDS, ids=lambda one: f"{one.programme}:{one.name}")
    def test_are_judged_as_argued(self, household):
        found = judgement(household).explain(0, household.judged)
        assert found.verdict is household.verdict, household.why

    def test_are_judged_alike_by_the_slow_reading(self):
        for one in HOUSEHOLDS:
            judge = Judge(one.household, one.household.members[one.judged], one.on, MEDIAN_INCOMES)
            assert judge.verdict(OURS[one.programme].rule) is one.verdict, one.name

    def test_are_two_hundred_and_show_each_programme_from_several_sides(self):
        assert len(HOUSEHOLDS) >= 200
        for key in OURS:
            sides = [one.verdict for one in HOUSEHOLDS if one.programme == key]
            assert len(sides) >= 4, key
            assert Verdict.DEPENDS in sides, key
            other = Verdict.NO if key in NEVER_LIKELY else Verdict.LIKELY
            assert other in sides, key

    def test_are_never_likely_where_something_is_examined_that_nobody_is_asked(self):
        found = {
            key
            for key, programme in OURS.items()
            if any(
                all(is_examined(wanted.test()) for wanted in version.wanted)
                for version in programme.rule.refinements
                if version.wanted and version.is_in_force(USUAL_DAY)
            )
        }
        assert found == NEVER_LIKELY | {"youth-rent"}
        sides = {(one.programme, one.verdict) for one in HOUSEHOLDS}
        assert not sides & {(key, Verdict.LIKELY) for key in NEVER_LIKELY}

    def test_are_likely_for_one_at_most_of_what_excludes_each_other(self):
        """영유아보육법 제34조의2: by where the child goes, of whom all else is known."""
        keys = ("home-care-allowance", "nursery-fees", "kindergarten-fees")
        compiled = compile_rules([OURS[key].rule for key in keys], on=USUAL_DAY)
        for care, likely in (
            (None, set()),
            *zip(("AT_HOME", "NURSERY", "KINDERGARTEN"), keys, strict=True),
        ):
            child = Member("c", datetime.date(2022, 5, 1), no=frozenset({"ELEMENTARY"}), care=care)
            found = Judgement(compiled, Household((child,)), medians=MEDIAN_INCOMES)
            verdicts = {key: Verdict(found.verdicts[at, 0]) for at, key in enumerate(keys)}
            expected = Verdict.DEPENDS if care is None else Verdict.NO
            assert verdicts == {
                key: Verdict.LIKELY if key == likely else expected for key in keys
            }, care

    def test_are_not_told_what_was_kept_of_others_who_had_told_more(self):
        """Of both the degree stands open to the engine; of one of them alone a fact is missing."""
        compiled = compile_rules([OURS["disability-allowance"].rule], on=USUAL_DAY)
        born, disabled = datetime.date(1980, 1, 1), frozenset({"DISABLED"})
        more, less = (
            Judgement(compiled, Household((one,)), medians=MEDIAN_INCOMES)
            for one in (
                Member("a", born, yes=disabled, no=frozenset({"HIGH_SCHOOL"}), disability="SEVERE"),
                Member("a", born, yes=disabled, no=frozenset({"HIGH_SCHOOL"})),
            )
        )
        (of_more,) = (one for one in more.explain(0, 0).because if one.condition == "DISABILITY")
        (of_less,) = (one for one in less.explain(0, 0).because if one.condition == "DISABILITY")
        assert (of_more.is_settled, of_less.is_settled) == (True, False)
        assert not all(part.is_settled for part in of_more.parts)

    def test_name_the_law_by_which_each_is_decided(self):
        """Each source is one of a condition that decides, and the laws of all these are named."""
        meaning = {Verdict.LIKELY: True, Verdict.DEPENDS: None, Verdict.NO: False}
        medians = {one.notice for one in MEDIAN_INCOMES.years.values()}
        for one in HOUSEHOLDS:
            because = judgement(one).explain(0, one.judged).because
            deciding = [why.source for why in because if why.met is meaning[one.verdict]]
            named = one.source.split("; ")
            assert deciding, one.name
            for source in deciding:
                assert any(words.startswith(source_words(source)) for words in named), one.name
            for words in named:
                rest = [
                    words.removeprefix(source_words(source)).strip(", ")
                    for source in deciding
                    if words.startswith(source_words(source))
                ]
                # What is a share of the median rests on the year's notice as well.
                assert any(not more or more in medians for more in rest), (one.name, words)

    def test_are_named_in_korean_for_staff(self):
        """Whoever previews a rule is told of them in Korean."""
        for one in HOUSEHOLDS:
            assert re.search("[가-힣]", one.why_ko), one.name
            assert not re.search("[A-Za-z]", one.why_ko), one.name

    def test_name_the_line_that_cannot_be_read(self):
        for line in (
            "x | LIKELY | 1990-13-01 | y | 가 | law",
            "x | MAYBE | | y | 가 | law",
            "x | NO | | y | 가",
            "x | NO | | y | | law",
            "x | NO | | y | 가 | ",
            "x | NO | * 1990-01-01 / * 2015-01-01 | y | 가 | law",
        ):
            with pytest.raises(ValueError, match=r"f\.txt:2"):
                list(read_households("f.txt", f"# a word\n{line}"))


class TestProgrammes:
    def test_are_thirty_at_least_with_names_and_laws(self):
        assert len(OURS) == len(PROGRAMMES) >= 30
        for programme in PROGRAMMES:
            assert programme.name
            assert programme.name_en
            assert programme.stages
            assert programme.law
            assert all(version.source.law for version in programme.rule.refinements)

    def test_date_whatever_is_verified(self):
        for programme in PROGRAMMES:
            for version in programme.rule.refinements:
                assert (version.source.verified_on is not None) == version.verified

    def test_are_joined_only_to_each_other(self):
        named = set()
        for programme in PROGRAMMES:
            for version in programme.rule.refinements:
                for wanted in version.wanted:
                    for inner in facts_of(wanted.test()):
                        if isinstance(inner, AnyOf | NoneOf) and inner.group is Group.RECEIVES:
                            named |= inner.names

        assert named
        assert named <= OURS.keys()

    def test_refuse_nobody_by_an_unverified_figure(self):
        """The same households before the doubtful conditions alone: there is no no."""
        asked = 0
        for one in HOUSEHOLDS:
            doubtful = OURS[one.programme].unverified
            if doubtful:
                rule = replace(OURS[one.programme].rule, refinements=doubtful)
                found = verdict(
                    rule,
                    *one.household.members,
                    on=one.on,
                    **{
                        name: getattr(one.household, name)
                        for name in one.household.__dataclass_fields__
                        if name != "members"
                    },
                )
                assert found is not Verdict.NO
                asked += 1

        assert asked > 40

    def test_ask_for_no_sum_and_no_share_that_is_no_table_s(self):
        by_number = {"INCOME_PERCENT", "INCOME_MONTHLY", "ASSETS"}
        asked = [
            one for programme in PROGRAMMES for version in programme.stored
            for one in version.wanted if one["field"] in by_number
        ]  # fmt: skip

        assert len(asked) > 20
        assert all("figure" in one for one in asked)

    def test_cite_the_table_and_whether_anybody_compared_it(self):
        household = Household((Member("me", datetime.date(1950, 1, 1)),), income_monthly=5_000_000)
        told = {
            key: Judgement(
                compile_rules([OURS[key].rule], on=USUAL_DAY), household, medians=MEDIAN_INCOMES
            ).explain(0, 0)
            for key in ("basic-pension", "livelihood-benefit", "postnatal-care")
        }
        pension, livelihood, postnatal = (
            next(one for one in why.because if one.condition == "INCOME") for why in told.values()
        )

        assert pension.met is None
        assert reason_sentence(pension).endswith(
            "주민센터에서 계산해 봐야 알 수 있습니다. "
            "기준은 ‘기초연금 선정기준액’(보건복지부 보도자료 2026-01-01)입니다."
        )
        assert postnatal.met is None
        assert reason_sentence(postnatal).endswith(
            "기준은 ‘산모·신생아 건강관리 소득 기준’이며, "
            "고시 번호와 금액을 아직 확인하지 못했습니다."
        )
        assert livelihood.met is None
        assert reason_sentence(livelihood).endswith(
            "기준은 ‘생계급여 선정기준’(보건복지부고시 제2025-135호)입니다."
        )
        assert source_words(livelihood.source).endswith("제8조 제2항, 보건복지부고시 제2025-135호")

    def test_tell_a_no_by_income_with_the_bound_that_decides(self):
        """Who may earn by work is refused over the outer bound, and told that one."""
        told = {}
        work = {"EMPLOYED", "FARMER", "FISHER", "LIVESTOCK_FARMER", "FORESTER"}
        no = frozenset(work | {"ILL", "DISABLED", "VETERAN"})
        compiled = compile_rules([OURS["livelihood-benefit"].rule], on=USUAL_DAY)
        for name, year in (("earner", 1980), ("pensioner", 1948)):
            household = Household(
                (Member("me", datetime.date(year, 1, 1), no=no),),
                income_monthly=3_000_000,
                no=frozenset({"SINGLE_PARENT"}),
            )
            why = Judgement(compiled, household, medians=MEDIAN_INCOMES).explain(0, 0)
            assert why.verdict is Verdict.NO
            told[name] = [change.at_most for change in why.would_change]

        assert told == {"earner": [2_564_238], "pensioner": [820_556]}

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_explain_themselves(self, language):
        with translation.override(language):
            for one in HOUSEHOLDS:
                for reason in judgement(one).explain(0, one.judged).because:
                    said = reason_sentence(reason)
                    assert not set(OURS) & set(re.findall(r"[a-z-]+", said)), said
                    assert said.endswith("." if language == "en" else "다.")

    def test_are_on_the_page(self):
        with translation.override("en"):
            page = written()
        if os.environ.get("WRITE_DOCS"):
            PAGE.write_text(page, encoding="utf-8")

        assert PAGE.read_text(encoding="utf-8") == page


def mark(version) -> str:
    if not version.verified:
        return "**unverified**"
    reckoned = any(one.operator is Operator.RECKONED for one in version.wanted)
    return "reckoned" if reckoned else ""


def asked_for(version) -> str:
    return condition_phrase(one.test() for one in version.wanted) or "no table says it: unknown"


def table_line(one) -> str:
    """A line of the page's tables: what it is called, its numbers, its law and its notice."""
    with translation.override("ko"):
        row = RuleVersion(figure=one.name, kind=RuleKind.FIGURE, unit=one.unit, measure=one.measure)
        row.amounts = list(one.amounts)
        numbers = amounts_words(row)
    return (
        f"| `{one.name}` | {one.title} | {numbers} | {one.law} | {one.notice or 'to be verified'} "
        f"| {one.since} | {'' if one.verified else '**unverified**'} |\n"
    )


def written() -> str:
    day = max(
        version.source.verified_on
        for programme in PROGRAMMES
        for version in programme.rule.refinements
        if version.verified
    )
    lines = [HEAD.format(count=len(PROGRAMMES), day=day, households=len(HOUSEHOLDS))]
    for programme in PROGRAMMES:
        lines += [
            f"| {programme.name} ({programme.name_en}) "
            f"| {asked_for(version)} "
            f"| {source_words(version.source)} | {version.since} "
            f"| {mark(version)} |\n"
            for version in programme.rule.refinements
        ]
    lines.append(TABLES_HEAD)
    lines += [table_line(one) for one in THRESHOLDS]
    lines.append(WORTH)
    lines += [
        f"| {OURS[one.programme].name} ({OURS[one.programme].name_en}) | {one.won:,} × {one.times} "
        f"| {'up to ' if one.is_most else ''}{one.won_a_year:,} | {one.source} | {one.since} "
        f"| {'' if one.verified else '**unverified**'} |\n"
        for one in AMOUNTS
    ]
    return "".join(lines)


class TestStepsOfTheLowestBand:
    @pytest.mark.parametrize(
        ("step", "decided"),
        [
            # Of medical benefit supporters decide as well, of whom nobody is asked.
            ("0-32", "LDL"),
            # Of what is earned a part is not counted, so that more than the share is no "no".
            ("33-40", "DDL"),
            ("41-48", "DDL"),
            ("49-50", "DDD"),
            (None, "DDD"),
        ],
    )
    @pytest.mark.parametrize("size", [0, 4, None])
    def test_decide_what_the_band_leaves_open(self, step, decided, size):
        told = {"income_band": "0-50", "income_step": step, "size": size, "assets": 0}
        household = Household((Member("me"),), **told)
        keys = ("livelihood-benefit", "medical-benefit", "housing-benefit")
        compiled = compile_rules([OURS[key].rule for key in keys], on=USUAL_DAY)
        found = Judgement(compiled, household, medians=MEDIAN_INCOMES).verdicts[:, 0]

        assert "".join(Verdict(one).name[0] for one in found) == decided

    @pytest.mark.parametrize("told", [{"income_band": "51-75"}, {"income_monthly": 100}, {}])
    def test_are_told_of_the_lowest_band_alone(self, told):
        with pytest.raises(Contradiction):
            Household((Member("me"),), income_step="0-32", **told)

    def test_are_asked_next_of_whoever_told_that_band_and_of_nobody_else(self):
        compiled = compile_rules([OURS["livelihood-benefit"].rule], on=USUAL_DAY)
        asked = {
            band: next_question(
                Judgement(
                    compiled,
                    Household((Member("me"),), income_band=band, assets=0),
                    medians=MEDIAN_INCOMES,
                )
            )
            for band in ("0-50", "51-75", None)
        }

        assert asked["0-50"].asked == (Asked("income_step"),)
        assert asked["51-75"] is None
        assert asked[None].asked == (Asked("income"),)


# Nobody lists it centrally: its row is one of the province's, or of gov24 under a number unknown.
WITHOUT_A_ROW = {"infertility-treatment"}


@needs_shared_data
def test_every_programme_has_a_row_in_the_real_catalogue():
    listed = {
        row["servId"]
        for name in ("bokjiro_central_2026.json", "bokjiro_local_2026.json")
        for row in json.loads((SHARED_DATA / "benefits" / name).read_text(encoding="utf-8"))
    }

    assert len(listed) > 1_000
    assert {key for key, one in OURS.items() if not set(one.bokjiro) & listed} == WITHOUT_A_ROW


def test_what_staff_read_for_each_condition_is_a_word_and_not_its_name():
    slots = {version.slot for programme in PROGRAMMES for version in programme.stored}

    assert len(slots) > 30
    assert slots - SLOT_WORDS.keys() == set()
