"""Who asks for pages too often is told so in words, at less cost than the page."""

import threading

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.utils import translation

from core.web.limits import heavy_answer
from welfare.queries.screening import Screening

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


class TestHeavyAnswers:
    def post(self, view, rf, language="ko", **more):
        request = rf.post("/en/" if language == "en" else "/", **more)
        with translation.override(language):
            return view(request)

    def test_are_worked_on_one_at_a_time_and_others_are_told(self, rf, monkeypatch):
        monkeypatch.setattr("core.web.limits.LONGEST_TURN", 0.05)
        began, may_end, at_once, most = threading.Event(), threading.Event(), [], []

        @heavy_answer
        def view(request):
            at_once.append(request)
            most.append(len(at_once))
            began.set()
            may_end.wait(10)
            at_once.pop()
            return HttpResponse("done")

        answers = []
        first = threading.Thread(target=lambda: answers.append(self.post(view, rf)))
        first.start()
        began.wait(10)
        for language, title in (
            ("ko", "지금 많은 분이 함께 쓰고 있습니다"),
            ("en", "Many people are using this now"),
        ):
            told = self.post(view, rf, language)
            page = BeautifulSoup(told.content, "html.parser")
            assert (told.status_code, page.h1.text) == (503, title)
            assert told["Retry-After"]
            assert told["Cache-Control"] == "no-store"
        may_end.set()
        first.join(10)

        assert [one.content for one in answers] == [b"done"]
        assert max(most) == 1
        assert self.post(view, rf).content == b"done"

    def test_are_free_again_after_a_fault(self, rf):
        @heavy_answer
        def view(request):
            raise ValueError("broken")

        for _ in range(3):
            with pytest.raises(ValueError, match="broken"):
                self.post(view, rf)

    @pytest.mark.parametrize(
        ("path", "told"), [("/welfare/timeline/", {}), ("/welfare/check/", {"do": "print"})]
    )
    def test_are_so_many_a_minute_for_one_address(self, client, settings, path, told):
        settings.PAGE_RATE, settings.ANSWER_RATE = 100, 2
        told = told | {"state": Screening().seal()}
        sent = [client.post(path, told).status_code for _ in range(3)]

        assert sent == [200, 200, 429]
        assert client.get(path).status_code == 200
        assert client.post(path, told, REMOTE_ADDR="203.0.113.8").status_code == 200
