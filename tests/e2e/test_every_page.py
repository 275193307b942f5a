"""Every page of people, requests and the desk, as somebody whom it is open to, in a browser.

The addresses are those of the permission walk (`tests/permissions/table.py`), which speaks of every
address that is not open to all; a new page is judged here without another word.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.accessibility.addresses import addresses
from tests.e2e.judge import faults_of_the_desk, faults_seen, settle
from tests.e2e.look import NARROW, WIDE, Look
from tests.permissions.roles import World, make_world
from tests.permissions.walk import Asked, everything_to_ask, routes_open_to_all, routes_told

pytestmark = pytest.mark.django_db(transaction=True)
# Where the pages are drawn for somebody to look at; nowhere unless it is named.
PICTURES = os.environ.get("PICTURES")
# Whoever of those that are let in sees most.
FIRST = ("citizen", "manager", "superuser", "editor", "official", "helper")
PARTS = {
    "my": (
        "my/",
        "welfare/counsel/",
        "welfare/care/",
        "welfare/check/mine/",
        "welfare/benefits/<str:code>/ask/",
        "welfare/received/",
    ),
    "accounts": ("accounts/",),
    "desk of requests and people": ("admin/cases/", "admin/accounts/", "admin/offices/"),
    "desk": (
        "admin/$",
        "admin/why/",
        "admin/notices/",
        "admin/search/",
        "admin/feeds/",
        "admin/kpi/",
    ),
    "desk of facilities": ("admin/welfare/",),
}
NO_PAGE = {
    "admin/jsi18n/": "a script",
    "admin/search/": "a piece of a page, fetched by unfold's search",
    "accounts/stay/": "a piece of a page, fetched while somebody is idle",
    "my/data/download/": "a file",
    "my/requests/<int:number>/files/<int:file>/": "a file",
    "admin/cases/case/<int:number>/files/<int:file>/": "a file",
    **{
        f"admin/{model}/export/<str:form>/": "a file"
        for model in (
            "accounts/communitycentre",
            "accounts/membership",
            "accounts/user",
            "cases/case",
            "feeds/feedreject",
            "notices/delivery",
            "welfare/benefit",
            "welfare/carehousehold",
            "welfare/facility",
            "welfare/facilitycorrection",
            "welfare/facilityreport",
            "welfare/hardshiphousehold",
            "welfare/ruleversion",
        )
    },
    **{
        f"admin/welfare/facility/<str:code>/{deed}/": "a deed, sent from a facility's page"
        for deed in ("confirm/<str:field>", "verify", "exceptions/<int:number>/remove")
    },
    "accounts/2fa/recovery-codes/download/": "a file, shown once",
    "accounts/3rdparty/login/error/": "what a provider's fault would say",
}
# Open to all and judged in a file of their own, by what leads to them.
ELSEWHERE = {
    "requests/track/": "test_requests.py",
    "erasure/<slug:code>/": "test_records.py",
    "notices/stop/<str:token>/": "test_notices.py",
    "s/<str:token>/": "test_notices.py",
}
# Open to all, and no page that anybody opens by its address.
NOT_OPENED = {
    "notices/bounces/": "takes reports of returned letters",
    "accounts/2fa/webauthn/login/": "what a browser needs for a passkey",
    "accounts/3rdparty/signup/": "follows a provider's word, and leads away without it",
    "accounts/login/code/confirm/": "follows a code that was asked for: test_sign_in.py",
    **{
        f"accounts/{one}/login/{step}": "a provider's door, there only with its keys"
        for one in ("google", "kakao", "naver")
        for step in ("", "callback/", "token/")
    },
}


def part_of(route: str) -> str:
    for part, starts in PARTS.items():
        if any(f"{route}$".startswith(start) for start in starts):
            return part
    return ""


def pages_of(part: str, world: World) -> list[Asked]:
    return [
        one
        for one in everything_to_ask(world)
        if one.open_to and not one.sends and one.route not in NO_PAGE and part_of(one.route) == part
    ]


def role_for(one: Asked) -> str:
    return next((role for role in FIRST if role in one.open_to), min(one.open_to))


@pytest.fixture
def judge(look_at) -> Callable[..., Page]:
    """Open a page and judge it at both widths, on the terms of the pages or of the desk."""

    def check(path: str, cookies: dict[str, str], faults: list[str]) -> Page:
        is_desk = path.startswith("/admin/") and not path.startswith("/admin/why/")
        page = look_at(path, Look(NARROW), cookies=cookies)
        settle(page)
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 900})
            found = faults_of_the_desk(page) if is_desk else faults_seen(page)
            faults += [f"{path} at {width} px: {fault}" for fault in found]
            if PICTURES:
                name = path.strip("/").replace("/", "-")[:80]
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        return page

    return check


class TestEveryPage:
    @pytest.mark.parametrize("part", PARTS)
    def test_has_no_fault_and_no_error_on_the_console(
        self, judge, signed_in_as, client, say_why, part
    ):
        world, faults = make_world(), []
        pages = pages_of(part, world)
        assert pages
        for role in sorted({role_for(one) for one in pages}):
            client.logout()
            cookies = signed_in_as(world[role])
            if world[role].is_superuser:
                say_why(client)
            for one in (page for page in pages if role_for(page) == role):
                judge(one.path, cookies, faults)
                if not one.path.startswith("/admin/"):
                    judge(f"/en{one.path}", cookies, faults)

        assert not faults, "\n".join(faults)

    @pytest.mark.parametrize("part", ["my"])
    def test_says_the_same_without_a_script(self, look_at, signed_in_as, part):
        world, plain = make_world(), Look(NARROW, script=False)
        pages = [one for one in pages_of(part, world) if role_for(one) == "citizen"]
        cookies = signed_in_as(world["citizen"])
        for one in pages:
            page = look_at(one.path, plain, cookies=cookies)
            assert page.locator("main h1").is_visible(), one.path
            assert not page.locator("main form:not(:has(button, [type=submit]))").count(), one.path


class TestFileOfTheDesk:
    def test_is_chosen_without_an_error(self, look_at, signed_in_as, tmp_path):
        """Unfold's script looks for a text field beside every file field."""
        world = make_world()
        number = next(one.path for one in pages_of("desk of requests and people", world)
                      if one.route.endswith("cases/case/<path:object_id>/change/"))  # fmt: skip
        picture = tmp_path / "집.jpg"
        picture.write_bytes(b"x")
        cookies = signed_in_as(world["manager"])
        for path in (number, "/admin/accounts/membership/import/"):
            page = look_at(path, cookies=cookies)
            page.wait_for_load_state("networkidle")
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            page.locator("main input[type=file]").set_input_files(picture)
            assert page.locator("main input[type=file]").evaluate("one => one.files.length") == 1


class TestSelection:
    def test_leaves_no_page_out(self):
        silent = [
            route
            for route in routes_told()
            if not part_of(route) and route not in NO_PAGE and routes_told()[route]
        ]

        assert not silent

    def test_names_where_pages_open_to_all_are_judged(self):
        folder = Path(__file__).parent
        judged = "".join(path.read_text(encoding="utf-8") for path in folder.glob("test_*.py"))
        of_people = ("accounts/", "requests/", "erasure/", "notices/")
        open_ones = {one for one in routes_open_to_all() if one.startswith(of_people)}
        pages = {one.route for one in addresses()} & open_ones
        plain = [one for one in sorted(pages) if "<" not in one and "(?P" not in one]

        assert len(plain) > 5
        assert not [one for one in plain if f"/{one}" not in judged and one not in NOT_OPENED]
        for route, name in ELSEWHERE.items():
            start = route.partition("<")[0]
            assert f"/{start}" in (folder / name).read_text(encoding="utf-8"), route
