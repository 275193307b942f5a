"""What cases keep about people is declared, erased with them, and forgotten in time."""

import dataclasses
import datetime

import pytest
from django.apps import apps

from core.cases import registry
from core.cases.errors import CaseRefused
from core.cases.files import prepare
from core.cases.holdings import HOLDINGS
from core.cases.models import Attachment, Case, CaseEvent, CaseWords
from core.cases.services import (
    attach,
    forget_old_cases,
    issue_code,
    link,
    move,
    note,
    write_to_citizen,
)
from core.records.declaration import Erasure
from core.records.services import erase, what_erasure_would_do
from tests.core.cases.conftest import NOW, again, make_case, new_key
from tests.core.cases.kinds import HOME_HELP, WORKER, an_area
from tests.core.cases.samples import photograph
from tests.core.cases.test_admin import at_the_desk


class TestHoldings:
    def test_speak_of_fields_that_are_there(self):
        for holding in HOLDINGS:
            held = {field.name for field in apps.get_model(holding.model)._meta.get_fields()}
            assert {*holding.fields, *holding.emptied, holding.person.split("__")[0]} <= held
            assert holding.erasure is Erasure.DELETE or holding.law
            assert holding.is_watched or holding.unwatched_because

    def test_speak_of_everybody_to_whom_a_field_points(self):
        told = {(one.model, one.person.split("__")[0]) for one in HOLDINGS}
        people = {
            (model._meta.label, field.name)
            for model in apps.get_app_config("cases").get_models()
            for field in model._meta.local_fields
            if field.related_model is apps.get_model("accounts.User")
        }

        assert people <= told
        assert len(people) == 4

    @pytest.mark.usefixtures("folder")
    def test_empty_a_case_and_leave_what_became_of_it(self, case, citizen, worker):
        move(case_id=case.pk, name="ask", actor=worker, key=new_key(), now=NOW, words="?")
        for holding in HOLDINGS:
            rows = apps.get_model(holding.model)._meta.base_manager.filter(
                **{holding.person: citizen.pk}
            )
            if holding.erasure is Erasure.DELETE:
                rows.delete()
        mine = Case.objects.filter(person=citizen)
        (emptied,) = [one.emptied for one in HOLDINGS if one.person == "person"]
        mine.update(**emptied)

        left = again(case)
        assert (left.person, left.applicant, left.subject) == (None, "", "")
        assert (left.state, left.kind, left.office_id) == ("asked", case.kind, case.office_id)
        assert not CaseWords.objects.exists()
        assert CaseEvent.objects.of(case).count() == 2


class TestErasingWhoWaits:
    def test_withdraws_what_is_open_with_a_line_in_the_log(self, case, citizen):
        ended = make_case(citizen)
        move(case_id=ended.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)
        foreseen = [line for line in what_erasure_would_do(citizen) if line.outcome == "ended"]
        lines = [line for line in erase(person=citizen, now=NOW) if line.outcome == "ended"]

        left = again(case)
        assert [(line.model, line.rows) for line in lines] == [("cases.Case", 1)]
        assert lines == foreseen
        assert (left.state, left.closed_at, left.due_date) == ("withdrawn", NOW, None)
        assert (left.person, left.subject) == (None, "")
        last = CaseEvent.objects.of(case).order_by("-pk")[0]
        assert (last.kind, last.party, last.from_state) == ("ERASED", "SYSTEM", "received")
        assert (last.actor_id, last.move, last.is_told) == (None, "withdraw", True)
        assert not CaseEvent.objects.of(ended).filter(kind="ERASED").exists()

    def test_takes_what_the_portal_does_itself_where_citizens_have_no_way(
        self, case, citizen, worker, monkeypatch
    ):
        move(case_id=case.pk, name="ask", actor=worker, key=new_key(), now=NOW, words="?")
        leave_to_staff(monkeypatch, "withdraw")
        erase(person=citizen, now=NOW)

        left = again(case)
        assert (left.state, left.closed_at, left.paused_date) == ("declined", NOW, None)

    def test_ends_it_where_it_stands_where_nobody_has_a_way(self, case, citizen, monkeypatch):
        leave_to_staff(monkeypatch, "withdraw", "lapse")
        erase(person=citizen, now=NOW)

        left = again(case)
        assert (left.state, left.closed_at, left.version) == ("received", NOW, 2)

    def test_ends_what_nobody_declares_any_more(self, case, citizen, monkeypatch):
        monkeypatch.setattr(registry, "policy_areas", tuple)
        registry.declared_kinds.cache_clear()
        erase(person=citizen, now=NOW)

        assert again(case).closed_at == NOW

    def test_leaves_the_requests_of_others(self, case, citizen, worker):
        other = make_case(None, actor=worker)
        erase(person=citizen, now=NOW)

        assert again(other).closed_at is None
        assert again(case).closed_at == NOW


class TestWhatIsLeftOfThem:
    """An ended request whose person was erased: nobody could ever erase what is written there."""

    @pytest.fixture
    def left(self, case, citizen, worker):
        for name in ("begin", "decline"):
            move(case_id=case.pk, name=name, actor=worker, key=new_key(), now=NOW, words="아님")
        erase(person=citizen, now=NOW)
        return again(case)

    def test_is_not_opened_again_nor_written_in(self, left, manager):
        told = {"case_id": left.pk, "actor": manager, "now": NOW}
        deeds = (
            lambda key: move(name="reopen", words="다시", key=key, **told),
            lambda key: note(text="메모", key=key, **told),
            lambda key: write_to_citizen(text="알림", key=key, **told),
            lambda key: issue_code(key=key, **told),
        )
        for deed in deeds:
            with pytest.raises(CaseRefused, match="개인정보를 지운"):
                deed(new_key())

        assert again(left).closed_at is not None
        assert not CaseWords.objects.filter(case=left).exists()

    def test_is_tied_to_nobody_who_has_a_name(self, left, manager):
        other = make_case(None, actor=manager)
        for one, another in ((left, other), (other, left)):
            with pytest.raises(CaseRefused, match="개인정보를 지운"):
                link(case_id=one.pk, other_id=another.pk, actor=manager, key=new_key(), now=NOW)

    def test_is_looked_at_and_no_more(self, left, manager):
        desk = at_the_desk(manager)
        page = desk.get(f"/admin/cases/case/{left.pk}/change/")

        assert "어떻게 되었는지만 볼 수 있습니다" in page.text
        assert "<textarea" not in page.text
        assert desk.get(f"/admin/cases/case/intake/?of={left.pk}").status_code == 404


def leave_to_staff(monkeypatch, *names):
    """Declare the kind so that these moves are nobody's but the office's."""
    moves = (
        dataclasses.replace(one, by=WORKER) if one.name in names else one for one in HOME_HELP.moves
    )
    kind = dataclasses.replace(HOME_HELP, moves=tuple(moves))
    monkeypatch.setattr(registry, "policy_areas", lambda: (an_area(kind),))
    registry.declared_kinds.cache_clear()


class TestForgetting:
    @pytest.mark.usefixtures("folder")
    def test_leaves_a_figure_five_years_after_the_end(
        self, case, citizen, worker, django_capture_on_commit_callbacks
    ):
        told = {"case_id": case.pk, "actor": citizen, "now": NOW}
        attach(file=prepare(photograph()), filename="집.jpg", key=new_key(), **told)
        move(name="withdraw", key=new_key(), **told)
        other = make_case(citizen, words="열려 있음")
        years = datetime.timedelta(days=5 * 365)

        assert forget_old_cases(now=NOW + years) == 0
        with django_capture_on_commit_callbacks(execute=True):
            assert forget_old_cases(now=NOW + years + datetime.timedelta(days=1)) == 1
        assert forget_old_cases(now=NOW + 2 * years) == 0
        left = again(case)
        assert (left.person, left.applicant, left.subject) == (None, "", "")
        assert left.state == "withdrawn"
        assert not Attachment.objects.exists()
        assert [one.case for one in CaseWords.objects.all()] == [other]
