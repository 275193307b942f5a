"""What people tell of themselves is kept for what they agreed to, and for nothing else."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.enums import FactGroup
from accounts.models import FactSheet, Profile
from accounts.purposes import PURPOSES
from accounts.queries import all_facts, facts_for, purposes_for
from accounts.services import NoPurpose, forget_group, tell_facts, withdraw_purpose
from core.records.consents import consented_purposes, has_consent, receipts
from core.records.enums import Channel
from core.records.purposes import UnknownPurpose
from tests.accounts.factories import SAJIK

NOW = datetime.datetime(2026, 11, 27, 3, 0, tzinfo=datetime.UTC)
BASICS = {
    "birth_date": datetime.date(1958, 3, 2), "district_code": "1111000000", "dong_code": SAJIK,
}  # fmt: skip
CENTRE, BENEFITS = "accounts.centre", "accounts.eligibility_basics"
SENSITIVE = "accounts.eligibility_circumstances"
POOR = {"income": "UP_TO_50", "disability": "SEVERE"}


def tell(person, group, facts, *purposes, now=NOW):
    tell_facts(
        person=person, group=group, facts=facts, purposes=purposes, channel=Channel.WEB, now=now
    )


class TestPurposes:
    def test_are_there_for_every_group(self):
        assert {one.facts for one in PURPOSES} == set(FactGroup)

    def test_say_what_is_kept_for_how_long_and_what_stops(self):
        for one in PURPOSES:
            assert "보관" in str(one.text), one.slug
            assert str(one.stops).endswith("다."), one.slug


class TestTellFacts:
    def test_keeps_them_for_what_was_agreed_to(self, resident):
        tell(resident, FactGroup.BASICS, BASICS, CENTRE)

        assert facts_for(resident, CENTRE) == BASICS
        assert facts_for(resident, BENEFITS) == {}
        (receipt,) = receipts(resident)
        assert (receipt.purpose, receipt.given_at, receipt.channel) == (CENTRE, NOW, Channel.WEB)

    def test_keeps_nothing_without_a_purpose(self, resident):
        for purposes in ((), (SENSITIVE,)):
            with pytest.raises(NoPurpose):
                tell(resident, FactGroup.BASICS, BASICS, *purposes)
        assert not Profile.objects.exists()
        assert not receipts(resident)

    def test_takes_the_place_of_what_was_told_before(self, resident):
        tell(resident, FactGroup.CIRCUMSTANCES, POOR, SENSITIVE)
        tell(resident, FactGroup.CIRCUMSTANCES, {"income": "OVER_200", "housing": ""}, SENSITIVE)

        assert facts_for(resident, SENSITIVE) == {"income": "OVER_200"}
        assert len(receipts(resident)) == 1

    def test_withdraws_what_is_agreed_to_no_more(self, resident):
        tell(resident, FactGroup.BASICS, BASICS, CENTRE, BENEFITS)
        tell(resident, FactGroup.BASICS, BASICS, BENEFITS)

        assert consented_purposes(resident) == {BENEFITS}

    def test_seals_what_is_sensitive(self, resident):
        tell(resident, FactGroup.CIRCUMSTANCES, POOR, SENSITIVE)

        with connection.cursor() as cursor:
            cursor.execute("SELECT facts FROM accounts_factsheet")
            (held,) = cursor.fetchone()
        assert "UP_TO_50" not in held
        assert "SEVERE" not in held
        assert facts_for(resident, SENSITIVE) == POOR

    def test_does_not_keep_basics_twice(self, resident):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactSheet.objects.create(person=resident, group=FactGroup.BASICS, facts={}, told_at=NOW)

    def test_keeps_a_dong_in_its_district(self, resident):
        with pytest.raises(IntegrityError), transaction.atomic():
            tell(resident, FactGroup.BASICS, {**BASICS, "district_code": "1168000000"}, CENTRE)


class TestWithdrawPurpose:
    def test_stops_the_use_at_once_and_leaves_what_others_use(self, resident):
        tell(resident, FactGroup.BASICS, BASICS, CENTRE, BENEFITS)

        ended = withdraw_purpose(person=resident, purpose=CENTRE, now=NOW)

        assert not ended.is_forgotten
        assert facts_for(resident, CENTRE) == {}
        assert facts_for(resident, BENEFITS) == BASICS

    @pytest.mark.parametrize(
        ("group", "facts", "purpose"),
        [(FactGroup.BASICS, BASICS, CENTRE), (FactGroup.CIRCUMSTANCES, POOR, SENSITIVE)],
    )
    def test_deletes_what_nothing_uses_any_more(self, resident, group, facts, purpose):
        tell(resident, group, facts, purpose)

        assert withdraw_purpose(person=resident, purpose=purpose, now=NOW).is_forgotten
        assert not Profile.objects.exists()
        assert not FactSheet.objects.exists()
        assert receipts(resident)[0].withdrawn_at == NOW

    def test_touches_nobody_else(self, resident, stranger):
        for person in (resident, stranger):
            tell(person, FactGroup.CIRCUMSTANCES, POOR, SENSITIVE)

        withdraw_purpose(person=stranger, purpose=SENSITIVE, now=NOW)

        assert facts_for(stranger, SENSITIVE) == {}
        assert facts_for(resident, SENSITIVE) == POOR

    def test_knows_its_purposes(self, resident):
        with pytest.raises(UnknownPurpose):
            withdraw_purpose(person=resident, purpose="accounts.nothing", now=NOW)

    def test_of_all_at_once(self, resident):
        tell(resident, FactGroup.BASICS, BASICS, CENTRE, BENEFITS)
        tell(resident, FactGroup.CIRCUMSTANCES, POOR, SENSITIVE)

        forget_group(person=resident, group=FactGroup.BASICS, now=NOW)

        assert consented_purposes(resident) == {SENSITIVE}
        assert set(all_facts(resident)) == {FactGroup.CIRCUMSTANCES}


class TestFactsFor:
    def test_answers_the_stranger_nothing_of_others(self, resident, stranger):
        tell(resident, FactGroup.BASICS, BASICS, CENTRE)

        assert facts_for(stranger, CENTRE) == {}
        assert all_facts(stranger) == {}

    def test_asks_twice_at_most(self, resident, django_assert_num_queries):
        tell(resident, FactGroup.CIRCUMSTANCES, POOR, SENSITIVE)

        with django_assert_num_queries(2):
            facts_for(resident, SENSITIVE)
        with django_assert_num_queries(1):
            facts_for(resident, CENTRE)

    def test_refuses_a_purpose_that_nobody_declared(self, resident):
        with pytest.raises(UnknownPurpose):
            facts_for(resident, "accounts.centr")

    def test_ends_with_a_withdrawal_made_elsewhere(self, resident):
        """Another page may withdraw by `core.records` alone: the facts are used no more."""
        from core.records.services import withdraw_consent

        tell(resident, FactGroup.CIRCUMSTANCES, POOR, SENSITIVE)
        withdraw_consent(person=resident, purpose=SENSITIVE, now=NOW)

        assert facts_for(resident, SENSITIVE) == {}
        assert not has_consent(resident, SENSITIVE)


class TestUsableFor:
    def test_is_whoever_consents(self, resident, stranger):
        tell(resident, FactGroup.BASICS, BASICS, CENTRE)
        tell(stranger, FactGroup.BASICS, BASICS, BENEFITS)

        assert Profile.objects.in_dong(SAJIK).usable_for(CENTRE).get().person == resident
        assert Profile.objects.usable_for(BENEFITS).get().person == stranger
        assert not FactSheet.objects.usable_for(CENTRE).exists()


def test_every_purpose_is_of_one_group():
    assert sum(len(purposes_for(group)) for group in FactGroup) >= len(PURPOSES)
