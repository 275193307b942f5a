"""Error pages: words, the right status, no database, JSON under /api/."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from core.web import errors

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.probes")]


@pytest.fixture
def citizen():
    return Client(raise_request_exception=False)


class TestErrorPage:
    @pytest.mark.parametrize(
        ("path", "status"),
        [("/nowhere/", 404), ("/broken/", 500), ("/no-database/", 503), ("/en/nowhere/", 404)],
    )
    def test_says_what_happened_and_what_to_do(
        self, citizen, django_assert_num_queries, path, status
    ):
        with django_assert_num_queries(0):
            response = citizen.get(path)
        page = BeautifulSoup(response.content, "html.parser")

        assert response.status_code == status
        assert response["Cache-Control"] == "no-store"
        assert len(page.select("h1")) == 1
        assert len(page.select("main p")) >= 2
        assert response["X-Request-ID"] in page.select_one("main").text

    def test_is_english_under_en(self, citizen):
        assert "Page not found" in citizen.get("/en/nowhere/").content.decode()

    def test_says_when_to_come_back(self, citizen):
        assert citizen.get("/no-database/")["Retry-After"] == "30"

    def test_comes_without_templates_too(self, citizen, monkeypatch):
        def torn(*_args, **_kwargs):
            raise OSError("no templates")

        monkeypatch.setattr(errors, "render_to_string", torn)
        response = citizen.get("/broken/")

        assert response.status_code == 500
        assert "잠시 문제가 생겼습니다" in response.content.decode()

    def test_names_a_host_that_is_not_ours_a_bad_request(self, citizen):
        assert citizen.get("/", HTTP_HOST="evil.example").status_code == 400

    def test_explains_an_expired_form(self):
        strict = Client(enforce_csrf_checks=True)
        response = strict.post("/accounts/login/", {"login": "a@example.com", "password": "b"})

        assert response.status_code == 403
        assert "화면이 오래되어" in response.content.decode()


class TestErrorUnderApi:
    @pytest.mark.parametrize(("path", "status"), [("/api/nowhere", 404), ("/api/broken/", 500)])
    def test_is_a_problem_document(self, citizen, path, status):
        response = citizen.get(path)

        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == response.status_code == status
        assert {"type", "title", "detail"} <= set(response.json())
