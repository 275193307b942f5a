"""One prepared person for each role signs in with what `manage.py demo` prints, and works.

Where SCREENS names a folder, each step leaves a picture there, in order: a day at the portal.
"""

import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from accounts.models import User
from core.cases.models import Case
from core.sandbox.one_time_code import one_time_code
from tests.e2e.judge import faults_seen
from tests.e2e.test_admin_pages import serious_faults

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = os.environ.get("SCREENS")
DESK = "/admin/cases/case/"


@pytest.fixture
def sign_ins(settings, tmp_path) -> dict[str, list[str]]:
    """What is printed, by role: address, password and, for whoever reads of others, a secret."""
    settings.DEBUG = True
    path = tmp_path / "sign-ins"
    call_command("demo", sign_ins=path, verbosity=0)
    lines = [line.split() for line in path.read_text().splitlines() if "@demo.example" in line]
    assert len(lines) == User.objects.count()
    return {role: told for role, *told in lines}


class Day:
    """Somebody's day in a window of their own, step by step."""

    def __init__(self, page: Page, role: str) -> None:
        self.page, self.role, self.step = page, role, 0

    def sign_in(self, email: str, password: str, secret: str = "") -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("이메일").fill(email)
        self.page.get_by_label("비밀번호", exact=True).fill(password)
        self.shot("로그인")
        self.page.get_by_role("button", name="로그인", exact=True).click()
        if secret:
            code = one_time_code(secret, at=time.time())
            self.page.get_by_label("인증 앱의 숫자").fill(code)
            self.shot("두번째")
            self.page.get_by_role("button", name="로그인", exact=True).click()

    def go(self, path: str, name: str) -> None:
        self.page.goto(path)
        self.shot(name)

    def press(self, button: str, name: str) -> None:
        self.page.get_by_role("button", name=button).first.click()
        self.page.wait_for_load_state()
        self.shot(name)

    def shot(self, name: str) -> None:
        self.step += 1
        if SCREENS:
            path = Path(SCREENS) / f"{self.role}-{self.step:02d}-{name}.png"
            self.page.screenshot(path=path, full_page=True)
        is_of_the_library = "/admin/" in self.page.url and "/admin/why/" not in self.page.url
        seen = (
            serious_faults(self.page)
            if is_of_the_library
            else faults_seen(self.page, colours=False)
        )
        assert not seen, f"{self.role} {self.page.url}: {seen}"

    @property
    def text(self) -> str:
        return self.page.inner_text("body")


@pytest.fixture
def day_of(browser, live_server, sign_ins):
    """Open somebody's window, signed in."""
    windows = []

    def begin(role: str) -> Day:
        window = browser.new_context(base_url=live_server.url, locale="ko-KR")
        windows.append(window)
        day = Day(window.new_page(), role)
        day.sign_in(*sign_ins[role])
        return day

    yield begin
    for window in windows:
        window.close()


def case_of(role: str) -> Case:
    return Case.objects.get(person__email=f"{role}@demo.example")


class TestADay:
    def test_of_a_resident_and_the_helper_and_the_worker(self, day_of):
        resident = day_of("resident")
        resident.go("/my/", "내것")
        resident.go("/my/requests/", "내신청")
        helper = day_of("helper")
        case = case_of("resident")
        helper.go(f"/my/requests/{case.pk}/", "맡은신청")
        helper.page.get_by_label("답", exact=True).fill("아버지 한 분이십니다.")
        helper.press("답 보내기", "답함")
        assert "답을 보냈습니다." in helper.text

        worker = day_of("worker")
        worker.go("/admin/", "할일")
        worker.go(f"{DESK}?list=mine", "내가맡음")
        worker.go(f"{DESK}{case.pk}/change/", "신청한장")
        assert "아버지 한 분이십니다." in worker.text
        worker.page.get_by_label("상담 결과").fill("맞춤 돌봄을 안내했습니다.")
        worker.press("마치기", "마침")

        resident.go(f"/my/requests/{case.pk}/", "결과")
        assert "맞춤 돌봄을 안내했습니다." in resident.text
        resident.go("/my/access/", "누가보았나")
        assert "동주민센터" in resident.text
        resident.go("/my/notices/", "알림")
        resident.go("/my/helpers/", "도우미")
        resident.page.get_by_role("link", name="옆집 이웃").first.click()
        resident.shot("도우미가한일")
        assert "답하기" in resident.text

    def test_of_a_manager_who_gives_work_and_a_stranger_who_sees_none(self, day_of):
        manager = day_of("manager")
        manager.go("/admin/", "할일")
        manager.go(f"{DESK}?list=unassigned", "담당자없음")
        for box in manager.page.locator("input.action-select").all():
            box.evaluate("box => box.click()")  # the bar that comes with the first may lie above it
        manager.page.locator("select[name=action]").select_option("assign_chosen")
        manager.page.locator("button[name=index]").click()
        manager.shot("누구에게")
        manager.page.get_by_label("담당자").select_option(label="최창구")
        manager.press("미리 보기", "바뀔것")
        manager.press("담당자 정하기", "정함")
        own = Case.objects.filter(office=case_of("resident").office)
        assert not own.unassigned().exists()
        assert own.exists()

        case = case_of("resident")
        stranger = day_of("other_worker")
        stranger.go(DESK, "다른센터")
        assert stranger.page.goto(f"{DESK}{case.pk}/change/").status == 404

    def test_of_an_official_who_sees_figures_and_nobody(self, day_of):
        official = day_of("official")
        official.go("/admin/", "할일")
        official.page.get_by_role("link", name="기관별 신청 현황").first.click()
        official.shot("현황")
        assert "사직동주민센터" in official.text
        assert "견본 신청자" not in official.text
        assert official.page.goto(DESK).status == 403

    def test_of_the_administrator_who_says_why(self, day_of):
        admin = day_of("admin")
        admin.go("/admin/", "할일")
        admin.go("/admin/accounts/user/", "까닭을말함")
        assert "/admin/why/" in admin.page.url

    @pytest.mark.parametrize("role", ["partner", "organiser", "officer", "other_manager"])
    def test_of_others_at_the_desk(self, day_of, role):
        day = day_of(role)
        day.go("/admin/", "할일")
        assert "할 일" in day.text

    def test_of_a_volunteer(self, day_of):
        volunteer = day_of("volunteer")
        volunteer.go("/my/", "내것")
        volunteer.go("/my/data/", "내정보")
        assert volunteer.page.goto("/admin/").status == 403
