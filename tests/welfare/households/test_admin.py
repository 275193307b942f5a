"""The desk: the centre's list, a household on one screen, and what waits for a second person."""

import datetime
import re
import uuid

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.cases.models import Attachment
from core.records.models import Access
from tests.accounts.factories import make_manager, make_person
from tests.core.cases.samples import photograph
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.hardship.people import bring, row
from tests.welfare.households.people import BORN, TODAY, added, agreed, click, family
from welfare.enums import CareBenefitState, CareConsentTopic, CareContactKind
from welfare.models import (
    CareBenefit,
    CareConsent,
    CareContact,
    CareHandOver,
    CareHousehold,
    CareMember,
    CareMerge,
    CareNeed,
    CarePlanStep,
)
from welfare.services import care_records
from welfare.services.care_handing import offer_household
from welfare.services.hardship_matching import follow_caseload

pytestmark = pytest.mark.django_db
LIST = "/admin/welfare/carehousehold/"
ADD, MERGES, COMING = f"{LIST}add/", f"{LIST}merges/", f"{LIST}coming/"


def signed_in(person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def page(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def named(response):
    found = page(response).select(".field-household")
    return [re.sub(r" #\d+$", "", one.text.strip()) for one in found]


def of(household):
    return f"{LIST}{household.pk}/change/"


def send(client, household, deed, **told):
    response = client.post(of(household), {"deed": deed, "key": str(uuid.uuid4()), **told})
    if response.status_code == 200:
        errors = page(response).select("[role=alert]")
        raise AssertionError([one.text.strip() for one in errors])
    return response


def planned(household, member, worker, due, words="전화하기"):
    care_records.plan_step(
        household=household,
        member_id=member.pk,
        words=words,
        due=due,
        responsible_id=None,
        click=click(worker),
    )


class TestList:
    def test_shows_the_own_centre_what_is_due_first(self, worker, outsider):
        first, (one,) = family(worker, "김나중")
        second, (two,) = family(worker, "이먼저")
        family(worker, "박없음")
        family(outsider, "남의집")
        planned(first, one, worker, TODAY + datetime.timedelta(days=60))
        planned(second, two, worker, TODAY)
        client = signed_in(worker)
        assert named(client.get(LIST)) == ["이먼저", "김나중", "박없음"]
        assert named(client.get(LIST, {"care": "due"})) == ["이먼저"]
        assert named(client.get(LIST, {"care": "closed"})) == []
        row = page(client.get(LIST)).select_one("#result_list tbody tr, tbody tr")
        assert "지남" in row.text
        assert "전화하기" in row.text

    def test_finds_by_name_and_birth_date_together(self, worker):
        household, _ = family(worker, "홍길동", "홍새봄")
        client = signed_in(worker)
        assert named(client.get(LIST, {"q": "홍 길동 1956.3.2"})) == ["홍길동"]
        born = BORN + datetime.timedelta(days=1)
        assert named(client.get(LIST, {"q": f"홍새봄 {born}"})) == ["홍길동"]
        assert named(client.get(LIST, {"q": "홍길동"})) == []

    def test_asks_as_often_for_many_as_for_few(self, worker, assert_flat):
        client = signed_in(worker)

        def add(number):
            household, (member, _) = family(worker, f"김하나{number}", f"김둘{number}", address="")
            planned(household, member, worker, TODAY)

        assert assert_flat(lambda: client.get(LIST), add=add) <= 14

    def test_is_refused_to_who_works_in_no_centre(self, resident):
        assert signed_in(resident).get(LIST).status_code in (302, 403)


class TestOpening:
    def told(self, **told):
        return {"name": "홍길동", "birth_date": "1956-03-02", "key": str(uuid.uuid4()), **told}

    def test_begins_with_the_head_and_their_account_once(self, worker, centre):
        person = make_person("홍 길동")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        client = signed_in(worker)
        told = self.told(centre=centre.pk, address="사직로 1", email=person.email)
        for _ in range(2):
            response = client.post(ADD, told)
            assert response.url == of(CareHousehold.objects.get())
        member = CareMember.objects.get()
        assert (member.person, member.relation) == (person, "SELF")

    def test_says_where_somebody_is_already(self, worker, outsider, centre):
        household, _ = family(worker, "홍길동")
        family(outsider, "김남의")
        client = signed_in(worker)
        mine = client.post(ADD, self.told(centre=centre.pk))
        assert f"가구 #{household.pk}에 있습니다" in page(mine).text
        theirs = page(client.post(ADD, self.told(centre=centre.pk, name="김남의"))).text
        assert "그곳에 넘겨 달라고" in theirs
        assert CareHousehold.objects.count() == 2

    def test_ties_nobody_whose_name_is_another(self, worker, centre):
        person = make_person("김남")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        told = self.told(centre=centre.pk, email=person.email)
        assert "계정이 없습니다" in page(signed_in(worker).post(ADD, told)).text
        assert not CareHousehold.objects.exists()


class TestHousehold:
    def test_everything_is_done_on_one_screen(self, worker):
        household, (head,) = family(worker, "홍길동")
        benefit = make_benefit(name="월세 지원")
        client, today = signed_in(worker), timezone.localdate()
        member = {"member": head.pk}
        send(client, household, "need", need="theme:HOUSING", words="월세", **member)
        send(client, household, "consent", topic="APPLY", way="SCREEN", on=today, **member)
        send(client, household, "benefit", name="장학금", state="RECEIVED", on=today, **member)
        send(client, household, "apply", name=benefit.name, **member)
        send(client, household, "visit", words="안부", **member)
        send(client, household, "contact", kind="CALL", on=today, words="통화", **member)
        send(client, household, "plan", words="보건소", due=today, responsible=worker.pk, **member)
        send(
            client,
            household,
            "come",
            name="홍새봄",
            birth_date="2010-05-05",
            relation="CHILD",
            on=today,
        )
        case = CareBenefit.objects.get(benefit=benefit).case
        send(
            client,
            household,
            "file",
            case=case.pk,
            file=SimpleUploadedFile("계약서.jpg", photograph()),
        )
        shown = page(client.get(of(household)))
        for words in ("주거", "장학금", "접수됨", "통화", "보건소", "홍새봄", "계약서.jpg"):
            assert words in shown.text
        assert Attachment.objects.get().case == case
        send(client, household, "end-need", row=CareNeed.objects.get().pk)
        send(client, household, "end-consent", row=CareConsent.objects.get().pk)
        send(client, household, "finish", row=CarePlanStep.objects.get().pk)
        told = CareBenefit.objects.get(benefit=None)
        send(client, household, "change-benefit", row=told.pk, state="ENDED", on=today)
        child = CareMember.objects.get(relation="CHILD")
        send(client, household, "leave", member=child.pk, on=today)
        assert "전에 있던 사람 1명" in page(client.get(of(household))).text
        send(client, household, "close", words="이사")
        closed = page(client.get(of(household)))
        assert "돌보기를 마쳤습니다" in closed.text
        assert not closed.select("form input[name=deed]")

    def test_a_benefit_is_found_by_its_consonants_and_stands_in_the_form(self, worker):
        household, (head,) = family(worker, "홍길동")
        benefit = make_benefit(서비스명="월세 지원")
        make_benefit("000000000002", 서비스명="난방비 지원")
        client = signed_in(worker)
        told = {"topic": "APPLY", "way": "SCREEN", "on": timezone.localdate(), "member": head.pk}
        send(client, household, "consent", **told)
        found = page(client.get(f"/admin/welfare/carehousehold/{household.pk}/benefits/?q=ㅇㅅ"))
        link = found.select("[aria-labelledby=found] a")[0]
        assert link.text == benefit.name
        shown = page(client.get(link["href"]))
        assert shown.select_one("#apply-name")["value"] == benefit.name
        assert shown.select_one("details[open] #apply-name")
        assert not shown.select("select option[value='gov24-000000000002']")
        send(client, household, "apply", name=benefit.name, member=head.pk)
        assert CareBenefit.objects.get().benefit == benefit

    def test_what_is_wrong_is_said_in_the_form_that_was_sent(self, worker):
        household, (head,) = family(worker, "홍길동")
        told = {"deed": "apply", "key": str(uuid.uuid4()), "member": head.pk, "name": "없는 급여"}
        shown = page(signed_in(worker).post(of(household), told))
        (box,) = [one for one in shown.select("details[open]") if one.select("[name=deed]")]
        assert "목록에 없는 급여" in box.text
        ids = [one["id"] for one in shown.select("[id]")]
        assert len(ids) == len(set(ids))

    def test_asks_as_often_for_many_rows_as_for_few(self, worker, assert_flat):
        household, (head,) = family(worker, "홍길동")
        client, today = signed_in(worker), timezone.localdate()

        def add(number):
            born = BORN + datetime.timedelta(days=number + 1)
            member = added(household, worker, f"홍{number}", birth_date=born)
            planned(household, member, worker, today)
            care_records.note_contact(
                household=household,
                member_id=member.pk,
                kind=CareContactKind.CALL,
                on=TODAY,
                words="통화",
                click=click(worker),
            )
            care_records.note_benefit(
                household=household,
                member_id=member.pk,
                benefit=None,
                name="수당",
                state=CareBenefitState.RECEIVED,
                on=TODAY,
                click=click(worker),
            )

        assert assert_flat(lambda: client.get(of(household)), add=add) <= 34
        assert CareContact.objects.count() >= 20

    def test_is_nowhere_for_another_centre(self, worker, outsider):
        household, _ = family(worker, "홍길동")
        assert signed_in(outsider).get(of(household)).status_code == 404
        assert signed_in(outsider).post(of(household), {"deed": "close"}).status_code == 404

    def test_a_superuser_says_why_before_it_answers(self, worker, admin_client, say_why):
        household, _ = family(worker, "홍길동")
        for address in (LIST, f"{LIST}?q=홍길동 1956-03-02", of(household), MERGES):
            assert "/admin/why/" in admin_client.get(address).headers.get("Location", ""), address
        say_why(admin_client)
        assert "홍길동" in admin_client.get(of(household)).content.decode()

    def test_one_page_takes_back_two_consents(self, worker):
        household, member = family(worker, "홍길동")
        client, key = signed_in(worker), str(uuid.uuid4())
        for topic in (CareConsentTopic.APPLY, CareConsentTopic.SHARE):
            agreed(household, member[0], topic, actor=worker)
        for consent in CareConsent.objects.order_by("pk"):
            sent = {"deed": "end-consent", "key": key, "row": consent.pk}
            for _twice in range(2):
                client.post(of(household), sent)
        assert not CareConsent.objects.valid().exists()

    def test_every_member_with_an_account_is_told_who_looked(self, worker):
        person, other = make_person("홍길동"), make_person("홍새봄")
        household, _ = family(worker, "홍길동", person=person)
        added(household, worker, "홍새봄", birth_date=TODAY, on=TODAY, person=other)
        signed_in(worker).get(of(household))
        told = Access.objects.filter(holdings__contains=["welfare.CareMember"])
        assert set(told.values_list("person", flat=True)) == {person.pk, other.pk}
        assert {one.reason for one in told} == {f"돌보는 가구 #{household.pk}"}

    def test_leads_to_signs_of_hardship_and_back(self, worker, centre):
        household, _ = family(worker, "홍길동")
        bring(make_manager(centre), row("홍길동"))
        follow_caseload(now=timezone.now())
        client = signed_in(worker)
        (link,) = page(client.get(of(household))).select("a[href*=hardshiphousehold]:not(nav a)")[
            -1:
        ]
        assert page(client.get(link["href"])).select(f'a[href="{of(household)}"]')


class TestTwoPeople:
    def test_one_proposes_and_another_agrees(self, worker, colleague):
        kept, _ = family(worker, "홍길동")
        gone, _ = family(worker, "홍길순")
        client = signed_in(worker)
        (link,) = page(client.get(MERGES)).select("a[href*='/into/']")
        assert "그 밖의 동거인" in page(client.get(link["href"])).text
        told = {"words": "한 집", "key": str(uuid.uuid4())}
        address = client.post(link["href"], told).url
        merge = CareMerge.objects.get()
        assert not page(client.get(address)).select("button[value=agree]")
        other = signed_in(colleague)
        assert page(other.get(MERGES)).select(f'a[href="{address}"]')
        agree = {"answer": "agree", "key": str(uuid.uuid4())}
        assert "동의해야" in page(client.post(address, agree)).text
        assert other.post(address, agree).url == of(merge.kept)
        assert f"가구를 합쳤습니다: #{gone.pk} → #{kept.pk}" in page(other.get(of(gone))).text

    def test_any_two_are_looked_at_by_their_numbers(self, worker, outsider):
        kept, _ = family(worker, "홍길동")
        gone, _ = family(worker, "김남", address="다른 곳")
        theirs, _ = family(outsider, "박멀리")
        client = signed_in(worker)
        asked = client.get(MERGES, {"gone": gone.pk, "kept": kept.pk})
        assert client.get(asked.url).status_code == 200
        for wrong in (theirs.pk, kept.pk, 99_999):
            asked = client.get(MERGES, {"gone": wrong, "kept": kept.pk})
            assert client.get(asked.url).status_code == 404
        assert client.get(MERGES, {"gone": "x"}).status_code == 200

    def test_the_other_centre_takes_it(self, worker, outsider, other_centre):
        household, _ = family(worker, "홍길동")
        client = signed_in(worker)
        send(client, household, "offer", centre="상계1동", words="이사")
        assert client.get(COMING).status_code == 403
        theirs = signed_in(outsider)
        shown = page(theirs.get(COMING))
        assert "이사" in shown.text
        assert "홍길동" not in shown.text
        told = {"row": CareHandOver.objects.get().pk, "key": str(uuid.uuid4()), "answer": "take"}
        assert theirs.post(COMING, told).url == of(household)
        assert client.get(of(household)).status_code == 404
        assert "홍길동" in page(theirs.get(of(household))).text

    def test_incoming_ones_are_asked_for_at_once(self, worker, outsider, other_centre, assert_flat):
        client = signed_in(outsider)

        def add(number):
            household, _ = family(worker, f"홍길{number}", address="")
            offer_household(
                household=household, to=other_centre, reason="이사", click=click(worker)
            )

        assert assert_flat(lambda: client.get(COMING), add=add) <= 14
