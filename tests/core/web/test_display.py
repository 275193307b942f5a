"""Text size and contrast: they last, they lead nowhere else, they change no public page."""

import pytest
from bs4 import BeautifulSoup

from core.web.display import COOKIE, Display

pytestmark = pytest.mark.django_db


class TestPreferences:
    def test_last_in_a_cookie_without_an_account(self, client):
        response = client.post("/preferences/", {"size": "150", "next": "/en/?a=b"})

        assert (response.status_code, response["Location"]) == (303, "/en/?a=b")
        cookie = response.cookies[COOKIE]
        assert cookie.value == "size-150.contrast-normal"
        assert cookie["max-age"] >= 300 * 24 * 3600
        assert cookie["httponly"]

    def test_are_changed_one_at_a_time(self, client):
        client.post("/preferences/", {"size": "150"})
        client.post("/preferences/", {"contrast": "high"})

        assert client.cookies[COOKIE].value == "size-150.contrast-high"

    @pytest.mark.parametrize(
        "goal", ["https://evil.example/", "//evil.example", "javascript:alert(1)", r"\\evil", ""]
    )
    def test_never_lead_to_another_site(self, client, goal):
        for path, home in (("/preferences/", "/"), ("/en/preferences/", "/en/")):
            assert client.post(path, {"size": "150", "next": goal})["Location"] == home

    @pytest.mark.parametrize(
        ("path", "goal"),
        [
            ("/preferences/", "/"),
            ("/en/preferences/", "/en/"),
            ("/en/preferences/?next=/a/", "/a/"),
        ],
    )
    def test_lead_back_in_the_language_that_was_read(self, client, path, goal):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        form = page.select_one("main form[action$='/preferences/']")

        sent = {"size": "150", "next": form.select_one("[name=next]")["value"]}
        assert client.post(form["action"], sent)["Location"] == goal

    def test_are_not_set_by_another_site(self, client):
        response = client.post("/preferences/", {"size": "200"}, HTTP_SEC_FETCH_SITE="cross-site")

        assert response.status_code == 403
        assert COOKIE not in response.cookies

    @pytest.mark.parametrize("size", ["0", "9999", "abc", "١٥٠", ""])
    def test_keep_what_was_when_the_choice_is_unknown(self, client, size):
        client.post("/preferences/", {"size": size, "contrast": "neon"})

        assert client.cookies[COOKIE].value == "size-100.contrast-normal"

    def test_show_what_is_chosen(self, client):
        client.post("/preferences/", {"size": "175", "contrast": "high"})
        page = client.get("/preferences/").content.decode()

        assert 'value="175" checked' in page
        assert 'value="high" checked' in page


class TestSheet:
    def test_follows_the_cookie_and_is_kept_by_nobody(self, client):
        plain = client.get("/preferences.css")
        client.post("/preferences/", {"size": "200", "contrast": "high"})
        changed = client.get("/preferences.css")

        assert plain["Content-Type"].startswith("text/css")
        assert "font-size" not in plain.content.decode()
        assert "html{font-size:125%}" in changed.content.decode()
        assert "dist/contrast.css" in changed.content.decode()
        assert changed["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("cookie", ["", "size-999.contrast-high", "size-150", "}body{", "한글"])
    def test_ignores_a_cookie_that_is_not_ours(self, client, rf, cookie):
        request = rf.get("/")
        request.COOKIES[COOKIE] = cookie

        assert Display.of(request) == Display()

    def test_costs_no_query(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/preferences.css")

    def test_leaves_public_pages_the_same_for_all(self, client):
        before = client.get("/")["ETag"]
        client.post("/preferences/", {"size": "200"})

        assert client.get("/")["ETag"] == before
