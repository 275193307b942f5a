"""The doors in a browser: a passkey, an app's code, a computer that many use; and how they look."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as portal
from django.core import mail
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_second_factor
from core.sandbox.one_time_code import one_time_code
from tests.e2e.look import Look
from tests.sign_in import SECRET

ADD_PASSKEY = "/accounts/2fa/webauthn/add/"
PASSKEY_LOGIN = "패스키로 로그인"


@pytest.fixture
def member(transactional_db) -> User:
    person = User.objects.create_user("member@example.com", "pw", name="김시민")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def boss(transactional_db) -> User:
    person = User.objects.create_superuser("boss@example.com", "pw", name="최고운")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    ensure_second_factor(person=person, secret=SECRET, now=timezone.now())
    return person


def sign_in(page, person, *, public=False):
    page.goto("/accounts/login/")
    if public:
        page.get_by_label("여럿이 쓰는 컴퓨터입니다").check()
    page.get_by_label("이메일").fill(person.email)
    page.get_by_label("비밀번호", exact=True).fill("pw")
    page.get_by_role("button", name="로그인", exact=True).click()


def with_authenticator(page):
    """Give the page's browser a device that knows who holds it, as a telephone does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


class TestPasskey:
    def test_is_made_and_signs_in_alone(self, look_at, member):
        page = look_at("/accounts/login/")
        with_authenticator(page)
        sign_in(page, member)
        page.goto(ADD_PASSKEY)
        page.get_by_role("button", name="패스키 만들기").click()
        page.wait_for_url("**/accounts/2fa/recovery-codes/")
        assert Authenticator.objects.get(type="webauthn").wrap().name == "패스키 1"

        page.context.clear_cookies()
        page.goto("/accounts/login/?next=/accounts/2fa/webauthn/")
        page.get_by_role("button", name=PASSKEY_LOGIN).click()
        page.wait_for_url(re.compile(r"[0-9]/accounts/2fa/webauthn/$"))

        assert "패스키 1" in page.locator("main").inner_text()

    def test_is_both_factors_of_a_member_of_staff(self, look_at, boss):
        page = look_at("/accounts/login/")
        with_authenticator(page)
        sign_in(page, boss)
        page.get_by_label("인증 앱의 숫자").fill(one_time_code(SECRET, at=time.time()))
        page.get_by_role("button", name="로그인", exact=True).click()
        page.goto(ADD_PASSKEY)
        page.get_by_role("button", name="패스키 만들기").click()
        page.wait_for_url("**/accounts/2fa/")
        page.context.clear_cookies()
        page.goto("/accounts/login/?next=/admin/")
        page.get_by_role("button", name=PASSKEY_LOGIN).click()
        page.wait_for_url(re.compile(r"[0-9]/admin/$"))

        assert "할 일" in page.title()

    def test_of_nobody_says_so_and_what_else_works(self, look_at):
        page = look_at("/accounts/login/")
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                   "hasUserVerification": True, "isUserVerified": False}  # fmt: skip
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.get_by_role("button", name=PASSKEY_LOGIN).click()

        said = page.get_by_role("alert").filter(has_text="패스키를 확인하지 못했습니다")
        said.wait_for()

    def test_without_a_script_the_page_says_what_else_works(self, look_at):
        page = look_at("/accounts/login/", Look(script=False))

        assert not page.get_by_role("button", name=PASSKEY_LOGIN).is_visible()
        assert page.get_by_text("이 브라우저에서는 패스키를 쓸 수 없습니다").is_visible()


class TestStaff:
    @pytest.mark.parametrize("script", [True, False])
    def test_sign_in_with_the_code_of_their_app(self, look_at, boss, script):
        page = look_at("/accounts/login/", Look(script=script))
        sign_in(page, boss)
        page.get_by_label("인증 앱의 숫자").fill(one_time_code(SECRET, at=time.time()))
        page.get_by_role("button", name="로그인", exact=True).click()
        page.goto("/admin/")

        assert "할 일" in page.title()

    def test_are_led_to_the_set_up_without(self, look_at, boss):
        Authenticator.objects.all().delete()
        page = look_at("/accounts/login/")
        sign_in(page, boss)
        page.goto("/admin/")

        assert page.locator("h1").inner_text() == "직원 화면에 들어가려면"


class TestCodeByLetter:
    @pytest.mark.parametrize("script", [True, False])
    def test_signs_in(self, look_at, member, script):
        page = look_at("/accounts/login/", Look(script=script))
        page.get_by_label("이메일").fill(member.email)
        page.get_by_role("button", name="이메일로 숫자 받기").click()
        code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]
        page.get_by_label("편지에 적힌 숫자").fill(code)
        page.get_by_role("button", name="로그인", exact=True).click()

        assert page.locator("h1").inner_text() == "내 서비스"


class TestPublicComputer:
    def test_warns_and_can_be_kept_open_by_keyboard(self, look_at, member, settings):
        settings.PUBLIC_COMPUTER_SECONDS, settings.PUBLIC_COMPUTER_WARNING_SECONDS = 63, 60
        page = look_at("/accounts/login/")
        sign_in(page, member, public=True)
        page.goto("/accounts/password/change/")
        page.get_by_label("새 비밀번호", exact=True).fill("반쯤 적은 것")
        dialog = page.get_by_role("alertdialog", name="곧 로그아웃합니다")
        # Typing counts as use, so the warning comes only after a while without.
        dialog.wait_for(timeout=15_000)
        page.keyboard.press("Enter")
        dialog.wait_for(state="hidden")

        assert page.get_by_label("새 비밀번호", exact=True).input_value() == "반쯤 적은 것"

    def test_warning_is_accessible(self, look_at, member, settings, assert_accessible):
        settings.PUBLIC_COMPUTER_SECONDS, settings.PUBLIC_COMPUTER_WARNING_SECONDS = 62, 60
        page = look_at("/accounts/login/")
        sign_in(page, member, public=True)
        page.get_by_role("alertdialog").wait_for(timeout=15_000)

        assert_accessible(page)

    def test_warns_on_public_pages_as_well(self, look_at, member, settings):
        settings.PUBLIC_COMPUTER_SECONDS, settings.PUBLIC_COMPUTER_WARNING_SECONDS = 62, 60
        page = look_at("/accounts/login/")
        sign_in(page, member, public=True)
        page.goto("/about/")

        page.get_by_role("alertdialog").wait_for(timeout=15_000)

    def test_takes_the_page_away_when_nobody_is_there(self, look_at, member, settings):
        settings.PUBLIC_COMPUTER_SECONDS, settings.PUBLIC_COMPUTER_WARNING_SECONDS = 4, 2
        page = look_at("/accounts/login/")
        sign_in(page, member, public=True)
        page.wait_for_url("**/accounts/ended/", timeout=15_000)

        assert page.locator("h1").inner_text() == "로그아웃했습니다"

    def test_takes_it_away_without_a_script_too(self, look_at, member, settings):
        settings.PUBLIC_COMPUTER_SECONDS = 3
        page = look_at("/accounts/login/", Look(script=False))
        sign_in(page, member, public=True)
        page.wait_for_url("**/accounts/ended/", timeout=15_000)

    def test_shows_nothing_by_going_back(self, look_at, member):
        page = look_at("/accounts/login/")
        sign_in(page, member, public=True)
        page.goto("/accounts/email/")
        assert member.email in page.content()
        page.goto("/accounts/logout/")
        page.locator("main").get_by_role("button", name="로그아웃").click()
        page.wait_for_url(re.compile(r"/$"))
        for _ in range(2):
            page.go_back()

        assert member.email not in page.content()

    def test_leaves_no_cookie_that_says_who(self, look_at, member):
        page = look_at("/accounts/login/")
        sign_in(page, member, public=True)
        left = {one["name"]: one["expires"] for one in page.context.cookies()}

        assert left[portal.SESSION_COOKIE_NAME] == left["public-computer"] == -1


OPEN = (
    "/accounts/login/", "/accounts/signup/", "/accounts/login/code/", "/accounts/inactive/",
    "/accounts/password/reset/", "/accounts/password/reset/key/done/", "/accounts/ended/",
    "/accounts/3rdparty/login/cancelled/", "/accounts/confirm-email/x/",
)  # fmt: skip
OWN = (
    "/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/", "/accounts/logout/",
    "/accounts/second-factor/", "/accounts/reauthenticate/", "/accounts/3rdparty/",
    "/accounts/2fa/webauthn/", "/accounts/2fa/recovery-codes/confirm/", "/my/",
)  # fmt: skip
LATE = (
    "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/",
)  # fmt: skip


class TestLooks:
    @pytest.mark.parametrize("start", ["", "/en"])
    @pytest.mark.parametrize("path", OPEN)
    def test_of_open_pages(self, assert_accessible_in_every_look, path, start):
        assert_accessible_in_every_look(f"{start}{path}")

    @pytest.mark.parametrize("start", ["", "/en"])
    @pytest.mark.parametrize("path", OWN)
    def test_of_ones_own_pages(self, assert_accessible_in_every_look, signed_in, path, start):
        assert_accessible_in_every_look(f"{start}{path}", cookies=signed_in)

    @pytest.mark.parametrize("path", LATE)
    def test_of_pages_that_ask_again_who_it_is(
        self, assert_accessible_in_every_look, client, member, path
    ):
        client.post("/accounts/login/", {"login": member.email, "password": "pw"})
        cookie = client.cookies[portal.SESSION_COOKIE_NAME].value
        cookies = {portal.SESSION_COOKIE_NAME: cookie, "signed-in": "1"}

        assert_accessible_in_every_look(path, cookies=cookies)

    def test_of_the_second_step(self, assert_accessible_in_every_look, client, boss):
        client.post("/accounts/login/", {"login": boss.email, "password": "pw"})
        cookies = {portal.SESSION_COOKIE_NAME: client.cookies[portal.SESSION_COOKIE_NAME].value}

        assert_accessible_in_every_look("/accounts/2fa/authenticate/", cookies=cookies)

    def test_of_recovery_codes(self, assert_accessible_in_every_look, client, boss):
        client.post("/accounts/login/", {"login": boss.email, "password": "pw"})
        code = {"code": one_time_code(SECRET, at=time.time())}
        client.post("/accounts/2fa/authenticate/", code)
        Authenticator.objects.filter(type="recovery_codes").update(
            data={"seed": "ab" * 40, "used_mask": 0}
        )
        cookies = {portal.SESSION_COOKIE_NAME: client.cookies[portal.SESSION_COOKIE_NAME].value}

        assert_accessible_in_every_look("/accounts/2fa/recovery-codes/", cookies=cookies)
