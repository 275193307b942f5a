"""`/my/data/`: what is held, told in words, taken along in one file, erased after a week."""

import datetime
import io
import json
import zipfile
from collections import Counter

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import MessagesTo, Role
from accounts.models import Delegation, Membership, User
from accounts.notices import ErasureAsked
from accounts.rules import mask_address
from core.notices.models import Message
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.enums import Channel, Door
from core.records.held import held_about
from core.records.models import Access, Consent, ConsentText, ErasureRequest
from core.records.reading import Reading
from core.records.services import record_looks
from core.records.tasks import carry_out_erasures
from tests.sign_in import sign_in

DATA, ERASE, DOWNLOAD, KEEP = (
    "/my/data/",
    "/my/data/erase/",
    "/my/data/download/",
    "/my/data/keep/",
)


@pytest.fixture
def citizen(resident, stranger):
    """Somebody with something in several holdings, beside somebody who has the same."""
    now = timezone.now()
    ConsentText.objects.create(purpose="x", version=1, title="복지 찾기", text="가구원을 견줍니다.")
    for person in (resident, stranger):
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
        Consent.objects.create(
            person=person, purpose="x", text_version=1, given_at=now, channel=Channel.COUNTER
        )
    return resident


@pytest.fixture
def as_citizen(client, citizen):
    client.force_login(citizen, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def give_password_again(client):
    assert client.post("/accounts/reauthenticate/", {"password": "pw"}).status_code == 302


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


class TestPage:
    def test_tells_what_is_held_and_why_in_words(self, as_citizen, citizen):
        page = soup(as_citizen.get(DATA))
        titles = [heading.text for heading in page.select("main h2")]

        assert {"계정", "이메일 주소", "동의한 기록"} <= set(titles)
        assert "창구" in page.text
        assert "개인정보 보호법 제15조" in page.text
        assert citizen.email in page.text

    def test_tells_nothing_of_anybody_else(self, as_citizen, stranger):
        page = as_citizen.get(DATA).text

        assert stranger.email not in page
        assert stranger.name not in page

    def test_leaves_no_entry_in_the_log(self, as_citizen):
        as_citizen.get(DATA)

        assert Access.objects.count() == 0

    def test_asks_once_however_much_there_is(self, as_citizen, citizen, assert_flat):
        assert_flat(
            lambda: as_citizen.get(DATA),
            add=lambda number: EmailAddress.objects.create(
                user=citizen, email=f"other{number}@example.com"
            ),
        )

    def test_asks_nothing_of_where_there_is_nothing(self, citizen, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):  # who holds anything, and each of those
            assert len(list(held_about(citizen))) == 3

    def test_speaks_english(self, as_citizen):
        page = soup(as_citizen.get("/en/my/data/"))

        assert page.select_one("h1").text == "My data"
        assert "At the counter" in page.text


class TestWhoElseStandsInIt:
    """A helper, whom they help and what was done: each with an account of their own."""

    @pytest.fixture
    def dealings(self, citizen, stranger):
        for person, helper in ((citizen, stranger), (stranger, citizen)):
            User.objects.filter(pk=stranger.pk).update(name="")
            mandate = Delegation.objects.create(
                person=person,
                helper=helper,
                purposes=["welfare.counsel"],
                ends_date=timezone.localdate() + datetime.timedelta(days=30),
                messages_to=MessagesTo.PERSON,
                named_at=timezone.now(),
                accepted_at=timezone.now(),
                code_salt="salt",
                code_mark="mark",
                code_expires_at=timezone.now(),
            )
            mandate.events.create(
                actor=helper, step="ACTED", what="신청 #1: 상담", at=timezone.now()
            )
        office = Office.objects.create(
            kind=OfficeKind.CENTRE, name="가온동주민센터", name_en="Gaon-dong Center"
        )
        Membership.objects.create(
            person=citizen, office=office, role=Role.WORKER, starts_date=timezone.localdate()
        )

    def test_is_named_on_the_page_but_not_by_their_address(self, as_citizen, stranger, dealings):
        page = as_citizen.get(DATA).text

        assert stranger.email not in page
        assert page.count(mask_address(stranger.email)) == 3  # helper, helped, who acted

    def test_is_named_in_what_is_taken_along_but_not_by_their_address(
        self, as_citizen, stranger, dealings
    ):
        give_password_again(as_citizen)
        archive = zipfile.ZipFile(io.BytesIO(as_citizen.get(DOWNLOAD).getvalue()))

        for name in archive.namelist():
            text = archive.read(name).decode()
            assert stranger.email not in text
            assert mask_address(stranger.email) in text

    def test_a_deed_is_told_in_the_language_of_the_page_and_kept_in_the_data(
        self, as_citizen, citizen, dealings
    ):
        mandate = Delegation.objects.get(person=citizen)
        for what in ("복지 상담 신청 #3: 답하기", "할머니 일"):
            mandate.events.create(actor=mandate.helper, step="ACTED", what=what, at=timezone.now())
        give_password_again(as_citizen)
        content = as_citizen.get("/en/my/data/download/").getvalue()
        archive = zipfile.ZipFile(io.BytesIO(content))

        page = BeautifulSoup(archive.read("my-data.html"), "html.parser")
        assert "Welfare counselling #3: Answer" in page.text
        assert "복지 상담 신청 #3" not in page.text
        assert page.find("span", lang="ko", string="할머니 일")
        told = json.loads(archive.read("my-data.json"))["holdings"]
        deeds = [row for one in told if one["model"] == "accounts.DelegationEvent"
                 for row in one["rows"]]  # fmt: skip
        assert {"ACTED"} == {row["step"] for row in deeds}
        assert "복지 상담 신청 #3: 답하기" in {row["what"] for row in deeds}
        assert "Welfare counselling #3: Answer" in as_citizen.get("/en/my/data/").text

    def test_why_somebody_looked_is_told_in_the_language_of_the_page(self, as_citizen, citizen):
        record_looks(
            people={citizen.pk: Counter({"accounts.User": 1})},
            reading=Reading(Door.ADMIN, "r", reason="신청과 민원 목록"),
            actor_name="이주무",
            now=timezone.now(),
        )

        assert "List: Requests" in as_citizen.get("/en/my/data/").text
        assert "신청과 민원 목록" in as_citizen.get(DATA).text

    def test_an_office_is_called_in_the_language_of_the_page(self, as_citizen, dealings):
        assert "Gaon-dong Center" in as_citizen.get("/en/my/data/").text
        assert "가온동주민센터" in as_citizen.get(DATA).text


class TestDownload:
    def test_asks_for_the_password_again(self, as_citizen):
        response = as_citizen.get(DOWNLOAD)

        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/reauthenticate/?next=")

    @pytest.fixture
    def archive(self, as_citizen):
        give_password_again(as_citizen)
        response = as_citizen.get(DOWNLOAD)
        assert response["Content-Type"] == "application/zip"
        assert response["Cache-Control"] == "private, no-store"
        assert "attachment" in response["Content-Disposition"]
        return zipfile.ZipFile(io.BytesIO(response.getvalue()))

    def test_holds_a_page_and_data(self, archive, citizen, stranger):
        page, data = (archive.read(name).decode() for name in ("my-data.html", "my-data.json"))
        told = json.loads(data)
        rows = {one["model"]: one["rows"] for one in told["holdings"]}

        assert archive.namelist() == ["my-data.html", "my-data.json"]
        assert rows["accounts.User"][0]["email"] == citizen.email
        assert rows["records.Consent"][0]["channel"] == "COUNTER"
        assert told["consent_texts"][0]["text"] == "가구원을 견줍니다."
        for text in (page, data):
            assert citizen.email in text
            assert stranger.email not in text
            assert "password" not in text
            assert "md5$" not in text

    def test_page_needs_nothing_beside_it(self, archive):
        page = BeautifulSoup(archive.read("my-data.html"), "html.parser")

        assert page.html["lang"] == "ko"
        assert not page.select("[src], link, script")
        assert {"계정", "이메일 주소", "동의한 기록", "동의한 내용"} <= {
            heading.text for heading in page.select("h2")
        }

    def test_comes_in_the_language_of_the_page(self, as_citizen):
        give_password_again(as_citizen)
        content = as_citizen.get("/en/my/data/download/").getvalue()
        page = zipfile.ZipFile(io.BytesIO(content)).read("my-data.html").decode()

        assert '<html lang="en">' in page
        assert "What you agreed to" in page


class TestErasure:
    def test_asks_for_the_password_again(self, as_citizen):
        for answer in (as_citizen.get(ERASE), as_citizen.post(ERASE, {"is_sure": "on"})):
            assert answer["Location"].startswith("/accounts/reauthenticate/")
        assert ErasureRequest.objects.count() == 0

    def test_goes_on_once_the_password_is_given(self, as_citizen, citizen):
        asked = as_citizen.get(ERASE)["Location"]
        response = as_citizen.post(asked, {"password": "pw"})

        assert response["Location"] == ERASE
        assert as_citizen.get(ERASE).status_code == 200

    def test_says_beforehand_what_goes(self, as_citizen):
        give_password_again(as_citizen)
        rows = {
            row.select_one("th").text: [cell.text for cell in row.select("td")]
            for row in soup(as_citizen.get(ERASE)).select("tbody tr")
        }

        assert rows["계정"] == ["지움", "1", "–"]
        assert rows["동의한 기록"] == ["지움", "1", "–"]

    def test_needs_a_word_that_it_is_meant(self, as_citizen):
        give_password_again(as_citizen)
        page = soup(as_citizen.post(ERASE, {}))

        assert "지우려면 이 칸에 표시해 주세요." in page.text
        assert ErasureRequest.objects.count() == 0

    @pytest.fixture
    def waiting(self, as_citizen, citizen):
        give_password_again(as_citizen)
        assert as_citizen.post(ERASE, {"is_sure": "on"})["Location"] == DATA
        return ErasureRequest.objects.get(person=citizen)

    def test_waits_and_says_so(self, as_citizen, waiting):
        page = soup(as_citizen.get(DATA))

        assert "지우기를 기다리고 있습니다" in page.text
        assert page.select_one(f'a[href="/erasure/{waiting.code}/"]')
        assert not page.select(f'a[href="{ERASE}"]')

    def test_can_be_called_off(self, as_citizen, waiting):
        page = as_citizen.post(KEEP, follow=True)

        assert "모두 그대로 있습니다" in page.text
        assert ErasureRequest.objects.waiting().count() == 0
        assert "요청을 거두었습니다" in as_citizen.get(f"/erasure/{waiting.code}/").text

    def test_is_told_at_once_by_letter_both_times(self, as_citizen, citizen, waiting):
        told = Message.objects.filter(person=citizen.pk).order_by("pk")
        asked = told.get()
        assert asked.notice == "accounts.erasure-asked"
        assert asked.url == f"/erasure/{waiting.code}/"
        day = timezone.localdate(waiting.due_at)
        words = f"내 정보를 {day.year}년 {day.month}월 {day.day}일에 지웁니다"
        assert ErasureAsked.says("subject", asked.facts) == words
        delivery = asked.deliveries.get()
        assert (delivery.channel, delivery.is_urgent) == ("EMAIL", True)

        as_citizen.post(KEEP)
        as_citizen.post(KEEP)

        assert [one.notice for one in told.all()] == [
            "accounts.erasure-asked",
            "accounts.erasure-called-off",
        ]

    def test_is_not_called_off_by_a_stranger_or_by_looking(self, client, waiting, stranger):
        assert client.get(KEEP).status_code == 405
        client.force_login(stranger)
        client.post(KEEP)

        assert ErasureRequest.objects.waiting().count() == 1

    def test_removes_it_all_and_signs_out(self, as_citizen, citizen, stranger, waiting):
        long_ago = timezone.now() - datetime.timedelta(days=8)
        ErasureRequest.objects.update(
            asked_at=long_ago, due_at=long_ago + datetime.timedelta(days=7)
        )
        assert carry_out_erasures.delay().get() == 1

        assert not User.objects.filter(pk=citizen.pk).exists()
        assert list(EmailAddress.objects.values_list("user", flat=True)) == [stranger.pk]
        assert list(Consent.objects.values_list("person", flat=True)) == [stranger.pk]
        assert as_citizen.get(DATA).status_code == 302

    def test_leaves_a_receipt_that_anybody_with_the_code_may_read(self, client, citizen, waiting):
        long_ago = timezone.now() - datetime.timedelta(days=8)
        ErasureRequest.objects.update(
            asked_at=long_ago, due_at=long_ago + datetime.timedelta(days=7)
        )
        carry_out_erasures.delay()
        client.logout()

        for prefix, words in (("", "에 지웠습니다"), ("/en", "Erased on")):
            response = client.get(f"{prefix}/erasure/{waiting.code}/")
            assert words in response.text
            assert citizen.name not in response.text
            assert citizen.email not in response.text
            assert "no-store" in response["Cache-Control"]
        assert client.get("/erasure/0000000000000000000000000a/").status_code == 404

    def test_is_not_offered_to_whoever_works_here(self, client, stranger):
        office = Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")
        Membership.objects.create(
            person=stranger, office=office, role=Role.WORKER, starts_date=timezone.localdate()
        )
        client.force_login(stranger, "allauth.account.auth_backends.AuthenticationBackend")
        give_password_again(client)

        assert "일을 그만둔 다음" in client.get(DATA).text
        # Without the second factor it leads to its set-up; with it, to a word that says no.
        assert client.post(ERASE, {"is_sure": "on"})["Location"].startswith(
            "/accounts/second-factor/"
        )
        sign_in(client, stranger)
        give_password_again(client)
        assert client.post(ERASE, {"is_sure": "on"}).status_code == 403
        assert not ErasureRequest.objects.exists()
