"""`/my/profile/`: told, corrected and taken back in one place, each group by itself."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import FactGroup, Receipt
from accounts.forms import FORMS
from accounts.models import FactSheet, Profile
from accounts.queries import all_facts, facts_for, purposes_for
from accounts.services import tell_facts
from core.records.enums import Channel
from tests.accounts.factories import SAJIK

URL = "/my/profile/"
CENTRE, BENEFITS = "accounts.centre", "accounts.eligibility_basics"
SENSITIVE = "accounts.eligibility_circumstances"
BASICS = {"birth_date": "1958-03-02", "home": SAJIK, "agree_1": "on"}


@pytest.fixture
def me(client, resident):
    client.force_login(resident)
    return resident


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def tell(person, group, facts, *purposes):
    tell_facts(
        person=person,
        group=group,
        facts=facts,
        purposes=purposes,
        channel=Channel.WEB,
        now=timezone.now(),
    )


class TestMyProfile:
    def test_asks_for_sign_in(self, client):
        for path in (URL, f"{URL}basics/", f"{URL}basics/forget/", f"{URL}withdraw/{CENTRE}/"):
            assert client.get(path)["Location"].startswith("/accounts/login/")

    def test_has_a_section_for_each_group(self, client, me):
        titles = [heading.text for heading in page(client.get(URL)).select("main h2")]

        assert titles == ["이름", *(str(group.label) for group in FORMS)]

    def test_lets_one_say_what_to_be_called_and_take_it_back(self, client, me):
        for name, kept in (("  박  새봄 ", "박 새봄"), ("", "")):
            answer = client.post(f"{URL}name/", {"name": name})
            me.refresh_from_db()
            assert (answer.status_code, me.name) == (302, kept)
        assert client.post(f"{URL}name/", {"name": "가" * 61}).status_code == 200

    def test_shows_what_was_told_for_what_since_when(self, client, me):
        tell(
            me,
            FactGroup.BASICS,
            {
                "birth_date": datetime.date(1958, 3, 2),
                "district_code": "1111000000",
                "dong_code": SAJIK,
            },
            CENTRE,
        )
        tell(
            me, FactGroup.CIRCUMSTANCES, {"income": "UP_TO_50", "household": ["VETERAN"]}, SENSITIVE
        )

        text = page(client.get(URL)).get_text(" ", strip=True)

        for told in ("1958", "종로구 사직동", "기준 중위소득의 50% 이하", "국가보훈대상자"):
            assert told in text
        assert "누리집에서 동의함" in text
        assert "사는 동의 주민센터 찾기" in text

    def test_shows_nothing_of_anybody_else(self, client, me, stranger):
        tell(stranger, FactGroup.CIRCUMSTANCES, {"income": "UP_TO_50"}, SENSITIVE)

        assert "기준 중위소득" not in client.get(URL).content.decode()
        assert (
            'value="UP_TO_50" selected' not in client.get(f"{URL}circumstances/").content.decode()
        )

    def test_asks_few_questions(self, client, me, django_assert_max_num_queries):
        for group in FORMS:
            tell(me, group, {}, *(one.slug for one in purposes_for(group)))

        with django_assert_max_num_queries(8):
            client.get(URL)

    def test_is_kept_by_nobody(self, client, me):
        assert client.get(URL)["Cache-Control"] == "private, no-store"


class TestGroup:
    def test_is_told_and_shown(self, client, me):
        answer = client.post(f"{URL}basics/", BASICS)

        assert answer["Location"] == f"{URL}#basics"
        assert facts_for(me, CENTRE) == {
            "birth_date": datetime.date(1958, 3, 2), "district_code": "1111000000",
            "dong_code": SAJIK,
        }  # fmt: skip
        assert facts_for(me, BENEFITS) == {}
        form = page(client.get(f"{URL}basics/"))
        assert form.select_one("#id_birth_date")["value"] == "1958-03-02"
        assert form.select_one("#id_home option[selected]")["value"] == SAJIK
        assert form.select_one("#id_agree_1").has_attr("checked")
        assert not form.select_one("#id_agree_2").has_attr("checked")

    def test_takes_a_district_where_the_dong_is_not_known(self, client, me):
        client.post(f"{URL}basics/", {"home": "1111000000", "agree_2": "on"})

        assert facts_for(me, BENEFITS) == {"district_code": "1111000000"}

    @pytest.mark.parametrize(
        ("data", "field", "said"),
        [
            ({**BASICS, "birth_date": "1850-01-01"}, "birth_date", "다시 확인"),
            ({**BASICS, "birth_date": "2999-01-01"}, "birth_date", "다시 확인"),
            ({**BASICS, "home": "2611051000"}, "home", ""),
            ({"birth_date": "1958-03-02", "home": SAJIK}, "agree_1", "하나라도 골라"),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(self, client, me, data, field, said):
        answer = client.post(f"{URL}basics/", data)

        found = page(answer)
        assert found.select_one(f".errors a[href='#id_{field}']")
        assert said in found.select_one(f"#id_{field}_error").text
        if field != "home":
            assert found.select_one("#id_home option[selected]")["value"] == SAJIK
        assert not Profile.objects.exists()

    def test_wants_something_to_keep(self, client, me):
        answer = client.post(f"{URL}interests/", {"agree_1": "on"})

        assert "적은 것이 없습니다" in page(answer).select_one(".errors").text
        assert not FactSheet.objects.exists()

    @pytest.mark.parametrize(
        ("group", "data", "facts"),
        [
            (
                "circumstances",
                {"income": "UP_TO_50", "household": ["VETERAN", "DEFECTOR"]},
                {"income": "UP_TO_50", "household": ["VETERAN", "DEFECTOR"]},
            ),
            ("interests", {"interests": ["WORK"]}, {"interests": ["WORK"]}),
            (
                "access",
                {"needs": ["WHEELCHAIR"], "note": "2층은 어렵습니다"},
                {"needs": ["WHEELCHAIR"], "note": "2층은 어렵습니다"},
            ),
            (
                "contact",
                {"channel": "PHONE", "languages": ["ko", "vi"]},
                {"channel": "PHONE", "languages": ["ko", "vi"]},
            ),
        ],
    )
    def test_of_each_kind_is_kept(self, client, me, group, data, facts):
        client.post(f"{URL}{group}/", {**data, "agree_1": "on"})

        assert all_facts(me) == {FactGroup(group.upper()): facts}
        assert client.get(f"{URL}{group}/").status_code == 200
        assert client.get(URL).status_code == 200

    def test_that_there_is_not(self, client, me):
        assert client.get(f"{URL}nothing/").status_code == 404
        assert client.get(f"{URL}nothing/forget/").status_code == 404
        assert client.get(f"{URL}withdraw/nothing/").status_code == 404

    def test_is_shown_in_english(self, client, me):
        client.post(f"{URL}basics/", BASICS)

        text = page(client.get("/en/my/profile/")).select_one("#basics").text
        assert "Sajik-dong" in text


class TestReceipts:
    def test_that_are_none_keep_which_they_are_none_of(self, client, me):
        client.post(f"{URL}circumstances/", {"receipts": "NONE", "agree_1": "on"})
        kept = all_facts(me)[FactGroup.CIRCUMSTANCES]
        assert kept["receipts"] == ["NONE"]
        assert set(kept["receipts_denied"]) == set(Receipt.values) - {"NONE"}
        assert "받는 것 없음" in page(client.get(URL)).select_one("#circumstances").text

        client.post(f"{URL}circumstances/", {"receipts": "HOUSING", "agree_1": "on"})
        assert all_facts(me)[FactGroup.CIRCUMSTANCES] == {"receipts": ["HOUSING"]}


class TestHousehold:
    url = f"{URL}household/"

    def members(self, person):
        return all_facts(person)[FactGroup.HOUSEHOLD]["members"]

    def test_is_told_in_rows_of_which_empty_ones_are_nobody(self, client, me):
        client.post(
            self.url,
            {
                "rows": "3", "agree_1": "on",
                "relation_1": "SPOUSE", "birth_date_1": "1960-01-02",
                "relation_3": "CHILD", "age_3": "0",
            },
        )  # fmt: skip

        today = timezone.localdate().isoformat()
        assert self.members(me) == [
            {"relation": "SPOUSE", "birth_date": "1960-01-02"},
            {"relation": "CHILD", "age": 0, "age_on": today},
        ]
        shown = page(client.get(self.url))
        assert shown.select_one("#id_relation_2 option[selected]")["value"] == "CHILD"
        assert shown.select_one("#id_rows")["value"] == "5"  # two, and three to add

    def test_keeps_the_day_on_which_an_age_was_told(self, client, me):
        member = {"relation": "CHILD", "age": 7, "age_on": "2020-01-01"}
        tell(me, FactGroup.HOUSEHOLD, {"members": [member]}, "accounts.eligibility_household")

        client.post(self.url, {"rows": "4", "agree_1": "on", "relation_1": "CHILD", "age_1": "7"})

        assert self.members(me) == [member]

    @pytest.mark.parametrize(
        ("row", "field"),
        [
            ({"age_1": "7"}, "relation_1"),
            ({"relation_1": "CHILD"}, "birth_date_1"),
            ({"relation_1": "CHILD", "birth_date_1": "2999-01-01"}, "birth_date_1"),
            ({"relation_1": "CHILD", "age_1": "200"}, "age_1"),
        ],
    )
    def test_says_what_is_missing_of_a_row(self, client, me, row, field):
        answer = client.post(self.url, {"rows": "2", "agree_1": "on", **row})

        assert page(answer).select_one(f".errors a[href='#id_{field}']")
        assert not FactSheet.objects.exists()

    def test_is_told_of_whoever_lives_alone(self, client, me):
        client.post(self.url, {"rows": "3", "agree_1": "on", "alone": "on"})

        assert all_facts(me)[FactGroup.HOUSEHOLD] == {"alone": True}
        assert page(client.get(self.url)).select_one("#id_alone[checked]")
        assert "혼자 삽니다" in page(client.get(URL)).select_one("#household").text
        assert "I live alone" in page(client.get("/en/my/profile/")).select_one("#household").text

    def test_is_not_kept_where_nothing_is_said(self, client, me):
        client.post(self.url, {"rows": "3", "agree_1": "on"})

        assert not FactSheet.objects.exists()

    @pytest.mark.parametrize(
        "row", [{"relation_1": "CHILD", "age_1": "7"}, {"age_1": "0"}, {"relation_2": "CHILD"}]
    )
    def test_takes_nobody_for_alone_who_lives_with_somebody(self, client, me, row):
        answer = client.post(self.url, {"rows": "2", "agree_1": "on", "alone": "on", **row})

        words = page(answer).select_one(".errors a[href='#id_alone']").text
        assert words.endswith("‘혼자 삽니다’와 함께 사는 사람을 같이 고를 수 없습니다.")
        answer = client.post(f"/en{self.url}", {"agree_1": "on", "rows": "2", "alone": "on", **row})
        words = page(answer).select_one(".errors a[href='#id_alone']").text
        assert words.endswith("“I live alone” cannot go together with people who live with you.")
        assert not FactSheet.objects.exists()

    @pytest.mark.parametrize("rows", ["999999", "-1", "x", ""])
    def test_has_no_more_rows_than_people_live_together(self, client, me, rows):
        answer = client.post(self.url, {"rows": rows})

        assert 1 <= len(page(answer).select("select")) <= 15


class TestWithdraw:
    def test_tells_first_what_stops(self, client, me):
        client.post(f"{URL}basics/", {**BASICS, "agree_2": "on"})

        found = page(client.get(f"{URL}withdraw/{CENTRE}/"))

        assert "다시 여쭙니다" in found.text
        assert "남습니다" in found.text
        assert facts_for(me, CENTRE)  # looking withdraws nothing

        answer = client.post(f"{URL}withdraw/{CENTRE}/", follow=True)
        assert "다시 여쭙니다" in answer.content.decode()
        assert facts_for(me, CENTRE) == {}
        assert facts_for(me, BENEFITS)

    def test_of_the_last_purpose_tells_that_the_facts_go(self, client, me):
        client.post(f"{URL}basics/", BASICS)

        found = page(client.get(f"{URL}withdraw/{CENTRE}/"))
        assert "함께 지웁니다" in found.text
        assert "종로구 사직동" in found.select_one(".notice").text

        client.post(f"{URL}withdraw/{CENTRE}/")
        assert not Profile.objects.exists()

    def test_of_all(self, client, me):
        client.post(f"{URL}basics/", {**BASICS, "agree_2": "on"})

        assert "함께 지웁니다" in page(client.get(f"{URL}basics/forget/")).text
        client.post(f"{URL}basics/forget/")

        assert all_facts(me) == {}

    def test_of_what_was_not_agreed_to_leads_back(self, client, me):
        assert client.get(f"{URL}withdraw/{CENTRE}/").status_code == 302

    def test_is_nobody_elses(self, client, me, stranger):
        client.post(f"{URL}basics/", BASICS)
        client.force_login(stranger)

        client.post(f"{URL}withdraw/{CENTRE}/")
        client.post(f"{URL}basics/forget/")

        assert facts_for(me, CENTRE)
