"""What is published says what the law says; what is published stays as it is."""

import datetime
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.accounts.factories import make_person
from tests.guards.roles import run_as_owner
from tests.welfare.benefit_factories import make_benefit
from welfare.enums import RuleKind, VersionStatus
from welfare.models import MEDIAN_INCOME, RuleStep, RuleVersion
from welfare.queries.rule_versions import published_rules, published_version, read_versions
from welfare.queries.rulebook import shelf
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Cited, Standing, Verdict
from welfare.rules.facts import Household, Member
from welfare.rules.figures import StoredFigure
from welfare.rules.judging import judge
from welfare.rules.medians import MEDIAN_INCOMES, MedianIncomes
from welfare.rules.people import encode
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.programmes.amounts import AMOUNTS
from welfare.rules.programmes.payments import FIGURES
from welfare.rules.refinements import Rule
from welfare.rules.stored import (
    StoredVersion,
    read_refinements,
    read_wanted,
    write_wanted,
)
from welfare.services.rule_seeds import bring_in_rules

pytestmark = pytest.mark.django_db
DAY = datetime.date


class TestWhatCameWithThePortal:
    def test_says_what_the_programmes_say(self):
        told = published_rules()

        assert {one.key: one.rule.refinements for one in PROGRAMMES} == dict(told.programmes)
        assert [one.rule for one in PROGRAMMES] == told.programme_rules()
        assert len(told.programmes) == 31

    def test_holds_the_medians_of_every_year(self):
        assert dict(published_rules().medians.years) == dict(MEDIAN_INCOMES.years)

    def test_comes_in_once(self):
        held = RuleVersion.objects.count()

        assert bring_in_rules(now=timezone.now()) == 0
        assert RuleVersion.objects.count() == held

    def test_holds_every_limit_and_all_that_is_paid_as_tables_of_their_own(self):
        kept = RuleVersion.objects.in_force().figures().exclude(figure=MEDIAN_INCOME)
        by_number = {"INCOME_PERCENT", "INCOME_MONTHLY", "ASSETS"}
        limits = [
            one
            for row in RuleVersion.objects.in_force().conditions()
            for one in row.wanted
            if one["field"] in by_number
        ]

        assert {(one.figure, one.since, *one.amounts) for one in kept} == {
            (one.name, one.since, *one.amounts) for one in FIGURES
        }
        assert len(limits) > 20
        assert {one.get("figure") for one in limits} <= {one.figure for one in kept}
        assert published_rules().amounts == tuple(sorted(AMOUNTS, key=lambda one: one.programme))

    def test_leaves_a_notice_that_nobody_has_seen_empty_and_lists_its_table(self):
        unvouched = RuleVersion.objects.unvouched(DAY(2026, 11, 28))
        postnatal = unvouched.get(figure="POSTNATAL_CARE_SHARE")

        assert (postnatal.since, postnatal.notice) == (DAY(2020, 1, 1), "")
        # What a release compared is listed as well, until one of the staff has.
        pension = unvouched.get(figure="BASIC_PENSION_LIMIT")
        assert (pension.since, pension.notice) == (
            DAY(2026, 1, 1),
            "보건복지부 보도자료 2026-01-01",
        )
        assert unvouched.filter(figure="PAID:basic-pension", since=DAY(2026, 1, 1)).exists()

    def test_withdraws_what_this_release_tells_no_more(self):
        row = RuleVersion.objects.get(programme="basic-pension", slot="AGE")
        older = make_copy(row, slot="OLD", origin="basic-pension/OLD/2020-01-01/000000000000")

        assert bring_in_rules(now=timezone.now()) == 1
        older.refresh_from_db()
        assert older.status == VersionStatus.WITHDRAWN
        assert RuleStep.objects.filter(version=older, words="포털의 새 판에 없음").exists()

    def test_never_comes_back_where_staff_took_it_out(self):
        RuleVersion.objects.filter(programme="basic-pension", slot="AGE").update(
            status=VersionStatus.WITHDRAWN, withdrawn_at=timezone.now()
        )

        assert bring_in_rules(now=timezone.now()) == 0
        slots = {one.slot for one in published_rules().programmes["basic-pension"]}
        assert "AGE" not in slots

    def test_takes_the_place_of_what_an_older_release_said(self):
        row = RuleVersion.objects.get(programme="basic-pension", slot="AGE")
        older = make_copy(row, origin=row.origin.rsplit("/", 1)[0] + "/000000000000")

        assert bring_in_rules(now=timezone.now()) == 1
        older.refresh_from_db()
        assert older.status == VersionStatus.WITHDRAWN
        told = published_rules().programmes["basic-pension"]
        (ours,) = [one for one in PROGRAMMES if one.key == "basic-pension"]
        assert set(told) == set(ours.rule.refinements)

    def test_lists_the_figures_that_nobody_vouches_for(self):
        unvouched = RuleVersion.objects.unvouched(DAY(2026, 11, 28))

        assert {(one.programme, one.slot, one.since) for one in unvouched if one.programme} == {
            (one.key, version.slot, version.since)
            for one in PROGRAMMES
            for version in one.stored
            if not is_superseded(version, one, DAY(2026, 11, 28))
        }
        assert unvouched.filter(figure=MEDIAN_INCOME).count() == 2

    def test_leaves_out_what_somebody_compared(self):
        for number, person in enumerate((None, make_person())):
            RuleVersion.objects.create(
                kind=RuleKind.FIGURE,
                figure=f"LIMIT{number}",
                amounts=[1],
                law="고시",
                since=DAY(2026, 1, 1),
                is_verified=True,
                verified_on=DAY(2026, 1, 1),
                verified_by=person,
                origin=f"test{number}",
                status=VersionStatus.PUBLISHED,
                made_at=timezone.now(),
                published_at=timezone.now(),
            )
        unvouched = RuleVersion.objects.unvouched(DAY(2026, 11, 28))
        assert unvouched.filter(figure="LIMIT0").exists()
        assert not unvouched.filter(figure="LIMIT1").exists()

    def test_lists_what_has_grown_old(self):
        RuleVersion.objects.create(
            kind=RuleKind.FIGURE,
            figure="LIMIT",
            amounts=[1],
            law="고시",
            notice="고시 제1호",
            since=DAY(2026, 1, 1),
            stale_from=DAY(2027, 1, 1),
            is_verified=True,
            verified_on=DAY(2026, 1, 1),
            verified_by=make_person(),
            origin="test",
            status=VersionStatus.PUBLISHED,
            made_at=timezone.now(),
            published_at=timezone.now(),
        )

        assert RuleVersion.objects.unvouched(DAY(2027, 1, 1)).filter(figure="LIMIT").exists()
        assert not RuleVersion.objects.unvouched(DAY(2026, 12, 31)).filter(figure="LIMIT").exists()


class TestBeforeAnyCameIn:
    """A database by its migrations alone: `bring_in_rules` has not run yet."""

    @pytest.fixture(autouse=True)
    def _by_migrations_alone(self):
        run_as_owner("TRUNCATE welfare_ruleversion CASCADE")
        shelf.forget()
        yield
        shelf.forget()

    def test_judges_nobody_by_what_is_not_there(self):
        told = published_rules()

        assert not told.programmes
        assert [one.key for one in told.programme_rules()] == [one.key for one in PROGRAMMES]

    def test_answers_citizens_all_the_same(self, client):
        make_benefit(서비스명="어르신 교통비", conditions={"JA0110": 65, "JA0111": 120})
        facts = {"on": "2026-11-23", "members": [{"id": "me", "birth_date": "1956-03-02"}]}

        answer = client.post("/api/v1/benefits/match/", facts, "application/json")

        assert answer.status_code == 200
        assert [one["verdict"] for one in answer.json()["results"]] == ["LIKELY"]
        assert client.get("/welfare/check/").status_code == 200
        assert client.get("/welfare/timeline/").status_code == 200

    def test_has_everything_once_it_ran(self):
        assert bring_in_rules(now=timezone.now()) > len(PROGRAMMES)
        assert {one.key for one in PROGRAMMES} == set(published_rules().programmes)


def is_superseded(version, programme, on):
    return any(
        other.slot == version.slot and version.since < other.since <= on
        for other in programme.stored
    )


def make_copy(row, **told):
    """Give a row the marks that it would have from an older release."""
    run_as_owner("ALTER TABLE welfare_ruleversion DISABLE TRIGGER rules_stay")
    RuleVersion.objects.filter(pk=row.pk).update(**told)
    run_as_owner("ALTER TABLE welfare_ruleversion ENABLE ALWAYS TRIGGER rules_stay")
    row.refresh_from_db()
    return row


class TestPublishedVersion:
    def published(self):
        return RuleVersion.objects.get(programme="basic-pension", slot="AGE")

    @pytest.mark.parametrize(
        "change",
        [
            {"law": "다른 법"},
            {"wanted": []},
            {"since": DAY(2030, 1, 1)},
            {"is_verified": False},
            {"note": "덧붙임"},
            {"published_at": timezone.now()},
            {"status": VersionStatus.DRAFT},
            {"status": VersionStatus.REVIEW},
        ],
    )
    def test_is_never_changed(self, change):
        with pytest.raises(DatabaseError, match="Rule"), transaction.atomic():
            RuleVersion.objects.filter(pk=self.published().pk).update(**change)

    def test_is_never_deleted(self):
        with pytest.raises(DatabaseError, match="Rule"), transaction.atomic():
            RuleVersion.objects.filter(pk=self.published().pk)._raw_delete("default")

    def test_keeps_its_log(self):
        with pytest.raises(DatabaseError, match="log"), transaction.atomic():
            RuleStep.objects.filter(version=self.published()).update(words="아님")
        with pytest.raises(DatabaseError, match="log"), transaction.atomic():
            RuleStep.objects.filter(version=self.published())._raw_delete("default")

    def test_is_withdrawn_once_and_for_all(self):
        row = self.published()
        RuleVersion.objects.filter(pk=row.pk).update(
            status=VersionStatus.WITHDRAWN, withdrawn_at=timezone.now()
        )

        with pytest.raises(DatabaseError, match="Rule"), transaction.atomic():
            RuleVersion.objects.filter(pk=row.pk).update(status=VersionStatus.PUBLISHED)

    def test_changes_what_the_version_says(self):
        before = published_version()
        RuleVersion.objects.filter(pk=self.published().pk).update(
            status=VersionStatus.WITHDRAWN, withdrawn_at=timezone.now()
        )

        assert published_version() != before

    def test_takes_two_people(self, resident):
        with pytest.raises(DatabaseError, match="takes_two"), transaction.atomic():
            RuleVersion.objects.create(
                kind=RuleKind.CONDITION,
                programme="basic-pension",
                slot="HOME",
                law="법 제1조",
                since=DAY(2026, 1, 1),
                status=VersionStatus.PUBLISHED,
                made_by=resident,
                made_at=timezone.now(),
                published_by=resident,
                published_at=timezone.now(),
            )


class TestReadWanted:
    @pytest.mark.parametrize(
        ("told", "fault"),
        [
            ({"field": "AGES", "operator": "AT_LEAST", "value": "65"}, "AGES: no such field"),
            ({"field": "AGE_YEARS", "operator": "MORE", "value": "65"}, "AGE_YEARS: no such oper"),
            ({"field": "AGE_YEARS", "operator": "AT_LEAST", "value": "ab"}, "AGE_YEARS: no number"),
            ({"field": "AGE_YEARS", "operator": "AT_LEAST", "value": "NaN"}, "AGE_YEARS: no such"),
            ({"field": "AGE_YEARS", "operator": "AT_LEAST", "value": "-1"}, "AGE_YEARS: no such"),
            ({"field": "AGE_YEARS", "operator": "AT_LEAST", "value": "1.5"}, "AGE_YEARS: no whole"),
            ({"field": "AGE_YEARS", "operator": "ANY_OF", "value": ["65"]}, "AGE_YEARS: ANY_OF"),
            ({"field": "PERSON", "operator": "AT_MOST", "value": "1"}, "PERSON: AT_MOST needs"),
            ({"field": "PERSON", "operator": "ANY_OF", "value": ["KING"]}, "PERSON: no such value"),
            ({"field": "PERSON", "operator": "ANY_OF", "value": []}, "PERSON: no value"),
            (
                {"field": "INCOME_PERCENT", "operator": "UNDER", "value": "50"},
                "INCOME_PERCENT: say",
            ),
            ({"field": "ASSETS", "operator": "AT_MOST", "figure": "NONE"}, "ASSETS: no such table"),
        ],
    )
    def test_names_the_field_that_cannot_be_meant(self, told, fault):
        with pytest.raises(ValueError, match=fault):
            read_wanted([told])

    def test_reads_back_all_that_is_written(self):
        for one in PROGRAMMES:
            for version in one.rule.refinements:
                if version.wanted:  # else no table says anything in that time
                    assert read_wanted(write_wanted(version.wanted)) == version.wanted


class TestTables:
    version = StoredVersion(
        "ASSETS",
        [{"field": "ASSETS", "operator": "AT_MOST", "figure": "LIMIT"}],
        "법 제5조",
        since=DAY(2025, 7, 1),
        verified=True,
        verified_on=DAY(2026, 1, 1),
    )

    def figure(self, year, amount, **told):
        return StoredFigure("LIMIT", (amount,), f"고시 {year}", DAY(year, 1, 1), **told)

    def test_give_a_condition_its_number_from_their_day_on(self):
        tables = [self.figure(2025, 100, verified=True), self.figure(2026, 120)]

        first, second = read_refinements(self.version, {"LIMIT": tables})

        assert (first.since, first.wanted[0].value, first.verified) == (DAY(2025, 7, 1), 100, True)
        assert (second.since, second.wanted[0].value) == (DAY(2026, 1, 1), 120)
        assert not second.verified
        assert second.source.law == "법 제5조, 고시 2026"

    def test_that_say_nothing_yet_leave_the_condition_unknown(self):
        unread, read = read_refinements(self.version, {"LIMIT": [self.figure(2026, 120)]})

        assert (unread.since, read.since) == (DAY(2025, 7, 1), DAY(2026, 1, 1))
        assert unread.condition(DAY(2025, 8, 1)).tests == (Standing.UNREAD,)
        assert read.condition(DAY(2026, 1, 1)).tests != (Standing.UNREAD,)

    def test_are_cited_with_their_notice_and_their_mark_of_the_day(self):
        named = {"title": "한도", "notice": "고시 제1호", "stale_from": DAY(2026, 1, 1)}
        tables = [self.figure(2025, 100, verified=True, **named)]
        (read,) = read_refinements(self.version, {"LIMIT": tables})

        for day, verified in ((DAY(2025, 12, 31), True), (DAY(2026, 1, 1), False)):
            condition = read.condition(day)
            assert condition.source.figures == (Cited("한도", "고시 제1호", verified),)
            assert condition.verified is verified

    def test_of_shares_are_read_of_shares_alone(self):
        share = [self.figure(2025, 50, unit="PERCENT")]
        of_income = {"field": "INCOME_PERCENT", "operator": "AT_MOST", "figure": "LIMIT"}

        (read,) = read_refinements(replace(self.version, wanted=[of_income]), {"LIMIT": share})
        assert read.wanted[0].value == 50
        with pytest.raises(ValueError, match="a table of something else"):
            read_refinements(self.version, {"LIMIT": share})

    def test_that_have_ended_leave_the_condition_unknown(self):
        table = self.figure(2025, 100, until=DAY(2026, 1, 1))
        rule = Rule("one", refinements=tuple(read_refinements(self.version, {"LIMIT": [table]})))

        def verdict(day):
            compiled = compile_rules([rule], on=day)
            poor = Household(members=(Member("me"),), assets=50)
            people = encode([poor], on=day, medians=MedianIncomes.of(), space=compiled.space)
            return Verdict(int(judge(compiled, people)[0, 0]))

        assert verdict(DAY(2025, 12, 31)) == Verdict.LIKELY
        assert verdict(DAY(2026, 1, 1)) == Verdict.DEPENDS

    @pytest.mark.parametrize(
        ("amounts", "since", "fault"),
        [
            ([], DAY(2028, 1, 1), "amounts"),
            ([3, 2], DAY(2028, 1, 1), "amounts"),
            ([0, 2], DAY(2028, 1, 1), "amounts"),
            ([1, 2], DAY(2028, 2, 1), "since"),
        ],
    )
    def test_of_medians_are_refused_by_field(self, amounts, since, fault):
        row = RuleVersion(
            kind=RuleKind.FIGURE, figure=MEDIAN_INCOME, amounts=amounts, law="고시", since=since
        )
        with pytest.raises(ValueError, match=fault):
            read_versions([row])
