"""`/my/requests/`: every request of one's own in plain words, with what is asked; no other's."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.utils import timezone

from core.cases.enums import EventKind, Party
from core.cases.files import MOST_BYTES, prepare
from core.cases.models import CaseEvent
from core.cases.services import (
    attach,
    hand_over,
    move,
    note,
    write_to_citizen,
)
from tests.core.cases.conftest import again, make_case, new_key
from tests.core.cases.samples import document, photograph

LIST = "/my/requests/"
NOW = timezone.now()


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def page_of(one):
    return f"{LIST}{one.pk}/"


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def ask(one, actor, question="문이 몇 개인가요?"):
    move(case_id=one.pk, name="ask", actor=actor, key=new_key(), now=timezone.now(), words=question)


class TestList:
    def test_tells_each_in_plain_words(self, case, citizen):
        page = soup(signed_in(citizen).get(LIST))

        assert page.select_one("main .card h2").text == "집수리 신청"
        told = page.select_one("main .card").text
        for words in ("신청을 받았습니다.", "담당자가 내용을 살펴봅니다.", "가온동주민센터"):
            assert words in told

    def test_says_by_when(self, centre, citizen):
        made = make_case(citizen, now=timezone.now())
        due = again(made).due_date

        assert f"{due.month}월 {due.day}일까지" in signed_in(citizen).get(LIST).text

    def test_marks_what_waits_for_an_answer(self, case, citizen, worker):
        assert "답해 주세요" not in signed_in(citizen).get(LIST).text
        ask(case, worker)

        assert "답해 주세요" in signed_in(citizen).get(LIST).text

    def test_holds_what_a_helper_helps_with(self, case, helper):
        page = signed_in(helper).get(LIST)

        assert "김시민 님의 신청" in page.text

    @pytest.mark.parametrize("who", ["stranger", "worker", "outsider", "admin_user"])
    def test_holds_nothing_of_others(self, request, case, who):
        page = signed_in(request.getfixturevalue(who)).get(LIST)

        assert "아직 신청한 것이 없습니다" in page.text
        assert "집수리" not in page.text

    def test_asks_as_often_however_long_it_is(self, centre, citizen, assert_flat):
        client = signed_in(citizen)

        assert assert_flat(lambda: client.get(LIST), add=lambda n: make_case(citizen)) <= 6

    def test_has_pages(self, centre, citizen):
        for _ in range(21):
            make_case(citizen)
        client = signed_in(citizen)

        assert len(soup(client.get(LIST)).select("main .card")) == 20
        assert len(soup(client.get(LIST, {"page": 2})).select("main .card")) == 1
        assert client.get(LIST, {"page": 3}).status_code == 404
        assert client.get(LIST, {"page": "x"}).status_code == 404

    def test_asks_for_sign_in(self, client):
        assert client.get(LIST)["Location"].startswith("/accounts/login/")


class TestRequest:
    def test_tells_what_was_said_and_not_what_colleagues_note(self, case, citizen, worker):
        told = {"case_id": case.pk, "actor": worker, "now": timezone.now()}
        note(text="비밀 메모", key=new_key(), **told)
        write_to_citizen(text="화요일에 갑니다.", key=new_key(), **told)
        page = signed_in(citizen).get(page_of(case)).text

        assert "화요일에 갑니다." in page
        assert "비밀 메모" not in page
        assert "문턱 없애기" in page
        assert "최담당" not in page

    def test_notes_who_looked_and_shows_it_to_nobody_here(self, case, citizen, helper, worker):
        for person in (citizen, helper, citizen):
            page = signed_in(person).get(page_of(case)).text

        looks = CaseEvent.objects.of(case).filter(kind=EventKind.VIEWED).in_order()
        assert [one.party for one in looks] == [Party.CITIZEN, Party.HELPER]
        assert "열어 봄" not in page

    def test_says_where_it_went_but_not_why(self, case, citizen, worker, outsider, other_centre):
        hand_over(
            case_id=case.pk,
            office=other_centre,
            reason="내부 사정",
            actor=worker,
            key=new_key(),
            now=timezone.now(),
        )
        page = signed_in(citizen).get(page_of(case)).text

        assert "나래동주민센터에 넘겼습니다." in page
        assert "내부 사정" not in page

    def test_names_in_english_an_office_without_an_english_name(
        self, case, citizen, worker, outsider, other_centre
    ):
        hand_over(
            case_id=case.pk,
            office=other_centre,
            actor=worker,
            key=new_key(),
            now=timezone.now(),
            reason="이사하셨습니다.",
        )
        page = signed_in(citizen).get(f"/en{page_of(case)}")
        marked = f'Passed on to <span lang="ko">{other_centre.name}</span>.'
        assert marked in page.text
        assert "&lt;span" not in page.text

    @pytest.mark.parametrize("who", ["stranger", "worker", "manager", "outsider", "admin_user"])
    def test_is_hidden_from_everybody_else(self, request, case, who):
        client = signed_in(request.getfixturevalue(who))

        assert client.get(page_of(case)).status_code == 404
        assert client.post(page_of(case), {"deed": "withdraw"}).status_code == 404
        assert again(case).is_open

    def test_says_when_it_is_late(self, centre, citizen):
        made = make_case(citizen, now=timezone.now() - datetime.timedelta(days=60))

        assert "늦어져서 죄송합니다" in signed_in(citizen).get(page_of(made)).text

    def test_speaks_english(self, case, citizen, worker):
        ask(case, worker)
        page = soup(signed_in(citizen).get(f"/en{page_of(case)}"))

        assert page.select_one("h1 [lang=ko]").text
        assert "What happened so far" in page.text


class TestAnswer:
    def test_answers_what_was_asked_once(self, case, citizen, worker):
        ask(case, worker)
        client = signed_in(citizen)
        page = soup(client.get(page_of(case)))
        assert page.select_one("#asked ~ blockquote").text.strip() == "문이 몇 개인가요?"
        told = {
            "deed": "answer",
            "words": "둘입니다.",
            "key": page.select_one("form [name=key]")["value"],
        }

        for _ in range(2):
            assert client.post(page_of(case), told).status_code == 303
        assert again(case).state == "in_review"
        moved = CaseEvent.objects.of(case).filter(kind=EventKind.MOVED)
        assert moved.count() == 2
        assert "둘입니다." in client.get(page_of(case)).text

    def test_is_given_by_the_helper_in_their_own_name(self, case, helper, worker):
        ask(case, worker)
        told = {"deed": "answer", "words": "둘입니다.", "key": new_key()}
        signed_in(helper).post(page_of(case), told)

        assert CaseEvent.objects.of(case).filter(party=Party.HELPER, actor=helper).exists()

    def test_brings_a_file_along_or_nothing(self, case, citizen, worker, folder):
        ask(case, worker)
        client = signed_in(citizen)
        told = {"deed": "answer", "words": "여기 있습니다.", "key": new_key()}
        wrong = client.post(page_of(case), {**told, "file": SimpleUploadedFile("a.pdf", b"MZ")})
        assert wrong.status_code == 200
        assert "PDF와 사진" in wrong.text
        assert "여기 있습니다." in wrong.text
        assert again(case).state == "asked"

        right = {**told, "file": SimpleUploadedFile("집.jpg", photograph())}
        assert client.post(page_of(case), right).status_code == 303
        assert again(case).state == "in_review"
        assert case.attachments.get().filename == "집.jpg"

    @pytest.mark.parametrize("deed", ["answer", "attach"])
    def test_takes_no_file_that_is_too_large_nor_reads_it(
        self, case, citizen, worker, monkeypatch, deed
    ):
        ask(case, worker)
        told = {"deed": deed, "words": "여기 있습니다.", "key": new_key()}
        big = SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * MOST_BYTES)
        monkeypatch.setattr(
            TemporaryUploadedFile, "read", lambda *_: pytest.fail("it was read"), raising=False
        )
        page = soup(signed_in(citizen).post(page_of(case), {**told, "file": big}))

        field = page.select_one("input[type=file][aria-invalid=true]")
        said = page.find(id=field["aria-describedby"].split()[-1]).text
        assert "10MB까지 보낼 수 있는데 고른 파일은 10.1MB입니다." in page.text
        assert "10.1MB" in said
        if deed == "answer":
            assert page.select_one("textarea").text.strip() == "여기 있습니다."

    def test_needs_words(self, case, citizen, worker):
        ask(case, worker)
        told = {"deed": "answer", "words": " ", "key": new_key()}
        page = signed_in(citizen).post(page_of(case), told)

        assert page.status_code == 200
        assert soup(page).select("[aria-invalid=true]")
        assert again(case).state == "asked"

    def test_is_asked_for_only_while_something_is_asked(self, case, citizen):
        client = signed_in(citizen)
        assert not soup(client.get(page_of(case))).select("[name=deed][value=answer]")
        told = {"deed": "answer", "words": "!", "key": new_key()}

        assert "지금은 할 수 없습니다" in client.post(page_of(case), told).text


class TestMoves:
    def test_withdraw_a_request(self, case, citizen):
        client = signed_in(citizen)
        form = soup(client.get(page_of(case))).select_one("[value=withdraw]").find_parent("form")
        key = form.select_one("[name=withdraw-key]")["value"]
        answer = client.post(page_of(case), {"deed": "withdraw", "withdraw-key": key})

        assert answer.status_code == 303
        assert again(case).state == "withdrawn"
        assert not soup(client.get(page_of(case))).select("[value=withdraw]")

    @pytest.mark.parametrize("deed", ["approve", "begin", "lapse", "nothing", ""])
    def test_of_the_office_are_not_the_citizens(self, case, citizen, deed):
        told = {"deed": deed, f"{deed}-key": new_key()}

        assert signed_in(citizen).post(page_of(case), told).status_code == 403
        assert again(case).state == "received"


class TestFiles:
    def kept(self, case, actor, **told):
        return attach(
            case_id=case.pk,
            file=prepare(document()),
            filename="등본.pdf",
            actor=actor,
            key=new_key(),
            now=timezone.now(),
            **told,
        )

    def test_are_sent_and_fetched(self, case, citizen, folder):
        client = signed_in(citizen)
        told = {
            "deed": "attach",
            "file": SimpleUploadedFile("등본.pdf", document()),
            "key": new_key(),
        }
        assert client.post(page_of(case), told).status_code == 303

        link = soup(client.get(page_of(case))).select_one("#files ~ ul a")["href"]
        answer = client.get(link)
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
        assert answer["Content-Disposition"].startswith("attachment;")

    def test_of_colleagues_are_not_shown(self, case, citizen, worker, folder):
        hidden = self.kept(case, worker)
        shown = self.kept(case, worker, is_told=True)
        client = signed_in(citizen)

        assert client.get(f"{page_of(case)}files/{hidden.pk}/").status_code == 404
        answer = client.get(f"{page_of(case)}files/{shown.pk}/")
        taken = CaseEvent.objects.of(case).filter(kind=EventKind.DOWNLOADED)
        assert [(one.party, one.file_number) for one in taken] == [(Party.CITIZEN, shown.pk)]
        assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")
        assert len(soup(client.get(page_of(case))).select("#files ~ ul a")) == 1

    @pytest.mark.parametrize("who", ["stranger", "outsider"])
    def test_are_hidden_from_strangers(self, request, case, citizen, who, folder):
        kept = self.kept(case, citizen)
        client = signed_in(request.getfixturevalue(who))

        assert client.get(f"{page_of(case)}files/{kept.pk}/").status_code == 404


class TestHistory:
    def test_names_the_move_where_it_led_and_what_that_means(self, case, citizen, worker):
        move(case_id=case.pk, name="begin", actor=worker, key=new_key(), now=timezone.now())
        opened, begun = [
            " ".join(line.text.split())
            for line in soup(signed_in(citizen).get(page_of(case))).select(
                "[aria-labelledby=log] li"
            )
        ]

        assert "접수 (신청한 사람) 신청을 받았습니다." in opened
        assert "검토 시작 (담당자) 접수 → 검토 중: 담당자가 살펴보고 있습니다." in begun

    def test_says_no_step_where_the_case_stayed(self, case, citizen, worker):
        write_to_citizen(
            case_id=case.pk, text="곧 갑니다.", actor=worker, key=new_key(), now=timezone.now()
        )
        line = soup(signed_in(citizen).get(page_of(case))).select("[aria-labelledby=log] li")[-1]

        assert "알려 드림" in line.text
        assert "→" not in line.text
