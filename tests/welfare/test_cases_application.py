"""What somebody may do who was refused a benefit or given a part of it, and until when."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone, translation

from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.services import move
from core.kpi.models import Reading
from core.kpi.services import read_indicators
from core.moments import say_day
from core.notices.models import Message
from core.places.facts import holiday_name
from tests.accounts.factories import make_centre, make_worker
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.households.people import family
from welfare.models import BenefitApplication, CareBenefit
from welfare.queries import take_up
from welfare.queries.care_page import page_of
from welfare.rules.objections import last_day
from welfare.services.applications import apply_for_benefit

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return make_worker(make_centre().office)


@pytest.fixture
def benefit():
    return make_benefit(서비스명="어르신 교통비")


@pytest.fixture
def ask(worker, benefit, resident):
    def opened():
        return apply_for_benefit(
            benefit=benefit,
            person=resident,
            applicant=resident.name,
            actor=resident,
            words="",
            office_id=next(iter(worker.office_ids)),
            key=uuid.uuid4(),
            now=timezone.now(),
        )

    return opened


def moved(case, name, actor, words="까닭"):
    told = {"actor": actor, "key": str(uuid.uuid4()), "now": timezone.now(), "words": words}
    move(case_id=case.pk, name=name, **told)
    case.refresh_from_db()
    return case.state


def page(person, case):
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client.get(f"/my/requests/{case.pk}/").text


class TestObjection:
    @pytest.mark.parametrize("decided", ["refuse", "grant_partly"])
    def test_may_be_made_by_whoever_was_refused_or_given_a_part(
        self, ask, worker, resident, decided
    ):
        case = ask()
        moved(case, decided, worker, "소득이 기준보다 많습니다.")
        shown = page(resident, case)
        until = last_day(
            timezone.localdate(case.closed_at), is_holiday=lambda day: holiday_name(day) is not None
        )
        assert "이의신청하기" in shown
        assert f"{say_day(until)}까지 할 수 있습니다" in shown

        assert moved(case, "object", resident, "소득이 줄었습니다.") == "objecting"
        assert case.is_open
        assert case.due_date > timezone.localdate()
        assert "이의신청을 받았습니다." in page(resident, case)
        assert moved(case, "grant", worker, "다시 보니 맞습니다.") == "granted"
        assert not case.is_open

    def test_that_fails_may_be_followed_by_another_step(self, ask, worker, resident):
        case = ask()
        moved(case, "refuse", worker)
        moved(case, "objected", worker, "전화로 이의신청하셨습니다.")
        assert moved(case, "refuse", worker, "처음과 같습니다.") == "refused"
        assert moved(case, "reopen", resident, "사정이 달라졌습니다.") == "checking"

    def test_is_for_nobody_who_was_given_it_or_is_still_waiting(self, ask, worker, resident):
        case = ask()
        with pytest.raises(CaseRefused):
            moved(case, "object", resident)
        moved(case, "grant", worker)
        with pytest.raises(CaseRefused):
            moved(case, "object", resident)
        assert "90일" not in page(resident, case)

    def test_is_told_of_with_the_decision(self, ask, worker, resident):
        case = ask()
        moved(case, "refuse", worker)
        told = Message.objects.filter(person=resident).order_by("-pk").first()
        assert told.facts["state"] == "refused"
        for language, words in (("ko", "90일 안에"), ("en", "within 90 days")):
            with translation.override(language):
                assert words in str(case.stands.next_step)

    def test_leaves_the_way_to_a_new_request_open(self, ask, worker, resident):
        first = ask()
        moved(first, "refuse", worker)
        second = ask()
        assert second.pk != first.pk
        with pytest.raises(CaseRefused):
            ask()
        assert Case.objects.count() == 2


class TestTerm:
    @pytest.mark.parametrize(
        ("told", "last"),
        [
            ("2026-11-30", "2027-03-02"),  # 28 February is a Sunday, and 1 March a holiday
            ("2026-12-01", "2027-03-02"),
            ("2026-12-02", "2027-03-02"),
            ("2026-06-01", "2026-08-31"),  # 30 August is a Sunday
        ],
    )
    def test_ends_with_a_working_day(self, told, last):
        found = last_day(
            datetime.date.fromisoformat(told), is_holiday=lambda day: holiday_name(day) is not None
        )
        assert found == datetime.date.fromisoformat(last)


class TestPart:
    def test_counts_as_granted(self, ask, worker, benefit):
        person_of = ask()
        moved(person_of, "grant_partly", worker)
        for _ in range(29):
            case = Case.objects.create(
                kind="welfare.benefit_application", state="partly", office=person_of.office,
                opened_at=timezone.now(), closed_at=timezone.now(),
            )  # fmt: skip
            BenefitApplication.objects.create(case=case, benefit=benefit, benefit_name="")
        now = timezone.now()
        (programme,) = take_up.programmes(now=now)
        assert (programme.granted, take_up.granted(now=now).number) == (30, 30)
        assert take_up.outcomes(now=now) == {"granted": 30}
        read_indicators(day=timezone.localdate(), now=now, slugs=["requests-granted"])
        assert Reading.objects.get(dimension="").value == 100

    def test_stands_on_the_desk_with_its_name(self, ask, worker):
        case = ask()
        moved(case, "grant_partly", worker, "교통비만 받습니다.")
        client = Client()
        sign_in(client, worker)
        assert "일부만 받게 됨" in client.get(f"/admin/cases/case/{case.pk}/change/").text


class TestDayOfTheDecision:
    def test_is_the_one_of_seoul_in_the_morning(self, ask, worker, resident):
        """At eight in the morning of 3 March it is still 2 March in UTC."""
        case = ask()
        moved(case, "grant", worker)
        morning = datetime.datetime(2026, 3, 2, 23, 0, tzinfo=datetime.UTC)
        Case.objects.filter(pk=case.pk).update(opened_at=morning, closed_at=morning)
        household, (head,) = family(worker, "홍길동")
        CareBenefit.objects.create(
            household=household, member=head, name="어르신 교통비", state="APPLIED",
            applied_date="2026-03-01", case=case,
        )  # fmt: skip
        found = page_of(household, worker, on=timezone.localdate())
        (line,) = found.benefits
        assert line.dates[-1] == ("받기 시작", datetime.date(2026, 3, 3))
