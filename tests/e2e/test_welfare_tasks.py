"""What people come to welfare's pages for: it works without a script, and quicker with one."""

import pytest
from playwright.sync_api import expect

from core.search.services import refresh_vocabulary
from core.web import spam
from tests.e2e.look import NARROW, Look
from tests.welfare.factories import make_facility, make_many
from welfare.models import FacilityReport

LIST = "/welfare/facilities/"
PLAIN = Look(script=False)


@pytest.fixture
def directory(live_server) -> None:
    make_facility("A1", name="가온노인복지관", district="강남구", lat=37.5172, lon=127.0473)
    make_facility("A2", name="해솔어린이집", kind="어린이집", district="종로구")
    make_many(22, district="강남구")


def names(page) -> list[str]:
    return page.locator(".card__link").all_text_contents()


def found(page):
    return page.locator("#found")


@pytest.mark.usefixtures("directory")
class TestWithoutScript:
    def test_filters(self, look_at):
        page = look_at(LIST, PLAIN)
        page.get_by_label("자치구").select_option("종로구")
        page.get_by_role("button", name="이 조건으로 찾기").click()

        assert found(page).text_content() == "서울 종로구의 복지시설 1곳"
        assert names(page) == ["해솔어린이집"]
        assert "district=" in page.url
        assert "q=" not in page.url

    def test_searches(self, look_at):
        page = look_at(LIST, PLAIN)
        page.get_by_label("찾는 말", exact=True).fill("ㄱㅇㄴㅇㅂㅈㄱ")
        page.locator("#filters").get_by_role("button", name="찾기 (찾는 말)").click()

        assert names(page) == ["가온노인복지관"]

    def test_takes_a_filter_away_again(self, look_at):
        page = look_at(f"{LIST}?district=종로구&family=보육시설", PLAIN)
        page.get_by_role("group", name="지금 조건").get_by_role("link", name="보육시설").click()

        assert "family" not in page.url
        assert "district" in page.url

    def test_finds_what_is_near_a_dong(self, look_at):
        page = look_at(LIST, PLAIN)
        page.get_by_label("주소나 동 이름").fill("삼성동")
        page.get_by_role("button", name="이 조건으로 찾기").click()

        assert names(page)[0] == "가온노인복지관"
        page.get_by_role("link", name="이름 순서").click()
        page.wait_for_url("**sort=name**")
        page.get_by_role("link", name="가까운 곳부터").click()
        assert names(page)[0] == "가온노인복지관"

    def test_turns_the_page(self, look_at):
        page = look_at(f"{LIST}?district=강남구", PLAIN)
        assert len(names(page)) == 20
        page.get_by_role("navigation", name="복지시설 목록의 쪽").get_by_role(
            "link", name="2"
        ).first.click()

        assert len(names(page)) == 3
        assert page.url.endswith("page=2")

    def test_goes_by_the_picture_of_the_districts(self, look_at):
        page = look_at(LIST, PLAIN)
        page.locator("a.tile[aria-label='종로 1']").click()
        assert names(page) == ["해솔어린이집"]

        page = look_at(LIST, Look(NARROW, script=False))
        page.get_by_role("table").get_by_role("link", name="종로").click()
        assert names(page) == ["해솔어린이집"]

    def test_reports_a_mistake(self, look_at, monkeypatch):
        monkeypatch.setattr(spam, "LEAST_SECONDS", 0)
        page = look_at(LIST, PLAIN)
        page.locator(".card__link", has_text="가온노인복지관").click()
        page.get_by_role("link", name="여기 틀린 내용이 있어요").click()
        page.get_by_role("button", name="보내기").click()
        # The page that is sent has the address of the one that comes back.
        expect(page.locator(".errors")).to_be_visible()

        page.get_by_label("전화번호가 달라요").check()
        page.get_by_label("올바른 내용").fill("02-490-2600")
        page.get_by_role("button", name="보내기").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("알려 주셔서 고맙습니다")
        report = FacilityReport.objects.get()
        assert (report.facility_id, report.topic, report.proposed) == ("A1", "PHONE", "02-490-2600")
        page.get_by_role("main").locator("dd a").click()
        page.wait_for_url(f"**{LIST}A1/")

    def test_offers_nothing_that_needs_one(self, look_at):
        page = look_at(LIST, PLAIN)

        assert page.locator("[data-map]").count() == 1
        assert not page.locator("[data-map]").is_visible()
        assert not page.get_by_role("button", name="내 위치에서 가까운 곳").is_visible()


def suggestion(page, words):
    return page.locator("#facility-q-suggestions").get_by_role("option", name=words, exact=True)


@pytest.mark.usefixtures("directory")
class TestWithScript:
    def test_filters_as_soon_as_one_chooses(self, look_at):
        page = look_at(LIST)
        page.evaluate("window.isTheSamePage = true")
        page.get_by_label("자치구").select_option("종로구")

        expect(found(page)).to_have_text("서울 종로구의 복지시설 1곳")
        assert "district=" in page.url
        assert "family" not in page.url
        assert page.title().startswith("서울 종로구의 복지시설 1곳")
        assert page.evaluate("window.isTheSamePage")

    def test_says_what_was_found_and_leaves_the_focus(self, look_at):
        page = look_at(LIST)
        page.get_by_label("자치구").focus()
        page.get_by_label("자치구").select_option("종로구")

        expect(page.locator("[data-said]")).to_have_text("서울 종로구의 복지시설 1곳")
        assert page.evaluate("document.activeElement.name") == "district"

    def test_goes_back_to_what_was_found_before(self, look_at):
        page = look_at(LIST)
        page.get_by_label("자치구").select_option("종로구")
        expect(found(page)).to_have_text("서울 종로구의 복지시설 1곳")
        page.get_by_label("시설 분류").select_option("보육시설")
        expect(found(page)).to_have_text("서울 종로구의 보육시설 1곳")

        page.go_back()
        expect(found(page)).to_have_text("서울 종로구의 복지시설 1곳")
        expect(page.get_by_label("시설 분류")).to_have_value("")
        page.go_back()
        expect(found(page)).to_have_text("서울시 복지시설 24곳")
        expect(page.get_by_label("자치구")).to_have_value("")

        page.get_by_label("자치구").select_option("강남구")
        expect(found(page)).to_have_text("서울 강남구의 복지시설 23곳")

    def test_puts_the_focus_on_what_is_wrong(self, look_at):
        page = look_at(LIST)
        page.get_by_label("주소나 동 이름").fill("없는동네이름")
        page.get_by_label("주소나 동 이름").press("Enter")

        expect(page.locator(".errors")).to_be_focused()

    def test_suggests_while_one_types(self, look_at):
        refresh_vocabulary()
        page = look_at(LIST)
        page.get_by_label("찾는 말", exact=True).press_sequentially("가온")
        expect(suggestion(page, "가온노인복지관")).to_be_visible()

        page.get_by_label("자치구").select_option("강남구")
        expect(found(page)).to_contain_text("서울 강남구의")
        page.get_by_label("찾는 말", exact=True).fill("")
        page.get_by_label("찾는 말", exact=True).press_sequentially("노인복")
        expect(suggestion(page, "노인복지관")).to_be_visible()

    def test_finds_what_is_near(self, look_at):
        page = look_at(LIST)
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation({"latitude": 37.51719, "longitude": 127.04731})
        page.get_by_role("button", name="내 위치에서 가까운 곳").click()

        page.wait_for_url("**/*near=37.517*127.047*")
        assert names(page)[0] == "가온노인복지관"

    def test_says_so_where_nobody_knows_where_one_is(self, look_at):
        page = look_at(LIST)
        page.context.clear_permissions()
        page.get_by_role("button", name="내 위치에서 가까운 곳").click()

        expect(page.locator("[data-near] [role=status]")).to_contain_text("위치를 알 수 없습니다")
