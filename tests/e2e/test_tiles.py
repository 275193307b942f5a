"""The picture of the 25 districts: where it is drawn its words are large enough."""

import pytest

from tests.e2e.judge import measured
from tests.e2e.look import NARROW, WIDE, Look

PICTURE, TABLE = ".tiles__picture", ".tiles__table"


class TestDistrictTiles:
    @pytest.mark.parametrize(
        ("path", "look", "is_drawn"),
        [
            ("/components/", Look(WIDE), True),
            ("/components/", Look(WIDE, size=200), True),
            ("/welfare/facilities/", Look(NARROW), True),
            ("/components/", Look(NARROW, size=200), False),
            ("/en/components/", Look(WIDE), True),
            ("/en/components/", Look(NARROW), False),
        ],
    )
    def test_are_drawn_where_their_words_have_17_px(self, look_at, path, look, is_drawn):
        page = look_at(path, look)

        assert page.locator(PICTURE).is_visible() == is_drawn
        assert page.locator(TABLE).is_visible()
        assert not [fault for fault in measured(page) if "drawn type" in fault]

    @pytest.mark.parametrize("path", ["/components/", "/en/components/"])
    def test_hold_their_names(self, look_at, path):
        page = look_at(path)

        beyond = page.eval_on_selector_all(
            ".tile",
            """tiles => tiles.filter(tile => {
              const [box, name] = ["rect", ".tile__name"].map(
                part => tile.querySelector(part).getBoundingClientRect());
              return name.left < box.left || name.right > box.right;
            }).map(tile => tile.textContent)""",
        )

        assert not beyond
        assert page.locator(".tile").count() == 25

    def test_judge_sees_small_words_in_a_picture(self, look_at):
        page = look_at("/components/")
        page.eval_on_selector(
            PICTURE, "e => Object.assign(e.style, {minWidth: 0, maxWidth: '200px'})"
        )

        assert any("drawn type" in fault for fault in measured(page))
