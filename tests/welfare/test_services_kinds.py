"""Protection is put on by one person at once, and taken off by two with a reason."""

import pytest
from django.db import IntegrityError, transaction

from core.feeds.models import FieldChange
from tests.welfare.factories import NOW, make_facility
from welfare.models import FacilityKind
from welfare.services import (
    CorrectionRefused,
    ask_to_lift_protection,
    keep_protection,
    lift_protection,
    protect_kind,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(officer) -> FacilityKind:
    facility = make_facility()
    FacilityKind.objects.filter(pk=facility.kind_id).update(hotline="1366")
    kind = FacilityKind.objects.get(pk=facility.kind_id)
    protect_kind(kind=kind, actor=officer, now=NOW)
    return kind


def ask(kind, actor, reason="법 개정"):
    ask_to_lift_protection(kind=kind, reason=reason, actor=actor, now=NOW)


class TestLifting:
    def test_takes_a_second_person(self, kind, officer, stranger):
        ask(kind, officer)
        assert kind.is_protected

        lift_protection(kind=kind, actor=stranger, now=NOW)
        assert not kind.is_protected
        assert (kind.lift_reason, kind.lift_asked_by) == ("", None)

    def test_is_never_confirmed_by_whoever_asked(self, kind, officer):
        ask(kind, officer)
        with pytest.raises(CorrectionRefused, match="자신이 요청한"):
            lift_protection(kind=kind, actor=officer, now=NOW)
        kind.refresh_from_db()
        assert kind.is_protected

    def test_is_not_done_where_nobody_asked(self, kind, officer):
        with pytest.raises(CorrectionRefused, match="먼저 다른 직원이"):
            lift_protection(kind=kind, actor=officer, now=NOW)

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_is_not_asked_for_without_a_reason(self, kind, officer, reason):
        with pytest.raises(CorrectionRefused, match="이유"):
            ask(kind, officer, reason)

    def test_is_asked_for_once(self, kind, officer, stranger):
        ask(kind, officer)
        with pytest.raises(CorrectionRefused, match="이미"):
            ask(kind, stranger, "나도")

    def test_keeps_who_asked_who_confirmed_and_why(self, kind, officer, stranger):
        ask(kind, officer)
        lift_protection(kind=kind, actor=stranger, now=NOW)

        told = FieldChange.objects.of("welfare.facilitykind", kind.pk)
        assert [(one.field, one.new, one.changed_by) for one in told] == [
            ("is_protected", False, stranger),
            ("lift_asked", True, officer),
            ("is_protected", True, officer),
        ]
        assert told[0].reason == f"법 개정 (요청: {officer}, 확인: {stranger})"

    def test_is_refused_for_what_the_law_protects(self, officer):
        kind = FacilityKind.objects.get(pk="학대피해아동쉼터")
        with pytest.raises(CorrectionRefused, match="법에 따라 늘 보호"):
            ask(kind, officer)

    def test_is_refused_for_what_is_in_sight(self, officer):
        with pytest.raises(CorrectionRefused, match="보호하는 종류가 아닙니다"):
            ask(make_facility().kind, officer)

    def test_is_answered_with_no(self, kind, officer, stranger):
        ask(kind, officer)
        keep_protection(kind=kind, actor=stranger, now=NOW)
        assert kind.is_protected
        with pytest.raises(CorrectionRefused, match="기다리는 요청이 없습니다"):
            keep_protection(kind=kind, actor=officer, now=NOW)

    def test_ends_when_the_kind_is_shown(self, kind, officer, stranger):
        ask(kind, officer)
        lift_protection(kind=kind, actor=stranger, now=NOW)
        protect_kind(kind=kind, actor=officer, now=NOW)
        with pytest.raises(CorrectionRefused, match="먼저 다른 직원이"):
            lift_protection(kind=kind, actor=stranger, now=NOW)

    def test_without_a_reason_is_refused_by_the_table_too(self, kind, officer):
        with pytest.raises(IntegrityError), transaction.atomic():
            FacilityKind.objects.filter(pk=kind.pk).update(lift_asked_by=officer)
