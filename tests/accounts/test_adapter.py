"""Letters about an account: the portal's name and address, plain words, both languages."""

import re
import stat

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.core import mail
from django.test import override_settings
from django.utils import translation

pytestmark = pytest.mark.django_db

PASSWORD = "정말-긴-비밀번호-2026"
HOME = "https://portal.example"


@pytest.fixture(autouse=True)
def at_home(settings):
    settings.SITE_URL = HOME
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]


def sign_up(client, email="new@example.com", start=""):
    data = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    return client.post(f"{start}/accounts/signup/", data, HTTP_HOST="127.0.0.1:8124")


def ask_anew(client, email, start=""):
    return client.post(
        f"{start}/accounts/password/reset/", {"email": email}, HTTP_HOST="127.0.0.1:8124"
    )


LETTERS = {
    "confirm": lambda client, person, start: sign_up(client, start=start),
    "exists": lambda client, person, start: sign_up(client, person.email, start=start),
    "reset": lambda client, person, start: ask_anew(client, person.email, start),
    "unknown": lambda client, person, start: ask_anew(client, "nobody@example.com", start),
}


class TestLetters:
    @pytest.mark.parametrize("start", ["", "/en"])
    @pytest.mark.parametrize("letter", LETTERS)
    def test_name_the_portal_and_lead_to_its_own_address(
        self, client, resident, mailoutbox, letter, start
    ):
        LETTERS[letter](client, resident, start)

        (sent,) = mailoutbox
        name = "Seoul Citizen Services Portal" if start else "서울 시민 서비스 포털"
        assert sent.subject.startswith(f"[{name}] ")
        links = re.findall(r"https?://\S+", sent.body)
        assert links[0].startswith(f"{HOME}{start}/accounts/")
        assert links[-1] == HOME
        assert all(link.startswith(HOME) for link in links)
        assert "120" in sent.body
        for foreign in ("127.0.0.1", "패스워드", "암호", "&#x27;", "Hello from"):
            assert foreign not in sent.subject + sent.body
        assert bool(re.search("[가-힣]", sent.subject + sent.body)) is not bool(start)

    def test_links_work(self, client, resident, mailoutbox):
        sign_up(client)
        link = re.search(rf"{HOME}(/accounts/confirm-email/\S+)", mailoutbox[0].body)

        assert client.post(link[1]).status_code == 302


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            f"{'a' * 65}@example.com",
            f"{'a' * 300}@example.com",
            f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 20}.kr",
        ],
    )
    def test_that_no_mail_server_takes_are_refused_in_words(self, client, address, mailoutbox):
        page = sign_up(client, address)

        assert page.status_code == 200
        assert "이메일 주소가 너무 깁니다" in page.content.decode()
        assert not mailoutbox

    def test_as_long_as_may_be_pass(self, client, mailoutbox):
        assert sign_up(client, f"{'a' * 64}@example.com").status_code == 302
        assert len(mailoutbox) == 1


def test_letters_in_files_are_for_their_owner_alone(tmp_path):
    folder = tmp_path / "outbox"
    folder.mkdir(mode=0o755)
    with override_settings(EMAIL_BACKEND="core.web.outbox.Outbox", EMAIL_FILE_PATH=str(folder)):
        mail.send_mail("한 통", "본문", "a@example.com", ["b@example.com"])

    (written,) = folder.iterdir()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert written.suffix == ".eml"
    assert "b@example.com" in written.read_text()


class TestNews:
    """Whoever has an account hears of every change to how one signs in to it."""

    NEWS = (
        "account/email/password_changed",
        "account/email/password_reset",
        "account/email/password_set",
        "account/email/email_changed",
        "account/email/email_confirm",
        "account/email/email_deleted",
        "mfa/email/totp_activated",
        "mfa/email/totp_deactivated",
        "mfa/email/webauthn_added",
        "mfa/email/webauthn_removed",
        "mfa/email/recovery_codes_generated",
        "socialaccount/email/account_connected",
        "socialaccount/email/account_disconnected",
    )

    @pytest.mark.parametrize("language", ["ko", "en"])
    @pytest.mark.parametrize("what", NEWS)
    def test_says_what_when_and_where_in_words(self, rf, resident, mailoutbox, what, language):
        request = rf.get("/accounts/email/", headers={"user-agent": "COMPUTER CHROME"})
        request.user = resident
        more = {
            "from_email": "a@x.example",
            "to_email": "b@x.example",
            "deleted_email": "c@x.example",
        }
        with translation.override(language), request_context(request):
            get_adapter().send_notification_mail(what, resident, more, email=resident.email)

        (sent,) = mailoutbox
        assert ("Chrome" if language == "en" else "크롬") in sent.body
        assert "120" in sent.body
        for foreign in ("fd00", "127.0.0.1", "IP", "Mozilla", "패스워드", "{{"):
            assert foreign not in sent.subject + sent.body
        assert bool(re.search("[가-힣]", sent.subject + sent.body)) is not (language == "en")

    def test_comes_with_a_change_of_the_password(self, client, resident, mailoutbox):
        resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
        client.post("/accounts/login/", {"login": resident.email, "password": "pw"})
        data = {"oldpassword": "pw", "password1": PASSWORD, "password2": PASSWORD}
        client.post("/accounts/password/change/", data)

        assert "비밀번호를 바꾸었습니다" in mailoutbox[0].subject
