"""Kakao, Naver and Google: there with their keys alone, and believed in nothing but who it is."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from allauth.socialaccount.providers.kakao.views import KakaoOAuth2Adapter
from allauth.socialaccount.providers.naver.views import NaverOAuth2Adapter
from bs4 import BeautifulSoup

from accounts.forms.social_words import told_in_words
from accounts.models import User
from seoul_portal import social
from seoul_portal.env import Environment, SettingRefused

pytestmark = pytest.mark.django_db
ADDRESS = "somebody@mail.example"
ADAPTERS = {"kakao": KakaoOAuth2Adapter, "naver": NaverOAuth2Adapter, "google": GoogleOAuth2Adapter}
PROFILES = {
    "kakao": {
        "id": 4200,
        "kakao_account": {
            "email": ADDRESS,
            "is_email_verified": True,
            "profile": {"nickname": "별명", "profile_image_url": "http://pictures.example/1"},
        },
    },
    "naver": {"response": {"id": "abc", "email": ADDRESS, "gender": "F", "birthyear": "1950"}},
    "google": {"id": "77", "email": ADDRESS, "verified_email": True, "name": "김시민"},
}
KEYS = {
    f"{name.upper()}_{what}": f"{name}-{what.lower()}"
    for name in social.PROVIDERS
    for what in ("CLIENT_ID", "CLIENT_SECRET")
}


@pytest.fixture
def stand_in(monkeypatch):
    """A provider on this machine: gives a token for any code, and tells its one person."""
    state = {"profile": {}, "fails": False}

    class Provider(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._say({"access_token": "t0ken", "token_type": "bearer"})

        def do_GET(self):
            assert self.headers["Authorization"] == "Bearer t0ken"
            self._say(state["profile"])

        def _say(self, told):
            self.send_response(503 if state["fails"] else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}"
    for adapter in ADAPTERS.values():
        monkeypatch.setattr(adapter, "access_token_url", f"{home}/token")
        for name in ("profile_url", "identity_url"):
            if hasattr(adapter, name):
                monkeypatch.setattr(adapter, name, f"{home}/me")
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def keys(settings):
    settings.SOCIALACCOUNT_PROVIDERS = social.providers(Environment(KEYS))


def come_from(client, stand_in, name, process="login", **data):
    """Go to a provider and come back as the person that it tells."""
    stand_in["profile"] = PROFILES[name]
    away = client.post(f"/accounts/{name}/login/?process={process}", data)
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    return client.get(f"/accounts/{name}/login/callback/", {"code": "c0de", "state": state})


class TestKeys:
    def test_belong_together(self):
        with pytest.raises(SettingRefused, match="KAKAO_CLIENT_SECRET belong together"):
            social.providers(Environment({"KAKAO_CLIENT_ID": "x"}))

    def test_may_come_from_files(self, tmp_path):
        (tmp_path / "secret").write_text("s3cret\n")
        environ = {"NAVER_CLIENT_ID": "x", "NAVER_CLIENT_SECRET_FILE": str(tmp_path / "secret")}
        (app,) = social.providers(Environment(environ))["naver"]["APPS"]

        assert app["secret"] == "s3cret"

    def test_let_a_form_lead_to_their_providers_and_to_nobody_else(self):
        assert social.origins({"naver": {}}) == ["https://nid.naver.com"]
        assert social.origins({}) == []

    def test_are_wanted_for_a_button_and_a_door(self, client, settings):
        assert client.get("/accounts/login/").text.count("계정으로 로그인") == 3
        settings.SOCIALACCOUNT_PROVIDERS = {}

        assert "계정으로 로그인" not in client.get("/accounts/login/").text
        for name in social.PROVIDERS:
            assert client.post(f"/accounts/{name}/login/").status_code == 404
            assert client.get(f"/accounts/{name}/login/callback/").status_code == 404

    @pytest.mark.parametrize(("start", "word"), [("", "카카오"), ("/en", "Kakao")])
    def test_buttons_speak_the_language_of_the_page(self, client, start, word):
        assert word in client.get(f"{start}/accounts/login/").text


class TestGoingThere:
    @pytest.mark.parametrize(
        ("name", "host"),
        [
            ("kakao", "kauth.kakao.com"),
            ("naver", "nid.naver.com"),
            ("google", "accounts.google.com"),
        ],
    )
    def test_asks_for_no_more_than_the_address(self, client, name, host):
        away = urlsplit(client.post(f"/accounts/{name}/login/")["Location"])
        asked = parse_qs(away.query)

        assert away.netloc == host
        assert asked["client_id"] == [f"{name}-client_id"]
        # Their order is nobody's promise.
        assert set(asked.get("scope", [""])[0].split()) <= {"account_email", "email", "openid"}

    def test_needs_a_press_so_that_no_page_elsewhere_sends_somebody(self, client):
        assert client.get("/accounts/kakao/login/").status_code == 200


class TestComingBack:
    @pytest.mark.parametrize("name", social.PROVIDERS)
    def test_signs_up_only_after_reading_and_a_letter(self, client, stand_in, mailoutbox, name):
        answer = come_from(client, stand_in, name)
        assert answer.url == "/accounts/3rdparty/signup/"
        page = BeautifulSoup(client.get(answer.url).content, "html.parser")
        assert page.select_one("#id_email")["value"] == ADDRESS
        client.post(answer.url, {"email": ADDRESS})

        (letter,) = mailoutbox
        assert letter.to == [ADDRESS]
        assert not EmailAddress.objects.get().verified
        assert client.get("/my/").status_code == 302
        kept = SocialAccount.objects.get()
        assert kept.extra_data == {}
        assert not SocialToken.objects.exists()
        assert User.objects.get().name == ""

    def test_signs_in_whoever_is_known(self, client, stand_in, resident):
        resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
        SocialAccount.objects.create(user=resident, provider="kakao", uid="4200")

        assert come_from(client, stand_in, "kakao").url == "/my/"
        assert client.get("/my/").status_code == 200
        assert SocialAccount.objects.get().extra_data == {}

    @pytest.mark.parametrize("name", social.PROVIDERS)
    def test_is_no_way_into_the_account_of_who_has_that_address(
        self, client, stand_in, mailoutbox, name
    ):
        owner = User.objects.create_user(ADDRESS, "pw")
        owner.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
        answer = come_from(client, stand_in, name)
        told = client.post(answer.url, {"email": ADDRESS}, follow=True)

        # The same page as for an address without account; the owner gets a letter.
        assert "이메일을 확인해 주세요" in told.text
        assert [letter.to for letter in mailoutbox] == [[ADDRESS]]
        assert not SocialAccount.objects.exists()
        assert client.get("/my/").status_code == 302

    def test_says_so_where_the_provider_does_not_answer(self, client, stand_in):
        stand_in["fails"] = True

        assert "로그인하지 못했습니다" in come_from(client, stand_in, "kakao").text

    def test_says_so_where_somebody_gave_up(self, client):
        away = client.post("/accounts/kakao/login/")["Location"]
        state = parse_qs(urlsplit(away).query)["state"][0]
        back = {"error": "access_denied", "state": state}
        answer = client.get("/accounts/kakao/login/callback/", back, follow=True)

        assert "로그인을 그만두었습니다" in answer.text

    def test_takes_no_answer_that_nobody_asked_for(self, client, stand_in):
        stand_in["profile"] = PROFILES["kakao"]
        forged = {"code": "c0de", "state": "made-up"}
        answer = client.get("/accounts/kakao/login/callback/", forged)

        assert "로그인하지 못했습니다" in answer.text
        assert not User.objects.exists()

    def test_keeps_the_choice_of_a_computer_that_many_use(self, client, stand_in, resident):
        resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
        SocialAccount.objects.create(user=resident, provider="kakao", uid="4200")
        choice = {"public-computer-asked": "1", "public-computer": "1"}
        come_from(client, stand_in, "kakao", **choice)

        assert "여럿이 쓰는 컴퓨터로 로그인했습니다" in client.get("/my/").text


class TestConnecting:
    @pytest.fixture
    def member(self, client, resident):
        resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
        client.post("/accounts/login/", {"login": resident.email, "password": "pw"})
        return client

    def test_connects_and_disconnects_with_a_letter_each(self, member, stand_in, mailoutbox):
        come_from(member, stand_in, "naver", process="connect")
        page = BeautifulSoup(member.get("/accounts/3rdparty/").content, "html.parser")
        account = page.select_one("[name=account]")["value"]
        assert "네이버" in page.main.text
        member.post("/accounts/3rdparty/", {"account": account})

        assert not SocialAccount.objects.exists()
        assert ["이었습니다" in letter.body for letter in mailoutbox] == [True, False]

    def test_is_not_of_anybody_elses_account(self, member, stand_in, stranger):
        theirs = SocialAccount.objects.create(user=stranger, provider="naver", uid="abc")
        member.post("/accounts/3rdparty/", {"account": theirs.pk})
        come_from(member, stand_in, "naver", process="connect")

        assert SocialAccount.objects.get().user == stranger

    def test_is_offered_at_home(self, member, settings):
        assert "/accounts/3rdparty/" in member.get("/my/").text
        settings.SOCIALACCOUNT_PROVIDERS = {}

        assert "/accounts/3rdparty/" not in member.get("/my/").text


class TestWhatTheyTold:
    def test_is_said_in_words_and_without_their_marks(self):
        account = SocialAccount(
            extra_data={"sub": "10769150350006150715113082367", "email": "who@example.com",
                        "kakao_account": {"profile": {"nickname": "길동"}}, "hd": None}
        )  # fmt: skip

        told = told_in_words(account)

        assert told == "이메일 주소: who@example.com, 별명: 길동"

    def test_says_so_where_there_is_nothing(self):
        assert told_in_words(SocialAccount(extra_data={})) == "받은 내용 없음"
        assert told_in_words(SocialAccount(extra_data={"sub": "1"})) == "이름 없는 표시만 있습니다."
