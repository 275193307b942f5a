"""Asking one's centre for a talk opens a request, once, where the person chose or lives."""

import dataclasses
import datetime
import sys
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError
from django.utils import timezone

from accounts.enums import FactGroup, MessagesTo, Role
from accounts.models import Delegation, User
from accounts.services import ensure_centres, tell_facts
from core.cases import registry
from core.cases.enums import Duplicates
from core.cases.models import Case, CaseWords
from core.notices.models import Message
from core.offices.enums import OfficeKind
from core.offices.models import ALL_OF_SEOUL, Office
from core.records.enums import Channel
from tests.accounts.factories import SAJIK, SANGGYE, make_centre, make_office, make_worker
from welfare.cases import COUNSEL as KIND

pytestmark = pytest.mark.django_db
COUNSEL = "/welfare/counsel/"


def case_page(case):
    return f"/my/requests/{case.pk}/"


@pytest.fixture
def office():
    """The centre of a dong, with its people and its telephone."""
    centre = make_centre(SAJIK).office
    Office.objects.filter(pk=centre.pk).update(phone="02-123-4567")
    make_worker(centre)
    return Office.objects.get(pk=centre.pk)


def typed(office, text="난방비", **told):
    return {"text": text, "office": office and office.pk or "", "key": uuid.uuid4(), **told}


def page_of(client, told=None, start=""):
    answer = client.get(start + COUNSEL) if told is None else client.post(start + COUNSEL, told)
    return BeautifulSoup(answer.content, "html.parser")


def words_of(node):
    return " ".join(node.text.split())


def error_at(page, name):
    """Answer what is said beside a question, where the summary leads as well."""
    said = page.select_one(f"#id_{name}_error")
    assert page.select_one(f".errors a[href='#id_{name}']"), page.select_one(".errors")
    return words_of(said)


def lives_at(person, dong):
    district = f"{dong[:5]}00000"
    tell_facts(
        person=person,
        group=FactGroup.BASICS,
        facts={"district_code": district, "dong_code": dong},
        purposes={"accounts.centre"},
        channel=Channel.WEB,
        now=timezone.now(),
    )


class TestCounsel:
    def test_opens_a_request_with_the_chosen_centre(self, client, resident, office):
        client.force_login(resident)
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4()}
        answers = [client.post(COUNSEL, told) for _ in range(2)]

        case = Case.objects.get()
        assert {answer["Location"] for answer in answers} == {f"/my/requests/{case.pk}/"}
        assert (case.office, case.applicant) == (office, "김주민")
        assert CaseWords.objects.get().text == "난방비"
        assert "난방비" in client.get(f"/my/requests/{case.pk}/").text

    def test_says_what_is_missing_and_loses_nothing(self, client, resident):
        client.force_login(resident)
        told = {"text": "난방비가 걱정", "office": "", "key": uuid.uuid4()}
        page = BeautifulSoup(client.post(COUNSEL, told).content, "html.parser")

        assert "사는 동" in page.select_one("main").text
        assert page.textarea.text.strip() == "난방비가 걱정"
        assert not Case.objects.exists()

    def test_takes_no_second_while_the_first_is_open(self, client, resident, office):
        client.force_login(resident)
        for _ in range(2):
            told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4()}
            page = client.post(COUNSEL, told)

        assert "이미 처리되고 있습니다" in page.text
        assert Case.objects.count() == 1

    def test_asks_for_sign_in(self, client):
        assert client.get(COUNSEL)["Location"].startswith("/accounts/login/")


@pytest.fixture
def helper(resident):
    person = User.objects.create_user("helper@portal.example", "pw", name="이도움")
    Delegation.objects.create(
        person=resident,
        helper=person,
        label="조카",
        purposes=["welfare"],
        messages_to=MessagesTo.PERSON,
        ends_date=datetime.date(2999, 1, 1),
        named_at=timezone.now(),
        accepted_at=timezone.now(),
        code_salt="salt",
        code_mark="mark",
        code_expires_at=timezone.now(),
    )
    return person


class TestCounselForSomebodyElse:
    def test_is_asked_only_of_whoever_helps_somebody(self, client, resident, helper, office):
        client.force_login(resident)
        assert "누구의 신청인가요" not in client.get(COUNSEL).text

        client.force_login(helper)
        page = BeautifulSoup(client.get(COUNSEL).content, "html.parser")
        shown = [one["value"] for one in page.select("input[name=whose]")]
        assert shown == ["me", str(resident.pk)]
        assert "김주민" in page.select_one("main").text

    def test_opens_theirs_and_tells_them(self, client, resident, helper, office):
        client.force_login(helper)
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4(), "whose": resident.pk}
        assert client.post(COUNSEL, told).status_code == 302

        case = Case.objects.get()
        assert (case.person, case.applicant) == (resident, "김주민")
        assert Message.objects.get().person == resident
        assert "김주민 님의 신청" in client.get("/my/requests/").text

    def test_never_shows_the_whole_address_of_who_told_no_name(
        self, client, resident, helper, office
    ):
        User.objects.filter(pk=resident.pk).update(name="")
        client.force_login(helper)
        asked = client.get(COUNSEL).text
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4(), "whose": resident.pk}
        client.post(COUNSEL, told)
        case = Case.objects.get()
        pages = [asked, client.get("/my/requests/").text, client.get(case_page(case)).text]

        assert case.applicant == ""
        assert all("re***@example.com" in page for page in pages)
        assert not any(resident.email in page for page in pages)

    def test_may_be_ones_own_all_the_same(self, client, resident, helper, office):
        client.force_login(helper)
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4(), "whose": "me"}
        client.post(COUNSEL, told)

        assert Case.objects.get().person == helper
        assert not Message.objects.exists()

    def test_is_of_nobody_who_did_not_ask_for_help(self, client, officer, helper, office):
        client.force_login(helper)
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4(), "whose": officer.pk}
        assert client.post(COUNSEL, told).status_code == 200

        assert not Case.objects.exists()


class TestOpenRequest:
    """Whoever has asked already reads so before they write it all again."""

    def test_is_shown_with_the_way_to_it_and_whom_to_call(self, client, resident, office):
        client.force_login(resident)
        client.post(COUNSEL, typed(office))
        page = page_of(client)

        case = Case.objects.get()
        assert page.select_one(f"main a[href='/my/requests/{case.pk}/']")
        assert page.select_one("main .phone").text.endswith("02-123-4567")
        assert "한 번에 하나씩" in page.select_one("main").text
        assert not page.select("main textarea")

    def test_is_told_in_english(self, client, resident, office):
        client.force_login(resident)
        client.post(COUNSEL, typed(office))
        page = page_of(client, start="/en")

        assert page.select_one("main a[href^='/en/my/requests/']")
        assert "one at a time" in words_of(page.select_one("main"))

    def test_leaves_the_form_where_the_kind_takes_more(self, client, resident, office, monkeypatch):
        more = dataclasses.replace(KIND, duplicates=Duplicates.SHOWN)
        monkeypatch.setattr(registry, "declared_kinds", lambda: {more.slug: more})
        monkeypatch.setattr(sys.modules["welfare.views.counsel"], "COUNSEL", more)
        client.force_login(resident)
        client.post(COUNSEL, typed(office))
        page = page_of(client)

        assert page.select_one("main textarea")
        assert "다른 일이라면" in page.select_one("main").text
        client.post(COUNSEL, typed(office, "다른 일"))
        assert Case.objects.count() == 2

    def test_of_ones_own_leaves_the_form_for_whom_one_helps(self, client, resident, helper, office):
        client.force_login(helper)
        client.post(COUNSEL, typed(office, whose="me"))
        page = page_of(client)

        assert [one["value"] for one in page.select("input[name=whose]")] == [str(resident.pk)]

    def test_that_came_meanwhile_loses_nothing_of_what_was_typed(self, client, resident, office):
        client.force_login(resident)
        client.post(COUNSEL, typed(office))
        page = page_of(client, typed(office, "두 번째"))

        assert page.textarea.text.strip() == "두 번째"
        assert "이미 처리되고 있습니다" in page.select_one(".errors").text


class TestErrors:
    def test_of_the_centre_is_told_at_the_centre(self, client, resident, office):
        client.force_login(resident)
        for wrong in (Office(pk=0), make_office(OfficeKind.PARTNER), None):
            page = page_of(client, typed(wrong))
            assert "동주민센터" in error_at(page, "office")
            assert page.textarea.text.strip() == "난방비"

        assert not Case.objects.exists()

    def test_of_whom_one_helps_is_told_there(self, client, resident, helper, office):
        client.force_login(helper)
        page = page_of(client, typed(None, whose=str(resident.pk)))

        assert "골라 주세요" in error_at(page, "office")

    @pytest.mark.parametrize(("start", "counted"), [("", "2,007자입니다"), ("/en", "2,007")])
    def test_of_a_long_text_counts_it_and_keeps_all(self, client, resident, office, start, counted):
        client.force_login(resident)
        long = "가" * 1000 + "\r\n" + "나" * 1006
        page = page_of(client, typed(office, long), start)

        assert counted in error_at(page, "text")
        assert page.textarea.text.split() == long.split()
        assert not page.textarea.has_attr("maxlength")
        assert page.textarea["data-most"] == "2000"

    def test_counts_a_line_break_once(self, client, resident, office):
        client.force_login(resident)
        client.post(COUNSEL, typed(office, "가" * 1000 + "\r\n" + "나" * 999))

        assert CaseWords.objects.get().text == "가" * 1000 + "\n" + "나" * 999


class TestCentres:
    @pytest.fixture
    def everywhere(self, db):
        ensure_centres()

    def test_stand_in_a_group_for_each_district(self, client, resident, everywhere):
        client.force_login(resident)
        select = page_of(client).select_one("select[name=office]")

        groups = select.select("optgroup")
        assert len(groups) == 25
        assert groups[0]["label"] == "종로구"
        assert sum(len(group.select("option")) for group in groups) == 426
        assert select.select("option")[0]["value"] == ""
        assert "사직동주민센터 (종로구)" in [one.text for one in groups[0].select("option")]

    def test_have_english_names_in_english(self, client, resident, everywhere):
        client.force_login(resident)
        select = page_of(client, start="/en").select_one("select[name=office]")

        assert select.select_one("optgroup")["label"] == "Jongno-gu"
        assert not select.select("option[lang=ko]")
        assert "Sajik-dong Community Service Center, Jongno-gu" in select.text

    def test_begin_with_ones_own_which_is_chosen(self, client, resident, everywhere):
        lives_at(resident, SANGGYE)
        client.force_login(resident)
        first, *others = page_of(client).select("select[name=office] option")

        assert "상계1동주민센터" in first.text
        assert first.has_attr("selected")
        assert not [one for one in others if one.has_attr("selected")]

    def test_cost_as_many_questions_for_all_as_for_two(
        self, client, resident, office, django_assert_max_num_queries
    ):
        ensure_centres()
        client.force_login(resident)
        client.get(COUNSEL)
        with django_assert_max_num_queries(12):
            client.get(COUNSEL)


class TestWhoAnswers:
    """At opening nearly no centre has people here: a desk reads for them, and says so."""

    @pytest.fixture
    def centre(self, db):
        office = make_centre(SANGGYE).office
        Office.objects.filter(pk=office.pk).update(phone="02-222-3333")
        return Office.objects.get(pk=office.pk)

    def desk(self, place, name):
        office = Office.objects.create(
            kind=OfficeKind.DEPARTMENT, name=name, phone="02-120", stands_in_for=place
        )
        make_worker(office, Role.MANAGER)
        return office

    def test_is_the_centre_where_somebody_works(self, client, resident, office):
        self.desk(ALL_OF_SEOUL, "시청 접수처")
        client.force_login(resident)
        client.post(COUNSEL, typed(office))

        assert Case.objects.get().office == office

    def test_is_the_desk_of_the_district_and_then_of_the_city(self, client, resident, centre):
        city = self.desk(ALL_OF_SEOUL, "시청 접수처")
        client.force_login(resident)
        client.post(COUNSEL, typed(centre))
        first = Case.objects.get()
        assert first.office == city

        district = self.desk(SANGGYE[:5], "노원구 접수처")
        self.desk(SAJIK[:5], "종로구 접수처")
        client.post(f"/my/requests/{first.pk}/", {"deed": "withdraw", "withdraw-key": uuid.uuid4()})
        client.post(COUNSEL, typed(centre))
        assert Case.objects.newest_first()[0].office == district

    @pytest.mark.parametrize("start", ["", "/en"])
    def test_is_told_with_the_telephone_of_the_centre(self, client, resident, centre, start):
        self.desk(ALL_OF_SEOUL, "시청 접수처")
        client.force_login(resident)
        client.post(COUNSEL, typed(centre))
        page = client.get(f"{start}/my/requests/{Case.objects.get().pk}/")
        soup = BeautifulSoup(page.content, "html.parser")

        phones = [one["href"] for one in soup.select("main .phone")]
        assert "tel:+8222223333" in phones
        assert "시청 접수처" in soup.select_one("main").text
        told = "아직 이 포털로 답하는 직원이 없습니다" if not start else "Nobody at"
        assert told in words_of(soup.select_one("main"))

    def test_is_the_centre_where_no_desk_has_staff(self, client, resident, centre):
        Office.objects.create(
            kind=OfficeKind.DEPARTMENT, name="빈 접수처", stands_in_for=ALL_OF_SEOUL
        )
        client.force_login(resident)
        client.post(COUNSEL, typed(centre))

        assert Case.objects.get().office == centre
        page = client.get(f"/my/requests/{Case.objects.get().pk}/")
        assert "02-222-3333" in page.text
        assert "아직 이 포털로 답하는 직원이 없습니다. 전화해 주시면" in page.text
        in_english = client.get(f"/en/my/requests/{Case.objects.get().pk}/")
        assert "answers through this portal yet. Call them" in in_english.text

    def test_is_one_desk_a_place(self, db):
        self.desk(ALL_OF_SEOUL, "시청 접수처")
        with pytest.raises(IntegrityError):
            Office.objects.create(
                kind=OfficeKind.DEPARTMENT, name="또 하나", stands_in_for=ALL_OF_SEOUL
            )


def test_a_stranger_is_told_what_follows_the_sign_in_and_whom_to_call_without_it(client):
    told = client.get(client.get("/welfare/counsel/").url).content.decode()
    plain = client.get("/accounts/login/").content.decode()
    desk = client.get("/accounts/login/?next=/admin/").content.decode()

    assert "열려던 화면으로 이어집니다" in told
    assert 'href="tel:129"' in told.partition("열려던 화면")[2].partition("</p>")[0]
    assert "열려던 화면" not in plain + desk
