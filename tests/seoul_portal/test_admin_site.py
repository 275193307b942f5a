"""The staff's door opens to staff, shows worklists first, and keeps a policy of its own."""

import re
from pathlib import Path

import pytest
import unfold
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation
from unfold.sites import UnfoldAdminSite

from accounts.models import User
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from tests.sign_in import sign_in
from tests.welfare.factories import NOW, make_facility
from welfare.models import FacilityReport

pytestmark = pytest.mark.django_db
# Pages of unfold that nobody gets here: its own sign-in, and a form to add users by password.
RARE = {
    "After you've created a user, you’ll be able to edit more user options.",
    "Forgotten your password or username?",
    "Image preview",
    "Record picture",
    "You have been successfully logged out from the administration",
}


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss@example.com", "pw", name="최고운")


def lists() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


def worklists(page) -> dict[str, str]:
    soup = BeautifulSoup(page.content, "html.parser")
    return {
        one.select_one(".desk-work__title").text: one.select_one(".desk-work__number").text
        for one in soup.select(".desk-work")
    }


class TestDoor:
    def test_leads_strangers_to_the_portals_sign_in(self, client):
        answer = client.get("/admin/welfare/facility/", follow=True)

        assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")

    def test_brings_back_whoever_signed_in_there(self, client):
        answer = client.get("/admin/login/?next=/admin/welfare/facility/")

        assert answer.url == "/accounts/login/?next=%2Fadmin%2Fwelfare%2Ffacility%2F"

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", ""])
    def test_leads_nobody_elsewhere(self, client, officer, elsewhere):
        sign_in(client, officer)

        assert client.get("/admin/login/", {"next": elsewhere}).url == "/admin/"

    def test_is_shut_to_residents(self, client, resident):
        client.force_login(resident)
        answer = client.get("/admin/", follow=True)

        assert answer.status_code == 403

    def test_lets_staff_in_who_may_do_nothing_yet(self, client, officer):
        sign_in(client, officer)
        answer = client.get("/admin/")

        assert answer.status_code == 200
        assert worklists(answer) == {}
        assert "아직 맡은 일이 없습니다" in answer.text

    def test_signs_out(self, client, officer):
        sign_in(client, officer)
        client.post("/admin/logout/")

        assert client.get("/admin/").status_code == 302

    def test_is_korean_only(self, client, officer):
        sign_in(client, officer)

        assert client.get("/admin/").headers["Content-Language"] == "ko"


class TestPolicy:
    def test_lets_evaluate_only_where_staff_work(self, client, boss):
        public = client.get("/").headers["Content-Security-Policy"]
        at_the_door = client.get("/admin/").headers["Content-Security-Policy"]
        sign_in(client, boss)
        inside = client.get("/admin/").headers["Content-Security-Policy"]

        assert "unsafe" not in public
        assert "unsafe" not in at_the_door
        assert "script-src 'self' 'unsafe-eval'" in inside
        assert "unsafe-inline" not in inside

    def test_needs_no_inline_style_or_script_of_the_page(self, client, boss):
        sign_in(client, boss)
        soup = BeautifulSoup(client.get("/admin/").content, "html.parser")

        assert not soup.select("style, [style], script:not([src]):not([type='application/json'])")
        assert soup.select_one("link[href$='desk.css']")


class TestWorklists:
    def test_come_first_with_what_waits(self, client, boss):
        facility = make_facility()
        FacilityReport.objects.create(facility=facility, topic="CLOSED", created_at=NOW)
        for feed, status, rejected in (
            ("welfare.seoul_facilities", RunStatus.COMPLETED, 3),
            ("welfare.central_facilities", RunStatus.FAILED, 0),
        ):
            FeedRun.objects.create(
                feed=feed, status=status, started_at=NOW, received=rejected, rejected=rejected,
                reason="제공 기관이 답하지 않습니다.",
            )  # fmt: skip
        sign_in(client, boss)
        answer = client.get("/admin/")

        assert worklists(answer) == {
            "기관별 신청 현황": "0",
            "복지 이용 현황": "0",
            "시민 신고": "1",
            "다시 볼 수정": "0",
            "보호 풀기 요청": "0",
            "확인한 적 없는 시설": "1",
            "책임자 없는 기관": "0",
            "받지 않은 줄": "3",
            "멈추거나 실패한 수신": "1",
            "보내지 못한 알림": "0",
            "지표와 목표": "9",
            "검토할 조건과 기준": "0",
            "아무도 확인하지 않은 기준": "178",
            "다시 볼 쉬운 말 안내": "0",
            "검토할 위기 신호 가중치": "0",
        }
        assert "제공 기관이 답하지 않습니다." in answer.text

    def test_show_only_what_the_person_may_see(self, client, officer):
        officer.user_permissions.add(Permission.objects.get(codename="view_facilityreport"))
        sign_in(client, officer)

        assert list(worklists(client.get("/admin/"))) == ["시민 신고"]

    def test_stop_counting_where_a_figure_says_no_more(self, client, boss, monkeypatch):
        monkeypatch.setattr("core.desk.worklists.MOST_COUNTED", 1)
        make_facility("A0001")
        make_facility("A0002")
        make_facility("A0003")
        sign_in(client, boss)

        assert worklists(client.get("/admin/"))["확인한 적 없는 시설"] == "1+"

    def test_ask_as_often_for_many_runs_as_for_few(self, client, boss, assert_flat):
        sign_in(client, boss)

        def add(number: int) -> None:
            make_facility(f"A{number:04}")
            FeedRun.objects.create(feed="welfare.seoul_facilities", started_at=NOW)

        assert assert_flat(lambda: client.get("/admin/"), add=add) <= 20


class TestEveryList:
    def test_opens_to_whoever_may_do_everything(self, client, boss, say_why):
        sign_in(client, boss)
        say_why(client)
        answers = {url: client.get(url).status_code for url in lists()}

        assert set(answers.values()) == {200}
        assert len(answers) >= 8

    def test_is_shut_to_staff_without_permission(self, client, officer):
        sign_in(client, officer)

        assert {client.get(url).status_code for url in lists()} == {403}

    def test_is_shut_to_residents(self, client, resident):
        client.force_login(resident)

        assert {client.get(url).status_code for url in lists()} == {302}

    def test_leads_anybody_else_to_the_sign_in(self, client):
        assert {client.get(url).status_code for url in lists()} == {302}


class TestKorean:
    @pytest.mark.parametrize(
        "path",
        ["/admin/welfare/facility/?q=zzzz", "/admin/welfare/facility/", "/admin/search/synonym/",
         "/admin/feeds/feedrun/", "/admin/search/searchentry/", "/admin/accounts/user/",
         "/admin/welfare/facilityreport/?status=all"],
    )  # fmt: skip
    def test_is_what_lists_speak(self, client, boss, path):
        make_facility()
        sign_in(client, boss)
        text = BeautifulSoup(client.get(path).content, "html.parser").get_text(" ")

        for foreign in (
            "No results", "yielded", "Reset filters", "Select action", "Type to search", "Can add",
            "Can view", "welfare.facility", "를(을)", "뷰 ", "보기위한",
        ):  # fmt: skip
            assert foreign not in text

    def test_is_what_unfold_says(self):
        templates = Path(unfold.__file__).parent / "templates"
        said = {
            words
            for page in templates.rglob("*.html")
            for words in re.findall(r'{% trans(?:late)? "([^"]+)"', page.read_text())
        }
        assert len(said) > 50
        with translation.override("ko"):
            assert [
                one for one in said if translation.gettext(one) == one and one not in RARE
            ] == []

    def test_names_permissions_as_the_lists_that_they_open(self, client, boss, resident, say_why):
        sign_in(client, boss)
        say_why(client)
        page = client.get(reverse("admin:accounts_user_change", args=[resident.pk]))

        assert "복지 | 시설 종류 | 고치기" in page.text
        assert "Can " not in page.text


class TestMenu:
    @pytest.mark.parametrize(
        ("path", "title"),
        [
            ("/admin/", "한눈에"),
            ("/admin/welfare/facility/", "복지시설"),
            ("/admin/welfare/facilityreport/", "시민 신고"),
            ("/admin/welfare/facilityreport/?status=all", "시민 신고"),
            ("/admin/welfare/facilitykind/", "시설 종류"),
            ("/admin/welfare/facilitykind/?lift=waiting", "보호 풀기 요청"),
            ("/admin/feeds/feedrun/", "자료 수신 기록"),
            ("/admin/feeds/feedrun/?needs=somebody", "멈추거나 실패한 수신"),
            ("/admin/feeds/feedreject/", "받지 않은 줄"),
        ],
    )
    def test_points_at_one_entry(self, client, boss, path, title):
        sign_in(client, boss)
        groups = client.get(path).context["sidebar_navigation"]

        open_now = [item["title"] for group in groups for item in group["items"] if item["active"]]
        assert open_now == [title]


class TestFrame:
    """What the site works out once is what unfold would have worked out for each page."""

    def test_is_that_of_unfold(self, boss, rf):
        site, request = admin.site, rf.get("/admin/welfare/facility/")
        request.user = boss
        site.each_context(request)
        ours, theirs = site.each_context(request), UnfoldAdminSite.each_context(site, request)

        assert ours.keys() - theirs.keys() == {"draw_menu"}
        assert theirs.keys() <= ours.keys()
        for name in theirs.keys() - {"log_entries", "colors"}:
            assert ours[name] == theirs[name], name

    def test_follows_what_somebody_may_see_at_once(self, client, officer):
        right = Permission.objects.get(codename="view_facilityreport")
        sign_in(client, officer)
        shown = []
        for change in (officer.user_permissions.add, officer.user_permissions.remove):
            change(right)
            shown.append("시민 신고" in client.get("/admin/").text)

        assert shown == [True, False]


class TestPeople:
    def test_are_told_to_sign_up_before_they_come_into_office(self, client, boss, say_why):
        sign_in(client, boss)
        say_why(client)

        assert "먼저 포털에서" in client.get("/admin/accounts/user/").text

    def test_are_put_in_office_by_superusers_alone(self, client, officer, resident, boss, say_why):
        for codename in ("view_user", "change_user"):
            officer.user_permissions.add(Permission.objects.get(codename=codename))
        url = reverse("admin:accounts_user_change", args=[resident.pk])
        sign_in(client, officer)
        client.post(url, {"is_active": "on", "is_staff": "on", "is_superuser": "on"})
        resident.refresh_from_db()
        assert not resident.is_staff

        assert client.get(reverse("admin:accounts_user_change", args=[boss.pk])).status_code == 302
        sign_in(client, boss)
        say_why(client)
        client.post(url, {"is_active": "on", "is_staff": "on"})
        resident.refresh_from_db()
        assert resident.is_staff
        assert not resident.is_superuser
