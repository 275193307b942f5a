"""What the portal says of itself: whose data, what it keeps of people, whom to ask."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from core.areas import declared_feeds
from seoul_portal.views import _cookies

pytestmark = pytest.mark.django_db


def page_of(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


class TestAbout:
    def test_names_every_publisher(self, client):
        text = page_of(client, "/about/").main.text

        assert len(declared_feeds()) >= 2
        assert all(str(feed.publisher) in text for feed in declared_feeds().values())

    @pytest.mark.parametrize(
        ("official", "said"), [(True, "공식 누리집입니다"), (False, "아닙니다")]
    )
    def test_says_whether_it_is_the_citys(self, client, settings, official, said):
        settings.OFFICIAL = official
        assert said in page_of(client, "/about/").main.text

    @pytest.mark.parametrize("start", ["", "/en"])
    @pytest.mark.parametrize("path", ["/", "/nowhere/", "/accounts/login/"])
    def test_is_led_to_from_the_foot_of_every_page(self, client, start, path):
        page = BeautifulSoup(client.get(start + path).content, "html.parser")
        links = {link["href"] for link in page.footer.select("a")}

        assert {f"{start}/about/", f"{start}/about/privacy/", "tel:120"} <= links

    @pytest.mark.parametrize("path", ["/about/", "/about/privacy/"])
    def test_is_in_the_sitemap(self, client, path):
        response = client.get("/sitemap-portal-1.xml")
        assert f"{settings.SITE_URL}{path}<" in b"".join(response).decode()


class TestPrivacyNotice:
    def test_names_every_cookie_that_is_set(self, client, resident):
        resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
        client.post("/preferences/", {"size": "150"})
        client.get("/accounts/login/")
        client.post("/accounts/login/", {"login": resident.email, "password": "pw"})
        told = {term.text.strip() for term in page_of(client, "/about/privacy/").select("dt")}

        assert set(client.cookies) <= told
        assert len(client.cookies) >= 4
        assert told == {name for name, _words in _cookies()}

    def test_says_how_long_a_sign_in_that_is_remembered_lasts(self):
        assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
        assert "2주" in dict(_cookies())[settings.SESSION_COOKIE_NAME]

    def test_says_what_a_report_leaves_and_who_may_read_the_answer(self, client):
        text = page_of(client, "/about/privacy/").main.text

        assert "적은 내용, 보낸 때, 접수 번호, 직원의 답이 남습니다" in text
        assert "접수 번호를 아는 사람은 답을 볼 수 있습니다" in text

    def test_stands_before_the_sign_up(self, client):
        page = page_of(client, "/accounts/signup/")

        assert "계정은 로그인해야 하는 일에만 씁니다" in page.main.text
        assert page.main.select_one('a[href="/about/privacy/"]')


class TestContact:
    def test_is_what_the_settings_say(self, client, settings):
        settings.CONTACT_PHONE, settings.CONTACT_EMAIL = "02-123-4567", "help@portal.example"

        for path, status in (("/about/", 200), ("/nowhere/", 404)):
            links = {link["href"] for link in page_of(client, path, status).main.select("a")}
            assert {"tel:+8221234567", "mailto:help@portal.example"} <= links

    def test_stands_beside_the_number_to_tell(self, client):
        main = page_of(client, "/nowhere/", 404).main

        assert re.search("문의 전화\\s*120.*문의할 때 알려 주실 번호", main.text, re.S)


def test_the_icon_is_where_browsers_ask_for_it(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 301
    assert response["Location"].endswith("img/icon.svg")
