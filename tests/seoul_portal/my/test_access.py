"""`/my/access/`: who looked at one's data, in words, and at nobody else's."""

import datetime
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.enums import Door
from core.records.reading import Reading
from core.records.services import record_looks

PAGE = "/my/access/"


@pytest.fixture
def centre(db):
    return Office.objects.create(
        kind=OfficeKind.CENTRE, name="가온동주민센터", name_en="Gaon Community Centre"
    )


@pytest.fixture
def look(resident, centre, officer):
    def make(person=resident, *, minutes=0, at=None, reason="사건 12345678", **fields):
        reading = Reading(
            Door.ADMIN, "r", actor_id=officer.pk, reason=reason, office_id=centre.pk, **fields
        )
        record_looks(
            people={person.pk: Counter({"accounts.User": 1, "records.Consent": 2})},
            reading=reading,
            actor_name="이주무",
            now=at or timezone.now() - datetime.timedelta(minutes=minutes),
        )

    return make


@pytest.fixture
def paper(resident):
    """Somebody who has not signed in, with the digits of a slip."""
    record_looks(
        people={resident.pk: Counter({"cases.Case": 1})},
        reading=Reading(Door.PAPER, "r"),
        actor_name="",
        now=timezone.now(),
    )


@pytest.fixture
def as_resident(client, resident):
    client.force_login(resident)
    return client


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


class TestPage:
    def test_says_so_when_nobody_has_looked(self, as_resident):
        assert "아직 아무도 보지 않았습니다" in as_resident.get(PAGE).text

    def test_tells_who_what_why_and_where(self, as_resident, look):
        look()
        facts = [one.text.strip() for one in soup(as_resident.get(PAGE)).select("main article dd")]

        assert facts == [
            "가온동주민센터 이주무",
            "계정, 동의한 기록",
            "사건 12345678",
            "직원 화면",
        ]

    def test_says_that_no_reason_was_given(self, as_resident, look):
        look(reason="")

        assert "적지 않음" in as_resident.get(PAGE).text

    @pytest.mark.parametrize(
        ("kept", "said"),
        [
            ("복지 상담 신청 #12", "Welfare counselling #12"),
            ("신청과 민원 목록", "List: Requests"),
            ("신청과 민원 목록 내려받기", "List downloaded: Requests"),
            (
                "민원 77 처리 · 복지 상담 신청 #12",
                '<span lang="ko">민원 77 처리</span> · Welfare counselling #12',
            ),
            ("없어진 신청 #12", '<span lang="ko">없어진 신청 #12</span>'),
            ("<b>민원</b>", '<span lang="ko">&lt;b&gt;민원&lt;/b&gt;</span>'),
        ],
    )
    def test_says_in_english_what_is_no_persons_words(self, as_resident, look, kept, said):
        look(reason=kept)

        why = soup(as_resident.get("/en/my/access/")).select("main article dd")[2]
        assert why.decode_contents() == said
        assert soup(as_resident.get(PAGE)).select("main article dd")[2].text == kept

    @pytest.mark.parametrize(
        ("kept", "korean", "english"),
        [
            (
                "민원 77 · 돌보는 가구 #12",
                "민원 77 · 동주민센터가 우리 가구를 돌보는 일",
                "민원 77 · Your community centre looks after your household",
            ),
            (
                "돌보는 가구 #12, #14",
                "동주민센터가 우리 가구를 돌보는 일",
                "Your community centre looks after your household",
            ),
            (
                "위기 신호 가구 #7",
                "우리 가구에 어려움이 있는지 동주민센터가 살펴보는 일",
                "Your community centre looks whether your household is in difficulty",
            ),
        ],
    )
    def test_says_what_a_household_was_looked_at_for_without_its_number(
        self, as_resident, look, kept, korean, english
    ):
        look(reason=kept)

        for page, said in ((PAGE, korean), (f"/en{PAGE}", english)):
            assert soup(as_resident.get(page)).select("main article dd")[2].text == said

    def test_tells_of_nobody_elses_data(self, as_resident, stranger, look):
        look(stranger)

        assert "이주무" not in as_resident.get(PAGE).text

    def test_tells_the_newest_first_twenty_a_page(self, as_resident, look):
        for minutes in range(25):
            look(minutes=minutes, reason=f"사건 {minutes}")
        first, second = (soup(as_resident.get(PAGE, {"page": n})) for n in (1, 2))

        assert len(first.select("main article")) == 20
        assert "사건 0" in first.select_one("main article").text
        assert "25개를 찾았습니다" in first.text
        assert len(second.select("main article")) == 5

    @pytest.mark.parametrize("page", ["0", "x", "2", "501"])
    def test_has_no_other_pages(self, as_resident, look, page):
        look()

        assert as_resident.get(PAGE, {"page": page}).status_code == 404

    def test_folds_what_was_looked_at_again_on_one_day(self, as_resident, look):
        noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
        noon -= datetime.timedelta(days=1)
        for hours in (0, 1, 2):
            look(at=noon + datetime.timedelta(hours=hours))
        look(at=noon, reason="사건 9")
        look(at=noon - datetime.timedelta(days=1))

        heads = [one.text for one in soup(as_resident.get(PAGE)).select("main article h2")]

        day = f"{noon.year}년 {noon.month}월 {noon.day}일"
        assert heads[0] == f"{day} 12:00–14:00, 3번"
        assert heads[1] == f"{day} 12:00"
        assert len(heads) == 3
        english = soup(as_resident.get("/en/my/access/")).select("main article h2")
        assert english[0].text == f"{noon.day} {noon:%B %Y} 12:00–14:00, 3 times"
        assert english[1].text == f"{noon.day} {noon:%B %Y}, 12:00"

    def test_says_in_words_that_a_slip_was_used(self, as_resident, resident, paper):
        told = soup(as_resident.get(PAGE)).select_one("main article").text
        english = soup(as_resident.get("/en/my/access/")).select_one("main article").text

        assert "종이 접수증의 번호를 가진 사람" in told
        assert "종이 접수증의 번호로 신청이 어떻게 되고 있는지 보았습니다." in told
        assert "로그인하지 않은" not in told
        assert "Somebody with the number of a paper slip" in english

    def test_asks_once(self, as_resident, look, django_assert_num_queries):
        for _ in range(3):
            look()
        as_resident.get(PAGE)

        with django_assert_num_queries(3):  # the session, the user, the page
            as_resident.get(PAGE)

    def test_is_flat(self, as_resident, look, assert_flat):
        assert_flat(lambda: as_resident.get(PAGE), add=lambda number: look(minutes=number))

    def test_speaks_english(self, as_resident, look):
        look()
        page = soup(as_resident.get("/en/my/access/"))

        assert "Gaon Community Centre" in page.text
        assert "Account" in page.text
        assert page.select_one('dd span[lang="ko"]').text == "이주무"
