"""Who sees and does what with a case; the stranger of the other centre sees and does nothing."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import MessagesTo
from accounts.models import Delegation, User
from core.cases import permissions as may
from core.cases.enums import Party
from core.cases.models import Attachment, Case
from core.cases.permissions import SYSTEM, PaperHolder, parties_of
from tests.core.cases.conftest import make_case

PEOPLE = (
    "citizen", "helper", "worker", "manager", "outsider", "stranger", "officer", "admin_user"
)  # fmt: skip


@pytest.fixture
def everybody(request):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


def who(everybody, allowed):
    return {name for name, person in everybody.items() if allowed(person)}


class TestParties:
    def test_are_one_side_each(self, case, everybody):
        told = {name: set(parties_of(person, case)) for name, person in everybody.items()}

        assert told == {
            "citizen": {Party.CITIZEN},
            "helper": {Party.HELPER},
            "worker": {Party.WORKER},
            "manager": {Party.WORKER, Party.MANAGER},
            "outsider": set(),
            "stranger": set(),
            "officer": set(),
            "admin_user": set(),
        }

    def test_of_whoever_asked_is_theirs_alone(self, centre, manager):
        assert parties_of(manager, make_case(manager)) == {Party.CITIZEN}

    def test_of_nobody_are_none(self, case):
        for nobody in (AnonymousUser(), None, object(), SimpleNamespace(is_authenticated=True)):
            assert parties_of(nobody, case) == set()
        assert parties_of(PaperHolder(case.pk + 1), case) == set()
        assert parties_of(PaperHolder(case.pk), case) == {Party.PAPER}
        assert parties_of(SYSTEM, case) == {Party.SYSTEM}


class TestDeeds:
    @pytest.mark.parametrize(
        ("allowed", "expected"),
        [
            (may.can_read_case, {"citizen", "helper", "worker", "manager", "admin_user"}),
            (may.can_read_at_desk, {"worker", "manager", "admin_user"}),
            (may.can_ask_for, {"citizen", "helper"}),
            (may.can_work_on_case, {"worker", "manager"}),
            (may.can_take_case, {"worker", "manager"}),
            (may.can_assign_case, {"manager"}),
            (may.can_hand_over, {"worker", "manager"}),
            (may.can_attach, {"citizen", "helper", "worker", "manager"}),
        ],
    )
    def test_are_for_these(self, case, everybody, allowed, expected):
        assert who(everybody, lambda person: allowed(person, case)) == expected

    @pytest.mark.parametrize(
        "allowed", [may.can_take_case, may.can_assign_case, may.can_hand_over, may.can_attach]
    )
    def test_end_with_the_case(self, case, everybody, allowed):
        case.closed_at = case.opened_at

        assert not who(everybody, lambda person: allowed(person, case))

    def test_of_the_lists_are_for_who_works_there(self, case, everybody):
        assert who(everybody, may.can_see_cases) == {
            "worker", "manager", "outsider", "admin_user",
        }  # fmt: skip
        assert who(everybody, may.can_work_on_some) == {"worker", "manager", "outsider"}
        assert who(everybody, may.can_assign_some) == {"manager"}

    @pytest.mark.parametrize("is_told", [True, False])
    def test_on_files_follow_from_who_is_told(self, case, everybody, is_told):
        expected = {"worker", "manager", "admin_user"} | (
            {"citizen", "helper"} if is_told else set()
        )
        file = Attachment(case=case, event=case.events.get(), is_told=is_told)

        assert who(everybody, lambda person: may.can_read_attachment(person, file)) == expected


class TestQuerySets:
    def test_keep_what_is_somebodys(self, case, everybody, other_centre, stranger, citizen):
        theirs = make_case(stranger, office_id=other_centre.pk)

        def seen(person, rows):
            return set(getattr(Case.objects, rows)(person))

        for name, asked, worked in (
            ("citizen", {case}, set()),
            ("helper", {case}, set()),
            ("worker", set(), {case}),
            ("manager", set(), {case}),
            ("outsider", set(), {theirs}),
            ("stranger", {theirs}, set()),
            ("officer", set(), set()),
            ("admin_user", set(), {case, theirs}),
        ):
            person = everybody[name]
            assert seen(person, "asked_by") == asked, name
            assert seen(person, "worked_on_by") == worked, name
            assert seen(person, "visible_to") == asked | worked, name

    def test_of_staff_leave_out_their_own(self, case, worker):
        own = make_case(worker)

        assert set(Case.objects.worked_on_by(worker)) == {case}
        assert set(Case.objects.asked_by(worker)) == {own}

    def test_agree_with_the_permissions(self, case, everybody):
        for person in everybody.values():
            assert Case.objects.visible_to(person).exists() == may.can_read_case(person, case)
            assert Case.objects.worked_on_by(person).exists() == may.can_read_at_desk(person, case)

    def test_show_nothing_to_nobody(self, case):
        assert not Case.objects.visible_to(AnonymousUser()).exists()

    def test_of_an_office_that_was_named_as_helper_stay_a_colleagues(
        self, case, delegation, manager, outsider, other_centre
    ):
        Delegation.objects.filter(pk=delegation.pk).update(
            office=case.office, helper=None, messages_to=MessagesTo.PERSON
        )
        colleague = User.objects.get(pk=manager.pk)
        assert may.parties_of(colleague, case) == {"WORKER", "MANAGER"}
        assert Case.objects.worked_on_by(colleague).get() == case

        Delegation.objects.filter(pk=delegation.pk).update(office=other_centre)
        helper = User.objects.get(pk=outsider.pk)
        assert may.parties_of(helper, case) == {"HELPER"}
        assert not Case.objects.worked_on_by(helper).exists()

    def test_of_a_helper_are_of_that_kind_alone(self, case, helper, monkeypatch):
        monkeypatch.setattr(
            User, "represented_ids", lambda self, purpose, **_: frozenset({case.person_id})
            if purpose == "welfare.one-only" else frozenset()
        )  # fmt: skip

        assert not Case.objects.asked_by(helper).exists()

    def test_end_with_the_membership(self, case, worker):
        worker.memberships.update(ends_date="2020-02-01")

        assert not Case.objects.worked_on_by(User.objects.get(pk=worker.pk)).exists()
