"""A download holds the whole of the catalogue that was filtered, safe to open in a spreadsheet."""

import csv
import io

import pytest
from bs4 import BeautifulSoup

from tests.welfare.benefit_factories import make_benefit
from tests.welfare.test_views_facility_downloads import body

pytestmark = pytest.mark.django_db

CSV = "/welfare/benefits/download.csv"


def table(response):
    return list(csv.DictReader(io.StringIO(body(response).removeprefix("\ufeff"))))


class TestCsv:
    def test_holds_all_that_the_filters_keep_and_what_a_page_says(self, client):
        for number in range(24):
            make_benefit(f"0000000001{number:02}", 서비스명=f"어르신 난방비 {number}")
        make_benefit("000000000300", 서비스명="어르신 교통비")

        assert len(table(client.get(CSV))) == 25
        (row,) = table(client.get(f"{CSV}?q=교통비"))
        assert (row["이름"], row["주는 곳"], row["신청할 수 있는 때"]) == (
            "어르신 교통비", "국토교통부", "언제나 신청할 수 있습니다.",
        )  # fmt: skip
        assert row["인터넷 주소"].endswith("/welfare/benefits/gov24-000000000300/")

    def test_is_led_to_with_the_filters_in_force(self, client):
        make_benefit(서비스명="청년 월세")
        page = BeautifulSoup(client.get("/welfare/benefits/?q=월세").content, "html.parser")
        (link,) = [one["href"] for one in page.select("a") if "download.csv" in one.get("href", "")]
        assert len(table(client.get(link))) == 1

    def test_opens_as_no_formula(self, client):
        make_benefit(서비스명="=cmd|calc")
        assert table(client.get(CSV))[0]["이름"] == "'=cmd|calc"

    def test_is_in_english_under_its_address(self, client):
        make_benefit()
        assert body(client.get(f"/en{CSV}")).startswith("\ufeffNumber,Name")

    @pytest.mark.parametrize("wrong", ["x=1", "page=2", "district=부산", "q=%00"])
    def test_names_what_is_wrong(self, client, wrong):
        answer = client.get(f"{CSV}?{wrong}")
        assert answer.status_code == 400
        if wrong != "q=%00":
            assert answer.text.startswith(wrong.split("=")[0])

    def test_asks_as_often_for_two_as_for_twenty(self, client, django_assert_max_num_queries):
        for number in range(2):
            make_benefit(f"00000000040{number}")
        with django_assert_max_num_queries(20) as few:
            body(client.get(CSV))
        for number in range(18):
            make_benefit(f"0000000005{number:02}")
        with django_assert_max_num_queries(len(few)):
            body(client.get(f"{CSV}?"))
