"""Weights are written by one and put in force by another; what holds, explains every score."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation

from tests.accounts.factories import make_person
from tests.welfare.hardship import people
from tests.welfare.hardship.people import TODAY, bring, household_of, permitted, row
from welfare.enums import HardshipState, VersionStatus
from welfare.models import HardshipSign, SignWeights
from welfare.queries.hardship import score_of, table_of, weights_on
from welfare.queries.sign_words import explain, summary
from welfare.rules.hardship import SignKind
from welfare.rules.sign_weights import ASSUMED, WeightRefused
from welfare.services.sign_weighing import weigh_households
from welfare.services.sign_weights import (
    publish_weights,
    send_back_weights,
    send_weights,
    write_weights,
)
from welfare.services.versions import VersionRefused

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def writer(db):
    return permitted(make_person("한쓰기"), "change_signweights")


@pytest.fixture
def reviewer(db):
    return permitted(make_person("두보기"), "publish_signweights", "change_signweights")


def told(**changed):
    return dict(weights_on(TODAY).weights) | changed


def written(writer, *, since=TODAY, **changed):
    return write_weights(
        since=since,
        weights=told(**changed),
        reason="이사회에서 정했습니다.",
        actor=writer,
        now=timezone.now(),
    )


def published(writer, reviewer, *, since=TODAY, **changed):
    sent = send_weights(weights=written(writer, since=since, **changed), actor=writer)
    return publish_weights(
        weights=sent, seen=sent.mark(), actor=reviewer, on=TODAY, now=timezone.now()
    )


class TestTheFirstTable:
    def test_is_there_and_says_that_nobody_has_decided_it(self):
        (first,) = SignWeights.objects.all()

        assert first.is_assumption
        assert "가정" in first.reason
        assert table_of(first).weights == ASSUMED
        assert weights_on(TODAY) == first


class TestTwoPeople:
    def test_put_a_table_in_force(self, writer, reviewer):
        done = published(writer, reviewer, RENT=[30, 0, 30, 90])

        assert (done.made_by, done.published_by) == (writer, reviewer)
        assert not done.is_assumption
        assert weights_on(TODAY) == done

    def test_are_two(self, reviewer):
        sent = send_weights(weights=written(reviewer), actor=reviewer)

        with pytest.raises(VersionRefused, match="다른 사람"):
            publish_weights(
                weights=sent, seen=sent.mark(), actor=reviewer, on=TODAY, now=timezone.now()
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            SignWeights.objects.filter(pk=sent.pk).update(
                status="PUBLISHED", published_by=reviewer, published_at=timezone.now()
            )

    def test_are_two_where_another_changed_a_figure_meanwhile(self, writer, reviewer):
        """Whoever began a table puts it not in force, though the last word was another's."""
        draft = written(reviewer)
        write_weights(
            since=TODAY,
            weights=told(RENT=[30, 0, 30, 90]),
            reason="함께 정했습니다.",
            actor=writer,
            now=timezone.now(),
            draft=draft,
        )
        sent = send_weights(weights=draft, actor=writer)

        with pytest.raises(VersionRefused, match="다른 사람"):
            publish_weights(
                weights=sent, seen=sent.mark(), actor=reviewer, on=TODAY, now=timezone.now()
            )

    def test_have_the_right(self, writer, stranger):
        with pytest.raises(VersionRefused):
            written(stranger)
        draft = written(writer)
        with pytest.raises(VersionRefused):
            send_weights(weights=draft, actor=stranger)
        sent = send_weights(weights=draft, actor=writer)
        with pytest.raises(VersionRefused):
            send_back_weights(weights=sent, actor=stranger)
        other = permitted(make_person("세쓰기"), "change_signweights")
        with pytest.raises(VersionRefused):
            publish_weights(
                weights=sent, seen=sent.mark(), actor=other, on=TODAY, now=timezone.now()
            )

    def test_send_back_what_is_to_be_written_anew(self, writer, reviewer):
        sent = send_weights(weights=written(writer), actor=writer)

        assert send_back_weights(weights=sent, actor=reviewer).status == VersionStatus.DRAFT

    def test_say_why_and_name_what_cannot_be_meant(self, writer):
        with pytest.raises(VersionRefused, match="왜"):
            write_weights(since=TODAY, weights=told(), reason=" ", actor=writer, now=timezone.now())
        with pytest.raises(WeightRefused):
            written(writer, RENT=[30, 0, 20, 90])

    def test_begin_on_no_day_that_has_passed(self, writer, reviewer):
        yesterday = TODAY - datetime.timedelta(days=1)

        with pytest.raises(VersionRefused, match="시행일이 지났습니다"):
            published(writer, reviewer, since=yesterday)

    def test_begin_one_a_day(self, writer, reviewer):
        published(writer, reviewer)

        with pytest.raises(VersionRefused, match="이미"):
            published(writer, reviewer)


class TestWhatIsInForce:
    @pytest.mark.parametrize(
        "changed", [{"weights": {}}, {"since": TOMORROW}, {"reason": "…"}, {"status": "DRAFT"}]
    )
    def test_stays_as_it_is(self, changed):
        first = SignWeights.objects.get()

        with pytest.raises(DatabaseError), transaction.atomic():
            SignWeights.objects.filter(pk=first.pk).update(**changed)
        with pytest.raises(DatabaseError), transaction.atomic():
            first.delete()

    def test_that_begins_tomorrow_weighs_nothing_today(self, writer, reviewer, manager):
        bring(manager, row(kind="JOB_LOSS"))
        before = household_of().points
        later = published(writer, reviewer, since=TOMORROW, JOB_LOSS=[99, 0, 99, 180])

        weigh_households(on=TODAY)
        assert household_of().points == before
        weigh_households(on=TOMORROW)

        held = household_of()
        assert (held.points, held.weights, held.weighed_on) == (99, later, TOMORROW)
        assert held.state == HardshipState.WAITING


class TestWeighing:
    def test_adds_up_by_the_rule_and_explains_it(self, manager):
        bring(
            manager,
            row(kind="ELECTRICITY", months=3),
            row(kind="ELECTRICITY", months=2, ago=1),
            row(kind="MOBILE", ago=11),
        )
        held = household_of()
        score = score_of(held, held.signs.order_by("pk"))

        lines = {one.title: (one.points, one.why) for one in explain(score)}

        assert score.points == held.points == 25
        assert lines[f"전기요금 체납 3개월 ({people.month()})"] == (
            25,
            "이 신호는 15점입니다. 둘째 달부터 한 달에 5점씩 2달을 더합니다.",
        )
        assert lines[f"전기요금 체납 2개월 ({people.month(1)})"] == (
            0,
            "같은 종류에서 더 무거운 것만 한 번 셉니다.",
        )
        assert lines[f"휴대전화 요금 체납 ({people.month(11)})"] == (
            0,
            "알려진 지 180일이 넘어 세지 않습니다.",
        )
        assert summary(score) == "모두 25점입니다. 2026년 1월 1일부터 쓰는 가중치로 셈했습니다."

    def test_is_explained_in_english_too(self, manager):
        bring(manager, row(kind="RENT", months=12))
        held = household_of()

        with translation.override("en"):
            score = score_of(held, held.signs.order_by("pk"))
            (line,) = explain(score)
            said = summary(score)

        assert line.title == f"Rent in arrears, 12 months ({people.month()})"
        assert line.why == (
            "This sign is worth 20. From the second month on, 5 more for each of 11 months."
            " However long it lasts, it is worth 40 at most."
        )
        assert said == "40 in all, by the weights in force from 1 January 2026."

    def test_says_what_the_rule_says_of_many(self, manager):
        kinds = [str(kind) for kind in SignKind]
        rows = [
            row(f"사람{number}", kind=kinds[(number + at) % len(kinds)], ago=at)
            for number in range(40)
            for at in range(number % 5 + 1)
        ]
        bring(manager, *rows)

        households = {
            one.household for one in HardshipSign.objects.select_related("household__weights")
        }
        assert len(households) == 40
        for one in households:
            assert score_of(one, one.signs.order_by("pk")).points == one.points

    def test_lets_signs_grow_old(self, manager):
        bring(manager, row(kind="DISCONNECTED"))
        assert household_of().points == 40

        weigh_households(on=TODAY + datetime.timedelta(days=160))

        assert household_of().points == 0

    def test_leaves_points_away_where_nothing_is_in_force(self, manager, monkeypatch):
        monkeypatch.setattr("welfare.services.sign_weighing.weights_on", lambda on: None)
        bring(manager, row())

        held = household_of()
        assert (held.points, held.weighed_on) == (0, None)
        assert score_of(held, held.signs.order_by("pk")) is None
