"""Suggestions while typing, wherever one searches: keyboard, mouse, touch, screen reader."""

import re

import pytest
from playwright.sync_api import expect

from core.search.services import refresh_vocabulary
from tests.e2e.look import NARROW, WIDE, Look
from tests.welfare.factories import make_facility

PLACES = (
    ("/", "포털 전체에서 찾기"),
    ("/", "찾는 것"),
    ("/search/", "찾는 말"),
    ("/welfare/facilities/", "찾는 말"),
)


@pytest.fixture(autouse=True)
def some(transactional_db):
    make_facility("A1", name="가온노인복지관", district="강남구")
    make_facility("A2", name="다솜노인복지관", district="종로구")
    make_facility("A3", name="다솜푸드뱅크", kind="푸드뱅크", district="종로구")
    refresh_vocabulary()


@pytest.fixture
def typed(look_at):
    """Type into a box and wait for its list: `typed("/", "찾는 것", "노인복")`."""

    def typing(path, label, text, look=None):
        page = look_at(path, look)
        box = page.get_by_role("combobox", name=label, exact=True)
        box.press_sequentially(text)
        page.get_by_role("option").first.wait_for()
        return page, box

    return typing


def offered(page):
    return page.get_by_role("option").all_inner_texts()


class TestList:
    @pytest.mark.parametrize(("path", "label"), PLACES)
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("ㄷㅅㅍㄷㅂㅋ", "다솜푸드뱅크"),
            ("다솜푸ㄷ", "다솜푸드뱅크"),
            ("가온노인복ㅈ", "가온노인복지관"),
        ],
        ids=["initials", "half a syllable", "half a syllable within"],
    )
    def test_offers_what_the_letters_only_begin(self, typed, path, label, text, word):
        page, box = typed(path, label, text)

        assert word in offered(page)
        expect(box).to_have_attribute("aria-expanded", "true")

    @pytest.mark.parametrize("look", [Look(NARROW), Look(NARROW, size=200), Look(WIDE)], ids=str)
    @pytest.mark.parametrize(("path", "label"), PLACES[1:])
    def test_is_accessible_and_fits(self, typed, assert_accessible, path, label, look):
        page, box = typed(path, label, "노인복", look)
        box.press("ArrowDown")

        assert_accessible(page)
        (field, first) = (box.bounding_box(), page.get_by_role("option").first.bounding_box())
        assert 0 <= first["y"] - (field["y"] + field["height"]) < 20
        assert first["height"] >= 44

    def test_says_how_many_there_are(self, typed):
        page, _box = typed("/", "찾는 것", "다솜")

        count = len(offered(page))
        page.get_by_text(f"제안 {count}개. 위아래 화살표로 고르세요.").wait_for(state="attached")

    def test_goes_when_the_box_is_emptied_or_left(self, typed):
        page, box = typed("/", "찾는 것", "다솜")
        box.fill("")
        expect(page.get_by_role("option")).to_have_count(0)

        box.press_sequentially("다솜")
        page.get_by_role("option").first.wait_for()
        box.press("Tab")
        expect(page.get_by_role("option")).to_have_count(0)
        expect(box).to_have_attribute("aria-expanded", "false")

    def test_is_not_there_without_a_script(self, look_at):
        page = look_at("/", Look(script=False))

        expect(page.get_by_role("searchbox", name="찾는 것")).to_be_visible()


class TestKeys:
    def test_point_at_options_and_take_one(self, typed):
        page, box = typed("/", "찾는 것", "다솜")
        words = offered(page)
        box.press("ArrowDown")
        first = page.get_by_role("option", selected=True)
        assert first.inner_text() == words[0]
        assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")

        box.press("ArrowUp")
        assert page.get_by_role("option", selected=True).inner_text() == words[-1]
        box.press("ArrowDown")
        assert page.get_by_role("option", selected=True).inner_text() == words[0]
        assert box.input_value() == "다솜"

        box.press("Enter")
        page.wait_for_url(re.compile("/search/"))
        assert page.get_by_role("combobox", name="찾는 말", exact=True).input_value() == words[0]

    def test_close_the_list_and_open_it_again(self, typed):
        page, box = typed("/", "찾는 것", "다솜")
        box.press("ArrowDown")
        box.press("Escape")
        expect(page.get_by_role("option")).to_have_count(0)
        assert box.input_value() == "다솜"
        assert box.get_attribute("aria-activedescendant") is None

        box.press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_have_count(1)

    def test_send_what_was_typed_where_no_option_was_pointed_at(self, typed):
        page, box = typed("/", "찾는 것", "다솜")
        box.press("Enter")

        page.wait_for_url(re.compile("/search/"))
        assert page.get_by_role("combobox", name="찾는 말", exact=True).input_value() == "다솜"

    @pytest.mark.parametrize("key", ["Enter", "ArrowDown", "Escape"])
    def test_belong_to_the_keyboard_while_a_syllable_is_composed(self, typed, key):
        page, box = typed("/", "찾는 것", "다솜")
        box.press("ArrowDown")
        before = box.get_attribute("aria-activedescendant")
        was_ours = box.evaluate(
            "(box, key) => !box.dispatchEvent(new KeyboardEvent('keydown',"
            " {key, isComposing: true, bubbles: true, cancelable: true}))",
            key,
        )

        assert not was_ours
        assert box.get_attribute("aria-activedescendant") == before
        expect(page.get_by_role("option").first).to_be_visible()


class TestPress:
    def test_takes_an_option(self, typed):
        page, _box = typed("/", "찾는 것", "다솜푸")
        page.get_by_role("option", name="다솜푸드뱅크").click()

        page.wait_for_url(re.compile("/search/"))
        page.get_by_role("link", name="다솜푸드뱅크", exact=True).wait_for()

    def test_changes_the_list_in_place_in_the_directory(self, typed):
        page, _box = typed("/welfare/facilities/", "찾는 말", "다솜푸")
        page.get_by_role("option", name="다솜푸드뱅크").click()

        page.wait_for_url(re.compile("q="))
        expect(page.get_by_role("link", name="가온노인복지관")).to_have_count(0)
        box = page.get_by_role("combobox", name="찾는 말", exact=True)
        assert box.input_value() == "다솜푸드뱅크"
        box.press_sequentially(" ㄱㅇ")
        assert box.get_attribute("aria-controls") == "facility-q-suggestions"
