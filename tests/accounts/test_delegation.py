"""A helper acts for whom they were named by, for what, until when; and it ends at once."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.enums import DelegationStep, MessagesTo, Role
from accounts.models import EVERYTHING, CodeGuess, Delegation, DelegationEvent, User
from accounts.queries import pairs_of_recipients
from accounts.services import (
    DelegationRefused,
    TooManyGuesses,
    accept_delegation,
    code_of,
    end_delegation,
    find_by_code,
    find_by_link,
    link_token,
    name_helper,
    record_acting,
    renew_code,
)
from accounts.services.delegation import CODE_DAYS, MOST_GUESSES
from core.offices.enums import OfficeKind
from core.records.held import held_about
from core.records.services import erase, what_erasure_would_do
from tests.accounts.factories import again, make_office, make_person, make_worker

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def helper(db):
    return make_person("오도움")


@pytest.fixture
def partner(db):
    return make_office(OfficeKind.PARTNER)


def name(person, *purposes, office=None, messages_to=MessagesTo.PERSON, ends=30):
    return name_helper(
        person=person,
        label="큰딸",
        purposes=purposes or ("welfare",),
        ends_date=TODAY + ends * DAY,
        messages_to=messages_to,
        office=office,
        now=NOW,
    )


def accepted(person, helper, *purposes, **more):
    return accept_delegation(helper=helper, delegation=name(person, *purposes, **more), now=NOW)


class TestNameHelper:
    def test_gives_nothing_before_it_is_accepted(self, resident, helper):
        name(resident)

        assert again(helper).represented_ids("welfare") == frozenset()
        assert resident.delegations.get().events.get().step == DelegationStep.NAMED

    @pytest.mark.parametrize("ends", [-1, 400])
    def test_lasts_a_year_at_most(self, resident, ends):
        with pytest.raises(DelegationRefused, match="1년"):
            name(resident, ends=ends)

    def test_keeps_no_code(self, resident):
        made = name(resident)
        code = code_of(made)

        assert len(code) == 8
        assert code.isdecimal()
        with connection.cursor() as cursor:
            cursor.execute("SELECT d::text FROM accounts_delegation d")
            (row,) = cursor.fetchone()
        assert code not in row

    def test_takes_another_code_where_one_is_taken(self, resident, monkeypatch):
        drawn = iter(["a" * 32, "a" * 32, "b" * 32])
        monkeypatch.setattr("secrets.token_hex", lambda size: next(drawn))

        assert code_of(name(resident)) != code_of(name(resident))


class TestFinding:
    def test_is_by_the_code_however_it_is_typed(self, resident, helper):
        made = name(resident)
        code = code_of(made)

        for typed in (code, f"{code[:4]} {code[4:]}", f" {code[:4]}-{code[4:]} "):
            assert find_by_code(code=typed, helper=helper, now=NOW) == made

    def test_is_by_the_link(self, resident):
        made = name(resident)

        assert find_by_link(token=link_token(made), now=NOW) == made
        for forged in ("", "x", link_token(made)[:-1] + "!", "WzEsIngiXQ:abc"):
            assert find_by_link(token=forged, now=NOW) is None

    def test_ends_with_its_time(self, resident, helper):
        made = name(resident)
        later = NOW + CODE_DAYS * DAY

        assert find_by_code(code=code_of(made), helper=helper, now=later) is None
        assert find_by_link(token=link_token(made), now=later) is None

    @pytest.mark.parametrize("how", ["accepted", "revoked", "renewed"])
    def test_ends_with_what_happened(self, resident, helper, how):
        made = name(resident)
        code, token = code_of(made), link_token(made)
        if how == "accepted":
            accept_delegation(helper=helper, delegation=made, now=NOW)
        elif how == "revoked":
            end_delegation(actor=resident, delegation=made, now=NOW)
        else:
            fresh = renew_code(person=resident, delegation=made, now=NOW)
            assert find_by_code(code=code_of(fresh), helper=helper, now=NOW) == made

        assert find_by_code(code=code, helper=helper, now=NOW) is None
        assert find_by_link(token=token, now=NOW) is None

    def test_is_not_by_trying_all(self, resident, helper, stranger):
        code = code_of(name(resident))
        for _ in range(MOST_GUESSES):
            assert find_by_code(code="00000000", helper=stranger, now=NOW) is None

        with pytest.raises(TooManyGuesses):
            find_by_code(code=code, helper=stranger, now=NOW)
        assert find_by_code(code=code, helper=helper, now=NOW)
        assert find_by_code(code=code, helper=stranger, now=NOW + DAY + DAY / 24)
        assert not CodeGuess.objects.exists()


class TestAcceptDelegation:
    def test_opens_what_was_named_and_no_more(self, resident, helper, stranger):
        accepted(resident, helper, "welfare")

        person = again(helper)
        assert person.represented_ids("welfare") == {resident.pk}
        assert person.represented_ids("welfare.benefit_application") == {resident.pk}
        assert person.represented_ids("lifelong_edu") == frozenset()
        assert again(stranger).represented_ids("welfare") == frozenset()
        assert again(resident).represented_ids("welfare") == frozenset()

    def test_of_everything(self, resident, helper):
        accepted(resident, helper, EVERYTHING)

        assert again(helper).represented_ids("anything") == {resident.pk}

    def test_is_for_somebody_else(self, resident):
        with pytest.raises(DelegationRefused, match="자기 자신"):
            accepted(resident, resident)

    def test_happens_once(self, resident, helper, stranger):
        made = accepted(resident, helper)

        with pytest.raises(DelegationRefused, match="이미 쓰였거나"):
            accept_delegation(helper=stranger, delegation=made, now=NOW)
        assert Delegation.objects.get().helper == helper

    def test_of_an_office_is_for_who_works_on_requests_there(self, resident, partner, stranger):
        made = name(resident, office=partner)
        elsewhere = make_worker(make_office(OfficeKind.PARTNER), Role.PARTNER)
        volunteer = make_worker(partner, Role.VOLUNTEER)
        for somebody in (stranger, elsewhere, volunteer):
            with pytest.raises(DelegationRefused, match="일하는 사람만"):
                accept_delegation(helper=somebody, delegation=made, now=NOW)

        worker = make_worker(partner, Role.PARTNER)
        accept_delegation(helper=worker, delegation=made, now=NOW)

        colleague = make_worker(partner, Role.PARTNER)
        for somebody in (worker, colleague):
            assert again(somebody).represented_ids("welfare") == {resident.pk}
        for somebody in (elsewhere, volunteer, stranger):
            assert again(somebody).represented_ids("welfare") == frozenset()

        colleague.memberships.update(ends_date=TODAY - DAY)
        assert again(colleague).represented_ids("welfare") == frozenset()

    def test_lasts_to_its_last_day(self, resident, helper):
        made = accepted(resident, helper)

        for last, holds in ((TODAY, True), (TODAY - DAY, False)):
            Delegation.objects.filter(pk=made.pk).update(ends_date=last)
            assert bool(again(helper).represented_ids("welfare")) is holds

    @pytest.mark.parametrize("who", ["person", "helper"])
    def test_ends_with_an_account_that_is_switched_off(self, resident, helper, who):
        accepted(resident, helper)
        off = {"person": resident, "helper": helper}[who]
        User.objects.filter(pk=off.pk).update(is_active=False)

        assert again(helper).represented_ids("welfare") == frozenset()

    def test_asks_once_a_request(self, resident, helper, django_assert_num_queries):
        accepted(resident, helper)
        accepted(make_person(), helper, EVERYTHING)
        person = again(helper)
        assert person.office_ids == frozenset()

        with django_assert_num_queries(1):
            assert len(person.represented_ids("welfare")) == 2
            assert len(person.represented_ids("lifelong_edu")) == 1


class TestEndDelegation:
    @pytest.mark.parametrize("who", ["person", "helper"])
    def test_ends_it_at_the_next_request(self, resident, helper, who):
        made = accepted(resident, helper)
        actor = {"person": resident, "helper": helper}[who]

        end_delegation(actor=actor, delegation=made, now=NOW)
        end_delegation(actor=actor, delegation=made, now=NOW)

        assert again(helper).represented_ids("welfare") == frozenset()
        steps = [event.step for event in made.events.newest_first()]
        step = {"person": DelegationStep.REVOKED, "helper": DelegationStep.HANDED_BACK}[who]
        assert steps == [step, DelegationStep.ACCEPTED, DelegationStep.NAMED]

    def test_is_nobody_elses(self, resident, helper, stranger, officer):
        made = accepted(resident, helper)

        for actor in (stranger, officer, make_person(is_superuser=True)):
            with pytest.raises(DelegationRefused):
                end_delegation(actor=actor, delegation=made, now=NOW)
        assert again(helper).represented_ids("welfare")

    def test_gives_no_new_code(self, resident, helper, stranger):
        made = accepted(resident, helper)
        for person in (resident, stranger):
            with pytest.raises(DelegationRefused):
                renew_code(person=person, delegation=made, now=NOW)
        with pytest.raises(DelegationRefused):
            renew_code(person=stranger, delegation=name(resident), now=NOW)


class TestRecordActing:
    def test_is_kept_for_the_person_to_see(self, resident, helper):
        made = accepted(resident, helper)

        record_acting(
            helper=helper, person_id=resident.pk, purpose="welfare", what="신청서를 냄", now=NOW
        )

        event = made.events.get(step=DelegationStep.ACTED)
        assert (event.actor, event.what) == (helper, "신청서를 냄")

    def test_refuses_what_nothing_allows(self, resident, helper, stranger):
        made = accepted(resident, helper, "welfare")
        for who, purpose in ((stranger, "welfare"), (helper, "culture")):
            with pytest.raises(DelegationRefused):
                record_acting(helper=who, person_id=resident.pk, purpose=purpose, what="x", now=NOW)
        end_delegation(actor=resident, delegation=made, now=NOW)
        with pytest.raises(DelegationRefused):
            record_acting(
                helper=helper, person_id=resident.pk, purpose="welfare", what="x", now=NOW
            )
        assert not DelegationEvent.objects.filter(step=DelegationStep.ACTED).exists()


# By the right that the application has not got, or by a trigger.
REFUSED = "permission denied|append-only"


class TestEvents:
    def test_stay_as_they_were_written(self, resident, helper):
        made = accepted(resident, helper)

        for change in ({"what": "딴것"}, {"at": NOW + DAY}, {"actor": resident}):
            with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
                made.events.update(**change)

    def test_do_not_vanish_alone(self, resident, helper):
        made = accepted(resident, helper)

        def lose() -> None:
            made.events.all().delete()
            connection.check_constraints()

        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            lose()

    def test_keep_who_acted_as_long_as_they_are_here(self, resident, helper):
        made = accepted(resident, helper)

        def lose() -> None:
            made.events.update(actor=None)
            connection.check_constraints()

        with pytest.raises(DatabaseError, match="still here"), transaction.atomic():
            lose()

    def test_do_not_vanish_with_their_delegation_alone(self, resident, helper):
        made = accepted(resident, helper)

        def lose() -> None:
            made.delete()
            connection.check_constraints()

        with pytest.raises(DatabaseError, match="go with their person"), transaction.atomic():
            lose()

    def test_vanish_with_the_person_and_outlive_the_helper(self, resident, helper):
        made = accepted(resident, helper)

        helper.delete()
        connection.check_constraints()
        assert made.events.filter(actor=None).count() == 1
        assert Delegation.objects.get().helper is None

        resident.delete()
        connection.check_constraints()
        assert not DelegationEvent.objects.exists()


def recipients_of(person_id, matter, *, on):
    """Whom a message would go to: whom the person chose, or the person."""
    pairs = pairs_of_recipients(matter, on=on)
    return {helper for person, helper in pairs if person == person_id} or {person_id}


class TestRecipients:
    @pytest.mark.parametrize(
        ("choice", "expected"),
        [
            (MessagesTo.PERSON, {"resident"}),
            (MessagesTo.HELPER, {"helper"}),
            (MessagesTo.BOTH, {"resident", "helper"}),
        ],
    )
    def test_are_whom_the_person_chose(self, resident, helper, choice, expected):
        accepted(resident, helper, "welfare", messages_to=choice)
        names = {resident.pk: "resident", helper.pk: "helper"}

        found = recipients_of(resident.pk, "welfare.benefit_application", on=TODAY)

        assert {names[one] for one in found} == expected
        assert recipients_of(resident.pk, "culture", on=TODAY) == {resident.pk}

    def test_is_the_person_again_once_it_has_ended(self, resident, helper):
        made = accepted(resident, helper, messages_to=MessagesTo.HELPER)

        assert recipients_of(resident.pk, "welfare", on=TODAY + 31 * DAY) == {resident.pk}
        User.objects.filter(pk=helper.pk).update(is_active=False)
        assert recipients_of(resident.pk, "welfare", on=TODAY) == {resident.pk}
        User.objects.filter(pk=helper.pk).update(is_active=True)
        end_delegation(actor=helper, delegation=made, now=NOW)
        assert recipients_of(resident.pk, "welfare", on=TODAY) == {resident.pk}

    def test_are_all_helpers_and_not_the_person_where_one_alone_was_chosen(
        self, resident, helper, stranger
    ):
        accepted(resident, helper, "welfare", messages_to=MessagesTo.BOTH)
        accepted(resident, stranger, EVERYTHING, messages_to=MessagesTo.HELPER)

        found = recipients_of(resident.pk, "welfare.counsel", on=TODAY)

        assert found == {helper.pk, stranger.pk}
        assert recipients_of(resident.pk, "culture", on=TODAY) == {stranger.pk}

    def test_is_no_office(self, resident, partner):
        worker = make_worker(partner, Role.PARTNER)
        accepted(resident, worker, office=partner, messages_to=MessagesTo.HELPER)

        assert recipients_of(resident.pk, "welfare", on=TODAY) == {resident.pk}


class TestErasureOfTheHelper:
    def test_hands_back_what_they_had_and_the_person_sees_it(self, resident, helper):
        given = accepted(resident, helper)
        foreseen = what_erasure_would_do(helper)
        assert "내가 도우미로 맡은 일" in [str(one.holding.title) for one in held_about(helper)]
        lines = erase(person=helper, now=NOW)

        left = Delegation.objects.get(pk=given.pk)
        assert (left.helper, left.revoked_at, left.person) == (None, NOW, resident)
        told = {(line.model, line.outcome): line.rows for line in lines}
        assert told["accounts.Delegation", "ended"] == 1
        assert told["accounts.Delegation", "emptied"] == 1
        assert told == {(line.model, line.outcome): line.rows for line in foreseen}
        last = left.events.newest_first()[0]
        assert (last.step, last.actor) == (DelegationStep.HANDED_BACK, None)
        assert not User.objects.filter(pk=helper.pk).exists()

    def test_leaves_what_others_help_with(self, resident, helper):
        given = accepted(resident, helper)
        erase(person=make_person("남"), now=NOW)

        assert Delegation.objects.get(pk=given.pk).revoked_at is None
