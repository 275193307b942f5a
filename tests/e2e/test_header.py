"""The head of every page in a browser: compact, open by a tap, and the right way in or out."""

import pytest
from playwright.sync_api import expect

from tests.e2e.look import NARROW, WIDE, Look

BEGINS = "document.querySelector('main').getBoundingClientRect().top"


def toggle(page, name):
    return page.locator("summary", has_text=name)


class TestHeight:
    @pytest.mark.parametrize("path", ["/", "/en/", "/accounts/login/"])
    @pytest.mark.parametrize(
        ("look", "most"),
        [(Look(NARROW), 200), (Look(NARROW, size=200), 450), (Look(WIDE), 200)],
        ids=str,
    )
    def test_leaves_the_screen_to_the_content(self, look_at, path, look, most):
        assert look_at(path, look).evaluate(BEGINS) <= most


class TestNarrow:
    @pytest.mark.parametrize("script", [True, False])
    @pytest.mark.parametrize("size", [100, 200])
    def test_opens_search_and_menu_by_a_tap(self, look_at, assert_accessible, script, size):
        page = look_at("/", Look(NARROW, size=size, script=script))
        box = page.get_by_label("포털 전체에서 찾기")
        expect(box).to_be_hidden()
        expect(page.get_by_role("link", name="English")).to_be_hidden()

        toggle(page, "찾기").click()
        expect(box).to_be_visible()
        toggle(page, "메뉴").click()
        expect(page.get_by_role("link", name="English")).to_be_visible()
        if script:
            assert_accessible(page)

    def test_puts_the_cursor_into_the_box_that_was_opened(self, look_at):
        page = look_at("/", Look(NARROW))
        toggle(page, "찾기").click()

        expect(page.get_by_role("combobox", name="포털 전체에서 찾기")).to_be_focused()


class TestWide:
    @pytest.mark.parametrize("look", [Look(768), Look(WIDE), Look(WIDE, size=200)], ids=str)
    def test_always_shows_the_search_box(self, look_at, look):
        page = look_at("/welfare/facilities/", look)

        assert page.get_by_role("search").locator("input").is_visible()
        assert not toggle(page, "찾기").is_visible()

    def test_opens_the_text_sizes_without_moving_anything(self, look_at, assert_accessible):
        page = look_at("/", Look(WIDE))
        before = page.evaluate(BEGINS)
        page.get_by_text("글자 크기·고대비").click()

        assert page.get_by_role("button", name="200%").is_visible()
        assert page.evaluate(BEGINS) == before
        assert_accessible(page)


class TestWaysInAndOut:
    @pytest.mark.parametrize("script", [True, False])
    def test_one_of_them_is_there_for_whoever_it_is(self, look_at, signed_in, script):
        guest = look_at("/", Look(script=script)).get_by_role("banner")
        expect(guest.get_by_role("link", name="로그인")).to_be_visible()
        expect(guest.get_by_role("link", name="로그아웃")).to_have_count(0)

        member = look_at("/", Look(script=script), cookies=signed_in).get_by_role("banner")
        expect(member.get_by_role("link", name="로그아웃")).to_be_visible()
        expect(member.get_by_role("link", name="내 서비스")).to_be_visible()
        expect(member.get_by_role("link", name="로그인")).to_have_count(0)
