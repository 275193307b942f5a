"""Five wrong names a day lock the number on a slip, and whoever asked is told."""

import datetime

import pytest

from core.cases.enums import EventKind
from core.cases.errors import CaseHidden
from core.cases.models import CaseEvent
from core.cases.notices import RequestNumberLocked
from core.cases.services import check_name, issue_code, locked_until
from core.cases.services.naming import LOCKED_FOR, MOST_WRONG
from core.notices.models import Message
from tests.core.cases.conftest import NOW, make_case, new_key

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def slip(citizen, worker):
    """A person's own request that has a slip as well."""
    case = make_case(citizen, applicant="박 종이")
    issue_code(case_id=case.pk, actor=worker, key=new_key(), now=NOW)
    return case


def tell(case, name="김시민", *, now=NOW):
    return check_name(case_id=case.pk, told=name, now=now)


def wrong(case, times, *, now=NOW):
    return [tell(case, now=now) for _ in range(times)][-1]


def lines(case, kind):
    return CaseEvent.objects.of(case).filter(kind=kind).count()


def messages():
    return list(
        Message.objects.filter(notice=RequestNumberLocked.slug)
        .order_by("pk")
        .values_list("person", "url")
    )


class TestCheckName:
    @pytest.mark.parametrize("name", ["박 종이", "박종이", " 박종이 ", "\u1107\u1161\u11a8종이"])
    def test_takes_the_name_however_it_is_written(self, slip, name):
        assert tell(slip, name).is_right
        assert lines(slip, EventKind.NAME_WRONG) == 0

    @pytest.mark.parametrize("name", ["", "박종", "박종이이", "김시민"])
    def test_takes_no_other_and_writes_that_down_without_it(self, slip, name):
        check = tell(slip, name)

        assert (check.is_right, check.locked_until) == (False, None)
        line = CaseEvent.objects.of(slip).get(kind=EventKind.NAME_WRONG)
        assert not hasattr(line, "words")
        assert not line.is_told

    def test_takes_none_where_no_name_is_held(self, worker):
        case = make_case(None, actor=worker, applicant="")

        assert not tell(case, "").is_right

    def test_locks_the_number_with_the_fifth_wrong_one(self, slip):
        assert wrong(slip, MOST_WRONG - 1).locked_until is None
        assert tell(slip).locked_until == NOW + LOCKED_FOR
        check = tell(slip, "박종이", now=NOW + LOCKED_FOR - HOUR)
        assert (check.is_right, check.locked_until) == (False, NOW + LOCKED_FOR)

    def test_compares_and_counts_nothing_while_it_is_locked(self, slip):
        wrong(slip, MOST_WRONG + 10)

        assert lines(slip, EventKind.NAME_WRONG) == MOST_WRONG
        assert lines(slip, EventKind.CODE_LOCKED) == 1

    def test_opens_after_a_day_and_counts_anew(self, slip):
        wrong(slip, MOST_WRONG)
        after = NOW + LOCKED_FOR

        assert locked_until(slip, now=after) is None
        assert wrong(slip, MOST_WRONG - 1, now=after).locked_until is None
        assert tell(slip, "박종이", now=after).is_right
        assert tell(slip, now=after).locked_until == after + LOCKED_FOR

    def test_forgets_what_was_wrong_days_ago(self, slip):
        wrong(slip, MOST_WRONG - 1)

        assert tell(slip, now=NOW + 25 * HOUR).locked_until is None

    def test_begins_anew_with_a_new_slip(self, slip, worker):
        wrong(slip, MOST_WRONG)
        issue_code(case_id=slip.pk, actor=worker, key=new_key(), now=NOW + HOUR)

        assert locked_until(slip, now=NOW + HOUR) is None
        assert tell(slip, "박종이", now=NOW + HOUR).is_right

    def test_is_each_cases_own(self, slip, citizen):
        other = make_case(citizen, applicant="박 종이")
        wrong(slip, MOST_WRONG)

        assert tell(other, "박종이").is_right

    def test_knows_no_case_that_is_not_there(self, db):
        with pytest.raises(CaseHidden):
            check_name(case_id=999_999, told="x", now=NOW)


class TestTelling:
    def test_tells_the_person_once_for_each_lock(self, slip, citizen):
        wrong(slip, MOST_WRONG + 3)
        assert messages() == [(citizen.pk, f"/my/requests/{slip.pk}/")]

        wrong(slip, MOST_WRONG, now=NOW + LOCKED_FOR)
        assert len(messages()) == 2

    def test_tells_them_too_where_a_helper_gets_such_messages(self, slip, delegation, citizen):
        wrong(slip, MOST_WRONG)

        assert [person for person, _ in messages()] == [citizen.pk]

    def test_leaves_a_line_for_staff_where_nobody_has_an_account(self, worker):
        case = make_case(None, actor=worker, applicant="박 종이")
        wrong(case, MOST_WRONG)

        assert messages() == []
        assert lines(case, EventKind.CODE_LOCKED) == 1
