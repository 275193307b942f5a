"""Whoever reported something reads the answer by the receipt; nobody else can, nobody is named."""

import pytest
from bs4 import BeautifulSoup

from tests.welfare.factories import NOW, make_facility, make_shelter
from tests.welfare.samples import KNOWN
from welfare.models import Facility, FacilityReport
from welfare.models.facility_report import RECEIPT_LENGTH, RECEIPT_LETTERS, new_receipt
from welfare.services import decline_report, report_facility, settle_report

pytestmark = pytest.mark.django_db

SECRET = "홍길동 010-1234-5678"


@pytest.fixture
def report() -> FacilityReport:
    make_facility("A1", corrections={"fees": KNOWN["fees"]})
    return report_facility(
        facility=Facility.objects.get(code="A1"),
        topic="PHONE",
        proposed="02-555-5555",
        message=SECRET,
        now=NOW,
    )


def path_of(report, language=""):
    return f"{language}/welfare/reports/{report.receipt}/"


def facts(response):
    page = BeautifulSoup(response.content, "html.parser")
    return {row.dt.text: " ".join(row.dd.text.split()) for row in page.select(".facts__row")}


class TestReceipt:
    def test_says_thanks_and_where_the_answer_will_be(self, client, report):
        response = client.get(path_of(report))

        page = BeautifulSoup(response.content, "html.parser")
        assert page.h1.text == "알려 주셔서 고맙습니다"
        assert facts(response) == {
            "시설": "가온노인복지관",
            "알려 주신 내용": "전화번호가 달라요",
            "보낸 날": "2026년 8월 20일",
            "지금": "직원이 확인하고 있습니다.",
        }
        assert page.select_one(".qr figcaption").text.endswith(path_of(report))

    def test_tells_the_answer(self, client, report, officer):
        settle_report(report=report, answer="시설에 물어 고쳤습니다.", actor=officer, now=NOW)

        response = client.get(path_of(report))

        assert facts(response)["지금"] == "직원이 확인해 고쳤습니다."
        assert facts(response)["직원의 답"] == "시설에 물어 고쳤습니다."
        assert facts(response)["답한 날"] == "2026년 8월 20일"
        assert not BeautifulSoup(response.content, "html.parser").select(".qr")

    def test_tells_why_nothing_was_changed(self, client, report, officer):
        decline_report(report=report, answer="지금 번호가 맞습니다.", actor=officer, now=NOW)

        told = facts(client.get(path_of(report)))

        assert told["지금"] == "직원이 확인했고, 고치지 않았습니다."
        assert told["직원의 답"] == "지금 번호가 맞습니다."

    def test_names_nobody(self, client, report, officer):
        settle_report(report=report, answer="고쳤습니다.", actor=officer, now=NOW)

        said = client.get(path_of(report)).content.decode()

        assert SECRET not in said
        assert officer.name not in said
        assert officer.email not in said

    def test_is_kept_by_nobody_and_indexed_by_nobody(self, client, report):
        response = client.get(path_of(report))

        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert b'<meta name="robots" content="noindex">' in response.content
        assert "hreflang" not in response.content.decode().partition("</head>")[0]

    def test_says_of_the_answer_that_it_is_korean(self, client, report, officer):
        settle_report(report=report, answer="고쳤습니다.", actor=officer, now=NOW)

        page = BeautifulSoup(client.get(path_of(report, "/en")).content, "html.parser")

        assert "고쳤습니다." in [tag.text for tag in page.select("[lang=ko]")]

    @pytest.mark.parametrize("receipt", ["1", "0" * 26, "%00", "가" * 26, "a" * 300])
    def test_that_was_never_given_is_not_found(self, client, report, receipt):
        assert client.get(f"/welfare/reports/{receipt}/").status_code == 404

    def test_of_a_facility_that_must_not_be_named_is_not_found(self, client):
        make_shelter("K1")
        told = FacilityReport.objects.create(facility_id="K1", topic="CLOSED", created_at=NOW)

        assert client.get(path_of(told)).status_code == 404

    def test_takes_nothing(self, client, report):
        assert client.post(path_of(report)).status_code == 405


class TestCode:
    def test_cannot_be_guessed(self):
        assert len(set(RECEIPT_LETTERS)) ** RECEIPT_LENGTH >= 2**128
        assert len({new_receipt() for _ in range(1000)}) == 1000

    def test_is_given_to_the_same_report_said_again(self, report):
        again = report_facility(
            facility=report.facility, topic="PHONE", proposed="02-555-5555", message=SECRET, now=NOW
        )

        assert again.receipt == report.receipt

    def test_is_given_though_the_same_waits_from_before_there_were_any(self, report):
        FacilityReport.objects.update(receipt=None)

        again = report_facility(
            facility=report.facility, topic="PHONE", proposed="02-555-5555", message=SECRET, now=NOW
        )

        assert again.receipt
