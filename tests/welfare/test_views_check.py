"""The screener page by page, as somebody without an account and without a script uses it."""

import datetime
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.utils import timezone, translation

from core.records.encryption import keyring
from tests.accessibility.judge import faults_of
from tests.welfare.benefit_factories import NOWON, make_benefit, make_local_benefit
from welfare.forms import PageForm
from welfare.queries.living import ME
from welfare.queries.rulebook import shelf
from welfare.queries.screening import Screening, opened
from welfare.rules.questions import Asked
from welfare.rules.vocabulary import RECEIPTS

pytestmark = pytest.mark.django_db

URL = "/welfare/check/"
SENIORS = {"JA0110": 65, "JA0111": 120}


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


class Visitor:
    """Presses buttons and fills in what the page holds, as a browser without a script does."""

    def __init__(self, client, language=""):
        self.client, self.url = client, f"{language}{URL}"
        self.see(client.get(self.url))

    def see(self, response):
        self.response = response
        self.page = BeautifulSoup(response.content, "html.parser")
        return self

    @property
    def heading(self):
        return self.page.h1.get_text(strip=True)

    @property
    def asked(self):
        """The question that is asked, as forms write it; of several, one after the other."""
        return " ".join(one["value"] for one in self.page.select("input[name=asked]"))

    @property
    def fields(self):
        """The names under which the page takes its answers, in order."""
        inputs = self.page.select("main form:has([name=asked]) :is(input, select)")
        names = dict.fromkeys(one["name"] for one in inputs if one.get("type") != "hidden")
        return [name for name in names if not name.endswith("-unsaid")]

    @property
    def state(self):
        return self.page.select_one("input[name=state]")["value"]

    @property
    def text(self):
        return " ".join(self.page.select_one("main").get_text(" ").split())

    def press(self, name, value, **sent):
        """Press the button with this name and value, within its own form."""
        button = self.page.select_one(f"main button[name='{name}'][value='{value}']")
        assert button is not None, f"no button {name}={value}"
        form = button.find_parent("form")
        fields = {}
        for one in form.select("input[type=hidden]"):
            fields.setdefault(one["name"], []).append(one.get("value", ""))
        return self.see(self.client.post(self.url, fields | sent | {name: value}))

    def start(self, **others):
        """Begin, and say who lives there as well: nobody, unless others are counted."""
        return self.begin().tell_who(**others)

    def begin(self):
        return self.press("do", "next")

    def tell_who(self, **others):
        if self.asked != "size:":
            return self  # nothing at all hangs on any answer
        counts = dict.fromkeys(("partner", "child", "parent", "other"), 0) | others
        return self.press("do", "answer", **counts, **({} if others else {"is_alone": "on"}))

    def answer(self, *answers):
        """Answer the fields of the page in order, and press the first button."""
        return self.press("do", "answer", **dict(zip(self.fields, answers, strict=True)))


@pytest.fixture
def visitor(client):
    client.handler.enforce_csrf_checks = True
    return Visitor(client)


class TestQuestions:
    def test_begin_with_the_one_that_decides_most_and_say_why(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start()

        assert visitor.heading == "언제 태어났나요?"
        assert "왜 묻나요? 나이로 정해지는 복지가 가장 많습니다." in visitor.text

    def test_end_in_what_was_found(self, visitor):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        visitor.start().answer("1956-03-02")

        assert visitor.heading == "받을 만한 복지"
        assert "어르신 교통비" in visitor.text
        assert "‘만 65세 이상’ 조건에 맞습니다." in visitor.text
        assert "조건이 적힌 곳: 정부24에 등록된 조건 (서비스 번호 " in visitor.text
        assert "supportConditions" not in visitor.text
        assert "약속이 아닙니다" in visitor.text

    @pytest.mark.parametrize("way", ["unknown", "private"])
    def test_may_stay_without_an_answer(self, visitor, way):
        make_benefit(conditions=SENIORS)
        visitor.start().press("do", way)

        assert visitor.heading == "받을 만한 복지"
        shown = visitor.page.select(".fold li strong")[1].get_text(strip=True)
        assert shown == {"unknown": "모름", "private": "답하지 않음"}[way]
        visitor.press("open", "ANSWER")
        assert "더 알아야 할 것: 생년월일" in visitor.text

    def test_say_what_is_wrong_and_keep_what_was_answered(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start().answer("2999-01-01")

        assert visitor.response.status_code == 400
        assert visitor.heading == "언제 태어났나요?"
        assert visitor.page.select_one("[aria-invalid=true]")["value"] == "2999-01-01"

    @pytest.mark.parametrize(
        ("language", "question", "words"),
        [
            ("ko", "birth_date", "날짜를 적으세요. 모르면 ‘모르겠습니다’를 누르세요."),
            ("ko", "resident_since", "날짜를 적으세요. 모르면 ‘모르겠습니다’를 누르세요."),
            ("ko", "weeks", "숫자를 적으세요. 모르면 ‘모르겠습니다’를 누르세요."),
            ("en", "birth_date", "Enter the date. If you do not know it, press “I do not know”."),
            ("en", "weeks", "Enter a number. If you do not know it, press “I do not know”."),
        ],
    )
    def test_ask_for_a_day_where_a_day_is_missing(self, language, question, words):
        with translation.override(language):
            form = PageForm([Asked(question, ME)], Screening(), {})
            assert list(form.errors.values()) == [[words]]

    def test_says_how_much_is_decided_so_far(self, visitor):
        make_benefit("000000000101", conditions=SENIORS)
        make_benefit("000000000102", conditions=SENIORS)
        make_benefit("000000000103", conditions={"JA0102": "Y"})
        # Of firms' benefits nothing is counted.
        make_benefit("000000000104", conditions={"JA2103": "Y"})
        visitor.begin()
        assert "1번째 질문 왜 묻나요?" in visitor.text
        visitor.tell_who()
        assert visitor.asked == "birth_date:me sex:me"
        assert "2번째 질문" in visitor.text
        # Who knows one of two answers leaves the other open.
        visitor.press("do", "unknown", **{"birth_date-me": "1990-03-02"})
        visitor.press("do", "change=birth_date:me")
        assert "2번째 질문 · 답으로 가릴 수 있는 복지 3가지 가운데 2가지는 맞는지" in visitor.text

    def test_can_be_gone_back_to_with_the_answer_kept(self, visitor):
        make_benefit(conditions=SENIORS | {"JA0102": "Y"})
        visitor.start()
        first = visitor.asked
        visitor.answer("1956-03-02", "F").press("do", "back")

        assert visitor.asked == first
        assert visitor.page.select_one("[name=birth_date-me]")["value"] == "1956-03-02"
        assert visitor.page.select_one("[name=sex-me][checked]")["value"] == "F"
        visitor.press("do", "back")
        assert visitor.heading == "누구와 함께 사나요?"
        assert visitor.page.select_one("[name=is_alone][checked]")

    def test_can_be_changed_later(self, visitor):
        make_benefit(conditions=SENIORS | {"JA0102": "Y"})
        visitor.start()
        first = visitor.asked
        visitor.answer("1956-03-02", "M").press("do", "change=birth_date:me")

        assert visitor.asked == first

    def test_take_several_facts_at_once(self, visitor):
        make_benefit(conditions={"JA0326": "Y"})
        visitor.start()
        assert visitor.asked == "work:me"
        visitor.answer(["EMPLOYED", "FARMER"])

        member = opened(visitor.state, timezone.localdate()).told["members"][0]
        assert member["yes"] == ["EMPLOYED", "FARMER"]
        assert "JOB_SEEKER" in member["no"]

    def test_refuse_none_of_these_beside_something(self, visitor):
        make_benefit(conditions={"JA0326": "Y"})
        visitor.start().answer(["EMPLOYED", "NONE"])

        assert visitor.response.status_code == 400

    def test_begin_anew_where_the_answers_cannot_be_read(self, visitor):
        response = visitor.client.post(URL, {"state": "k1.forged", "do": "results"})

        assert response.status_code == 400
        assert "처음부터 다시" in response.content.decode()

    def test_are_in_english_too(self, client):
        make_benefit(conditions=SENIORS)
        visitor = Visitor(client, "/en").start()

        assert visitor.heading == "When were you born?"
        visitor.press("do", "change=size:")
        assert not re.search("[가-힣]", visitor.page.select_one("main form").get_text())
        visitor.tell_who(partner=1, child=2)
        assert visitor.heading == "When was each of you born?"
        assert not re.search("[가-힣]", visitor.page.select_one("main form").get_text())


class TestResults:
    @pytest.fixture
    def found(self, visitor):
        make_benefit("000000000001", 서비스명="어르신 교통비", conditions=SENIORS)
        make_benefit(
            "000000000002", 서비스명="어르신 난방비", conditions=SENIORS, 서비스분야="에너지"
        )
        make_benefit("000000000003", 서비스명="아흔 축하", conditions={"JA0110": 90, "JA0111": 120})
        return visitor.start().answer("1956-03-02")

    def test_leave_aside_what_one_has_already(self, found):
        found.press("mark", "has=gov24-000000000001")

        titles = [one.get_text(strip=True) for one in found.page.select("article h4")]
        assert titles == ["어르신 난방비"]
        assert "이미 받고 있음" in found.text
        found.press("mark", "back=gov24-000000000001")
        assert len(found.page.select("article h4")) == 2

    def test_leave_aside_what_one_does_not_want_and_why(self, found):
        found.press("mark", "TOO_HARD=gov24-000000000002")

        assert "(신청이 너무 어려움)" in found.text

    def test_say_what_would_change_a_no(self, found):
        found.press("verdict", "NO")

        assert "2046년 3월 2일부터, 만 90세가 될 때" in found.text

    def test_lead_to_the_question_that_is_missing(self, visitor):
        make_benefit(conditions=SENIORS | {"JA0328": "Y"})
        visitor.start().press("do", "results").press("open", "ANSWER")
        visitor.press("do", "change=health:me")

        assert visitor.heading == "장애나 오래 앓는 병이 있나요?"

    def test_keep_to_the_own_district(self, visitor):
        make_benefit("000000000004", 서비스명="노원 수당", conditions=SENIORS, **NOWON)
        make_local_benefit()
        visitor.start()
        while visitor.heading != "받을 만한 복지":
            visitor.answer("강남구" if visitor.asked.startswith("district") else "1950-01-01")
        for name, value in (("open", "ANSWER"), ("verdict", "NO")):
            visitor.press(name, value)
            assert not visitor.page.select("article")

    def test_stand_under_each_heading_once_over_all_pages(self, visitor):
        soon = (timezone.localdate() + datetime.timedelta(days=9)).strftime("~ %Y.%m.%d")
        for number in range(24):
            make_benefit(
                f"{number:012}",
                conditions=SENIORS if number % 2 else {"JA0110": 60, "JA0111": 120},
                신청기한=soon if number == 23 else "상시신청",
            )
        visitor.start().answer("1950-01-01")
        first = [one.get_text(strip=True) for one in visitor.page.select("main h3")]
        visitor.press("page", "2")
        second = [one.get_text(strip=True) for one in visitor.page.select("main h3")]

        assert first == ["30일 안에 마감", "노년", "여러 나이"]
        assert second == ["여러 나이"]

    def test_do_not_repeat_for_the_parents_what_is_for_the_child(self, visitor):
        make_local_benefit(servNm="급식 지원", lifeNmArray="아동", sggNm="")
        visitor.start(child=1)
        told = {"birth_date": ("1985-01-01", "2018-01-01"), "district": ("강남구",)}
        while question := visitor.asked.partition(":")[0]:
            visitor.answer(*told[question]) if question in told else visitor.press("do", "unknown")
        visitor.press("open", visitor.page.select("main button[name=open]")[1]["value"])

        (card,) = visitor.page.select("main article")
        assert card.h4.get_text(strip=True) == "급식 지원"
        assert "자녀" in card.get_text()
        assert "맞지 않을 수 있는" not in visitor.text

    def test_fold_the_reasons_to_put_one_aside(self, found):
        fold = found.page.select_one("main .card details.fold--small")

        assert not fold.has_attr("open")
        assert len(fold.select("button[name=mark]")) == 4
        assert fold.summary.get_text(strip=True).startswith("이건 빼고 보기")

    def test_are_counted_alike_in_heading_and_buttons(self, found):
        found.press("mark", "has=gov24-000000000001")

        assert found.page.select_one("main button[aria-current]").get_text(strip=True).endswith("1")
        assert "받을 가능성이 높음: 1가지" in found.text

    def test_are_printed_open_twenty_at_a_time_and_large_on_request(self, found):
        for number in range(10, 35):
            make_benefit(f"{number:012}", 서비스명=f"수당 {number}", conditions=SENIORS)
        shelf.forget()
        found.press("mark", "has=gov24-000000000001").press("do", "print")

        sheet = found.page.select_one("article.sheet")
        assert not sheet.select("details")
        assert len(sheet.select(".stack > li")) == 20
        assert "1–20번째" in sheet.get_text()
        assert "이 쪽은 종이 약 6장입니다." in found.text
        assert "모두 인쇄하면 약 7장입니다." in found.text
        titles = {one.get_text() for one in sheet.select(".stack > li > strong:first-child")}
        assert "‘만 65세 이상’ 조건에 맞습니다." in sheet.get_text()
        assert "어르신 교통비" not in sheet.get_text()
        assert "담당 기관에 확인" in sheet.get_text()
        assert sheet.select_one("figure.qr svg")
        assert "/welfare/check/" in sheet.select_one("figure.qr").get_text()
        large = next(one for one in found.page.select("form") if one.select("[name=large]"))
        fields = {one["name"]: one["value"] for one in large.select("input")}
        found.see(found.client.post(URL, fields | {"do": "print"}))
        assert found.page.select_one("article.sheet--large")
        assert "이 쪽은 종이 약 8장입니다." in found.text
        found.press("page", "2")
        rest = found.page.select_one("article.sheet--large")
        others = {one.get_text() for one in rest.select(".stack > li > strong:first-child")}
        assert "21–" in rest.get_text()
        assert others
        assert not others & titles
        found.press("do", "results")
        assert found.heading == "받을 만한 복지"

    def test_cost_few_statements_for_many(self, visitor, django_assert_max_num_queries):
        for number in range(10, 40):
            make_benefit(f"{number:012}", conditions=SENIORS)
        visitor.start().answer("1950-01-01")
        with django_assert_max_num_queries(6):
            visitor.press("page", "2")

        assert len(visitor.page.select("article")) == 10


class TestWhoLivesThere:
    """It decides what counts as much or little, and of whom all else is asked."""

    @pytest.fixture
    def poor(self, visitor):
        make_benefit(서비스명="생활 지원", conditions={"JA0201": "Y"})
        return visitor.begin()

    def told(self, visitor):
        return opened(visitor.state, timezone.localdate()).told

    def test_is_asked_first(self, poor):
        assert poor.asked == "size:"
        assert poor.heading == "누구와 함께 사나요?"
        assert "함께 사는 사람이 많을수록" in poor.text

    def test_names_each_by_their_relation(self, poor):
        poor.tell_who(partner=1, child=2, parent=1, other=1)

        members = [one["id"] for one in self.told(poor)["members"]]
        assert members == ["me", "partner1", "child1", "child2", "parent1", "2"]
        assert self.told(poor)["household_size"] == 6
        said = "6명 (나, 배우자, 자녀 1, 자녀 2, 부모님 1, 함께 사는 사람 2)"
        assert said in poor.page.select_one(".fold li").get_text()

    def test_says_whether_somebody_lives_alone(self, visitor):
        make_benefit(서비스명="혼자 사는 사람", conditions={"JA0404": "Y"})
        visitor.start()

        assert visitor.heading == "받을 만한 복지"
        assert "혼자 사는 사람" in visitor.text
        visitor.press("do", "change=size:").tell_who(child=1).press("verdict", "NO")
        assert "혼자 사는 사람" in visitor.text

    def test_is_not_asked_once_more_among_kinds_of_families(self, visitor):
        make_benefit(conditions={"JA0403": "Y"})
        visitor.start()

        assert visitor.asked == "family:"
        assert visitor.page.select("[value=SINGLE_PARENT]")
        assert not visitor.page.select("[value=SINGLE_PERSON]")
        visitor.press("do", "unknown")
        assert self.told(visitor)["household_yes"] == ["SINGLE_PERSON"]

    def test_that_nobody_tells_leaves_shares_of_the_median(self, poor):
        poor.press("do", "unknown")
        assert poor.asked == "income:"
        assert "중위소득 50% 이하" in poor.text
        assert "함께 사는 경우의 금액" not in poor.text

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({}, "혼자 사시면 ‘혼자 삽니다’를"),
            ({"is_alone": "on", "child": "2"}, "같이 고를 수 없습니다"),
            ({"child": "99"}, "child"),
        ],
    )
    def test_is_asked_again_where_the_answer_says_nothing(self, poor, sent, words):
        counts = dict.fromkeys(("partner", "child", "parent", "other"), "0")
        poor.press("do", "answer", **(counts | sent))
        assert poor.response.status_code == 400
        assert poor.asked == "size:"
        assert words in str(poor.page.select_one("main"))
        if sent.get("child") == "2":
            assert poor.page.select_one("[name=child] [selected]")["value"] == "2"

    def test_that_changes_takes_back_the_income_that_was_told_as_a_band(self, poor):
        poor.tell_who().answer("51-75")
        poor.press("do", "change=size:").tell_who(partner=1, child=2)
        assert poor.asked == "income:"
        assert "income_band" not in self.told(poor)

    def test_that_is_told_again_takes_nothing_back(self, poor):
        poor.tell_who(partner=1).answer("0-50")
        poor.press("do", "change=size:").tell_who(partner=1)
        assert self.told(poor)["income_band"] == "0-50"

    def test_keeps_what_was_told_of_those_who_stay(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start(child=2).answer("1980-01-01", "2010-01-01", "2015-01-01")
        visitor.press("do", "change=size:").tell_who(child=1, parent=1)

        assert visitor.asked == "birth_date:parent1"
        births = {one["id"]: one.get("birth_date") for one in self.told(visitor)["members"]}
        assert births == {"me": "1980-01-01", "child1": "2010-01-01", "parent1": None}

    def test_may_lose_one_by_name(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start(child=2).answer("1980-01-01", "2010-01-01", "2015-01-01")
        visitor.press("do", "remove=child1")

        assert [one["id"] for one in self.told(visitor)["members"]] == ["me", "child2"]
        assert self.told(visitor)["household_size"] == 2
        assert self.told(visitor)["household_no"] == ["SINGLE_PERSON"]


class TestSeveralMembers:
    """A question about people is asked of all of them on one page."""

    def told(self, visitor):
        members = opened(visitor.state, timezone.localdate()).told["members"]
        return {one["id"]: one for one in members}

    @pytest.fixture
    def working(self, visitor):
        make_benefit(conditions={"JA0326": "Y"})
        return visitor.start(partner=1, child=1)

    def test_are_asked_at_once_and_each_is_judged(self, visitor):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        visitor.start(parent=1)
        assert visitor.heading == "모두 언제 태어났나요?"
        assert visitor.asked == "birth_date:me birth_date:parent1"
        names = [one.get_text(strip=True) for one in visitor.page.select("legend.person__name")]
        assert names == ["나", "부모님 1"]
        visitor.answer("1990-01-01", "1950-01-01")

        assert visitor.heading == "받을 만한 복지"
        assert "부모님 1" in visitor.text
        assert len(visitor.page.select("main article")) == 1

    def test_are_asked_two_things_on_one_page_each_under_their_name(self, visitor):
        make_benefit(conditions=SENIORS | {"JA0102": "Y"})
        visitor.start(partner=1)

        assert visitor.heading == "모두 언제 태어났고, 성별이 무엇인가요?"
        frames = visitor.page.select("fieldset.person")
        assert [one.legend.get_text(strip=True) for one in frames] == ["나", "배우자"]
        assert all(one.select("[name^=birth_date]") and one.select("[name^=sex]") for one in frames)

    def test_are_wrong_by_name_and_lose_nothing_that_was_typed(self, visitor):
        make_benefit(conditions=SENIORS | {"JA0102": "Y"})
        visitor.start(partner=1, child=1)
        sent = {
            "birth_date-me": "1980-01-01",
            "sex-me": "F",
            "birth_date-partner1": "1.1.80",
            "sex-partner1": "M",
            "birth_date-child1": "2010-05-05",
        }
        visitor.press("do", "answer", **sent)

        assert visitor.response.status_code == 400
        wrong = [one.get_text(strip=True) for one in visitor.page.select(".errors li")]
        assert wrong[0].startswith("배우자: 태어난 날: ")
        assert wrong[1] == "자녀 1: 성별: 하나를 고르세요. 모르면 ‘모름’을 고르세요."
        assert len(wrong) == 2
        for name, value in sent.items():
            held = visitor.page.select_one(f"[name={name}]:is([checked], [inputmode])")
            assert held["value"] == value

    def test_are_wrong_by_name_where_the_facts_cannot_be(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start(partner=1).answer("1980-01-01", "2999-01-01")

        assert visitor.response.status_code == 400
        (wrong,) = visitor.page.select(".errors li")
        assert wrong.get_text(strip=True).startswith("배우자: 태어난 날: ")
        assert wrong.a["href"] == "#id_birth_date-partner1"

    def test_may_each_leave_their_own_unsaid(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start(partner=1, child=1)
        visitor.press(
            "do",
            "answer",
            **{
                "birth_date-me": "1980-01-01",
                "birth_date-partner1-unsaid": "UNKNOWN",
                "birth_date-child1-unsaid": "PRIVATE",
            },
        )

        assert visitor.heading == "받을 만한 복지"
        assert "birth_date" not in self.told(visitor)["partner1"]
        said = visitor.page.select(".fold li strong")[1].get_text(strip=True)
        assert said == "나: 1980-01-01 / 배우자: 모름 / 자녀 1: 답하지 않음"
        visitor.press("do", "change=birth_date:me")
        held = visitor.page.select("input[checked]")
        assert [(one["name"], one["value"]) for one in held] == [
            ("birth_date-partner1-unsaid", "UNKNOWN"),
            ("birth_date-child1-unsaid", "PRIVATE"),
        ]

    @pytest.mark.parametrize(("way", "word"), [("unknown", "모름"), ("private", "답하지 않음")])
    def test_may_all_be_left_unsaid_at_once_but_for_what_is_filled_in(self, visitor, way, word):
        make_benefit(conditions=SENIORS)
        visitor.start(partner=1, child=1)
        visitor.press("do", way, **{"birth_date-child1": "2010-05-05"})

        said = visitor.page.select(".fold li strong")[1].get_text(strip=True)
        assert said == f"나: {word} / 배우자: {word} / 자녀 1: 2010-05-05"

    def test_cannot_both_tell_and_not_tell(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start(partner=1)
        births = {"birth_date-me": "1980-01-01", "birth_date-partner1": "1980-01-01"}
        visitor.press("do", "answer", **births, **{"birth_date-me-unsaid": "UNKNOWN"})

        assert visitor.response.status_code == 400
        assert "함께 고를 수 없습니다" in visitor.page.select_one(".errors li").get_text()

    def test_are_ticked_only_where_something_is_so(self, working):
        assert working.heading == "누가 어떤 일을 하나요?"
        working.press("do", "answer", **{"work-partner1": ["EMPLOYED"]})

        told = self.told(working)
        assert told["partner1"]["yes"] == ["EMPLOYED"]
        assert told["me"]["yes"] == told["child1"]["yes"] == []
        assert "EMPLOYED" in told["child1"]["no"]

    def test_may_be_unknown_beside_one_of_whom_something_is_so(self, working):
        ticks = {"work-partner1": ["EMPLOYED"], "work-child1": ["UNKNOWN"]}
        working.press("do", "answer", **ticks)

        assert "EMPLOYED" in self.told(working)["me"]["no"]
        assert not self.told(working)["child1"]["no"]

    def test_are_none_of_these_by_one_button_and_not_by_an_empty_page(self, working):
        working.press("do", "answer")
        assert working.response.status_code == 400
        assert len(working.page.select(".errors li")) == 3

        working.press("do", "none")
        assert all("EMPLOYED" in one["no"] for one in self.told(working).values())

    def test_may_all_be_as_the_first_by_one_button(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start(partner=1, child=1)
        state = opened(visitor.state, timezone.localdate())
        page = [Asked("nationality", one) for one in state.members]
        form = PageForm(page, state, {"nationality-partner1": "KOREAN"}, pressed="same")
        assert form.is_valid()
        told = form.told(state).told["members"]
        assert {one["nationality"] for one in told} == {"KOREAN"}
        assert not PageForm(page, state, {}, pressed="same").is_valid()

    def test_are_asked_again_of_those_alone_who_are_still_open(self, visitor):
        make_benefit(conditions={"JA0326": "Y"} | SENIORS)
        visitor.start(child=1).answer("1950-01-01", "2015-01-01")

        # The child is too young for it whatever they do.
        assert visitor.asked == "work:me"

    def test_that_were_kept_before_they_had_relations_are_still_read(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start()
        kept = opened(visitor.state, timezone.localdate()).kept() | {
            "told": {"members": [{"id": "me"}, {"id": "2", "birth_date": "1950-01-01"}]},
            "asked": [["birth_date", "2"], ["sex", "me"]],
        }
        sent = {"state": keyring().seal(json.dumps(kept)), "do": "back"}
        visitor.see(visitor.client.post(URL, sent))

        assert visitor.response.status_code == 200
        # What is asked on one page now is gone back to on one page.
        assert visitor.asked == "birth_date:2 sex:me"


class TestForgedForms:
    @pytest.mark.parametrize("page", ["9" * 5000, "-1", "0", "x", "99999"])
    def test_with_any_page_lead_to_one_that_is_there(self, visitor, page):
        make_benefit(conditions=SENIORS)
        visitor.start().answer("1956-03-02")
        sent = {"state": visitor.state, "do": "results", "page": page}
        assert visitor.client.post(URL, sent).status_code == 200

    @pytest.mark.parametrize(
        "change",
        [
            {"asked": [["no-such-question", None]]},
            {"asked": [["sex", "9"]]},
            {"told": {"members": [{"id": "me", "yes": ["NO_SUCH_FACT"]}]}},
            {"told": {}},
            {"told": None},
            {"has": None},
        ],
    )
    def test_of_another_release_begin_anew(self, visitor, change):
        make_benefit(conditions=SENIORS)
        visitor.start()
        kept = opened(visitor.state, timezone.localdate()).kept() | change
        state = keyring().seal(json.dumps(kept))
        for address in (URL, "/welfare/timeline/"):
            answer = visitor.client.post(address, {"state": state, "do": "results"})
            assert answer.status_code == 400


class TestMarks:
    def test_keep_the_filters(self, visitor):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        visitor.start().answer("1956-03-02")
        visitor.press("do", "results", theme="주거")
        for form in visitor.page.select("main form:has(button[name=mark])"):
            assert form.select_one("input[name=theme]") is not None
            assert form.select_one("input[name=page]") is not None


class TestNothingStays:
    def test_in_database_cookies_addresses_or_caches(self, visitor, caplog):
        make_benefit(conditions=SENIORS)
        counted = {
            model: model.objects.count() for model in apps.get_models() if model._meta.managed
        }
        visitor.start().answer("1956-03-02")

        assert counted == {model: model.objects.count() for model in counted}
        assert not visitor.client.cookies
        assert "no-store" in visitor.response["Cache-Control"]
        assert "1956" not in caplog.text
        led_to = [one.get("href") or one.get("action") for one in visitor.page.select("a, form")]
        assert "1956" not in str(led_to)

    def test_that_anybody_else_could_read_in_the_page(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start().answer("1956-03-02")

        assert "1956" not in visitor.state
        assert "1956" in keyring().open(visitor.state)


class TestWords:
    def test_of_sums_are_right_in_both_languages(self, client):
        make_benefit(conditions={"JA0201": "Y"})
        korean, english = Visitor(client).begin(), Visitor(client, "/en").begin()

        assert korean.asked == "size:"
        korean.tell_who(partner=1, child=2)
        english.tell_who(partner=1, child=2)
        assert korean.asked == "income:"
        assert "4명이 함께 사는 경우의 금액입니다." in korean.text
        told = [one.get_text(strip=True) for one in korean.page.select("main .choices label")]
        assert told[:2] == ["약 325만 원까지", "약 325만 원보다 많고 약 487만 원까지"]
        assert "Up to about 3,250,000 won" in english.text
        # Whoever lies between the round sum and the bound is told the bound.
        assert "이 금액과 견주어 고르세요: 3,247,369원 · 4,871,053원 · 6,494,738원" in korean.text
        assert "3,247,369 won · 4,871,053 won" in english.text

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_break_no_clause(self, client, language):
        make_benefit(conditions=SENIORS)
        visitor = Visitor(client, "/en" if language == "en" else "").start()

        faults = faults_of(visitor.response.content.decode(), language)
        visitor.press("do", "change=size:")
        faults += faults_of(visitor.response.content.decode(), language)
        visitor.tell_who(partner=1)
        faults += faults_of(visitor.response.content.decode(), language)
        visitor.press("do", "answer")
        faults += faults_of(visitor.response.content.decode(), language)
        visitor.answer("1956-03-02", "1958-03-02")
        faults += faults_of(visitor.response.content.decode(), language)
        assert not faults


class TestReceipts:
    def told(self, visitor):
        return opened(visitor.state, timezone.localdate()).told

    @pytest.fixture
    def found(self, visitor):
        make_local_benefit("WLF00001132", servNm="생계급여", sggNm="")
        make_local_benefit("WLF00003245", servNm="국민취업지원", sggNm="")
        make_local_benefit("WLF00000055", servNm="문화누리카드", sggNm="")
        visitor.start()
        while visitor.page.select_one("input[name=asked]"):
            match visitor.asked:
                case "birth_date:me":
                    visitor.answer("1970-03-02")
                case "income:":
                    visitor.answer("0-50")
                case "income_step:":
                    visitor.answer("0-32")
                case "assets:":
                    visitor.answer("10000000")
                case "district:":
                    visitor.answer("노원구")
                case _:
                    visitor.press("do", "unknown")
        return visitor

    def test_of_what_is_marked_shut_out_of_what_hangs_on_it_until_it_is_taken_back(self, found):
        found.press("mark", "has=local-WLF00001132")
        assert self.told(found)["receives"] == ["livelihood-benefit"]
        found.press("verdict", "NO")
        assert "국민취업지원" in found.text

        found.press("mark", "back=local-WLF00001132")
        assert self.told(found)["receives"] == []
        found.press("verdict", "NO")
        assert "국민취업지원" not in found.text

    def test_are_asked_for_and_told(self, found):
        found.press("do", "change=receipts:").answer(["housing-benefit"])
        told = self.told(found)
        assert told["receives"] == ["housing-benefit"]
        assert "livelihood-benefit" in told["receives_not"]
        assert "주거급여" in found.text

    def test_may_be_none_of_these(self, found):
        found.press("do", "change=receipts:").answer(["NONE"])
        assert self.told(found)["receives_not"] == sorted(RECEIPTS)
