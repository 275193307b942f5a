"""Officials see how many requests lie where, and nothing of whose they are."""

import datetime

import pytest
from bs4 import BeautifulSoup

from accounts.enums import Role
from core.cases.queries import figures_by_office, told_standings
from core.cases.services import move
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.core.cases.conftest import NOW, TODAY, make_case, member, new_key
from tests.sign_in import sign_in

PAGE = "/admin/cases/case/figures/"
WEEK = datetime.timedelta(weeks=1)


@pytest.fixture
def official(db):
    office = Office.objects.create(kind=OfficeKind.DEPARTMENT, name="견본 부서")
    return member(office, Role.OFFICIAL, "윤공무")


@pytest.fixture
def figures(case, citizen, centre, other_centre):
    """In one centre a new case and two of two months ago, in the other one of last week."""
    for _ in range(2):
        make_case(citizen, now=NOW - 8 * WEEK)
    make_case(citizen, office_id=other_centre.pk, now=NOW - WEEK)


class TestFiguresByOffice:
    def test_counts_open_cases_by_age_where_the_oldest_lie_first(
        self, figures, citizen, other_centre
    ):
        for _ in range(12):
            make_case(citizen, office_id=other_centre.pk, now=NOW - 8 * WEEK)

        first, second = figures_by_office(on=TODAY)

        assert (first.name, first.ages[:3]) == ("나래동주민센터", (None, None, None))
        assert {first.ages[3], first.number} <= {10, 20}
        assert (second.name, second.ages, second.number) == (
            "가온동주민센터", (None, None, None, None), None,
        )  # fmt: skip

    def test_hides_what_is_small_and_leaves_out_what_has_ended(self, figures, citizen):
        for _ in range(6):
            make_case(citizen, now=NOW)
        done = make_case(citizen, now=NOW)
        move(case_id=done.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)

        assert {one.number for one in figures_by_office(on=TODAY)} == {None}
        assert {one.number for one in told_standings(on=TODAY)} <= {10}

    def test_is_one_query_however_many_offices(self, figures, django_assert_num_queries):
        with django_assert_num_queries(1):
            figures_by_office(on=TODAY)


class TestPage:
    def test_says_what_there_is_without_a_name(self, client, figures, official, citizen):
        sign_in(client, official)

        page = BeautifulSoup(client.get(PAGE).content, "html.parser")
        rows = page.select("#offices ~ .desk-scroll tbody tr")

        assert [row.th.text for row in rows] == ["가온동주민센터", "나래동주민센터"]
        assert {cell.text for row in rows for cell in row("td")} == {"10건 미만"}
        assert citizen.name not in page.text
        assert not page.select(".desk-table a")

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_is_taken_along_as_a_file(self, client, figures, official, form):
        sign_in(client, official)

        answer = client.get(f"{PAGE}?format={form}")

        assert f".{form}" in answer["Content-Disposition"]
        if form == "csv":
            lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
            assert lines[0] == "기관,이번 주,지난주,2~3주 전,4주보다 전,모두"
            assert lines[1] == "가온동주민센터" + ",10건 미만" * 5

    def test_is_among_what_officials_find_first(self, client, figures, official):
        sign_in(client, official)

        page = BeautifulSoup(client.get("/admin/").content, "html.parser")

        work = page.select_one(f"a.desk-work[href='{PAGE}']")
        assert work.select_one(".desk-work__number").text == "0"

    def test_is_closed_to_whoever_works_on_cases(self, client, figures, manager):
        sign_in(client, manager)

        assert client.get(PAGE).status_code == 403
