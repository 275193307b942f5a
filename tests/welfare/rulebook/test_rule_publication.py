"""From a draft to what is in force: two people, and a word on every verdict that changes."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from tests.welfare.rulebook.people import make_benefits
from welfare.enums import RuleKind, VersionStatus, VersionStep
from welfare.models import MEDIAN_INCOME, RuleVersion
from welfare.queries.rule_preview import concerned_keys, counted_on, regression_changes
from welfare.queries.rulebook import rulebook
from welfare.services.rule_versions import (
    begin_successor,
    draft_rule,
    drop_rule,
    edit_rule,
    explain_rule,
    publish_rule,
    send_back_rule,
    send_rule,
    unexplained,
)
from welfare.services.versions import VersionRefused

pytestmark = pytest.mark.django_db
DAY = datetime.date
NOW = datetime.datetime(2026, 11, 28, 3, 0, tzinfo=datetime.UTC)
OLDER = [{"field": "AGE_YEARS", "operator": "AT_LEAST", "value": "70", "somebody": False}]


def make_officer(name, *rights):
    person = User.objects.create_user(f"{name}@seoul.example", "pw", name=name, joined_at=NOW)
    User.objects.filter(pk=person.pk).update(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return User.objects.get(pk=person.pk)


@pytest.fixture
def author():
    return make_officer("author", "change_ruleversion", "publish_ruleversion")


@pytest.fixture
def reviewer():
    return make_officer("reviewer", "publish_ruleversion", "change_ruleversion")


@pytest.fixture
def stranger():
    return make_officer("stranger")


def age_rule():
    return RuleVersion.objects.in_force().get(programme="basic-pension", slot="AGE")


def make_draft(author, **told):
    draft = begin_successor(of=age_rule(), kind=RuleKind.CONDITION, actor=author, now=NOW)
    told = {"wanted": OLDER, "law": "기초연금법 제3조 (70세)", "is_verified": True} | told
    return edit_rule(version=draft, told=told, actor=author, now=NOW)


def explain_all(draft, author):
    for change in unexplained(draft):
        explain_rule(
            version=draft,
            household=change.household.name,
            text="법이 바뀌어 70세부터입니다.",
            actor=author,
            now=NOW,
        )


def publish_table(author, reviewer, year, amount):
    told = {"figure": "HOME", "amounts": [amount], "law": f"고시 {year}", "since": DAY(year, 1, 1)}
    draft = draft_rule(kind=RuleKind.FIGURE, told=told, actor=author, now=timezone.now())
    sent = send_rule(version=draft, actor=author, now=NOW)
    return publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)


def publish_condition_by_table(author, reviewer):
    wanted = [{"field": "ASSETS", "operator": "AT_MOST", "figure": "HOME"}]
    told = {"programme": "basic-pension", "slot": "ASSETS", "wanted": wanted, "law": "법"}
    told |= {"since": DAY(2026, 1, 1)}
    draft = draft_rule(kind=RuleKind.CONDITION, told=told, actor=author, now=NOW)
    explain_all(draft, author)
    sent = send_rule(version=draft, actor=author, now=NOW)
    return publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)


class TestTable:
    @pytest.mark.parametrize("amounts", [[2, 1], [10**30], [-1]])
    def test_has_sums_that_can_be_meant(self, author, amounts):
        told = {"figure": "HOME", "amounts": amounts, "law": "고시", "since": DAY(2026, 1, 1)}

        with pytest.raises(ValueError, match="^amounts:"):
            draft_rule(kind=RuleKind.FIGURE, told=told, actor=author, now=NOW)

    def test_stays_while_a_condition_names_it(self, author, reviewer):
        table = publish_table(author, reviewer, 2026, 100_000_000)
        removal = begin_successor(of=table, kind=RuleKind.REMOVAL, actor=author, now=NOW, note="끝")
        publish_condition_by_table(author, reviewer)

        with pytest.raises(VersionRefused, match="기초연금 재산"):
            send_rule(version=removal, actor=author, now=NOW)
        drop_rule(version=removal, actor=author)
        with pytest.raises(VersionRefused, match="이 기준표를"):
            begin_successor(of=table, kind=RuleKind.REMOVAL, actor=author, now=NOW, note="끝")
        renamed = begin_successor(of=table, kind=RuleKind.FIGURE, actor=author, now=NOW)
        renamed = edit_rule(version=renamed, told={"figure": "HUT"}, actor=author, now=NOW)
        with pytest.raises(VersionRefused, match="이 기준표를"):
            send_rule(version=renamed, actor=author, now=NOW)


class TestDraft:
    def test_is_refused_by_the_field_that_cannot_be_meant(self, author):
        draft = begin_successor(of=age_rule(), kind=RuleKind.CONDITION, actor=author, now=NOW)
        wrong = [{"field": "AGE_YEARS", "operator": "AT_LEAST", "value": "viel"}]

        with pytest.raises(ValueError, match="AGE_YEARS: no number"):
            edit_rule(version=draft, told={"wanted": wrong}, actor=author, now=NOW)

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"programme": "no-such"}, "programme"),
            ({"programme": ""}, "programme"),
            ({"programme": "", "benefit_code": "gov24-0"}, "benefit_code"),
            ({"slot": ""}, "slot"),
            ({"until": DAY(2019, 1, 1)}, "until"),
            (
                {"wanted": [{"field": "RECEIVES", "operator": "ANY_OF", "value": ["none"]}]},
                "RECEIVES",
            ),
            ({"wanted": [{"field": "ASSETS", "operator": "UNDER", "figure": "NO"}]}, "wanted"),
        ],
    )
    def test_names_each_field(self, author, told, field):
        draft = begin_successor(of=age_rule(), kind=RuleKind.CONDITION, actor=author, now=NOW)

        with pytest.raises(ValueError, match=f"^{field}:"):
            edit_rule(version=draft, told=told, actor=author, now=NOW)

    def test_is_one_for_who_pressed_twice(self, author, reviewer):
        told = {"figure": "HOME", "amounts": [1], "law": "고시", "since": DAY(2026, 1, 1)}
        table = {"kind": RuleKind.FIGURE, "now": NOW}
        first = draft_rule(told=told, actor=author, **table)
        removal = begin_successor(
            of=age_rule(), kind=RuleKind.REMOVAL, actor=author, now=NOW, note="폐지"
        )

        assert draft_rule(told=told, actor=author, **table) == first
        assert draft_rule(told=told, actor=reviewer, **table) != first
        assert draft_rule(told=told | {"amounts": [2]}, actor=author, **table) != first
        again = begin_successor(
            of=age_rule(), kind=RuleKind.REMOVAL, actor=author, now=NOW, note="폐지"
        )
        assert again == removal

    def test_can_be_dropped(self, author):
        draft = make_draft(author)
        drop_rule(version=draft, actor=author)

        assert not RuleVersion.objects.filter(pk=draft.pk).exists()

    @pytest.mark.parametrize(
        "told",
        [
            {"wanted": [OLDER[0] | {"value": "71"}]},
            {"law": "기초연금법 제3조의2"},
            {"since": DAY(2030, 1, 1)},
            {"until": DAY(2031, 1, 1)},
        ],
    )
    def test_is_vouched_for_by_who_changed_it_last(self, author, reviewer, told):
        draft = make_draft(author)
        later = NOW + datetime.timedelta(days=3)
        noted = edit_rule(version=draft, told={"note": "덧붙임"}, actor=reviewer, now=later)
        assert (noted.verified_by, noted.verified_on) == (author, NOW.date())

        changed = edit_rule(version=draft, told=told, actor=reviewer, now=later)
        assert (changed.verified_by, changed.verified_on) == (reviewer, later.date())

    def test_is_vouched_for_on_the_day_that_it_is_in_seoul(self, author):
        draft = make_draft(author, is_verified=False)
        early = datetime.datetime(2026, 11, 30, 15, 30, tzinfo=datetime.UTC)  # half past midnight
        noted = edit_rule(version=draft, told={"is_verified": True}, actor=author, now=early)
        assert noted.verified_on == DAY(2026, 12, 1)

    def test_is_begun_once_in_a_place(self, author, reviewer):
        make_draft(author)

        with pytest.raises(VersionRefused, match="이미 누가"):
            begin_successor(of=age_rule(), kind=RuleKind.CONDITION, actor=reviewer, now=NOW)

    def test_is_for_those_who_may_write(self, stranger, resident):
        for person in (stranger, resident):
            with pytest.raises(VersionRefused, match="권한"):
                make_draft(person)

    def test_is_written_on_as_it_was_read(self, author, reviewer):
        draft = make_draft(author)
        seen = draft.mark()
        edit_rule(version=draft, told={"law": "첫째의 법"}, actor=author, now=NOW)

        with pytest.raises(VersionRefused, match="보신 뒤에"):
            edit_rule(version=draft, told={"law": "둘째"}, actor=reviewer, now=NOW, seen=seen)


class TestRegressionHouseholds:
    def test_that_change_are_named(self, author):
        names = {
            (one.household.programme, one.before.name, one.after.name)
            for one in regression_changes(make_draft(author))
        }

        assert names == {("basic-pension", "LIKELY", "NO")}

    def test_hold_the_draft_back_until_each_is_explained(self, author):
        draft = make_draft(author)
        missing = unexplained(draft)
        assert missing
        with pytest.raises(VersionRefused, match=f"{len(missing)}가구"):
            send_rule(version=draft, actor=author, now=NOW)

        explain_all(draft, author)

        assert send_rule(version=draft, actor=author, now=NOW).status == VersionStatus.REVIEW

    def test_are_judged_on_the_day_from_which_it_counts(self, author):
        """Nobody's verdict changes this year by what begins in the next: it does on that day."""
        told = {"programme": "basic-pension", "slot": "AGE", "law": "법", "is_verified": True}
        told |= {"wanted": OLDER, "since": DAY(2031, 1, 1)}
        draft = draft_rule(kind=RuleKind.CONDITION, told=told, actor=author, now=NOW)

        changes = regression_changes(draft)

        assert {one.household.programme for one in changes} == {"basic-pension"}
        assert {one.on for one in changes} == {DAY(2031, 1, 1)}
        with pytest.raises(VersionRefused, match="설명"):
            send_rule(version=draft, actor=author, now=NOW)

    def test_are_judged_on_the_day_on_which_it_ends(self, author):
        told = {"until": DAY(2031, 1, 1), "wanted": age_rule().wanted}
        draft = make_draft(author, **told)

        changes = {one.on for one in regression_changes(draft)}

        assert changes == {DAY(2031, 1, 1)}

    def test_are_judged_on_the_day_on_which_it_goes_stale(self, author):
        """From then on it refuses nobody whom it refuses today, and nothing else of it changes."""
        told = {"stale_from": DAY(2031, 1, 1), "wanted": age_rule().wanted}
        draft = make_draft(author, **told)

        changes = {(one.on, one.before.name, one.after.name) for one in regression_changes(draft)}

        assert changes == {(DAY(2031, 1, 1), "NO", "DEPENDS")}
        with pytest.raises(VersionRefused, match="설명"):
            send_rule(version=draft, actor=author, now=NOW)

    def test_are_judged_on_the_days_from_which_a_table_that_it_names_says_otherwise(
        self, author, reviewer
    ):
        publish_table(author, reviewer, 2020, 10**9)
        publish_table(author, reviewer, 2031, 0)
        wanted = [{"field": "INCOME_MONTHLY", "operator": "AT_MOST", "figure": "HOME"}]
        told = {"programme": "basic-pension", "slot": "WAGE", "wanted": wanted, "law": "법"}
        told |= {"since": DAY(2020, 1, 1), "is_verified": True}
        draft = draft_rule(kind=RuleKind.CONDITION, told=told, actor=author, now=NOW)

        changes = {(one.on, one.before.name) for one in regression_changes(draft)}
        before_it_turns = edit_rule(
            version=draft, told={"until": DAY(2030, 1, 1)}, actor=author, now=NOW
        )

        assert (DAY(2031, 1, 1), "LIKELY") in changes
        assert DAY(2031, 1, 1) not in {one.on for one in regression_changes(before_it_turns)}

    def test_and_people_are_counted_from_when_what_it_replaces_ends(self, author):
        """It ends as soon as this one is published, though this one begins later."""
        today = timezone.localdate(NOW)

        assert counted_on(make_draft(author, since=DAY(2028, 1, 1)), today) == today

    def test_must_be_explained_anew_where_the_change_is_another(self, author):
        draft = make_draft(author)
        explain_all(draft, author)
        edit_rule(
            version=draft,
            told={"is_verified": False},
            actor=author,
            now=NOW,
        )

        assert unexplained(draft := RuleVersion.objects.get(pk=draft.pk))
        assert {one.after.name for one in unexplained(draft)} == {"DEPENDS"}

    def test_take_no_words_on_what_does_not_change(self, author):
        with pytest.raises(VersionRefused, match="바뀌지"):
            explain_rule(
                version=make_draft(author),
                household="families.txt:3",
                text="이유",
                actor=author,
                now=NOW,
            )

    def test_are_judged_where_a_condition_is_kept_under_a_benefits_own_number(self, author):
        code = make_benefits("basic-pension")["basic-pension"].pk
        told = {"benefit_code": code, "slot": "OLDER", "wanted": OLDER, "law": "법"}
        told |= {"since": DAY(2020, 1, 1), "is_verified": True}
        draft = draft_rule(kind=RuleKind.CONDITION, told=told, actor=author, now=NOW)

        names = {(one.household.programme, one.after.name) for one in regression_changes(draft)}

        assert names == {("basic-pension", "NO")}
        with pytest.raises(VersionRefused, match="설명"):
            send_rule(version=draft, actor=author, now=NOW)

    def test_are_judged_by_a_table_that_a_benefits_own_condition_names(self, author, reviewer):
        code = make_benefits("basic-pension")["basic-pension"].pk
        table = publish_table(author, reviewer, 2020, 10**9)
        wanted = [{"field": "INCOME_MONTHLY", "operator": "AT_MOST", "figure": "HOME"}]
        told = {"benefit_code": code, "slot": "WAGE", "wanted": wanted, "law": "법"}
        told |= {"since": DAY(2020, 1, 1), "is_verified": True}
        draft = draft_rule(kind=RuleKind.CONDITION, told=told, actor=author, now=NOW)
        explain_all(draft, author)
        sent = send_rule(version=draft, actor=author, now=NOW)
        publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)

        none = begin_successor(of=table, kind=RuleKind.FIGURE, actor=author, now=NOW)
        none = edit_rule(
            version=none, told={"amounts": [0], "is_verified": True}, actor=author, now=NOW
        )

        assert {one.household.programme for one in regression_changes(none)} == {"basic-pension"}

    def test_are_judged_where_its_place_is_taken_under_another_programme(self, author):
        """The programme that loses its condition changes as much as the one that gets it."""
        keys = make_benefits("basic-pension", "emergency-support")
        draft = make_draft(author, programme="emergency-support", slot="AGE", wanted=OLDER)

        changed = {one.household.programme for one in regression_changes(draft)}

        assert changed == set(keys)
        codes = {benefit.code for benefit in keys.values()}
        assert concerned_keys(draft, codes) == codes

    def test_change_by_another_median_income(self, author):
        table = RuleVersion.objects.get(figure=MEDIAN_INCOME, since=DAY(2026, 1, 1))
        draft = begin_successor(of=table, kind=RuleKind.FIGURE, actor=author, now=NOW)
        draft = edit_rule(
            version=draft,
            told={"amounts": [one // 2 for one in table.amounts], "is_verified": True},
            actor=author,
            now=NOW,
        )

        assert len(regression_changes(draft)) > 3


class TestPublishing:
    def sent(self, author):
        draft = make_draft(author)
        explain_all(draft, author)
        return send_rule(version=draft, actor=author, now=NOW)

    def test_takes_a_second_person(self, author, reviewer, stranger, resident):
        sent = self.sent(author)
        for person in (author, stranger, resident):
            with pytest.raises(VersionRefused, match="다른 사람"):
                publish_rule(version=sent, seen=sent.mark(), actor=person, now=NOW)

        published = publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)

        assert published.status == VersionStatus.PUBLISHED
        assert published.published_by == reviewer

    def test_is_not_for_who_changed_a_word(self, author, reviewer):
        draft = make_draft(author)
        edit_rule(version=draft, told={"note": "고침"}, actor=reviewer, now=NOW)
        explain_all(draft, author)
        sent = send_rule(version=draft, actor=author, now=NOW)

        with pytest.raises(VersionRefused, match="다른 사람"):
            publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)

    def test_counts_at_the_next_request(self, author, reviewer):
        on = DAY(2026, 11, 28)
        code = make_benefits("basic-pension")["basic-pension"].pk
        before = rulebook(on)
        assert rulebook(on).compiled is before.compiled

        sent = self.sent(author)
        publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)
        after = rulebook(on)

        assert after.version != before.version
        (age,) = [
            one
            for one in after.compiled.asked[after.compiled.keys.index(code)]
            if one.name == "AGE"
        ]
        assert age.source.law == "기초연금법 제3조 (70세)"

    def test_withdraws_what_it_replaces_and_keeps_it(self, author, reviewer):
        replaced = age_rule()
        sent = self.sent(author)
        published = publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)
        replaced.refresh_from_db()

        assert replaced.status == VersionStatus.WITHDRAWN
        assert list(published.steps.order_by("pk").values_list("step", flat=True)) == [
            VersionStep.DRAFTED,
            VersionStep.EDITED,
            *[VersionStep.EXPLAINED] * published.explanations.count(),
            VersionStep.SENT,
            VersionStep.PUBLISHED,
        ]

    def test_asks_for_words_on_what_changed_meanwhile(self, author, reviewer):
        sent = self.sent(author)
        sent.explanations.all().first().delete()

        with pytest.raises(VersionRefused, match="설명"):
            publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)

    def test_can_be_sent_back_with_words(self, author, reviewer):
        back = send_back_rule(
            version=self.sent(author), actor=reviewer, words="고시 번호가 다릅니다.", now=NOW
        )

        assert back.status == VersionStatus.DRAFT
        assert back.steps.filter(step=VersionStep.SENT_BACK, words="고시 번호가 다릅니다.").exists()

    def test_that_was_asked_for_leaves_a_log_that_stays(self, author, reviewer):
        back = send_back_rule(version=self.sent(author), actor=reviewer, words="아님", now=NOW)

        with pytest.raises(VersionRefused, match="이력"):
            drop_rule(version=back, actor=author)
        with pytest.raises(DatabaseError, match="log"), transaction.atomic():
            back.delete()
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            RuleVersion.objects.filter(pk=back.pk)._raw_delete("default")
        assert back.steps.filter(step=VersionStep.SENT).exists()

    def test_ends_a_version_by_the_same_two(self, author, reviewer):
        code = make_benefits("basic-pension")["basic-pension"].pk
        removal = begin_successor(
            of=age_rule(), kind=RuleKind.REMOVAL, actor=author, now=NOW, note="나이 제한 폐지"
        )
        explain_all(removal, author)
        sent = send_rule(version=removal, actor=author, now=NOW)
        publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)

        book = rulebook(DAY(2026, 11, 28))
        asked = book.compiled.asked[book.compiled.keys.index(code)]
        assert "AGE" not in {one.name for one in asked}

    def test_refuses_a_second_one_of_the_same_day(self, author, reviewer):
        told = {
            "programme": "basic-pension",
            "slot": "AGE",
            "wanted": OLDER,
            "law": "법",
            "since": age_rule().since,
        }
        draft = draft_rule(kind=RuleKind.CONDITION, told=told, actor=author, now=NOW)
        explain_all(draft, author)
        sent = send_rule(version=draft, actor=author, now=NOW)

        with pytest.raises(VersionRefused, match="같은 날"):
            publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=NOW)

    def test_of_a_table_gives_conditions_their_number(self, author, reviewer):
        code = make_benefits("basic-pension")["basic-pension"].pk
        for year, amount in ((2026, 100_000_000), (2027, 120_000_000)):
            publish_table(author, reviewer, year, amount)
        publish_condition_by_table(author, reviewer)

        for year, amount in ((2026, 100_000_000), (2027, 120_000_000)):
            book = rulebook(DAY(year, 6, 1))
            (asked,) = [
                one
                for one in book.compiled.asked[book.compiled.keys.index(code)]
                if one.name == "ASSETS"
            ]
            assert asked.tests[0].high == amount
