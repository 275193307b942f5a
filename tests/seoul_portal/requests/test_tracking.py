"""`/requests/track/`: eight digits tell how one request stands, and nothing of whose it is."""

import logging

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from core.cases.enums import EventKind, Party
from core.cases.models import CaseEvent
from core.cases.services import issue_code, move
from core.cases.services.naming import MOST_WRONG
from seoul_portal import tracking
from tests.core.cases.conftest import again, make_case, new_key

TRACK = "/requests/track/"


@pytest.fixture
def paper(worker):
    """A request of somebody without an account, and its digits."""
    case = make_case(None, actor=worker, applicant="박 종이", words="비밀 사정")
    code = issue_code(case_id=case.pk, actor=worker, key=new_key(), now=timezone.now())
    return case, code


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def typed(code):
    return f"{code[:4]}-{code[4:]}"


def sent(code, name="박종이", deed="withdraw", **told):
    fields = {"code": code, "key": new_key(), "name": name, **told}
    return {"move": deed, **{f"{deed}-{field}": value for field, value in fields.items()}}


class TestTrack:
    def test_tells_how_it_stands_and_not_whose_it_is(self, client, paper):
        _, code = paper
        page = client.post(TRACK, {"code": typed(code)}).text

        for words in ("집수리 신청", "신청을 받았습니다.", "담당자가 내용을 살펴봅니다."):
            assert words in page
        for secret in ("종이", "비밀 사정", "문턱"):
            assert secret not in page

    def test_asks_nothing_of_an_address(self, client, paper):
        _, code = paper

        assert "집수리" not in client.get(TRACK, {"code": code}).text
        assert client.get(f"{TRACK}{code}/").status_code == 404

    def test_leaves_no_digits_in_the_log(self, client, paper, caplog, capsys):
        _, code = paper
        caplog.set_level(logging.DEBUG)
        client.post(TRACK, {"code": code})
        told = capsys.readouterr()

        assert code not in caplog.text + told.err + told.out

    @pytest.mark.parametrize("code", ["00000000", "1234", "", "abcdefgh", "1" * 50])
    def test_says_so_where_there_is_none(self, client, paper, code):
        page = client.post(TRACK, {"code": code})

        assert page.status_code == 200
        assert soup(page).select("[aria-invalid=true]")

    def test_is_kept_by_nobody(self, client, paper):
        _, code = paper

        for answer in (client.get(TRACK), client.post(TRACK, {"code": code})):
            assert "no-store" in answer["Cache-Control"]
            assert "noindex" in answer.text

    def test_ends_after_many_tries(self, client, paper, monkeypatch):
        _, code = paper
        monkeypatch.setattr(tracking, "TRIES_AN_HOUR", 3)
        answers = [client.post(TRACK, {"code": f"0000000{n}"}) for n in range(3)]
        assert {answer.status_code for answer in answers} == {200}

        shut = client.post(TRACK, {"code": code})
        assert shut.status_code == 429
        assert "집수리" not in shut.text
        other = client.post(TRACK, {"code": code}, REMOTE_ADDR="192.0.2.7")
        assert "집수리" in other.text

    def test_ends_for_nobody_by_what_others_try(self, client, paper, monkeypatch):
        case, code = paper
        monkeypatch.setattr(tracking, "WRONG_AN_HOUR", 3)
        for number in range(40):
            client.post(TRACK, {"code": "00000000"}, REMOTE_ADDR=f"192.0.2.{number}")
        for _ in range(40):
            client.post(TRACK, {"code": "00000000"}, REMOTE_ADDR="198.51.100.1")

        found = client.post(TRACK, {"code": code, "name": case.applicant})
        assert found.status_code == 200
        assert "집수리" in found.text

    def test_ends_for_a_site_with_many_networks(self, client, paper, monkeypatch):
        _, code = paper
        monkeypatch.setattr(tracking, "TRIES_OF_A_SITE", 3)
        for number in range(3):
            client.post(TRACK, {"code": "00000000"}, REMOTE_ADDR=f"2001:db8:1:{number}::1")

        shut = client.post(TRACK, {"code": code}, REMOTE_ADDR="2001:db8:1:99::1")
        assert shut.status_code == 429
        assert "집수리" in client.post(TRACK, {"code": code}, REMOTE_ADDR="2001:db8:2::1").text

    def test_needs_the_name_as_well_where_too_many_guess(self, client, paper, monkeypatch):
        case, code = paper
        monkeypatch.setattr(tracking, "WRONG_AN_HOUR", 3)
        for number in range(3):
            assert "집수리" in client.post(TRACK, {"code": code}, REMOTE_ADDR="192.0.2.1").text
            client.post(TRACK, {"code": "00000000"}, REMOTE_ADDR=f"192.0.2.{number + 10}")

        def told(**sent):
            page = client.post(TRACK, sent, REMOTE_ADDR="192.0.2.1")
            assert page.status_code == 200
            return page.text

        assert "이름도 확인합니다" in client.get(TRACK).text
        assert "집수리" not in told(code=code)
        other_name, no_number = told(code=code, name="남이름"), told(code="00000000", name="남이름")
        for page in (other_name, no_number):
            assert "집수리" not in page
            assert "번호나 이름이 맞지 않습니다" in page
        assert "집수리" in told(code=code, name=case.applicant)
        assert "신청을 거두셨습니다." in client.post(TRACK, sent(code)).text


class TestMoves:
    def test_are_made_with_the_name_on_the_slip(self, client, paper):
        case, code = paper
        page = client.post(TRACK, sent(code))

        assert again(case).state == "withdrawn"
        assert "신청을 거두셨습니다." in page.text
        by_paper = CaseEvent.objects.of(case).filter(party=Party.PAPER).in_order()
        assert [one.kind for one in by_paper] == [EventKind.MOVED, EventKind.VIEWED]

    def test_answer_what_was_asked_without_telling_it(self, client, paper, worker):
        case, code = paper
        now = timezone.now()
        move(case_id=case.pk, name="ask", actor=worker, key=new_key(), now=now, words="병명?")
        page = client.post(TRACK, {"code": code})
        assert "병명?" not in page.text
        assert "전화하면 알려 드립니다" in page.text

        client.post(TRACK, sent(code, deed="answer", words="둘입니다."))
        assert again(case).state == "in_review"

    def test_happen_once_for_each_key(self, client, paper):
        case, code = paper
        told = sent(code)
        for _ in range(2):
            assert "신청을 거두셨습니다." in client.post(TRACK, told).text

    @pytest.mark.parametrize("name", ["", "김시민", "박종", "박종이이"])
    def test_are_refused_to_other_names(self, client, paper, name):
        case, code = paper
        page = client.post(TRACK, sent(code, name))

        assert soup(page).select("[aria-invalid=true]")
        assert again(case).is_open

    @pytest.mark.parametrize(
        ("start", "words"), [("", "이 번호를 잠갔습니다"), ("/en", "This number is locked")]
    )
    def test_end_for_a_day_after_many_wrong_names(self, client, paper, start, words):
        case, code = paper
        told = sent(code, "김시민")
        pages = [client.post(f"{start}{TRACK}", told).text for _ in range(MOST_WRONG)]
        assert [words in page for page in pages] == [False] * (MOST_WRONG - 1) + [True]

        other = client.post(f"{start}{TRACK}", sent(code), REMOTE_ADDR="192.0.2.7").text
        assert words in other
        assert again(case).is_open
        shown = client.post(f"{start}{TRACK}", {"code": code}).text
        assert words in shown
        assert 'name="move"' not in shown

    def test_go_on_after_a_few_wrong_names(self, client, paper):
        case, code = paper
        for _ in range(MOST_WRONG - 1):
            client.post(TRACK, sent(code, "김시민"))

        client.post(TRACK, sent(code))
        assert not again(case).is_open

    @pytest.mark.parametrize("deed", ["approve", "begin", "lapse", "nothing", "x" * 500])
    def test_of_the_office_are_not_made(self, client, paper, deed):
        case, code = paper

        assert client.post(TRACK, sent(code, deed=deed)).status_code == 200
        assert again(case).state == "received"

    def test_need_the_digits(self, client, paper):
        case, _ = paper
        client.post(TRACK, sent("00000000"))

        assert again(case).is_open


class TestWays:
    """Whoever holds a slip finds where to type its number without having been told."""

    @pytest.mark.parametrize("start", ["", "/en"])
    @pytest.mark.parametrize(
        "page", ["/", "/welfare/", "/about/", "/accounts/login/?next=/my/requests/"]
    )
    def test_leads_there(self, client, db, start, page):
        ways = BeautifulSoup(client.get(f"{start}{page}").content, "html.parser")
        way = ways.select_one(f"a[href='{start}/requests/track/']")

        assert way.text.strip()
        assert client.get(way["href"]).status_code == 200

    @pytest.mark.parametrize("start", ["", "/en"])
    def test_leads_there_from_where_one_is_looking_for_it(self, client, db, start):
        for page in ("/welfare/", "/accounts/login/?next=/my/requests/"):
            soup = BeautifulSoup(client.get(f"{start}{page}").content, "html.parser")
            assert soup.select_one(f"main a[href='{start}/requests/track/']"), page
