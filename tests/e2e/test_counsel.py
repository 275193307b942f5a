"""Asking for counselling in a browser: by keyboard, on a phone, and without a script."""

import os
from pathlib import Path

import pytest

from accounts.services import ensure_centres
from core.cases.models import Case
from tests.e2e.look import NARROW, WIDE, Look

pytestmark = pytest.mark.django_db(transaction=True)
COUNSEL = "/welfare/counsel/"
PICTURES = os.environ.get("PICTURES")
LONG = "도와주세요. " * 300


@pytest.fixture
def centres(db):
    ensure_centres()


def draw(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("start", ["", "/en"])
def test_form_is_accessible(look_at, assert_accessible, signed_in, centres, start):
    for look in (Look(NARROW), Look(WIDE)):
        page = look_at(f"{start}{COUNSEL}", look, cookies=signed_in)
        assert_accessible(page, look)
        draw(page, f"counsel-form{start.replace('/', '-')}-{look.width}")
        page.locator("form button", has_text="신청하기" if not start else "").last.click()
        assert_accessible(page, look)
        draw(page, f"counsel-wrong{start.replace('/', '-')}-{look.width}")


def test_is_asked_by_keyboard_alone(look_at, signed_in, centres):
    page = look_at(COUNSEL, Look(WIDE), cookies=signed_in)
    page.get_by_label("어떤 도움이 필요하세요?").fill("난방비가 걱정입니다.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "office"
    for _ in range(2):  # past the first dong of the first district
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/requests/*/")

    assert Case.objects.get().office.name == "종로구 사직동주민센터"


def test_a_long_text_is_counted_and_kept(look_at, signed_in, centres):
    page = look_at(COUNSEL, Look(NARROW), cookies=signed_in)
    page.get_by_label("어떤 도움이 필요하세요?").fill(LONG)
    said = page.locator(".counter--over")
    said.wait_for()
    assert "2,000자까지" in said.inner_text()
    assert f"{len(LONG):,}자" in said.inner_text()
    draw(page, "counsel-counted")


def test_a_long_text_is_refused_whole_without_a_script(look_at, signed_in, centres):
    page = look_at(COUNSEL, Look(NARROW, script=False), cookies=signed_in)
    page.locator("#id_text").fill(LONG)
    page.get_by_role("button", name="신청하기").click()

    assert "줄여 주세요" in page.locator("#id_text_error").inner_text()
    assert page.locator("#id_text").input_value().strip() == LONG.strip()
    draw(page, "counsel-long-without-script")
