"""A card and the filters beside it are drawn without templates, and escape what they are given."""

import pytest
from bs4 import BeautifulSoup

from tests.welfare.factories import OFFICE_HOURS, make_facility

LIST = "/welfare/facilities/"
EVIL = "<b>\"x'</b>&"


def drawn(html):
    return BeautifulSoup(html, "html.parser")


@pytest.mark.django_db
class TestCard:
    def test_escapes_what_sources_and_staff_wrote(self, client):
        make_facility(
            name=f"가온 {EVIL}",
            address=f"서울특별시 강남구 {EVIL}",
            corrections={"fees": EVIL, "weekly_hours": OFFICE_HOURS, "phone": "02-1<i>2"},
        )
        card = drawn(client.get(LIST).content).select_one(".card")

        assert card.h3.a.text == f"가온 {EVIL}"
        assert card.select_one(".soft").text == f"서울특별시 강남구 {EVIL}"
        assert card.select_one(".phone").text.endswith("02-1<i>2")
        assert f"이용 요금: {EVIL}" in card.text
        assert not card.select("b, i")

    def test_says_what_where_when_and_how_to_reach_it(self, client):
        make_facility(name="가온", district="강남구", corrections={"weekly_hours": OFFICE_HOURS})
        card = drawn(client.get(f"{LIST}?near=37.5,127.05").content).select_one(".card")

        assert card.h3.a["href"].startswith(f"{LIST}A0001/?near=37.5000,127.0500")
        assert [badge["class"][0] for badge in card.select(".row > span")] == ["krds-badge"] * 2
        assert "강남구" in card.select("p")[1].text
        assert " · " in card.select("p")[1].text
        assert card.select("p")[2].text.endswith("엽니다.")
        assert card.select_one("a.phone .sr-only").text == "가온 "
