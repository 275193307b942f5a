"""A browser on the portal: `look_at(path, look)` opens a page, `assert_accessible(page)` judges."""

import os
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, sync_playwright

from accounts.models import User
from core.web.display import COOKIE
from core.web.kept import kept
from core.web.signed_in import MARK
from core.web.throttle import throttle
from tests.e2e.judge import arrive, faults_seen, watch
from tests.e2e.look import EVERY_LOOK, Look, put_on
from tests.sign_in import sign_in as sign_in_with_both

BUILT = settings.BASE_DIR / "static" / "dist" / "portal.css"
UNFOLDS = "/static/unfold/js/"
# A whole Chromium draws an address bar for each window, with two pages behind it that nobody opens:
# that is two thirds of what a window costs. Before the last line stands Playwright's own list, as
# far as it concerns pages, because the browser heeds one list only.
UNWANTED = (
    "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "OptimizationHints", "NetworkTimeServiceQuerying",
    "DestroyProfileOnBrowserClose", "AvoidUnnecessaryBeforeUnloadCheckSync", "PreconnectToSearch",
    "AimEnabled", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
)  # fmt: skip
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    f"--disable-features={','.join(UNWANTED)}",
]
LookAt = Callable[..., Page]
HEIGHT = 900
SMALLEST = 100


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e/" in item.nodeid:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    if not BUILT.exists():
        pytest.fail("the assets are not built: `make assets` (npm ci, npm run build)")
    # Playwright's loop runs in this thread, and Django would think its queries asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session", autouse=True)
def _what_is_pressed_leads_on() -> Iterator[None]:
    """Let a click end where it leads: on a busy machine a test would read the page it left."""

    def leading_on(act: Callable[..., None]) -> Callable[..., None]:
        @wraps(act)
        def acted(locator: Locator, *args: Any, **options: Any) -> None:
            act(locator, *args, **options)
            arrive(locator.page)

        return acted

    with pytest.MonkeyPatch.context() as patched:
        for name in ("click", "press"):
            patched.setattr(Locator, name, leading_on(getattr(Locator, name)))
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    kept.clear()
    throttle.forget()


@pytest.fixture
def look_at(browser: Browser, live_server) -> Iterator[LookAt]:
    """Open a page: `look_at("/en/", Look(360, size=200))`; `cookies=` adds to a fresh visitor's.

    One window serves the whole test (another one without script), so what was opened before is
    gone. What the page complains of on the console (a refused style, a script's error) fails the
    test.
    """
    windows: dict[bool, Page] = {}
    complaints: list[str] = []

    def note(said: ConsoleMessage) -> None:
        # An error page is asked for on purpose; what a page then asks for itself is not.
        about = said.location.get("url", "").partition("?")[0]
        is_the_page = about in {page.url.partition("?")[0] for page in windows.values()}
        if said.text.startswith("Applying inline style") and UNFOLDS in about:
            return  # the bar below a list, which has its width from our sheet (docs/adr/0007)
        if said.type == "error" and not (is_the_page and "status of" in said.text):
            complaints.append(f"{said.text} {said.location.get('url', '')}")

    def open_window(look: Look) -> Page:
        page = browser.new_context(
            java_script_enabled=look.script, base_url=live_server.url
        ).new_page()
        watch(page)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", note)
        return page

    def look_at(path: str, look: Look | None = None, cookies: dict[str, str] | None = None) -> Page:
        look = look or Look()
        page = windows.get(look.script) or windows.setdefault(look.script, open_window(look))
        jar = {COOKIE: look.cookie, **(cookies or {})}
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in jar.items()]
        )
        page.set_viewport_size({"width": look.width, "height": HEIGHT})
        page.goto(path)
        return page

    yield look_at
    for page in windows.values():
        page.context.close()
    assert not complaints


@pytest.fixture
def signed_in_as(client) -> Callable[[User], dict[str, str]]:
    """Answer the cookies of somebody who has signed in, for `look_at(…, cookies=…)`."""

    def sign_in(user: User) -> dict[str, str]:
        if user.reads_about_people:
            sign_in_with_both(client, user)
        else:
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return {settings.SESSION_COOKIE_NAME: session, MARK: "1"}

    return sign_in


@pytest.fixture
def signed_in(signed_in_as, resident) -> dict[str, str]:
    return signed_in_as(resident)


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    def check(page: Page, look: Look | None = None) -> None:
        # Larger text has the same colours, of which less is asked.
        faults = faults_seen(page, colours=look is None or look.size == SMALLEST)
        assert not faults, "\n".join([f"{page.url} {look or ''}", *faults])

    return check


@pytest.fixture
def assert_accessible_in_every_look(look_at, assert_accessible) -> Callable[..., None]:
    """Judge a page in every look; `after` brings it into the state that is to be judged.

    One document serves them all: what a person chose comes with the sheet, never with the page.
    """

    def check(path: str, after: Callable[[Page], object] = lambda page: None, **cookies) -> None:
        first, *others = EVERY_LOOK
        page = look_at(path, first, **cookies)
        after(page)
        assert_accessible(page, first)
        for look in others:
            put_on(page, look, HEIGHT)
            assert_accessible(page, look)

    return check
