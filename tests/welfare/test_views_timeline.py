"""What begins and ends for a household, told from the screener's answers alone."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from icalendar import Calendar

from tests.welfare.benefit_factories import make_benefit
from tests.welfare.rulebook.people import make_benefits
from welfare.models import Benefit
from welfare.queries.living import MOST_OF
from welfare.queries.rulebook import shelf
from welfare.queries.screening import Screening, opened
from welfare.rules.questions import Asked

pytestmark = pytest.mark.django_db

URL = "/welfare/timeline/"
OTHERS = dict.fromkeys(MOST_OF, 0)


@pytest.fixture
def turning_65():
    """Somebody whose birthday is six weeks away, and what begins and ends with it."""
    shelf.forget()
    make_benefit("000000000001", 서비스명="어르신 수당", conditions={"JA0110": 65, "JA0111": 120})
    make_benefit("000000000002", 서비스명="중장년 지원", conditions={"JA0110": 40, "JA0111": 64})
    birthday = timezone.localdate() + datetime.timedelta(weeks=6)
    born = datetime.date(birthday.year - 65, birthday.month, min(birthday.day, 28))
    return Screening().answered(Asked("birth_date", "me"), born.isoformat()).seal()


def _code_of(event):
    return Benefit.objects.get(name=str(event["summary"]).split(":")[0]).pk


class TestTimeline:
    def test_says_what_begins_and_ends(self, client, turning_65):
        text = client.post(URL, {"state": turning_65}).content.decode()

        assert "어르신 수당" in text
        assert "나: 이날부터 받을 가능성이 생깁니다." in text
        assert "나: 이날부터는 받기 어려울 수 있습니다." in text
        assert "70세" in text

    def test_leads_to_the_question_where_the_day_of_birth_is_missing(self, client):
        sealed = Screening().answered(Asked("birth_date", "me"), None).seal()
        page = BeautifulSoup(client.post(URL, {"state": sealed}).content, "html.parser")

        (form,) = page.select("form:has(button[value^='change=birth_date'])")
        asked = client.post(form["action"], {"state": sealed, "do": form.button["value"]})
        assert 'name="birth_date' in asked.content.decode()
        # Nothing begins or ends: no file of nothing.
        assert not page.select("button[value=calendar]")

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
            "어르신 수당: 받을 가능성이 생기는 날",
            "중장년 지원: 조건이 끝날 수 있는 날",
        ]

    def test_is_a_calendar_by_the_book_with_nothing_of_anybody(self, client, turning_65):
        """RFC 5545: lines of 75 octets, CRLF, whole days, one UTC stamp, ids of their own."""
        files = {
            language: client.post(f"{language}{URL}", {"state": turning_65, "do": "calendar"})
            for language in ("", "/en")
        }
        korean, english = (Calendar.from_ical(one.content) for one in files.values())

        for answer in files.values():
            lines = answer.content.split(b"\r\n")
            assert max(map(len, lines)) <= 75
            assert b"\n" not in b"".join(lines)
            text = answer.content.replace(b"\r\n ", b"").decode()
            assert not [one for one in ("나:", "me:", "65세", "만 6", "aged") if one in text]
        for event in korean.walk("VEVENT"):
            assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
            assert event.decoded("dtend") - event.decoded("dtstart") == datetime.timedelta(days=1)
            assert event["dtstamp"].to_ical().endswith(b"Z")
            assert str(event["class"]) == "PRIVATE"
            assert str(event["url"]).endswith(f"/welfare/benefits/{_code_of(event)}/")
        ids = [[str(one["uid"]) for one in file.walk("VEVENT")] for file in (korean, english)]
        assert ids[0] == ids[1]
        assert len(set(ids[0])) == 2
        assert [str(one["summary"]) for one in english.walk("VEVENT")] == [
            "어르신 수당: may be likely from this day",
            "중장년 지원: may end on this day",
        ]

    def test_says_once_what_is_the_same_of_several(self, client, turning_65):
        state = opened(turning_65, timezone.localdate()).with_counts(OTHERS | {"partner": 1})
        born = state.told["members"][0]["birth_date"]
        sealed = state.answered(Asked("birth_date", "partner1"), born).seal()
        page = BeautifulSoup(client.post(URL, {"state": sealed}).content, "html.parser")

        begins = [one for one in page.select("main section") if "생깁니다" in one.text]
        assert len(begins) == 1
        assert "나, 배우자: 이날부터 받을 가능성이 생깁니다." in begins[0].get_text()
        file = Calendar.from_ical(client.post(URL, {"state": sealed, "do": "calendar"}).content)
        assert len(file.walk("VEVENT")) == 2

    def test_tells_the_whole_life_by_stage_and_why(self, client, turning_65):
        page = BeautifulSoup(client.post(URL, {"state": turning_65}).content, "html.parser")

        folds = {
            fold.summary.get_text(strip=True): " ".join(fold.div.get_text(" ").split())
            for fold in page.select("main details")
        }
        assert list(folds) == ["중장년 (40~64세): 1가지", "노년 (65~100세): 1가지"]
        senior = folds["노년 (65~100세): 1가지"]
        assert "어르신 수당 만 65세부터 평생 ‘만 65세 이상’ 조건에 맞게 됩니다." in senior
        assert "중장년 지원 만 40세부터 만 65세(" in folds["중장년 (40~64세): 1가지"]
        assert [one.has_attr("open") for one in page.select("main details")] == [True, False]
        turns = " ".join(one.get_text() for one in page.select("main section"))
        assert "나: 이날부터 받을 가능성이 생깁니다. ‘만 65세 이상’ 조건에 맞게 됩니다." in turns

    def test_says_that_a_programme_ends_and_not_that_somebody_no_longer_meets_it(
        self, client, turning_65
    ):
        make_benefit("000000000009", 서비스명="한 해 지원", conditions={"JA0110": 0, "JA0111": 120})
        ends = timezone.localdate() + datetime.timedelta(days=60)
        Benefit.objects.filter(name="한 해 지원").update(in_force_until=ends)
        shelf.forget()
        page = BeautifulSoup(client.post(URL, {"state": turning_65}).content, "html.parser")
        said = [one.get_text(" ", strip=True) for one in page.select("main section")]
        assert any(
            "한 해 지원" in one and "알려진 시행 기간이 끝납니다. 이어질 수 있으니" in one
            for one in said
        )
        assert "아직 읽지 못한" not in page.get_text()

    @pytest.mark.parametrize("has_it", [False, True])
    def test_says_until_when_to_apply_for_what_is_kept_beyond_an_age_by_who_has_it(
        self, client, has_it
    ):
        (benefit,) = make_benefits("activity-support").values()
        shelf.forget()
        birthday = timezone.localdate() + datetime.timedelta(weeks=6)
        born = datetime.date(birthday.year - 65, birthday.month, min(birthday.day, 28))
        state = Screening().answered(Asked("birth_date", "me"), born.isoformat())
        state = state.answered(Asked("degree", "me"), "SEVERE")
        state = state.receiving("activity-support", is_received=True) if has_it else state
        page = BeautifulSoup(client.post(URL, {"state": state.seal()}).content, "html.parser")

        turns = [one.get_text(" ", strip=True) for one in page.select("main section")]
        said = [one for one in turns if benefit.name in one]
        assert bool(said) != has_it
        assert all("만 64세 이하" in one for one in said)

    def test_draws_ages_that_no_bar_covers(self, client, turning_65):
        page = BeautifulSoup(client.post(f"/en{URL}", {"state": turning_65}).content, "html.parser")
        oldest = page.select("main svg[role=img] text")[-2]
        bars = {int(bar["x"]) for bar in page.select("main svg[role=img] rect")}

        # "100 years" at 17 px takes some 75 px.
        assert oldest.text == "100 years"
        assert min(bars) >= 80

    def test_says_a_birthday_once_for_all_that_begins_on_it(self, client, turning_65):
        for number in range(10, 35):
            make_benefit(f"{number:012}", conditions={"JA0110": 65, "JA0111": 120})
        shelf.forget()
        page = BeautifulSoup(client.post(URL, {"state": turning_65}).content, "html.parser")

        begins = [one for one in page.select("main section") if "생깁니다" in one.text]
        assert len(begins) == 1
        assert begins[0].summary.get_text(strip=True) == "26가지 보기"
        assert len(begins[0].select("details li a[href^='/welfare/benefits/']")) == 20
        assert "그 밖에 6가지는 달력 파일에 있습니다." in begins[0].get_text()
        few = next(one for one in page.select("main section") if "어려울" in one.text)
        assert not few.select("details")

    def test_is_of_everybody_told_of(self, client, turning_65):
        state = opened(turning_65, timezone.localdate()).with_counts(OTHERS | {"other": 1})
        sealed = state.answered(Asked("birth_date", "2"), "2020-01-01").seal()
        page = BeautifulSoup(client.post(URL, {"state": sealed}).content, "html.parser")
        assert [one.get_text(strip=True) for one in page.select("main [name=whose]")] == [
            "나의 평생",
            "함께 사는 사람 2의 평생",
        ]
        other = client.post(URL, {"state": sealed, "whose": "2"}).content.decode()

        assert "함께 사는 사람 2: 태어나서 100세까지" in other
        assert "만 40세부터 만 65세(2085년 1월 1일) 전까지" in other

    def test_says_which_birthday_is_missing_and_that_a_large_household_takes_too_long(self, client):
        state = Screening()
        assert (
            "나의 생년월일을 알려 주시면"
            in client.post(URL, {"state": state.seal()}).content.decode()
        )
        state = state.with_counts(OTHERS | {"child": 6})
        assert "6명까지만" in client.post(URL, {"state": state.seal()}).content.decode()

    def test_shows_twenty_of_a_stage_and_all_on_request(self, client, turning_65):
        for number in range(10, 35):
            make_benefit(f"{number:012}", conditions={"JA0110": 65, "JA0111": 120})
        shelf.forget()
        answer = client.post(URL, {"state": turning_65})
        assert "그 밖에 6가지도 보기" in answer.content.decode()
        whole = client.post(URL, {"state": turning_65, "whose": "me", "stage": "SENIOR"})
        page = BeautifulSoup(whole.content, "html.parser")
        assert len(page.select("main details[open] li")) == 26

    def test_leads_to_the_questions_where_nothing_was_told(self, client):
        assert "/welfare/check/" in client.get(URL).content.decode()
        assert client.post(URL, {"state": "forged"}).status_code == 400

    def test_keeps_nothing(self, client, turning_65):
        answer = client.post(URL, {"state": turning_65})

        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies


class TestWorthAsking:
    """What is never likely, as an office examines it or more has to be known."""

    @pytest.fixture
    def codes(self, turning_65):
        made = make_benefits("long-term-care", "basic-pension", "disability-pension")
        shelf.forget()
        return {key: benefit.pk for key, benefit in made.items()}

    @pytest.mark.parametrize(
        "told",
        [
            ("", "물어볼 것", "나: 이날부터 물어볼 만합니다. ‘만 65세 이상"),
            ("/en", "Ask about it", "from this day on it is worth asking about."),
        ],
    )
    def test_is_told_apart_from_what_is_likely(self, client, turning_65, codes, told):
        language, badge, words = told
        answer = client.post(f"{language}{URL}", {"state": turning_65})
        page = BeautifulSoup(answer.content, "html.parser")

        asked = [one for one in page.select("main section") if one.select(".krds-badge")]
        assert {one.select_one(".krds-badge").get_text(strip=True) for one in asked} == {badge}
        assert all(words in " ".join(one.get_text(" ").split()) for one in asked)
        assert all("asking" in one["class"] for one in asked)
        hrefs = {link["href"] for one in asked for link in one.select("a")}
        # Of what few are and nobody told, a disability, nobody is told that a birthday matters.
        assert {href.strip("/").split("/")[-1] for href in hrefs} == {
            codes["long-term-care"],
            codes["basic-pension"],
        }
        likely = [one for one in page.select("main section") if not one.select(".krds-badge")]
        assert len(likely) == 2
        assert not any(words in one.get_text() for one in likely)

    def test_stands_in_the_stage_of_life(self, client, turning_65, codes):
        page = BeautifulSoup(client.post(URL, {"state": turning_65}).content, "html.parser")

        (senior,) = page.select("main details:has(.asking)")
        assert senior.summary.get_text(strip=True) == "노년 (65~100세): 1가지, 물어볼 것 2가지"
        asked = " ".join(senior.select_one(".asking").get_text(" ").split())
        assert "기관이 조사하거나 더 알아야 정해집니다." in asked
        assert "만 65세부터 평생" in asked
        assert "어르신 수당" not in asked

    def test_ends_with_a_birthday_as_well(self, client, turning_65):
        """Which of nursery, kindergarten and home somebody of seven is at, nobody told."""
        make_benefits("kindergarten-fees")
        shelf.forget()
        birthday = timezone.localdate() + datetime.timedelta(weeks=6)
        born = datetime.date(birthday.year - 8, birthday.month, min(birthday.day, 28))
        sealed = Screening().answered(Asked("birth_date", "me"), born.isoformat()).seal()
        page = BeautifulSoup(client.post(URL, {"state": sealed}).content, "html.parser")
        (asked,) = page.select("main section.asking")
        said = " ".join(asked.get_text(" ").split())
        assert "나: 이날부터는 대상이 아닐 수 있으니 그 전에 물어보세요. ‘만 7세 이하’" in said

    def test_is_in_the_calendar_file_by_its_own_name(self, client, turning_65, codes):
        files = [
            Calendar.from_ical(
                client.post(f"{language}{URL}", {"state": turning_65, "do": "calendar"}).content
            ).walk("VEVENT")
            for language in ("", "/en")
        ]
        korean, english = ([str(event["summary"]) for event in file] for file in files)

        assert "노인장기요양보험: 물어볼 만한 날" in korean
        assert "노인장기요양보험: 받을 가능성이 생기는 날" not in korean
        assert sum("worth asking about from this day" in one for one in english) == 2
        ids = [[str(event["uid"]) for event in file] for file in files]
        assert ids[0] == ids[1]
        assert len(set(ids[0])) == len(ids[0]) == 4
