"""Who types urgent words is told whom to call, in both languages, above anything found."""

import logging

import pytest
from bs4 import BeautifulSoup

from core.web.urgent import URGENT_LINES, URGENT_NEEDS, urgent_lines

PAGES = ["/welfare/facilities/", "/search/", "/en/welfare/facilities/", "/en/search/"]


def numbers(*texts):
    return [line.number for line in urgent_lines(*texts)]


class TestWords:
    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("가정폭력 쉼터", "1366"),
            ("쉼터", "1366"),
            ("domestic violence shelter", "1366"),
            ("가정폭력", "1366"),
            ("성 폭 력", "1366"),
            ("성폭행 당했어요", "1366"),
            ("Rape", "1366"),
            ("women's shelters", "1366"),
            ("긴급 피난처", "1366"),
            ("학대피해아동쉼터", "112"),
            ("학대", "112"),
            ("노인 학대", "112"),
            ("child abuse", "112"),
            ("협박", "112"),
            ("자살", "109"),
            ("죽고 싶다", "109"),
            ("I want to die", "109"),
            ("가출 청소년", "1388"),
            ("긴급복지", "129"),
        ],
    )
    def test_that_are_urgent_have_a_number_first(self, typed, first):
        assert numbers(typed)[0] == first

    def test_of_abuse_have_the_lines_for_children_and_for_older_people(self):
        assert {"112", "1577-1391", "1577-1389"} <= set(numbers("학대피해아동쉼터"))

    def test_meant_by_a_misspelt_word_count_as_well(self):
        assert numbers("가정폭렫", "가정폭력")[0] == "1366"

    @pytest.mark.parametrize(
        "typed",
        ["", "노인복지관", "무더위쉼터", "이동노동자 쉼터", "장애인주간보호시설", "감자해물",
         "장애인보호작업장", "여성인력개발센터", "서울대학대학원", "작가출판사", "grape therapy",
         "sheltered workshop", "cooling shelter", None],
    )  # fmt: skip
    def test_of_every_day_have_none(self, typed):
        assert urgent_lines(typed) == []

    def test_lead_to_numbers_that_every_page_has(self):
        known = {line.number for line in URGENT_LINES}
        assert len(URGENT_NEEDS) > 5
        assert {number for need in URGENT_NEEDS for number in need.numbers} <= known


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("path", PAGES)
    @pytest.mark.parametrize(
        ("typed", "number"),
        [("가정폭력 쉼터", "1366"), ("domestic violence shelter", "1366"), ("학대", "112"),
         ("죽고 싶다", "109"), ("성폭력", "1366")],
    )  # fmt: skip
    def test_name_the_number_above_what_is_found(self, client, path, typed, number):
        page = BeautifulSoup(client.get(path, {"q": typed}).content, "html.parser")
        notice = page.select_one("main .notice--danger")
        assert notice.select_one(f'a.phone[href="tel:{number}"]')
        assert not notice.find_previous(class_="list")
        assert not notice.find_previous(class_="filters")

    @pytest.mark.parametrize("path", PAGES)
    def test_name_it_also_where_the_address_is_wrong(self, client, path):
        response = client.get(path, {"q": "쉼터", "district": "없는구"})
        assert response.status_code == 400
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one('main .notice--danger a[href="tel:1366"]')

    @pytest.mark.parametrize("path", PAGES)
    def test_leave_others_alone(self, client, path):
        page = BeautifulSoup(client.get(path, {"q": "노인복지관"}).content, "html.parser")
        assert not page.select_one("main .notice--danger")

    def test_keep_what_was_typed_to_themselves(self, client, caplog):
        with caplog.at_level(logging.DEBUG):
            client.get("/search/", {"q": "가정폭력 쉼터"})
        assert not [one for one in caplog.records if "core.web.urgent" in one.name]
        assert "가정폭력" not in caplog.text
