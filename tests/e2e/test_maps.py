"""The map beside the list: opened on demand, numbered like it, walked by keyboard."""

import gzip
import struct
import zlib

import pytest
from playwright.sync_api import expect

from core.places.enums import Precision
from tests.e2e.look import NARROW, WIDE, Look
from tests.welfare.factories import make_facility, make_many, make_shelter

LIST = "/welfare/facilities/"
FIRST_VIEW = 100 * 1024
TILES = "https://tiles.example"


@pytest.fixture
def directory(live_server) -> None:
    door = {"lat": 37.5566, "lon": 126.9087, "precision": Precision.BUILDING}
    make_facility("A1", name="가마포복지관", district="마포구", **door)
    make_facility("A2", name="나노원복지관", district="노원구")
    make_facility("A3", name="다모르는곳", precision=Precision.NONE)
    make_shelter("K1")
    make_many(22, district="강남구", kind="어린이집")


@pytest.fixture(autouse=True)
def _directory(directory) -> None:
    """Every test here looks at the same directory."""


def open_map(page):
    page.locator("[data-map] summary").click()
    page.locator(".map__marker").first.wait_for()


def markers(page) -> list[str]:
    return page.locator(".map__marker").evaluate_all("all => all.map(e => e.ariaLabel)")


class TestMap:
    def test_shows_the_places_of_the_list_under_their_numbers(self, look_at):
        page = look_at(LIST)
        open_map(page)

        told = markers(page)
        assert len(told) == 19
        assert told[:3] == [
            "1. 가마포복지관",
            "2. 나노원복지관, 대략의 위치",
            "4. 시설 M0000, 대략의 위치",
        ]
        assert page.get_by_text("위치를 몰라 지도에 없는 곳: 1곳").is_visible()
        assert page.locator(".map__marker--about").count() == 18
        shown = page.locator(".card__title").first.evaluate(
            "e => getComputedStyle(e, '::before').content"
        )
        assert shown == 'counter(place) ". "'
        assert "쉼터" not in page.content().partition("<main")[2].partition("data-map-said")[0]

    def test_counts_on_from_the_page_before(self, look_at):
        page = look_at(f"{LIST}?page=2")
        open_map(page)

        assert markers(page)[0] == "21. 시설 M0017, 대략의 위치"
        assert page.locator(".list").evaluate("e => e.style.counterReset") == "place 20"

    def test_is_fetched_only_when_somebody_opens_it(self, look_at, live_server):
        page = look_at("/preferences/")
        asked, weights = [], {}
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda one: weights.update({one.url: len(gzip.compress(one.body()))}))
        page.goto(LIST, wait_until="networkidle")
        assert not [url for url in asked if "/map." in url]
        assert len(weights) > 4
        assert sum(size for url, size in weights.items() if "woff2" not in url) < FIRST_VIEW

        open_map(page)
        assert len([url for url in asked if "/map." in url]) == 2
        assert all(url.startswith((live_server.url, "data:")) for url in asked)

    def test_is_walked_and_opened_by_keyboard(self, look_at):
        page = look_at(LIST)
        page.locator("[data-map] summary").focus()
        page.keyboard.press("Enter")
        page.locator(".map__marker").first.wait_for()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.ariaLabel") == "지도"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.ariaLabel").startswith("2. 나노원복지관")

        page.keyboard.press("Enter")
        card = page.locator(".map__card")
        expect(card.get_by_role("link", name="나노원복지관")).to_be_focused()
        assert "서울특별시 노원구 시험로 1" in card.text_content()
        assert "대략의 위치입니다" in card.text_content()

        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        assert page.evaluate("document.activeElement.ariaLabel").startswith("2. 나노원복지관")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{LIST}A2/")

    def test_is_opened_by_hand(self, look_at):
        page = look_at(LIST, Look(NARROW))
        open_map(page)
        page.get_by_role("button", name="1. 가마포복지관").click()
        expect(page.locator(".map__card")).to_contain_text("서울특별시 마포구 시험로 1")

        assert not page.get_by_role("button", name="지도 크게 보기").is_visible()

        page.locator(".map__card").get_by_role("button", name="닫기").click()
        expect(page.locator(".map__card")).to_have_count(0)
        assert page.get_by_role("button", name="지도 크게 보기").is_visible()

    def test_places_of_one_dong_stand_apart(self, look_at):
        page = look_at(f"{LIST}?kind=어린이집")
        open_map(page)
        boxes = [one.bounding_box() for one in page.locator(".map__marker").all()]

        middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
        nearest = min(
            (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for a in middles for b in middles if a != b
        )
        assert len({(round(x), round(y)) for x, y in middles}) == 20
        assert nearest**0.5 > 24

    def test_follows_the_list(self, look_at):
        page = look_at(LIST)
        open_map(page)
        page.get_by_label("자치구").select_option("노원구")

        expect(page.locator(".map__marker")).to_have_count(1)
        assert markers(page) == ["1. 나노원복지관, 대략의 위치"]
        page.go_back()
        expect(page.locator(".map__marker")).to_have_count(19)

    def test_is_english_on_english_pages(self, look_at):
        page = look_at(f"/en{LIST}")
        open_map(page)

        assert markers(page)[1] == "2. 나노원복지관, about here"
        assert "Jongno" in page.locator(".map__district").all_text_contents()
        assert page.get_by_role("button", name="Zoom in").is_visible()
        page.locator(".map__marker").first.press("Enter")
        assert page.locator(".map__card a").get_attribute("lang") == "ko"

    def test_is_accessible_when_open(self, assert_accessible_in_every_look):
        def look_closely(page):
            open_map(page)
            page.locator(".map__marker").nth(1).press("Enter")
            page.locator(".map__card").wait_for()
            page.wait_for_timeout(300)  # the card fades in, and axe would judge it half there

        assert_accessible_in_every_look(LIST, look_closely)

    @pytest.mark.parametrize("path", [f"{LIST}A1/", f"/en{LIST}A2/"])
    def test_shows_one_facility(self, look_at, assert_accessible, path):
        for look in (Look(NARROW, size=200), Look(WIDE, contrast="high")):
            page = look_at(path, look)
            open_map(page)
            assert page.locator(".map__marker").count() == 1
            assert_accessible(page)

    def test_is_not_offered_where_nothing_has_a_point(self, look_at):
        assert look_at(f"{LIST}A3/").locator("[data-map]").count() == 0
        assert look_at(f"{LIST}?q=다모르는곳").locator("[data-map]").count() == 0

    def test_is_not_printed(self, look_at):
        page = look_at(LIST)
        open_map(page)
        page.emulate_media(media="print")

        assert not page.locator("[data-map]").is_visible()

    def test_moves_nothing_for_who_wants_it_calm(self, look_at):
        page = look_at(LIST)
        page.emulate_media(reduced_motion="reduce")
        open_map(page)

        assert "leaflet-fade-anim" not in page.locator(".map__canvas").get_attribute("class")
        assert "leaflet-zoom-anim" not in page.locator(".map__canvas").get_attribute("class")


class TestTiles:
    @pytest.fixture(autouse=True)
    def _tiled(self, settings) -> None:
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.MAP_TILES_URL = f"{TILES}/{{z}}/{{x}}/{{y}}.png"
        settings.MAP_TILES_ATTRIBUTION = "© 시험지도"
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": policy | {"img-src": [*policy["img-src"], TILES]}
        }

    def test_lie_under_the_markers(self, look_at, assert_accessible):
        page = look_at("/preferences/")
        page.route(f"{TILES}/**", lambda route: route.fulfill(body=png(), content_type="image/png"))
        page.goto(LIST)
        open_map(page)

        expect(page.locator("img.leaflet-tile-loaded").first).to_be_attached()
        assert page.locator(".map__district").count() == 0
        assert page.get_by_text("© 시험지도").is_visible()
        page.wait_for_timeout(300)
        assert_accessible(page)


def png() -> bytes:
    """Answer a grey picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\xd0"))
        + chunk(b"IEND", b"")
    )
