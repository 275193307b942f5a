"""The sheet to hand over: one page of A4 with everything known, and larger where that is asked."""

import re
from datetime import date

import pytest

from tests.welfare import samples
from tests.welfare.factories import (
    NOW,
    add_central,
    add_source,
    correct,
    make_kind,
    make_run,
    publish,
)
from welfare.models import Facility

SHEET = "/welfare/facilities/A9/sheet/"
SPLIT = [["09:00", "12:00"], ["13:00", "18:00"]]


@pytest.fixture
def full(transactional_db):
    """A facility of which everything is known, in as many words as staff write."""
    make_kind()
    add_source("A9", name="서울특별시립 가온누리 종합노인복지관 별관", capacity=300, occupancy=280)
    add_central(
        "A9",
        operator="사회복지법인 가온누리복지재단",
        homepage="https://gaon.example/senior/centre",
    )
    asked = ["STEP_FREE", "RAMP", "LIFT", "ACCESSIBLE_TOILET", "ACCESSIBLE_PARKING", "DOOR_WIDTH"]
    fact = {"answer": "YES", "source": "강남구", "checked_date": date(2026, 3, 2).isoformat()}
    correct(
        "A9",
        **samples.KNOWN
        | {
            "weekly_hours": {
                "mon": SPLIT, "tue": SPLIT, "wed": [["09:00", "21:00"]], "thu": SPLIT,
                "fri": SPLIT, "sat": [["09:00", "13:00"]], "holidays": [],
            },
            "who_may_use": "서울에 사는 60세 이상 어르신과 그 배우자. 점심은 수급자가 먼저입니다.",
            "services_offered": "상담, 평생교육(한글, 스마트폰, 노래), 점심 식사, 물리치료, 일자리 "
            "소개, 치매 예방 교실, 집으로 찾아가는 돌봄",
            "fees": "무료. 점심 식사 3,000원(수급자 무료), 교육은 과목마다 석 달에 10,000원",
            "accessibility": {name: fact for name in asked}
            | {"HEARING_LOOP": fact | {"answer": "NO"}, "SIGN_LANGUAGE": fact | {"answer": "NO"}},
        },
    )  # fmt: skip
    publish("A9")
    make_run()
    make_run("welfare.central_facilities")
    Facility.objects.filter(code="A9").update(verified_at=NOW, jurisdiction_code="1111000000")


def pages_of(page):
    """Count the pages of paper that a print of it takes."""
    printed = page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))


def size_of(page, selector):
    return page.evaluate(
        "(s) => parseFloat(getComputedStyle(document.querySelector(s)).fontSize)", selector
    )


class TestSheet:
    @pytest.mark.parametrize("language", ["", "/en"])
    def test_is_one_page_of_paper_with_everything_known(self, full, look_at, language):
        page = look_at(f"{language}{SHEET}")

        assert page.locator(".facts__row").count() >= 20
        assert pages_of(page) == 1

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_takes_at_most_two_pages_in_large_print(self, full, look_at, language):
        assert pages_of(look_at(f"{language}{SHEET}?size=large")) <= 2

    @pytest.mark.parametrize(
        "selector", [".sheet dt", ".sheet dd", ".sheet h1", ".sheet h2", ".sheet .phone", ".qr"]
    )
    def test_is_larger_in_large_print_throughout(self, full, look_at, selector):
        normal = size_of(look_at(SHEET), selector)
        large = size_of(look_at(f"{SHEET}?size=large"), selector)

        assert normal >= 17
        assert large >= 1.4 * normal

    def test_has_its_code_beside_its_name(self, full, look_at):
        page = look_at(SHEET)
        name = page.locator(".sheet h1").bounding_box()
        code = page.locator(".sheet .qr").bounding_box()

        assert code["x"] >= name["x"] + name["width"]
        assert code["y"] < name["y"] + name["height"]
