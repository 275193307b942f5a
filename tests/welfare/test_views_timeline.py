"""What begins and ends for a household, told from the screener's answers alone."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from icalendar import Calendar

from tests.welfare.benefit_factories import make_benefit
from welfare.queries.rulebook import shelf
from welfare.queries.screening import Screening
from welfare.rules.questions import Asked

pytestmark = pytest.mark.django_db

URL = "/welfare/timeline/"


@pytest.fixture
def turning_65():
    """Somebody whose birthday is six weeks away, and what begins and ends with it."""
    shelf.forget()
    make_benefit("000000000001", 서비스명="어르신 수당", conditions={"JA0110": 65, "JA0111": 120})
    make_benefit("000000000002", 서비스명="중장년 지원", conditions={"JA0110": 40, "JA0111": 64})
    birthday = timezone.localdate() + datetime.timedelta(weeks=6)
    born = datetime.date(birthday.year - 65, birthday.month, min(birthday.day, 28))
    return Screening().answered(Asked("birth_date", "me"), born.isoformat()).seal()


class TestTimeline:
    def test_says_what_begins_and_ends(self, client, turning_65):
        text = client.post(URL, {"state": turning_65}).content.decode()

        assert "어르신 수당" in text
        assert "나: 받을 가능성이 생깁니다." in text
        assert "나: 조건에 더는 맞지 않습니다." in text
        assert "70세" in text

    def test_draws_what_the_table_says(self, client, turning_65):
        page = BeautifulSoup(client.post(URL, {"state": turning_65}).content, "html.parser")

        drawn = [one.get_text() for one in page.select("main svg[role=img] text")]
        told = [one.get_text(strip=True) for one in page.select("main tbody th, main tbody td")]
        bars = [int(bar["width"]) for bar in page.select("main svg[role=img] rect")]
        assert drawn == told
        assert drawn[drawn.index("50세") + 1] == "1"
        assert bars[5] == max(bars) > bars[1] == 0

    def test_is_a_calendar_file_too(self, client, turning_65):
        answer = client.post(URL, {"state": turning_65, "do": "calendar"})

        told = Calendar.from_ical(answer.content)
        assert answer["Content-Type"].startswith("text/calendar")
        assert [str(event["summary"]) for event in told.walk("VEVENT")] == [
            "어르신 수당",
            "중장년 지원",
        ]

    def test_leads_to_the_questions_where_nothing_was_told(self, client):
        assert "/welfare/check/" in client.get(URL).content.decode()
        assert client.post(URL, {"state": "forged"}).status_code == 400

    def test_keeps_nothing(self, client, turning_65):
        answer = client.post(URL, {"state": turning_65})

        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
