"""A browser on the portal: `look_at(path, look)` opens a page, `assert_accessible(page)` judges."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from core.web.display import COOKIE
from core.web.signed_in import MARK
from tests.e2e.judge import faults_seen
from tests.e2e.look import Look

BUILT = settings.BASE_DIR / "static" / "dist" / "portal.css"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LookAt = Callable[..., Page]


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


@pytest.fixture
def look_at(browser: Browser, live_server) -> Iterator[LookAt]:
    """Open a page: `look_at("/en/", Look(360, size=200))`; `cookies=` adds to a fresh visitor's.

    What the page complains of on the console (a refused style, a script's error) fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def look_at(path: str, look: Look | None = None, cookies: dict[str, str] | None = None) -> Page:
        look = look or Look()
        context = browser.new_context(
            viewport={"width": look.width, "height": 900},
            java_script_enabled=look.script,
            base_url=live_server.url,
        )
        contexts.append(context)
        jar = {COOKIE: f"size-{look.size}.contrast-{look.contrast}", **(cookies or {})}
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in jar.items()]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if said.type == "error" else None
        )
        page.goto(path)
        return page

    yield look_at
    for context in contexts:
        context.close()
    # A 404 page is asked for on purpose.
    assert not [said for said in complaints if "status of 4" not in said]


@pytest.fixture
def signed_in(client, resident) -> dict[str, str]:
    """Cookies of a resident who has signed in, for `look_at(…, cookies=signed_in)`."""
    client.force_login(resident)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {settings.SESSION_COOKIE_NAME: session, MARK: "1"}


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    def check(page: Page) -> None:
        faults = faults_seen(page)
        assert not faults, "\n".join([page.url, *faults])

    return check
