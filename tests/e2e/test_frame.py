"""The frame of every page in a browser: every look, without a script, by keyboard, on paper."""

import pytest

from tests.e2e.look import NARROW, WIDE, Look

PAGES = (
    "/",
    "/en/",
    "/components/",
    "/en/components/",
    "/accounts/login/",
    "/en/accounts/login/",
    "/accounts/signup/",
    "/en/accounts/password/reset/done/",
    "/accounts/confirm-email/",
    "/accounts/password/reset/key/1-abc/",
    "/accounts/password/reset/",
    "/preferences/",
    "/about/",
    "/en/about/privacy/",
    "/nowhere/",
)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_in_every_look(assert_accessible_in_every_look, path):
    assert_accessible_in_every_look(path)


@pytest.mark.parametrize(
    "path",
    ["/accounts/email/", "/en/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"],
)
def test_own_page_is_accessible(look_at, assert_accessible, signed_in, path):
    for look in (Look(NARROW), Look(WIDE, size=200)):
        page = look_at(path, look, cookies=signed_in)
        assert_accessible(page)


class TestSpacing:
    def test_leaves_a_blank_before_optional(self, look_at):
        page = look_at("/en/components/")
        labels = page.locator("label:has(.optional)").all_inner_texts()

        assert labels
        assert all(" (optional)" in label for label in labels)

    def test_keeps_errors_free_of_bullets_on_their_edge(self, look_at):
        page = look_at("/components/")
        style = page.locator(".errors li").first.evaluate("e => getComputedStyle(e).listStyleType")
        assert style == "none"

    def test_keeps_the_cards_of_two_steps_apart(self, look_at, signed_in):
        page = look_at("/accounts/2fa/", cookies=signed_in)
        first, second = (card.bounding_box() for card in page.locator(".card").all())

        assert second["y"] - (first["y"] + first["height"]) >= 16

    def test_keeps_an_address_and_what_is_said_of_it_apart(self, look_at, signed_in):
        page = look_at("/accounts/email/", cookies=signed_in)
        radio = page.get_by_role("radio", name="resident@example.com").bounding_box()
        said = page.get_by_text("아직 확인하지 않음").bounding_box()
        address = page.locator("label span span").first.bounding_box()

        assert radio["width"] <= 24
        assert said["x"] - (address["x"] + address["width"]) >= 8


class TestDisplaySwitches:
    @pytest.mark.parametrize("script", [True, False])
    def test_last_without_an_account(self, look_at, script):
        page = look_at("/components/", Look(NARROW, script=script))
        before = size_of(page)

        page.locator("summary", has_text="메뉴").click()
        page.get_by_text("글자 크기·고대비").click()
        page.get_by_role("button", name="200%").click()
        page.wait_for_load_state()
        assert page.url.endswith("/components/")
        assert size_of(page) == 2 * before

        page.goto("/accounts/login/")
        assert size_of(page) == 2 * before

    def test_change_the_colours(self, look_at):
        page = look_at("/")
        page.get_by_text("글자 크기·고대비").click()
        page.get_by_role("button", name="고대비", exact=True).click()
        page.wait_for_load_state()

        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"

    def test_say_what_is_chosen(self, look_at):
        page = look_at("/", Look(WIDE, size=150))
        page.locator("summary", has_text="메뉴").click()
        page.get_by_text("글자 크기·고대비").click()

        chosen = page.get_by_role("button", name="150%")
        assert chosen.evaluate("e => getComputedStyle(e, '::before').content").startswith('"✓')


def size_of(page):
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")


class TestKeyboard:
    def test_skips_to_the_content_first(self, look_at):
        page = look_at("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"

        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"

    def test_focus_is_always_seen(self, look_at):
        page = look_at("/components/")
        unseen = []
        for _ in range(60):
            page.keyboard.press("Tab")
            width, style = page.evaluate(
                "(() => { const s = getComputedStyle(document.activeElement);"
                " return [parseFloat(s.outlineWidth), s.outlineStyle]; })()"
            )
            if width < 2 or style == "none":
                unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))

        assert not unseen

    def test_errors_take_the_focus(self, look_at):
        page = look_at("/accounts/login/")
        page.get_by_role("main").get_by_role("button", name="로그인", exact=True).click()

        page.wait_for_selector(".errors")
        assert "errors" in page.evaluate("document.activeElement.className")


class TestWithoutScript:
    @pytest.mark.parametrize("path", ["/", "/en/", "/accounts/login/"])
    def test_shows_everything(self, look_at, path):
        page = look_at(path, Look(script=False))

        assert page.get_by_role("main").get_by_role("heading", level=1).is_visible()
        assert page.get_by_role("link", name="119").is_visible()

    def test_changes_the_language_of_the_same_page(self, look_at):
        page = look_at("/components/?a=b", Look(script=False))
        page.get_by_role("link", name="English").click()

        page.wait_for_url(lambda url: url.endswith("/en/components/?a=b"))
        assert page.locator("html").get_attribute("lang") == "en"
        page.get_by_role("link", name="한국어").click()
        page.wait_for_url(lambda url: "/en/" not in url and url.endswith("/components/?a=b"))


class TestShare:
    def test_offers_to_print_and_to_copy_where_a_script_runs(self, look_at):
        page = look_at("/components/")
        assert page.get_by_role("button", name="인쇄").is_visible()

        bare = look_at("/components/", Look(script=False))
        assert not bare.get_by_role("button", name="인쇄").is_visible()
        assert bare.get_by_role("link", name="이메일로 보내기").is_visible()


class TestPaper:
    def test_keeps_only_the_content(self, look_at):
        page = look_at("/components/")
        page.emulate_media(media="print")

        assert not page.locator(".header").is_visible()
        assert not page.locator(".footer__links").is_visible()
        assert page.get_by_role("heading", level=1).is_visible()

    def test_is_printed_large_for_who_chose_large_text(self, look_at):
        sizes = []
        for size in (100, 200):
            page = look_at("/components/", Look(size=size))
            page.emulate_media(media="print")
            sizes.append(size_of(page))

        assert sizes[1] == 2 * sizes[0]


class TestFirstView:
    LARGEST = 100 * 1024

    @pytest.mark.parametrize("path", ["/", "/en/"])
    def test_weighs_at_most_100_kilobytes_without_fonts(self, look_at, live_server, path):
        import gzip

        weights = {}
        page = look_at("/preferences/")
        page.on(
            "response",
            lambda answer: weights.__setitem__(answer.url, len(gzip.compress(answer.body()))),
        )
        page.goto(path, wait_until="networkidle")
        fonts = {url for url in weights if url.endswith(".woff2")}

        assert len(weights) - len(fonts) >= 5
        assert sum(size for url, size in weights.items() if url not in fonts) <= self.LARGEST
        assert all(url.startswith(live_server.url) for url in weights)
