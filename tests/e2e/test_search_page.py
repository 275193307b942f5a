"""Search over everything in a browser: every look, suggestions, where one is, without a script."""

import re

import pytest

from core.search.services import refresh_vocabulary
from tests.e2e.look import NARROW, Look
from tests.welfare.factories import make_facility


@pytest.fixture
def some(transactional_db):
    make_facility("A1", name="가온노인복지관", district="강남구")
    make_facility("A2", name="다솜푸드뱅크", kind="푸드뱅크", district="종로구")
    refresh_vocabulary()


@pytest.mark.parametrize("path", ["/search/", "/en/search/"])
@pytest.mark.parametrize("query", ["", "?q=가온&place=강남구", "?q=없는말씀", "?q=a&district=부산"])
def test_page_is_accessible_in_every_look(some, assert_accessible_in_every_look, path, query):
    assert_accessible_in_every_look(path + query)


class TestNear:
    def test_is_asked_of_the_device_only_when_wanted_and_kept_rough(self, some, look_at):
        page = look_at("/search/?q=가온", Look(NARROW))
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation({"latitude": 37.497912, "longitude": 127.027618})

        page.get_by_role("button", name="내 위치에서 가까운 곳").click()
        page.wait_for_url(re.compile("near="))

        assert "near=37.498%2C127.028" in page.url or "near=37.498,127.028" in page.url
        page.get_by_role("link", name="내 위치 근처").wait_for()

    def test_says_what_to_do_where_the_device_does_not_tell(self, some, look_at):
        page = look_at("/welfare/facilities/")

        page.get_by_role("button", name="내 위치에서 가까운 곳").click()

        page.get_by_text("위치를 알 수 없습니다").wait_for()


class TestFilters:
    def test_change_the_list_in_place_and_the_address_with_it(self, some, look_at):
        page = look_at("/search/?q=가온")
        page.get_by_text("더 자세한 조건").click()

        page.get_by_label("자치구").select_option("종로구")
        page.wait_for_url(re.compile("district="))

        page.get_by_role("heading", name="‘가온’: 찾은 것이 없습니다").wait_for()
        assert page.locator("[data-said]").text_content() == "‘가온’: 찾은 것이 없습니다"
        page.go_back()
        page.get_by_role("heading", name="‘가온’ 찾은 것 1개").wait_for()

    def test_need_no_script(self, some, look_at):
        page = look_at("/", Look(NARROW, script=False))
        page.locator("summary", has_text="찾기").click()
        page.get_by_role("search").locator("input").fill("복지관")
        page.get_by_role("search").get_by_role("button").click()

        page.get_by_text("더 자세한 조건").click()
        page.get_by_label("자치구").select_option("강남구")
        page.get_by_role("button", name="이 조건으로 찾기").click()

        assert page.get_by_role("link", name="가온노인복지관", exact=True).is_visible()
        assert "district=" in page.url
