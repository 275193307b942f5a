"""`/my/helpers/`: a helper is named, accepts by paper or link, is watched, and sent away."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import MessagesTo, Role
from accounts.models import EVERYTHING, Delegation
from accounts.services import accept_delegation, code_of, link_token, name_helper, record_acting
from core.offices.enums import OfficeKind
from tests.accounts.factories import again, make_office, make_person, make_worker
from tests.sign_in import sign_in

URL = "/my/helpers/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def me(client, resident):
    sign_in(client, resident)
    return resident


@pytest.fixture
def helper(db):
    return make_person("오도움")


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def telling(**other):
    told = {
        "label": "큰딸", "office": "", "purposes": [EVERYTHING], "messages_to": "PERSON",
        "ends_date": (timezone.localdate() + 30 * DAY).isoformat(),
    }  # fmt: skip
    return {**told, **other}


def name(person, *purposes, **more):
    return name_helper(
        person=person,
        label="큰딸",
        purposes=purposes or (EVERYTHING,),
        ends_date=timezone.localdate() + 30 * DAY,
        messages_to=MessagesTo.PERSON,
        now=timezone.now(),
        **more,
    )


def accepted(person, helper):
    return accept_delegation(helper=helper, delegation=name(person), now=timezone.now())


class TestPaper:
    @pytest.mark.parametrize(
        ("name_told", "said"),
        [("김주민", "맡기는 사람: 김주민"), ("", "맡기는 일: 모든 신청과 상담")],
    )
    def test_says_whose_or_else_what_it_is_about(self, client, me, name_told, said):
        type(me).objects.filter(pk=me.pk).update(name=name_told)

        shown = page(client.get(f"{URL}{name(me).pk}/")).main.get_text(" ", strip=True)

        assert said in shown
        assert me.email not in shown


class TestNaming:
    def test_leads_to_a_paper_with_code_and_link(self, client, me):
        answer = client.post(f"{URL}add/", telling(), follow=True)

        made = Delegation.objects.get()
        text = page(answer).get_text(" ", strip=True)
        assert answer.redirect_chain[0][0] == f"{URL}{made.pk}/"
        code = code_of(made)
        assert f"{code[:4]} {code[4:]}" in text
        signed_at = slice(0, link_token(made).index(":"))  # what follows tells the second
        assert link_token(made)[signed_at] in text
        assert made.ends_date == timezone.localdate() + 30 * DAY

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"label": ""}, "label"),
            ({"purposes": []}, "purposes"),
            ({"purposes": ["nothing"]}, "purposes"),
            ({"ends_date": "2020-01-01"}, "ends_date"),
            ({"ends_date": "2999-01-01"}, "ends_date"),
            ({"messages_to": ""}, "messages_to"),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(self, client, me, data, field):
        found = page(client.post(f"{URL}add/", telling(**data)))

        assert found.select_one(f".errors a[href^='#id_{field}']")
        assert found.select_one("#id_label").get("value", "") == data.get("label", "큰딸")
        assert not Delegation.objects.exists()

    def test_of_an_office_leaves_messages_with_the_person(self, client, me):
        office = make_office(OfficeKind.PARTNER)
        other = make_office(OfficeKind.DEPARTMENT)

        wrong = page(client.post(f"{URL}add/", telling(office=office.pk, messages_to="BOTH")))
        assert wrong.select_one(".errors a[href^='#id_messages_to']")
        assert page(client.post(f"{URL}add/", telling(office=other.pk))).select_one(".errors")

        client.post(f"{URL}add/", telling(office=office.pk))
        assert Delegation.objects.get().office == office


class TestAccepting:
    def test_by_the_code_shows_first_what_is_asked(self, client, resident, helper):
        made = name(resident)
        sign_in(client, helper)

        shown = client.post(f"{URL}accept/", {"code": code_of(made)}, follow=True)
        assert resident.name in page(shown).text
        assert not again(helper).represented_ids("welfare")

        client.post(shown.redirect_chain[0][0])
        assert again(helper).represented_ids("welfare") == {resident.pk}
        assert resident.name in page(client.get(URL)).text

    def test_by_the_link_asks_for_sign_in_first(self, client, resident, helper):
        path = f"{URL}accept/{link_token(name(resident))}/"

        assert client.get(path)["Location"].startswith("/accounts/login/")
        sign_in(client, helper)
        assert client.get(path).status_code == 200
        assert client.post(path)["Location"] == URL

    @pytest.mark.parametrize("code", ["", "1234", "12345678", "가나다라마바사아"])
    def test_says_that_a_code_is_wrong(self, client, me, code):
        found = page(client.post(f"{URL}accept/", {"code": code}))

        assert found.select_one(".errors a[href='#id_code']")

    def test_is_stopped_after_many_wrong_codes(self, client, me, helper):
        for _ in range(11):
            answer = client.post(f"{URL}accept/", {"code": "00000000"})

        assert "너무 많이" in page(answer).select_one(".errors").text

    def test_is_not_for_oneself(self, client, me):
        path = f"{URL}accept/{link_token(name(me))}/"

        assert "자기 자신" in client.post(path, follow=True).content.decode()
        assert Delegation.objects.get().accepted_at is None

    def test_hides_a_part_of_the_address_of_who_told_no_name(self, client, helper):
        nameless = make_person("")
        sign_in(client, helper)

        text = client.get(f"{URL}accept/{link_token(name(nameless))}/").content.decode()

        assert nameless.email not in text
        assert f"{nameless.email[:2]}***@" in text

    def test_of_a_link_that_leads_nowhere(self, client, me):
        assert client.get(f"{URL}accept/nothing/").status_code == 404


class TestWatching:
    def test_shows_in_english_what_the_portal_wrote(self, client, me, helper):
        made = accepted(me, helper)
        for what in (
            "복지 상담 신청 #3: 답하기",
            "복지 상담 신청 #3: 열어 봄",
            "없어진 말: 열어 봄",
        ):
            record_acting(
                helper=helper,
                person_id=me.pk,
                purpose="welfare",
                what=what,
                now=timezone.now(),
            )
        told = page(client.get(f"/en{URL}{made.pk}/"))

        for words in ("Welfare counselling #3: Answer", "Welfare counselling #3: Opened"):
            assert words in told.text
        assert told.find("span", lang="ko", string="없어진 말: 열어 봄")
        assert "복지 상담 신청 #3: 답하기" in page(client.get(f"{URL}{made.pk}/")).text

    def test_shows_all_that_a_helper_did(self, client, me, helper):
        made = accepted(me, helper)
        for number in range(25):
            record_acting(
                helper=helper,
                person_id=me.pk,
                purpose="welfare",
                what=f"{number}번째 일",
                now=timezone.now(),
            )

        first = page(client.get(f"{URL}{made.pk}/")).get_text(" ", strip=True)
        second = page(client.get(f"{URL}{made.pk}/?page=2")).get_text(" ", strip=True)

        assert "24번째 일" in first
        assert "오도움" in first
        assert "0번째 일" in second
        assert "도우미가 받아들임" in second
        assert client.get(f"{URL}{made.pk}/?page=9").status_code == 404

    def test_asks_as_often_for_many(self, client, me, assert_flat):
        assert assert_flat(lambda: client.get(URL), add=lambda n: accepted(me, make_person())) <= 9

    def test_shows_no_code_once_it_is_accepted_nor_to_the_helper(self, client, me, helper):
        made = name(me)
        code = code_of(made)
        shown = f"{code[:4]} {code[4:]}"
        assert shown in client.get(f"{URL}{made.pk}/").content.decode()
        accept_delegation(helper=helper, delegation=made, now=timezone.now())

        assert shown not in client.get(f"{URL}{made.pk}/").content.decode()
        sign_in(client, helper)
        assert shown not in client.get(f"{URL}{made.pk}/").content.decode()
        assert "큰딸" not in client.get(f"{URL}{made.pk}/").content.decode()


class TestEnding:
    @pytest.mark.parametrize("who", ["person", "helper"])
    def test_is_one_click(self, client, resident, helper, who):
        made = accepted(resident, helper)
        sign_in(client, {"person": resident, "helper": helper}[who])
        form = page(client.get(URL)).select_one(f"form[action='{URL}{made.pk}/end/']")
        assert form["method"] == "post"

        client.post(form["action"])

        assert again(helper).represented_ids("welfare") == frozenset()
        assert not page(client.get(URL)).select_one(f"form[action='{URL}{made.pk}/end/']")

    def test_is_no_link_that_is_followed_by_chance(self, client, me, helper):
        made = accepted(me, helper)

        assert client.get(f"{URL}{made.pk}/end/").status_code == 405
        assert again(helper).represented_ids("welfare")

    def test_gives_another_code_where_one_was_lost(self, client, me):
        made = name(me)
        before = code_of(made)

        client.post(f"{URL}{made.pk}/renew/")

        made.refresh_from_db()
        assert code_of(made) != before


class TestStranger:
    def test_finds_nothing_of_others(self, client, resident, helper, stranger):
        made = accepted(resident, helper)
        waiting = name(resident)
        sign_in(client, stranger)

        for delegation in (made, waiting):
            assert client.get(f"{URL}{delegation.pk}/").status_code == 404
            for deed in ("end", "renew"):
                assert client.post(f"{URL}{delegation.pk}/{deed}/").status_code == 404
        assert not re.search("큰딸|오도움|김주민", client.get(URL).content.decode())
        assert again(helper).represented_ids("welfare")

    def test_in_another_office_finds_nothing_either(self, client, resident):
        partner = make_office(OfficeKind.PARTNER)
        made = name(resident, office=partner)
        worker = make_worker(partner, Role.PARTNER)
        accept_delegation(helper=worker, delegation=made, now=timezone.now())

        sign_in(client, make_worker(make_office(OfficeKind.PARTNER), Role.PARTNER))
        assert client.get(f"{URL}{made.pk}/").status_code == 404
        sign_in(client, make_worker(partner, Role.PARTNER))
        assert client.get(f"{URL}{made.pk}/").status_code == 200
        assert client.post(f"{URL}{made.pk}/renew/").status_code == 404

    def test_is_asked_to_sign_in(self, client, resident):
        made = name(resident)
        for path in ("", "add/", "accept/", f"{made.pk}/"):
            assert client.get(f"{URL}{path}")["Location"].startswith("/accounts/login/")
