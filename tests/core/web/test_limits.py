"""Who asks for pages too often is told so in words, at less cost than the page."""

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_a_minute(settings, monkeypatch):
    settings.PAGE_RATE = 3
    monkeypatch.setattr("core.web.limits.time.time", lambda: 1_800_000_030.0)


def ask(client, times, path="/", **more):
    return [client.get(path, **more).status_code for _ in range(times)]


class TestPages:
    @pytest.mark.parametrize(
        ("path", "language", "title"),
        [("/", "ko", "너무 자주 요청했습니다"), ("/en/search/", "en", "Too many requests")],
    )
    def test_are_refused_in_words_with_the_time_to_wait(self, client, path, language, title):
        assert ask(client, 4, "/accounts/login/")[-1] == 429
        answer = client.get(path)
        page = BeautifulSoup(answer.content, "html.parser")

        assert answer.status_code == 429
        assert answer["Retry-After"] == "31"
        assert answer["Cache-Control"] == "no-store"
        assert (page.html["lang"], page.h1.text) == (language, title)
        assert page.select_one("header")

    def test_count_from_memory_too(self, client):
        assert ask(client, 4) == [200, 200, 200, 429]

    def test_are_refused_without_a_query_or_a_template(
        self, client, django_assert_num_queries, monkeypatch
    ):
        ask(client, 4)
        monkeypatch.setattr("core.web.errors.render_to_string", None)

        with django_assert_num_queries(0):
            assert ask(client, 1) == [429]

    def test_are_nobody_elses(self, client):
        ask(client, 4)

        assert ask(client, 1, REMOTE_ADDR="203.0.113.8") == [200]

    @pytest.mark.parametrize("path", ["/healthz", "/metrics", "/static/none.css"])
    def test_are_not_what_machines_of_ours_ask(self, client, path):
        assert 429 not in ask(client, 5, path)

    def test_leave_the_api_its_own_limit(self, client):
        ask(client, 4)

        assert ask(client, 1, "/api/v1/facilities/") == [200]
