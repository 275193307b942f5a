"""The first screen of the results: what to do first, and nobody reads hundreds to find it."""

import datetime

import pytest
from django.utils import timezone

from tests.welfare.benefit_factories import make_benefit, make_local_benefit
from tests.welfare.test_views_check import SENIORS, URL, Visitor
from welfare.queries.rulebook import shelf
from welfare.queries.screening import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


@pytest.fixture
def visitor(client):
    return Visitor(client)


def steps(visitor):
    return [
        " ".join(one.get_text(" ").split()) for one in visitor.page.select("main ol.first > li")
    ]


class TestFirstSteps:
    def test_begin_with_what_closes_soon(self, visitor):
        soon = (timezone.localdate() + datetime.timedelta(days=9)).strftime("~ %Y.%m.%d")
        for number in range(6):
            make_benefit(f"00000000010{number}", 서비스명=f"수당 {number}", conditions=SENIORS)
        make_benefit("000000000109", 서비스명="난방비", conditions=SENIORS, 신청기한=soon)
        visitor.start().answer("1950-01-01")

        told = steps(visitor)
        assert told[0].startswith("난방비 : 받을 가능성이 높습니다. 신청해 보세요.")
        assert "까지 신청할 수 있습니다" in told[0]
        assert len(told) == 4
        assert "동주민센터에 보여 주세요" in told[-1]
        assert "129" in told[-1]

    def test_tell_nobody_to_apply_before_the_day(self, visitor):
        opens = (timezone.localdate() + datetime.timedelta(days=9)).strftime("%Y.%m.%d")
        make_benefit(서비스명="난방비", conditions=SENIORS, 신청기한=f"{opens}~2099.12.31")
        visitor.start().answer("1950-01-01")

        (told, _last) = steps(visitor)
        assert "신청해 보세요" not in told
        assert "신청할 수 있는 날을 적어 두세요" in told

    def test_name_what_an_answer_would_decide_and_lead_there(self, visitor):
        make_local_benefit("WLF00001164", servNm="기초연금", sggNm="")
        visitor.start()
        told = {"birth_date": "1950-01-01", "district": "강남구", "income": "0-50"}
        while (question := visitor.asked.partition(":")[0]) in told:
            visitor.answer(told[question])
        visitor.press("do", "results")

        (step, _last) = steps(visitor)
        assert "기초연금" in step
        assert "더 답하면 받을 수 있는지" in step
        button = visitor.page.select_one("main ol.first button[name=do]")
        visitor.press("do", button["value"])
        assert visitor.asked

    def test_are_gone_where_one_gets_it_already(self, visitor):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        visitor.start().answer("1950-01-01")
        assert "어르신 교통비" in steps(visitor)[0]
        visitor.press("mark", "has=gov24-000000000001")

        assert len(steps(visitor)) == 1
        assert "질문에 더 답해 보세요" in steps(visitor)[0]

    def test_stand_on_the_first_page_alone(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start().answer("1950-01-01").press("verdict", "NO")

        assert not steps(visitor)


class TestWhatHasToBeRead:
    def test_put_last_what_labels_and_names_speak_against(self, visitor):
        everywhere = {"sggNm": "", "servDgst": "한 해에 한 번"}
        make_local_benefit("WLF00000001", servNm="월세 지원", lifeNmArray="청년", **everywhere)
        make_local_benefit("WLF00000002", servNm="안부 확인", lifeNmArray="노년", **everywhere)
        make_local_benefit("WLF00000003", servNm="집수리", lifeNmArray="", **everywhere)
        make_local_benefit("WLF00000004", servNm="어린이집 운영", lifeNmArray="", **everywhere)
        make_benefit(conditions=SENIORS | {"JA0328": "Y"}, 서비스명="휠체어 빌리기")
        visitor.start()
        told = {"birth_date": "1950-01-01", "district": "강남구"}
        while question := visitor.asked.partition(":")[0]:
            visitor.answer(told[question]) if question in told else visitor.press("do", "unknown")
        visitor.press("open", "ANSWER")
        assert self.listed(visitor) == ["노년", "휠체어 빌리기"]

        visitor.press("open", "FITTING")
        assert self.listed(visitor) == ["나와 맞아 보이는 제도: 노년", "안부 확인"]
        assert "더 답하면 알 수 있음 1" in visitor.text
        assert "안내문을 읽어 볼 것 4" in visitor.text
        assert "나와 맞아 보임 1 읽어 봐야 앎 1 맞지 않을 수 있음 2" in visitor.text

        visitor.press("open", "READING")
        assert self.listed(visitor) == ["안내문을 읽어 봐야 하는 제도: 여러 나이", "집수리"]

        visitor.press("open", "UNLIKELY")
        assert self.listed(visitor) == ["맞지 않을 수 있는 제도", "월세 지원", "어린이집 운영"]
        assert "‘청년’ 대상으로 보여, 맞지 않을 수 있습니다." in visitor.text

    @staticmethod
    def listed(visitor):
        return [one.get_text(strip=True) for one in visitor.page.select("main :is(h3, h4)")]

    @pytest.fixture
    def found(self, visitor):
        make_local_benefit("WLF00000001", servNm="월세 100% 지원", servDgst="집세", sggNm="")
        make_local_benefit("WLF00000002", servNm="안부 확인", servDgst="찾아갑니다", sggNm="")
        visitor.start()
        while visitor.asked:
            visitor.answer("1950-01-01") if visitor.asked == "birth_date:me" else visitor.press(
                "do", "unknown"
            )
        return visitor.press("open", visitor.page.select("main button[name=open]")[1]["value"])

    def test_is_found_by_a_word(self, found):
        button = found.page.select_one("main form:has([name=word]) button")
        for word, names in (
            ("월세", ["월세 100% 지원"]),
            ("찾아", ["안부 확인"]),
            ("지원 집세", ["월세 100% 지원"]),
            ("0% 지", ["월세 100% 지원"]),
            ("_", []),
            ("없는말\0", []),
        ):
            found.press("do", button["value"], word=word)
            assert [one.get_text(strip=True) for one in found.page.select("main h4")] == names

    def test_keeps_the_word_over_marks(self, found):
        found.press("do", "results", word="월세")
        found.press("mark", "NO_NEED=local-WLF00000001")

        assert found.page.select_one("[name=word]")["value"] == "월세"
        assert not found.page.select("main article")

    def test_is_no_word_longer_than_a_field_takes(self, found):
        found.press("do", "results", word="가" * 500)

        assert len(found.page.select_one("[name=word]")["value"]) == 50


class TestResultsFromAPage:
    """Whoever has filled in a page and asks for the results has answered that page."""

    def state(self, visitor):
        return opened(visitor.state, timezone.localdate())

    def test_take_what_was_typed(self, visitor):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        visitor.start().press("do", "results", **{"birth_date-me": "19500101"})

        assert visitor.heading == "받을 만한 복지"
        assert "어르신 교통비" in visitor.text
        assert self.state(visitor).told["members"][0]["birth_date"] == "1950-01-01"

    def test_do_not_pass_over_what_is_wrong(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start().press("do", "results", **{"birth_date-me": "20260231"})

        assert visitor.response.status_code == 400
        assert visitor.page.select_one("[aria-invalid=true]")["value"] == "20260231"

    def test_leave_an_empty_page_to_be_asked_again(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start().press("do", "results")

        assert visitor.heading == "받을 만한 복지"
        visitor.press("do", "next")
        assert visitor.asked == "birth_date:me"

    def test_take_who_lives_there(self, visitor):
        make_benefit(conditions=SENIORS)
        nobody = dict.fromkeys(("partner", "child", "parent", "other"), "0")
        visitor.begin().press("do", "results", **nobody)
        assert self.state(visitor).told.get("household_size") is None
        visitor.press("do", "next").press("do", "results", **(nobody | {"child": "2"}))
        assert self.state(visitor).told["household_size"] == 3


class TestProgress:
    def test_counts_nothing_as_open_that_only_a_notice_tells(self, visitor):
        make_benefit("000000000101", conditions=SENIORS)
        make_benefit("000000000102", conditions={"JA0102": "Y"})
        make_local_benefit(servNm="안부 확인", lifeNmArray="노년", sggNm="")
        visitor.start()
        while visitor.asked != "birth_date:me sex:me":
            visitor.press("do", "unknown")
        visitor.press("do", "unknown", **{"birth_date-me": "1990-03-02"})
        visitor.press("do", "change=birth_date:me")

        assert "답으로 가릴 수 있는 복지 2가지 가운데 1가지는" in visitor.text


class TestThePaper:
    def test_says_what_to_ask_about_at_the_counter(self, visitor):
        make_benefit(서비스명="휠체어 빌리기", conditions=SENIORS | {"JA0328": "Y"})
        visitor.start().press("do", "results").press("do", "print")

        sheet = visitor.page.select_one("article.sheet")
        assert "창구에서 물어볼 것" in sheet.get_text()
        assert "휠체어 빌리기" in sheet.get_text()
        assert "더 알아야 할 것: 생년월일" in sheet.get_text()

    def test_asks_nothing_where_all_is_decided(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start().answer("1950-01-01").press("do", "print")

        assert visitor.response.status_code == 200
        assert "창구에서 물어볼 것" not in visitor.text


class TestWhatIsWrong:
    """Words that tell what to do, and none of a machine."""

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("", "모르면 ‘모르겠습니다’를 누르세요"),
            ("20260231", "달력에 없는 날입니다"),
            ("550302", "연도를 네 자리로 적어 주세요"),
            ("55.3.2", "연도를 네 자리로 적어 주세요"),
            ("삼월", "연도, 월, 일을 숫자로"),
            ("29990101", "보다 뒤의 날짜는 적을 수 없습니다"),
        ],
    )
    def test_with_a_day_is_said_plainly(self, visitor, typed, words):
        make_benefit(conditions=SENIORS)
        visitor.start().answer(typed)

        assert visitor.response.status_code == 400
        assert words in visitor.text
        assert "(on)" not in visitor.text

    def test_with_a_choice_that_nobody_made(self, visitor):
        make_benefit(conditions={"JA0201": "Y"})
        visitor.start()
        visitor.press("do", "answer")

        assert "하나를 고르세요. 모르면 ‘모르겠습니다’를 누르세요." in visitor.text


class TestEnglish:
    @pytest.fixture
    def found(self, client):
        make_local_benefit("WLF00003250", servNm="영유아보육료 지원", lifeNmArray="", sggNm="")
        visitor = Visitor(client, language="/en")
        visitor.url = f"/en{URL}"
        visitor.start(child=1).press("do", "results")
        return visitor

    def test_names_programmes_in_english_beside_the_ministry_s_own(self, found):
        found.press("open", "ANSWER")
        (title,) = found.page.select("main h4")

        assert title.get_text(strip=True).startswith("Nursery fees (")
        assert title.select_one("[lang=ko]").get_text() == "영유아보육료 지원"

    def test_says_why_the_rest_is_korean_and_who_interprets(self, found):
        assert "in Korean" in found.text
        assert "1577-1366" in [one.get_text() for one in found.page.select("main a.phone")]
        found.press("do", "print")
        assert "in Korean" in found.page.select_one("article.sheet").get_text()

    def test_says_what_the_fold_above_the_list_is_for(self, found):
        fold = found.page.select_one("main details:has([name=word])")

        assert fold.summary.get_text(strip=True) == "Narrow the list by theme or word"

    def test_says_it_to_nobody_who_reads_korean(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start().press("do", "results")

        assert "1577-1366" not in visitor.text


def test_english_first_steps_are_english(client):
    make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
    visitor = Visitor(client, language="/en")
    visitor.see(client.post(f"/en{URL}", {"do": "next"}))
    visitor.url = f"/en{URL}"
    visitor.start().answer("1950-01-01")

    (step, _last) = steps(visitor)
    assert "Apply for it" in step
    assert visitor.page.select_one("ol.first a [lang=ko], ol.first a[lang=ko]") is not None
