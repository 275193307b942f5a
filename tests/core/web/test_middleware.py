"""What every request passes: language by address, a name, strict headers."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.probes")]


class TestLanguage:
    @pytest.mark.parametrize("accepted", ["en", "ko", "fr;q=0.9"])
    def test_follows_the_address_alone(self, client, accepted):
        korean = client.get("/", HTTP_ACCEPT_LANGUAGE=accepted)
        english = client.get("/en/", HTTP_ACCEPT_LANGUAGE=accepted)

        assert korean["Content-Language"] == "ko"
        assert b'<html lang="ko">' in korean.content
        assert english["Content-Language"] == "en"
        assert b'<html lang="en">' in english.content
        assert "Accept-Language" not in korean["Vary"] + english["Vary"]

    def test_is_korean_where_en_only_begins_a_word(self, client):
        assert client.get("/entrance/")["Content-Language"] == "ko"


class TestMethods:
    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
    @pytest.mark.parametrize("path", ["/good/", "/form/", "/closed/", "/nowhere/"])
    def test_that_no_page_answers_are_refused_in_words(self, client, method, path):
        client.handler.enforce_csrf_checks = True
        response = client.generic(method, path)

        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, POST, OPTIONS"
        assert "이 주소로는 보낼 수 없습니다" in response.content.decode()

    def test_that_would_send_to_a_page_which_takes_nothing_need_no_token_to_be_told(self, client):
        client.handler.enforce_csrf_checks = True
        response = client.post("/good/")

        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


class TestKeeping:
    @pytest.mark.parametrize(
        "path", ["/closed/", "/api/closed/", "/form/", "/nowhere/", "/accounts/login/"]
    )
    def test_is_nobodys_where_a_page_is_not_public(self, client, resident, path):
        for _who in ("anybody", "resident"):
            assert "no-store" in client.get(path)["Cache-Control"]
            client.force_login(resident, "django.contrib.auth.backends.ModelBackend")

    def test_is_left_to_pages_that_say_who_may(self, client):
        assert client.get("/good/")["Cache-Control"].startswith("public")


class TestRequestId:
    def test_is_taken_from_the_proxy_where_it_is_sane(self, client):
        assert client.get("/", HTTP_X_REQUEST_ID="abc-12345.6")["X-Request-ID"] == "abc-12345.6"

    @pytest.mark.parametrize(
        "given", ["short", "a" * 65, "has space here", "line\nbreak-1234", "한글한글한글한글"]
    )
    def test_is_made_where_it_is_not(self, client, given):
        name = client.get("/", HTTP_X_REQUEST_ID=given)["X-Request-ID"]

        assert name != given
        assert len(name) == 16


class TestHeaders:
    def test_are_strict_on_every_page(self, client):
        for path in ("/", "/accounts/login/", "/nowhere/"):
            response = client.get(path)
            policy = response["Content-Security-Policy"]

            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
            assert response["X-Frame-Options"] == "DENY"
