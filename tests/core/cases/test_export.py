"""The list of requests as a file: one's own rows as they are filtered, each person told of it."""

import csv
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from core.cases.services import move
from core.records.models import Access
from tests.core.cases.conftest import make_case, new_key
from tests.core.cases.test_admin import LIST, at_the_desk


def lines(answer) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


class TestExport:
    def test_holds_the_rows_of_ones_own_office_alone(self, case, worker, outsider, other_centre):
        make_case(None, actor=outsider, applicant="먼 사람", office_id=other_centre.pk)
        (line,) = lines(at_the_desk(worker).get(f"{LIST}export/csv/"))

        assert line["번호"] == f"#{case.pk}"
        assert (line["종류"], line["신청한 사람"]) == ("집수리 신청", "김시민")
        assert (line["기관"], line["접수한 날"]) == ("가온동주민센터", "2026-11-02")
        assert line["끝난 날"] == ""

    def test_is_filtered_as_the_list_is(self, case, worker):
        move(case_id=case.pk, name="withdraw", actor=case.person, key=new_key(), now=timezone.now())
        other = make_case(None, actor=worker)
        client = at_the_desk(worker)

        assert [one["번호"] for one in lines(client.get(f"{LIST}export/csv/"))] == [f"#{other.pk}"]
        (ended,) = lines(client.get(f"{LIST}export/csv/?list=closed"))
        assert ended["번호"] == f"#{case.pk}"
        assert ended["끝난 날"] == f"{timezone.localdate():%Y-%m-%d}"

    def test_is_told_to_each_person_once(self, case, citizen, worker, stranger):
        for person in (citizen, citizen, stranger):
            make_case(person)
        b"".join(at_the_desk(worker).get(f"{LIST}export/csv/"))

        for person, rows in ((citizen, 3), (stranger, 1)):
            (look,) = Access.objects.of(person.pk)
            assert look.reason == "신청과 민원 목록 내려받기"
            assert (look.actor_id, look.holdings, look.count) == (worker.pk, ["cases.Case"], rows)

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_holds_no_formula(self, case, worker, form):
        make_case(None, actor=worker, applicant="=1+1", subject="@SUM(A1)")
        answer = at_the_desk(worker).get(f"{LIST}export/{form}/?q=%3D1")
        if form == "csv":
            (line,) = lines(answer)
            told = (line["신청한 사람"], line["제목"])
        else:
            sheet = load_workbook(io.BytesIO(answer.content)).active
            head, row = sheet.iter_rows(values_only=True)
            line = dict(zip(head, row, strict=True))
            told = (line["신청한 사람"], line["제목"])

        assert told == ("'=1+1", "'@SUM(A1)")

    def test_asks_as_often_however_long_it_is(self, case, citizen, worker, assert_flat):
        client = at_the_desk(worker)

        def take():
            b"".join(client.get(f"{LIST}export/csv/"))

        assert assert_flat(take, add=lambda _: make_case(citizen)) <= 14

    def test_is_asked_for_by_a_link_that_keeps_the_filter(self, case, worker):
        page = at_the_desk(worker).get(f"{LIST}?list=mine").text

        assert f"{LIST}export/xlsx/?list=mine" in page

    @pytest.mark.parametrize("who", ["stranger", "citizen", "helper", "officer"])
    def test_is_closed_to_others(self, request, case, who):
        client = at_the_desk(request.getfixturevalue(who))

        assert client.get(f"{LIST}export/csv/").status_code in (302, 403)
        assert not Access.objects.exists()

    def test_of_another_form_is_not_there(self, case, worker):
        assert at_the_desk(worker).get(f"{LIST}export/pdf/").status_code == 404
