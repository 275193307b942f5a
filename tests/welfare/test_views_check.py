"""The screener page by page, as somebody without an account and without a script uses it."""

import datetime
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.utils import timezone

from core.records.encryption import keyring
from tests.accessibility.judge import faults_of
from tests.welfare.benefit_factories import NOWON, make_benefit, make_local_benefit
from welfare.queries.rulebook import shelf
from welfare.queries.screening import opened
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
        return self.page.select_one("input[name=asked]")["value"]

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
        fields = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
        return self.see(self.client.post(self.url, fields | sent | {name: value}))

    def start(self):
        return self.press("do", "next")

    def answer(self, answer):
        return self.press("do", "answer", answer=answer)


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
        assert "약속이 아닙니다" in visitor.text

    @pytest.mark.parametrize("way", ["unknown", "private"])
    def test_may_stay_without_an_answer(self, visitor, way):
        make_benefit(conditions=SENIORS)
        visitor.start().press("do", way)

        assert visitor.heading == "받을 만한 복지"
        shown = visitor.page.select_one(".fold li strong").get_text(strip=True)
        assert shown == {"unknown": "모름", "private": "답하지 않음"}[way]
        visitor.press("verdict", "DEPENDS")
        assert "생년월일 정보가 있으면 판단할 수 있습니다." in visitor.text

    def test_say_what_is_wrong_and_keep_what_was_answered(self, visitor):
        make_benefit(conditions=SENIORS | {"JA0102": "Y"})
        visitor.start().answer("2999-01-01")

        assert visitor.response.status_code == 400
        assert visitor.heading == "언제 태어났나요?"
        assert visitor.page.select_one("[aria-invalid=true]")["value"] == "2999-01-01"

    def test_says_how_much_is_decided_so_far(self, visitor):
        make_benefit("000000000101", conditions=SENIORS)
        make_benefit("000000000102", conditions=SENIORS)
        make_benefit("000000000103", conditions={"JA0102": "Y"})
        visitor.start()
        assert visitor.asked == "birth_date:me"
        assert "1번째 질문 · 지금까지 답으로 3가지 가운데 0가지를 판단했습니다." in visitor.text
        visitor.answer("1990-03-02")
        assert "2번째 질문 · 지금까지 답으로 3가지 가운데 2가지를 판단했습니다." in visitor.text

    def test_can_be_gone_back_to_with_the_answer_kept(self, visitor):
        make_benefit(conditions=SENIORS | {"JA0102": "Y"})
        visitor.start()
        first = visitor.asked
        visitor.answer("F" if first == "sex:me" else "1956-03-02")
        visitor.press("do", "back")

        assert visitor.asked == first
        told = visitor.page.select_one("input[name=answer][checked], input[name=answer][inputmode]")
        assert told["value"] in ("F", "1956-03-02")

    def test_can_be_changed_later(self, visitor):
        make_benefit(conditions=SENIORS | {"JA0102": "Y"})
        visitor.start()
        first = visitor.asked
        visitor.answer("M" if first == "sex:me" else "1956-03-02")
        visitor.press("do", f"change={first}")

        assert visitor.asked == first

    def test_are_asked_of_those_one_lives_with(self, visitor):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        visitor.start().press("do", "add")
        assert visitor.asked == "birth_date:2"
        visitor.answer("1950-01-01").answer("1990-01-01")

        assert visitor.heading == "받을 만한 복지"
        assert "함께 사는 사람 2" in visitor.text
        assert len(visitor.page.select("main article")) == 1

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
        visitor.start().press("do", "results").press("verdict", "DEPENDS")
        visitor.press("do", "change=health:me")

        assert visitor.heading == "장애나 오래 앓는 병이 있나요?"

    def test_keep_to_the_own_district(self, visitor):
        make_benefit("000000000004", 서비스명="노원 수당", conditions=SENIORS, **NOWON)
        make_local_benefit()
        visitor.start()
        while visitor.heading != "받을 만한 복지":
            visitor.answer("강남구" if visitor.asked.startswith("district") else "1950-01-01")
        for verdict in ("DEPENDS", "NO"):
            visitor.press("verdict", verdict)
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

    def test_are_counted_alike_in_heading_and_buttons(self, found):
        found.press("mark", "has=gov24-000000000001")

        assert found.page.select_one("main button[aria-current]").get_text(strip=True).endswith("1")
        assert "받을 가능성이 높음: 1가지" in found.text

    def test_are_printed_whole_and_open_and_large_on_request(self, found):
        for number in range(10, 35):
            make_benefit(f"{number:012}", 서비스명=f"수당 {number}", conditions=SENIORS)
        shelf.forget()
        found.press("mark", "has=gov24-000000000001").press("do", "print")

        sheet = found.page.select_one("article.sheet")
        assert not sheet.select("details")
        assert len(sheet.select("strong")) >= 26
        assert "‘만 65세 이상’ 조건에 맞습니다." in sheet.get_text()
        assert "어르신 교통비" not in sheet.get_text()
        assert "담당 기관에 확인" in sheet.get_text()
        large = next(one for one in found.page.select("form") if one.select("[name=large]"))
        fields = {one["name"]: one["value"] for one in large.select("input")}
        found.see(found.client.post(URL, fields | {"do": "print"}))
        assert found.page.select_one("article.sheet--large")
        found.press("do", "results")
        assert found.heading == "받을 만한 복지"

    def test_cost_few_statements_for_many(self, visitor, django_assert_max_num_queries):
        for number in range(10, 40):
            make_benefit(f"{number:012}", conditions=SENIORS)
        visitor.start().answer("1950-01-01")
        with django_assert_max_num_queries(6):
            visitor.press("page", "2")

        assert len(visitor.page.select("article")) == 10


class TestSize:
    """How many live together decides what counts as much or little."""

    @pytest.fixture
    def poor(self, visitor):
        make_benefit(서비스명="생활 지원", conditions={"JA0201": "Y"})
        return visitor.start()

    def told(self, visitor):
        return opened(visitor.state, timezone.localdate()).told

    def test_is_asked_before_the_income(self, poor):
        assert poor.asked == "size:"
        assert "함께 사는 사람이 많을수록" in poor.text

    def test_that_nobody_tells_leaves_shares_of_the_median(self, poor):
        poor.press("do", "unknown")
        assert poor.asked == "income:"
        assert "중위소득 50% 이하" in poor.text
        assert "함께 사는 경우의 금액" not in poor.text

    @pytest.mark.parametrize("size", ["0", "21", "", "둘"])
    def test_is_a_number_of_people(self, poor, size):
        poor.answer(size)
        assert poor.response.status_code == 400
        assert poor.asked == "size:"

    def test_that_changes_takes_back_the_income_that_was_told_as_a_band(self, poor):
        poor.answer("1").answer("51-75")
        poor.press("do", "change=size:").answer("4")
        assert poor.asked == "income:"
        assert "income_band" not in self.told(poor)

    def test_that_is_told_again_takes_nothing_back(self, poor):
        poor.answer("2").answer("0-50")
        poor.press("do", "change=size:").answer("2")
        assert self.told(poor)["income_band"] == "0-50"

    def test_grows_with_whom_one_adds_and_is_asked_anew_after_a_removal(self, poor):
        poor.answer("1")
        poor.press("do", "add")
        assert self.told(poor)["household_size"] == 2
        poor.press("do", "remove=2")
        assert poor.asked == "size:"

    def test_cannot_be_less_than_whom_one_added(self, poor):
        poor.press("do", "add").press("do", "unknown")
        poor.answer("1")
        assert poor.response.status_code == 400
        assert "적은 사람(2명)보다 적을 수 없습니다." in poor.text


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
        korean, english = Visitor(client).start(), Visitor(client, "/en").start()

        assert korean.asked == "size:"
        korean.answer("4")
        english.answer("4")
        assert korean.asked == "income:"
        assert "4명이 함께 사는 경우의 금액입니다." in korean.text
        assert "3,247,369원까지" in korean.text
        assert "up to 3,247,369 won" in english.text

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_break_no_clause(self, client, language):
        make_benefit(conditions=SENIORS)
        visitor = Visitor(client, "/en" if language == "en" else "").start()

        faults = faults_of(visitor.response.content.decode(), language)
        visitor.answer("1956-03-02")
        faults += faults_of(visitor.response.content.decode(), language)
        assert not faults


class TestTheLowestBand:
    @pytest.fixture
    def asked(self, visitor):
        make_local_benefit("WLF00001132", servNm="생계급여", sggNm="")
        visitor.start()
        for _ in range(9):
            if visitor.asked == "income:":
                break
            visitor.answer("1") if visitor.asked == "size:" else visitor.press("do", "unknown")
        assert visitor.asked == "income:"
        return visitor.answer("0-50")

    def test_is_asked_on_in_won_and_decided(self, asked):
        assert asked.asked == "income_step:"
        assert "820,556원까지" in asked.text  # 32 % of 2,564,238 in 2026, rounded down
        asked.answer("33-40")
        asked.press("do", "results")
        asked.press("verdict", "NO")
        assert "생계급여" in asked.text

    def test_leaves_no_step_behind_when_the_band_is_changed(self, asked):
        asked.answer("0-32")
        asked.press("do", "change=income:").answer("51-75")
        told = opened(asked.state, timezone.localdate()).told
        assert told["income_band"] == "51-75"
        assert "income_step" not in told

    def test_leads_from_what_is_missing_to_the_step(self, asked):
        asked.press("do", "unknown").press("do", "results").press("verdict", "DEPENDS")
        assert asked.page.select_one("main button[value='change=income_step:']")


class TestReceipts:
    def told(self, visitor):
        return opened(visitor.state, timezone.localdate()).told

    @pytest.fixture
    def found(self, visitor):
        make_local_benefit("WLF00001132", servNm="생계급여", sggNm="")
        make_local_benefit("WLF00001155", servNm="노인일자리", sggNm="")
        visitor.start()
        while visitor.page.select_one("input[name=asked]"):
            match visitor.asked:
                case "birth_date:me":
                    visitor.answer("1950-03-02")
                case "income:":
                    visitor.answer("0-50")
                case "income_step:":
                    visitor.answer("0-32")
                case "district:":
                    visitor.answer("노원구")
                case _:
                    visitor.press("do", "unknown")
        return visitor

    def test_of_what_is_marked_shut_out_of_what_hangs_on_it_until_it_is_taken_back(self, found):
        found.press("mark", "has=local-WLF00001132")
        assert self.told(found)["receives"] == ["livelihood-benefit"]
        found.press("verdict", "NO")
        assert "노인일자리" in found.text

        found.press("mark", "back=local-WLF00001132")
        assert self.told(found)["receives"] == []
        found.press("verdict", "NO")
        assert "노인일자리" not in found.text

    def test_are_asked_for_and_told(self, found):
        found.press("do", "change=receipts:").answer(["housing-benefit"])
        told = self.told(found)
        assert told["receives"] == ["housing-benefit"]
        assert "livelihood-benefit" in told["receives_not"]
        assert "주거급여" in found.text

    def test_may_be_none_of_these(self, found):
        found.press("do", "change=receipts:").answer(["NONE"])
        assert self.told(found)["receives_not"] == sorted(RECEIPTS)
