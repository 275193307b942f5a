"""What officials see of welfare: figures by programme and place, small ones hidden, and nobody."""

import csv
import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from core.cases.models import Case, CaseEvent
from core.offices.enums import OfficeKind
from core.places.facts import dongs
from tests.accounts.factories import (
    SAJIK,
    SANGGYE,
    make_centre,
    make_office,
    make_person,
    make_worker,
)
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.rulebook.people import make_benefits
from welfare.models import BenefitApplication, BenefitOutcome, CounterTalk
from welfare.models.application import GRANTED, REFUSED
from welfare.queries import take_up

pytestmark = pytest.mark.django_db

PAGE = "/admin/welfare/benefit/take-up/"
NOW = timezone.now()


def decided(benefit, office, state=GRANTED, days=4, number=1):
    """Make requests that are over, as the figures know them."""
    person = make_person()
    for _ in range(number):
        case = Case.objects.create(
            kind="welfare.benefit_application",
            state=state,
            person=person,
            office=office,
            opened_at=NOW - datetime.timedelta(days=days + 1),
            closed_at=NOW - datetime.timedelta(days=1),
        )
        BenefitApplication.objects.create(case=case, benefit=benefit, benefit_name=benefit.name)


@pytest.fixture
def official():
    client = Client()
    office = make_office(OfficeKind.DEPARTMENT)
    sign_in(client, make_worker(office, role=Role.OFFICIAL))
    return client


class TestService:
    def test_counts_the_centres_with_staff_and_those_that_served_lately(self):
        centre, other = make_centre().office, make_centre(SANGGYE).office
        worker = make_worker(centre)
        CounterTalk.objects.create(
            office=other, by=worker, consent="SCREEN", consent_version=1, started_at=NOW
        )
        found = take_up.service(on=timezone.localdate(), now=NOW)
        assert (found.promised, found.centres, found.staffed, found.served) == (424, 2, 1, 1)
        assert take_up.centres_without_staff(on=timezone.localdate()) == 1

    def test_forgets_what_was_served_long_ago(self):
        centre = make_centre().office
        CounterTalk.objects.create(
            office=centre,
            consent="SCREEN",
            consent_version=1,
            started_at=NOW - datetime.timedelta(days=91),
        )
        assert take_up.service(on=timezone.localdate(), now=NOW).served == 0


class TestDecisions:
    def test_say_how_long_half_and_most_of_them_took(self):
        centre, benefit = make_centre().office, make_benefit()
        for days in range(1, 12):
            decided(benefit, centre, days=days, state=GRANTED if days % 2 else REFUSED)
        found = take_up.decisions(now=NOW)
        assert (found.half_within, found.most_within) == (6.0, 10.0)
        # How many is told in tens: beside what was granted, it would tell what was refused.
        assert found.number in (10, 20)

    def test_are_hidden_with_their_days_where_they_are_few(self, official):
        decided(make_benefit(), make_centre().office, number=9)
        found = take_up.decisions(now=NOW)
        assert (found.number, found.half_within, found.most_within) == (None, None, None)
        assert "결정한 신청이 10건 미만" in official.get(PAGE).content.decode()

    def test_of_the_same_day_are_said_in_a_word_and_others_without_an_empty_decimal(self, official):
        centre, benefit = make_centre().office, make_benefit()
        for days in (*[0] * 8, *[3] * 4):
            decided(benefit, centre, days=days)
        text = official.get(PAGE).content.decode()
        assert "<dt>절반은 이 안에</dt><dd>당일</dd>" in text
        assert "<dt>열에 아홉은 이 안에</dt><dd>3일</dd>" in text

    def test_are_none_at_first(self):
        assert take_up.decisions(now=NOW).half_within is None


class TestSmallFigures:
    def test_are_hidden_in_programmes_as_zeros_are(self):
        centre, benefit = make_centre().office, make_benefit()
        decided(benefit, centre, number=9)
        (found,) = take_up.programmes(now=NOW)
        assert (found.granted, found.refused) == (None, None)

    def test_are_hidden_in_places_and_others_told_in_tens(self):
        beside = next(
            one.code for one in dongs() if one.code != SAJIK and one.code[:5] == SAJIK[:5]
        )
        benefit = make_benefit()
        for code, number in ((SAJIK, 12), (beside, 3), (SANGGYE, 30)):
            decided(benefit, make_centre(code).office, number=number)
        by_code = {one.code: one.granted for one in take_up.places(now=NOW)}
        assert by_code[SAJIK] in (10, 20)
        assert by_code[beside] is None
        assert by_code[SANGGYE] == 30
        assert len(by_code) == 426

    def test_are_zeros_where_nothing_was_granted_at_all(self):
        assert {one.granted for one in take_up.places(now=NOW)} == {0}
        assert set(take_up.districts_granted(now=NOW).values()) == {0}


class TestAskedCentre:
    def test_is_counted_where_another_office_stood_in_for_it(self):
        centre, benefit = make_centre(), make_benefit()
        desk = make_office(OfficeKind.DEPARTMENT)
        decided(benefit, desk, number=10)
        for case in Case.objects.order_by("pk"):
            CaseEvent.objects.create(
                case=case, kind="OPENED", at=NOW, party="CITIZEN", key="opened",
                version=1, to_state="received", to_office=centre.office,
            )  # fmt: skip

        assert {one.code: one.granted for one in take_up.places(now=NOW)}[centre.code] == 10
        assert take_up.districts_granted(now=NOW)[centre.code[:5]] == 10

    def test_that_there_was_none_is_said_and_not_left_out(self):
        decided(make_benefit(), make_office(OfficeKind.DEPARTMENT), number=10)
        last = take_up.places(now=NOW)[-1]
        assert (last.name, last.granted) == ("동주민센터에 낸 것이 아님", 10)


class TestOneProgramme:
    def test_is_counted_alone(self, official):
        centre = make_centre()
        first, second = make_benefit("000000000001"), make_benefit("000000000002")
        for benefit, number in ((first, 10), (second, 20)):
            decided(benefit, centre.office, number=number)
        told = {one.code: one.granted for one in take_up.places(now=NOW, benefit=first.code)}
        assert told[centre.code] == 10
        answer = official.get(PAGE, {"benefit": first.code, "format": "csv"})
        rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
        assert ["10"] == [row[3] for row in rows if row[0] == centre.code]
        page = BeautifulSoup(official.get(PAGE, {"benefit": first.code}).content, "html.parser")
        assert page.select_one("option[selected]")["value"] == first.code
        assert f"benefit={first.code}" in str(page.select("#places ~ p a"))


class TestPage:
    def test_shows_it_to_officials(self, official):
        centre, benefit = make_centre().office, make_benefit(서비스명="어르신 교통비")
        decided(benefit, centre, number=10)
        month = datetime.date(2026, 11, 1)
        BenefitOutcome.objects.create(
            benefit_key=benefit.code, answer="RECEIVED", month=month, number=11
        )
        text = " ".join(BeautifulSoup(official.get(PAGE).content, "html.parser").main.text.split())
        assert "어르신 교통비 10 10건 미만 11" in text
        assert "424곳" in text

    def test_tells_what_people_said_as_the_page_of_the_benefit_does(self, official):
        """Of two exact figures of one thing, what lies between would be a small one."""
        benefit = make_benefits("basic-pension")["basic-pension"]
        decided(benefit, make_centre().office, number=10)
        for key, number in ((benefit.code, 12), ("basic-pension", 3)):
            BenefitOutcome.objects.create(
                benefit_key=key,
                answer="RECEIVED",
                month=datetime.date(2026, 11, 1),
                number=number,
            )

        (told,) = take_up.programmes(now=NOW)

        assert told.said["RECEIVED"] == 15
        assert "15" in official.get(benefit.get_absolute_url()).text

    def test_names_each_figure_where_a_narrow_screen_shows_no_headings(self, official):
        decided(make_benefit(), make_centre().office, number=10)
        page = BeautifulSoup(official.get(PAGE).content, "html.parser")
        headings = [one.text for one in page.select("section[aria-labelledby=programmes] thead th")]

        named = [one.get("data-label") for one in page.select("td[data-label]")]
        assert named == headings[1:]
        assert page.select_one(".desk-scroll")["tabindex"] == "0"

    def test_says_above_the_tiles_what_they_show(self, official):
        titles, centre, benefit = [], make_centre().office, make_benefit()
        for number in (0, 20):
            decided(benefit, centre, number=number)
            page = BeautifulSoup(official.get(PAGE).content, "html.parser")
            titles.append(page.select_one(".tiles__title").text)
        assert "모든 구가 10건 미만" in titles[0]
        assert "가장 많은 곳은 종로, 약 20건" in titles[1]

    def test_can_be_taken_along_by_dong(self, official):
        answer = official.get(f"{PAGE}?format=csv")
        rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
        assert len(rows) == 427
        assert rows[0] == ["행정동 코드", "자치구", "행정동", "받게 된 급여(1년)"]

    def test_is_closed_to_workers(self):
        client = Client()
        sign_in(client, make_worker(make_centre().office))
        assert client.get(PAGE).status_code == 403

    def test_asks_the_same_number_of_statements_for_two_programmes_and_twenty(self, official):
        centre = make_centre().office
        counts = []
        for number in (2, 18):
            for _ in range(number):
                decided(make_benefit(f"{BenefitApplication.objects.count():012}"), centre)
            official.get(PAGE)
            with CaptureQueriesContext(connection) as seen:
                official.get(PAGE)
            counts.append(len(seen))
        assert counts[0] == counts[1]
