"""`manage.py demo` prepares somebody for each role, twice without doing anything twice."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.enums import Role
from accounts.models import CommunityCentre, Delegation, Membership, User
from core.cases.models import Case, CaseEvent
from core.notices.models import Message
from core.offices.models import Office
from seoul_portal.management.commands.demo import PEOPLE
from tests.welfare.benefit_factories import make_benefit
from welfare.queries.take_up import districts_granted, programmes


def demo() -> str:
    said = io.StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


@pytest.fixture
def people(db, settings) -> dict[str, User]:
    settings.DEBUG = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo()
    return {one.role: User.objects.get(email=one.email) for one in PEOPLE}


class TestDemo:
    def test_is_refused_where_debug_is_off(self, db):
        with pytest.raises(CommandError):
            demo()

    def test_prints_a_sign_in_for_each_role(self, people):
        said = demo()

        assert all(f"{one.role}@demo.example" in said for one in PEOPLE)
        assert {one.duty for one in PEOPLE} == {None, *Role}

    def test_repeats_without_doubling_anything(self, people):
        models = (User, Membership, Office, CommunityCentre, Delegation, Case, CaseEvent, Message)
        held = [model.objects.count() for model in models]

        demo()

        assert held == [model.objects.count() for model in models]

    def test_gives_each_what_their_role_gives(self, people):
        assert people["worker"].office_ids == people["manager"].office_ids
        assert people["manager"].managed_office_ids == people["manager"].office_ids
        assert people["worker"].managed_office_ids == frozenset()
        assert not people["worker"].office_ids & people["other_worker"].office_ids
        assert people["partner"].office_ids
        for role in ("resident", "helper", "volunteer", "official", "organiser", "officer"):
            assert people[role].office_ids == frozenset(), role
        for role in ("resident", "helper", "volunteer"):
            assert not people[role].works_at_the_desk

    def test_leaves_work_at_the_centre_and_a_question_to_the_resident(self, people):
        today = timezone.localdate()
        lying = Case.objects.worked_on_by(people["manager"])

        assert lying.open().exclude(kind="welfare.home_visit").count() == 6
        assert lying.unassigned().exists()
        assert lying.overdue_on(today).exists()
        others = Case.objects.worked_on_by(people["other_worker"])
        # A visit is planned at each centre to whoever's signs weigh most.
        assert [one.kind for one in others] == ["welfare.home_visit"]
        assert Case.objects.asked_by(people["resident"]).get().state == "asked"
        assert Case.objects.asked_by(people["helper"]).count() == 1

    def test_decides_on_benefits_for_the_figures_once_there_are_some(self, people):
        for number in range(3):
            make_benefit(f"00000000000{number}", 서비스명=f"견본 급여 {number}")
        demo()
        held = Case.objects.count()
        demo()

        now = timezone.now()
        assert Case.objects.count() == held
        assert [one.granted for one in programmes(now=now)] == [20, 30, None]
        by_district = [number for number in districts_granted(now=now).values() if number]
        assert sorted(by_district) in ([20, 20], [20, 30], [30, 30])

    def test_lets_the_helper_act_for_the_resident_alone(self, people):
        assert people["helper"].represented_ids("welfare") == {people["resident"].pk}
        assert people["volunteer"].represented_ids("welfare") == frozenset()

    def test_knows_of_centres_no_more_than_their_names_and_dongs(self, people):
        assert CommunityCentre.objects.count() == 426
        assert not CommunityCentre.objects.exclude(address=None, postcode=None).exists()
        assert not Office.objects.exclude(phone="").exists()
