"""Every look at a case is a line of its log, once an hour for each; a helper's is told."""

import datetime

import pytest
from django.db import IntegrityError

from accounts.models import DelegationEvent
from core.cases.enums import LOOKS, EventKind, Party
from core.cases.errors import CaseHidden
from core.cases.files import prepare
from core.cases.models import CaseEvent
from core.cases.permissions import PaperHolder
from core.cases.queries import log_of
from core.cases.services import attach, erase_attachments, looking, record_download, record_view
from tests.core.cases.conftest import NOW, new_key
from tests.core.cases.samples import document


def views(case):
    return CaseEvent.objects.of(case).filter(kind=EventKind.VIEWED)


@pytest.fixture
def kept(case, worker, folder):
    return attach(
        case_id=case.pk,
        file=prepare(document()),
        filename="등본.pdf",
        actor=worker,
        key=new_key(),
        now=NOW,
        is_told=True,
    )


class TestViews:
    def test_are_noted_once_an_hour_for_each(self, case, worker, manager):
        for minutes in (0, 20, 59, 60):
            record_view(case=case, actor=worker, now=NOW + datetime.timedelta(minutes=minutes))
        record_view(case=case, actor=manager, now=NOW)

        assert sorted(views(case).values_list("actor", flat=True)) == sorted(
            [worker.pk, worker.pk, manager.pk]
        )

    @pytest.mark.parametrize(
        ("who", "party", "from_office"),
        [
            ("worker", Party.WORKER, True),
            ("citizen", Party.CITIZEN, False),
            ("helper", Party.HELPER, False),
            ("admin_user", Party.OVERSEER, False),
        ],
    )
    def test_say_on_whose_side_somebody_looked(self, request, case, who, party, from_office):
        person = request.getfixturevalue(who)
        record_view(case=case, actor=person, now=NOW)

        view = views(case).get()
        assert (view.party, view.actor_id) == (party, person.pk)
        assert (view.office_id == case.office_id) is from_office

    def test_with_a_slip_are_nobodys_by_name(self, case):
        for _ in range(2):
            record_view(case=case, actor=PaperHolder(case.pk), now=NOW)

        view = views(case).get()
        assert (view.party, view.actor_id) == (Party.PAPER, None)

    def test_of_a_helper_are_told_to_the_person_once(self, case, helper, delegation):
        for minutes in (0, 5):
            record_view(case=case, actor=helper, now=NOW + datetime.timedelta(minutes=minutes))

        (told,) = DelegationEvent.objects.filter(delegation=delegation)
        assert (told.actor, told.what) == (helper, f"집수리 신청 #{case.pk}: 열어 봄")

    @pytest.mark.parametrize("who", ["stranger", "outsider"])
    def test_are_nobody_elses(self, request, case, who):
        with pytest.raises(CaseHidden):
            record_view(case=case, actor=request.getfixturevalue(who), now=NOW)

        assert not views(case).exists()

    def test_are_no_news(self, case, citizen, worker):
        record_view(case=case, actor=citizen, now=NOW)
        record_view(case=case, actor=worker, now=NOW)

        for is_all in (True, False):
            assert [one.kind for one in log_of(case, is_all=is_all)] == [EventKind.OPENED]

    def test_that_come_twice_at_once_are_one_line(self, case, worker, monkeypatch):
        write = looking.write

        def late(*args, **told):
            write(*args, **told)  # the other one was quicker
            return write(*args, **told)

        monkeypatch.setattr(looking, "write", late)
        with pytest.raises(IntegrityError):
            # Undone with the second one here: in one savepoint there is no other transaction.
            record_view(case=case, actor=worker, now=NOW)
        monkeypatch.setattr(looking, "write", write)
        record_view(case=case, actor=worker, now=NOW)

        assert views(case).count() == 1


class TestDownloads:
    def test_say_which_file_went_to_whom(self, case, kept, citizen, worker):
        for person in (citizen, worker, worker):
            record_download(file=kept, actor=person, now=NOW)

        lines = CaseEvent.objects.of(case).filter(kind=EventKind.DOWNLOADED).in_order()
        assert [(one.party, one.file_number) for one in lines] == [
            (Party.CITIZEN, kept.pk),
            (Party.WORKER, kept.pk),
        ]

    def test_of_a_helper_are_told_to_the_person(self, kept, helper, delegation):
        record_download(file=kept, actor=helper, now=NOW)

        assert DelegationEvent.objects.get(delegation=delegation).what.endswith(": 파일 내려받음")

    @pytest.mark.parametrize("who", ["stranger", "outsider"])
    def test_are_nobody_elses(self, request, case, kept, who):
        with pytest.raises(CaseHidden):
            record_download(file=kept, actor=request.getfixturevalue(who), now=NOW)

        assert not CaseEvent.objects.of(case).filter(kind__in=LOOKS).exists()

    def test_stay_where_the_file_is_erased(self, case, kept, worker):
        record_download(file=kept, actor=worker, now=NOW)
        erase_attachments(rows=case.attachments.all(), now=NOW)

        assert CaseEvent.objects.of(case).filter(kind=EventKind.DOWNLOADED).count() == 1
