"""What cases keep about people is declared, erased with them, and forgotten in time."""

import datetime

import pytest
from django.apps import apps

from core.cases.files import prepare
from core.cases.holdings import HOLDINGS
from core.cases.models import Attachment, Case, CaseEvent, CaseWords
from core.cases.services import attach, forget_old_cases, move
from core.records.declaration import Erasure
from tests.core.cases.conftest import NOW, again, make_case, new_key
from tests.core.cases.samples import photograph


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
