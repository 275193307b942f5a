"""What staff do with a case: take, assign, note, hand over, link; and what climbs."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from core.cases.enums import EventKind, Party
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.models import Case, CaseEvent, CaseTally
from core.cases.queries import standings
from core.cases.services import (
    assign,
    assign_many,
    escalate_overdue,
    hand_over,
    link,
    move,
    note,
    take,
    write_to_citizen,
)
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.core.cases.conftest import NOW, TODAY, again, make_case, member, new_key

DAY = datetime.timedelta(days=1)


def taken(case, actor, key=None):
    return take(case_id=case.pk, actor=actor, actor_name=actor.name, key=key or new_key(), now=NOW)


def assigned(case, assignee, actor):
    return assign(
        case_id=case.pk,
        assignee=assignee,
        assignee_name=assignee.name,
        actor=actor,
        key=new_key(),
        now=NOW,
    )


def handed(case, office, actor, key=None):
    return hand_over(
        case_id=case.pk, office=office, reason="이사", actor=actor, key=key or new_key(), now=NOW
    )


class TestTake:
    def test_is_the_first_ones(self, case, worker, manager):
        taken(case, worker)
        with pytest.raises(CaseRefused):
            taken(case, manager)

        assert (again(case).assignee, again(case).assignee_name) == (worker, "최담당")

    def test_is_once_for_each_key(self, case, worker):
        key = new_key()

        assert taken(case, worker, key) == taken(case, worker, key)

    @pytest.mark.parametrize("who", ["stranger", "outsider", "citizen", "helper"])
    def test_is_nobody_elses(self, request, case, who):
        with pytest.raises(CaseRefused):
            taken(case, request.getfixturevalue(who))

        assert again(case).assignee is None


class TestAssign:
    def test_is_the_managers(self, case, worker, manager):
        event = assigned(case, worker, manager)

        assert again(case).assignee == worker
        assert (event.to_person_id, event.party) == (worker.pk, Party.MANAGER)

    def test_is_not_a_workers(self, case, worker, manager):
        with pytest.raises(CaseRefused):
            assigned(case, manager, worker)

    @pytest.mark.parametrize("who", ["stranger", "outsider", "citizen"])
    def test_gives_nothing_to_strangers(self, request, case, manager, who):
        with pytest.raises(CaseRefused):
            assigned(case, request.getfixturevalue(who), manager)

    def test_is_nobodys_of_another_centre(self, case, outsider, worker):
        with pytest.raises(CaseHidden):
            assigned(case, worker, outsider)


class TestAssignMany:
    def test_gives_all(self, case, citizen, worker, manager):
        others = [make_case(citizen) for _ in range(2)]
        number = assign_many(
            case_ids=[one.pk for one in (case, *others)],
            assignee=worker,
            assignee_name="최담당",
            actor=manager,
            key=new_key(),
            now=NOW,
        )

        assert number == Case.objects.assigned_to(worker.pk).count() == 3

    def test_gives_none_where_one_is_another_centres(
        self, case, other_centre, citizen, worker, manager
    ):
        other = make_case(citizen, office_id=other_centre.pk)
        with pytest.raises(CaseHidden):
            assign_many(
                case_ids=[case.pk, other.pk],
                assignee=worker,
                assignee_name="최담당",
                actor=manager,
                key=new_key(),
                now=NOW,
            )

        assert not Case.objects.assigned_to(worker.pk).exists()

    def many(self, cases, worker, manager, key):
        return assign_many(
            case_ids=[one.pk for one in cases],
            assignee=worker,
            assignee_name="최담당",
            actor=manager,
            key=key,
            now=NOW,
        )

    def test_is_a_line_in_each_log_once_for_each_key(self, case, citizen, worker, manager):
        cases, key = [case, make_case(citizen)], new_key()
        assert self.many(cases[:1], worker, manager, key) == 1
        assert self.many(cases, worker, manager, key) == 2

        lines = CaseEvent.objects.filter(kind=EventKind.ASSIGNED)
        told = lines.order_by("case").values_list("case", "party", "actor", "to_person", "office")
        assert list(told) == [
            (one.pk, Party.MANAGER, manager.pk, worker.pk, one.office_id) for one in cases
        ]

    def test_takes_no_key_of_something_else(self, case, worker, manager):
        with pytest.raises(CaseRefused):
            self.many([case], worker, manager, "opened")

    def test_gives_nothing_to_whoever_asked_for_one_of_them(self, case, worker, manager):
        with pytest.raises(CaseRefused):
            self.many([case, make_case(worker)], worker, manager, new_key())

        assert not Case.objects.assigned_to(worker.pk).exists()

    def test_asks_the_database_as_often_for_two_as_for_twenty(
        self, centre, citizen, worker, manager
    ):
        cases = [make_case(citizen) for _ in range(22)]
        counts = []
        for some in (cases[:2], cases[2:]):
            actor, assignee = (User.objects.get(pk=one.pk) for one in (manager, worker))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                self.many(some, assignee, actor, new_key())
            counts.append(len(asked))

        # Two of them ask with whom the two colleagues live.
        assert counts[0] == counts[1] <= 12

    @pytest.mark.parametrize("number", [0, 501])
    def test_gives_no_crowd(self, manager, worker, number):
        with pytest.raises(CaseRefused):
            assign_many(
                case_ids=range(number),
                assignee=worker,
                assignee_name="",
                actor=manager,
                key=new_key(),
                now=NOW,
            )


class TestNotes:
    def test_are_for_colleagues_or_for_the_citizen(self, case, worker):
        inner = note(case_id=case.pk, text="전화함", actor=worker, key=new_key(), now=NOW)
        outer = write_to_citizen(
            case_id=case.pk, text="곧 갑니다.", actor=worker, key=new_key(), now=NOW
        )

        assert (inner.is_told, inner.words.is_told) == (False, False)
        assert (outer.is_told, outer.words.is_told) == (True, True)

    def test_happen_once_for_each_key(self, case, worker):
        key = new_key()
        for _ in range(2):
            note(case_id=case.pk, text="전화함", actor=worker, key=key, now=NOW)

        assert CaseEvent.objects.of(case).filter(kind=EventKind.NOTE).count() == 1

    @pytest.mark.parametrize("who", ["stranger", "outsider", "citizen", "helper", "admin_user"])
    def test_are_nobody_elses(self, request, case, who):
        with pytest.raises(CaseRefused):
            note(
                case_id=case.pk,
                text="?",
                actor=request.getfixturevalue(who),
                key=new_key(),
                now=NOW,
            )

    @pytest.mark.parametrize("text", ["", " \n", "가" * 4001])
    def test_say_something_short(self, case, worker, text):
        with pytest.raises(CaseRefused):
            note(case_id=case.pk, text=text, actor=worker, key=new_key(), now=NOW)


class TestHandOver:
    def test_gives_the_case_and_takes_the_sight(self, case, worker, outsider, other_centre, centre):
        taken(case, worker)
        event = handed(case, other_centre, worker)

        case = again(case)
        assert (case.office, case.assignee, case.assignee_name) == (other_centre, None, "")
        assert (event.office, event.to_office) == (centre, other_centre)
        assert not Case.objects.worked_on_by(worker).exists()
        assert Case.objects.worked_on_by(outsider).get() == case
        with pytest.raises(CaseHidden):
            note(case_id=case.pk, text="?", actor=worker, key=new_key(), now=NOW)
        move(case_id=case.pk, name="begin", actor=outsider, key=new_key(), now=NOW)
        assert CaseEvent.objects.of(case).count() == 4

    def test_keeps_the_due_date(self, case, worker, outsider, other_centre):
        due = again(case).due_date
        handed(case, other_centre, worker)

        assert again(case).due_date == due

    def test_says_why_and_whereto(self, case, worker, outsider, centre, other_centre):
        with pytest.raises(CaseRefused):
            handed(case, centre, worker)
        other_centre.closes_date = TODAY
        other_centre.save()
        with pytest.raises(CaseRefused):
            handed(case, other_centre, worker)
        with pytest.raises(CaseRefused):
            hand_over(
                case_id=case.pk,
                office=other_centre,
                reason=" ",
                actor=worker,
                key=new_key(),
                now=NOW,
            )

    def test_is_refused_to_a_kind_of_office_that_may_not_have_it(self, citizen, worker):
        partner = Office.objects.create(kind=OfficeKind.PARTNER, name="이웃돕기")
        member(partner, Role.PARTNER, "박협력")
        everywhere, at_centres = make_case(citizen), make_case(citizen, kind="welfare.at-centres")

        with pytest.raises(CaseRefused, match="협력 단체에서는"):
            handed(at_centres, partner, worker)
        handed(everywhere, partner, worker)
        assert (again(at_centres).office_id, again(everywhere).office) == (
            at_centres.office_id,
            partner,
        )

    def test_is_refused_where_nobody_would_work_on_it(self, case, worker, other_centre):
        member(other_centre, Role.OFFICIAL, "시공무원")
        with pytest.raises(CaseRefused, match="처리하는 사람이 없습니다"):
            handed(case, other_centre, worker)

        assert again(case).office_id == case.office_id

    @pytest.mark.parametrize("who", ["stranger", "outsider", "citizen"])
    def test_is_nobody_elses(self, request, case, other_centre, who):
        with pytest.raises(CaseRefused):
            handed(case, other_centre, request.getfixturevalue(who))


class TestLink:
    def test_stands_in_both_logs(self, case, citizen, worker):
        other = make_case(citizen)
        link(case_id=case.pk, other_id=other.pk, actor=worker, key=new_key(), now=NOW)

        for one, tied in ((case, other), (other, case)):
            assert CaseEvent.objects.of(one).get(kind=EventKind.LINKED).to_case == tied

    def test_is_refused_over_the_border(self, case, other_centre, citizen, worker):
        other = make_case(citizen, office_id=other_centre.pk)
        with pytest.raises(CaseHidden):
            link(case_id=case.pk, other_id=other.pk, actor=worker, key=new_key(), now=NOW)
        with pytest.raises(CaseRefused):
            link(case_id=case.pk, other_id=case.pk, actor=worker, key=new_key(), now=NOW)


class TestEscalation:
    def test_climbs_once_the_day_after(self, case):
        due = datetime.datetime.combine(again(case).due_date, NOW.timetz())

        assert escalate_overdue(now=due) == 0
        assert escalate_overdue(now=due + DAY) == 1
        assert escalate_overdue(now=due + 2 * DAY) == 0
        assert Case.objects.escalated().get() == case
        event = CaseEvent.objects.of(case).get(kind=EventKind.ESCALATED)
        assert (event.party, event.is_told) == (Party.SYSTEM, False)

    def test_waits_while_the_citizen_is_asked(self, case, citizen, worker):
        move(case_id=case.pk, name="ask", actor=worker, key=new_key(), now=NOW, words="?")

        assert escalate_overdue(now=NOW + 30 * DAY) == 0
        later = NOW + 31 * DAY
        move(case_id=case.pk, name="answer", actor=citizen, key=new_key(), now=later, words="!")
        assert escalate_overdue(now=later + DAY) == 0
        assert escalate_overdue(now=later + 20 * DAY) == 1

    def test_begins_anew_with_a_new_term(self, case, worker):
        escalate_overdue(now=NOW + 10 * DAY)
        move(case_id=case.pk, name="begin", actor=worker, key=new_key(), now=NOW + 10 * DAY)

        assert again(case).escalated_at is None
        assert escalate_overdue(now=NOW + 60 * DAY) == 1

    def test_comes_again_where_the_case_comes_back(
        self, case, worker, outsider, centre, other_centre
    ):
        """The same day and the same office, but another time."""
        late = NOW + 10 * DAY
        assert escalate_overdue(now=late) == 1
        handed(case, other_centre, worker)
        assert escalate_overdue(now=late) == 1
        handed(case, centre, outsider)
        assert escalate_overdue(now=late) == 1
        lines = CaseEvent.objects.of(case).filter(kind=EventKind.ESCALATED)
        assert lines.count() == 3

    def test_leaves_what_has_ended(self, case, citizen):
        move(case_id=case.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)

        assert escalate_overdue(now=NOW + 60 * DAY) == 0


class TestTally:
    @pytest.mark.usefixtures("outsider")
    def test_adds_up_whatever_happens(self, case, citizen, worker, other_centre, centre):
        for number in range(3):
            make_case(citizen, now=NOW - 7 * number * DAY)
        move(case_id=case.pk, name="begin", actor=worker, key=new_key(), now=NOW)
        last = Case.objects.open().order_by("-pk")[0]
        handed(last, other_centre, worker)
        move(case_id=last.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)

        held = {
            (one.office_id, one.state, one.week): one.number
            for one in CaseTally.objects.of_offices(None)
        }
        monday = TODAY
        assert held == {
            (centre.pk, "in_review", monday): 1,
            (centre.pk, "received", monday): 1,
            (centre.pk, "received", monday - 7 * DAY): 1,
        }

    def test_is_told_by_state_and_age(
        self, case, citizen, centre, other_centre, django_assert_num_queries
    ):
        for weeks in (1, 3, 8):
            make_case(citizen, now=NOW - 7 * weeks * DAY)
        make_case(citizen, office_id=other_centre.pk)

        with django_assert_num_queries(1):
            (told,) = standings(frozenset({centre.pk}), on=TODAY + 2 * DAY)
        assert (str(told.title), told.ages, told.number) == ("집수리 신청: 접수", (1, 1, 1, 1), 4)
        assert sum(one.number for one in standings(None, on=TODAY)) == 5

    def test_forgets_what_is_zero(self, case, citizen):
        move(case_id=case.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)
        escalate_overdue(now=NOW)

        assert not CaseTally.objects.exists()
