"""What fits one's interests stands on `/my/`, with its reason, as long as one agrees to it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import FactGroup, Interest
from accounts.services import tell_facts, withdraw_purpose
from core.areas import open_areas
from core.records.enums import Channel
from core.records.models import Consent
from tests.welfare.benefit_factories import NOWON, SUWON, make_benefit
from tests.welfare.factories import make_facility
from welfare.queries.suggesting import KINDS, THEMES, suggest

HOME = "/my/"
NOWON_CODE = "1135000000"


def agree(person, group, facts, purpose):
    tell_facts(
        person=person,
        group=group,
        facts=facts,
        purposes=[purpose],
        channel=Channel.WEB,
        now=timezone.now(),
    )


@pytest.fixture
def interested(client, resident):
    """The resident, signed in, who told that they look for a home and for what to do."""
    facts = {"interests": [Interest.HOUSING, Interest.CULTURE]}
    agree(resident, FactGroup.INTERESTS, facts, "accounts.suggestions")
    client.force_login(resident)
    return resident


@pytest.fixture
def of_nowon(interested):
    facts = {"district_code": NOWON_CODE}
    agree(interested, FactGroup.BASICS, facts, "accounts.eligibility_basics")


@pytest.fixture
def benefits(db):
    make_benefit("00000001", 서비스명="청년 월세 지원")
    make_benefit("00000002", 서비스명="노원 이사비 지원", **NOWON)
    make_benefit("00000003", 서비스명="수원 이사비 지원", **SUWON)
    make_benefit("00000004", 서비스명="기업 지원", 서비스분야="고용·창업")
    make_benefit("00000005", 서비스명="끝난 지원", is_retired=True)


@pytest.fixture
def centre(db):
    return make_facility("A0001", name="노원어르신복지관", kind="노인복지관", district="노원구")


def shown(client, start=""):
    page = BeautifulSoup(client.get(f"{start}{HOME}").content, "html.parser")
    section = page.select_one("[aria-labelledby=suggestions]")
    return section and [card.get_text("|", strip=True) for card in section.select("article")]


class TestSuggestions:
    def test_fit_the_interests_and_say_why(self, client, interested, benefits):
        assert shown(client) == ["청년 월세 지원|국토교통부|관심사: 집"]

    @pytest.mark.usefixtures("of_nowon", "benefits", "centre")
    def test_begin_with_what_is_near_where_that_may_be_used(self, client):
        assert shown(client) == [
            "노원 이사비 지원|서울특별시 노원구|관심사: 집, 사는 곳: 노원구",
            "청년 월세 지원|국토교통부|관심사: 집",
            "노원어르신복지관|노인복지관|관심사: 공연과 전시, 사는 곳: 노원구",
        ]

    @pytest.mark.usefixtures("of_nowon", "benefits", "centre")
    def test_speak_english(self, client):
        first = shown(client, "/en")[0]

        assert "Interest: Housing" in first
        assert "Where you live: Nowon-gu" in first

    @pytest.mark.usefixtures("of_nowon", "benefits", "centre")
    def test_lead_to_pages_that_open(self, client):
        page = BeautifulSoup(client.get(HOME).content, "html.parser")
        ways = [one["href"] for one in page.select("[aria-labelledby=suggestions] a")]

        assert len(ways) == 4
        assert {client.get(way).status_code for way in ways} == {200}

    def test_end_at_once_with_the_consent(self, client, interested, benefits):
        assert shown(client)
        withdraw_purpose(person=interested, purpose="accounts.suggestions", now=timezone.now())

        assert shown(client) is None

    @pytest.mark.usefixtures("of_nowon", "benefits", "centre")
    def test_use_the_place_no_longer_than_its_own_consent(self, client, interested):
        purpose = "accounts.eligibility_basics"
        withdraw_purpose(person=interested, purpose=purpose, now=timezone.now())

        assert shown(client) == ["청년 월세 지원|국토교통부|관심사: 집"]

    def test_are_for_nobody_who_agreed_to_the_words_of_before(self, client, interested, benefits):
        Consent.objects.filter(purpose="accounts.suggestions").update(text_version=1)

        assert shown(client) is None

    def test_are_of_nobody_else(self, client, interested, benefits, stranger):
        client.force_login(stranger)

        assert shown(client) is None

    def test_say_so_where_nothing_fits(self, client, interested):
        assert shown(client) == []
        assert "지금은 고른 관심사에 맞는 것이 없습니다." in client.get(HOME).text

    def test_say_that_withdrawing_ends_them_and_lead_there(self, client, interested):
        page = BeautifulSoup(client.get(HOME).content, "html.parser")
        section = page.select_one("[aria-labelledby=suggestions]")

        assert "동의를 거두면 바로 더 보이지 않습니다." in section.text
        assert section.select("a")[-1]["href"] == "/my/profile/withdraw/accounts.suggestions/"

    @pytest.mark.usefixtures("of_nowon", "centre")
    def test_ask_as_often_however_much_there_is(self, client, assert_flat):
        def add(number):
            make_benefit(f"{number + 10_000_000}", 서비스명=f"월세 지원 {number}")

        assert assert_flat(lambda: client.get(HOME), add=add) <= 16


class TestWelfare:
    def test_shows_few_of_each_interest_and_each_once(self, benefits):
        for number in range(10, 16):
            make_benefit(f"1000{number:04}", 서비스명=f"월세 지원 {number}")
            make_benefit(f"2000{number:04}", 서비스명=f"문화 {number}", 서비스분야="문화·환경")
        found = suggest(
            [Interest.TRAVEL, Interest.CULTURE, Interest.HOUSING],
            district=None,
            on=datetime.date(2026, 8, 20),
        )

        of_interest = [one.interest for one in found]
        assert of_interest.count(Interest.HOUSING) == 2
        assert len({one.url for one in found}) == len(found)

    def test_is_two_questions_whatever_somebody_likes(self, benefits, centre):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        suggest(Interest.values, district=NOWON_CODE, on=datetime.date(2026, 8, 20))
        for interests in ([Interest.CULTURE], Interest.values):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                suggest(interests, district=NOWON_CODE, on=datetime.date(2026, 8, 20))
            assert len(asked) == 2

    def test_knows_nothing_of_what_it_has_not(self, db):
        day = datetime.date(2026, 8, 20)

        assert suggest([Interest.DIGITAL, "UNKNOWN"], district=NOWON_CODE, on=day) == []
        assert {*THEMES, *KINDS} <= set(Interest.values)

    def test_is_the_area_that_suggests(self):
        assert [area.slug for area in open_areas() if area.suggests] == ["welfare"]
