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
