"""What a benefit is worth a year is told where a dated figure says it, with what it rests on."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from tests.welfare.benefit_factories import make_benefit, make_local_benefit
from welfare.models import Benefit
from welfare.queries.fact_names import OURS
from welfare.queries.matching import Match
from welfare.queries.money import round_words
from welfare.queries.rulebook import shelf
from welfare.queries.told import read_told
from welfare.queries.worth import worth_in_words
from welfare.rules.programmes.amounts import AMOUNTS, Amount, amount_on, amounts_since

ON = datetime.date(2026, 11, 28)
ADULTS = {"JA0110": 19, "JA0111": 120, "JA0101": "Y", "JA0102": "Y"}


def make_programme(key):
    return make_local_benefit(OURS[key].bokjiro[0], servNm=OURS[key].name)


class TestAmounts:
    def test_are_of_programmes_we_know_and_whole_won(self):
        assert len(AMOUNTS) >= 15
        assert {one.programme for one in AMOUNTS} <= OURS.keys()
        assert all(isinstance(one.won_a_year, int) and one.won_a_year > 0 for one in AMOUNTS)
        assert all(one.source for one in AMOUNTS)

    def test_count_from_their_day_on(self):
        day = datetime.date(2026, 1, 1)
        before, after = (amount_on(AMOUNTS, "basic-pension", one) for one in (day - A_DAY, day))

        assert (before.won_a_year, after.won_a_year) == (342_510 * 12, 349_700 * 12)
        assert amount_on(AMOUNTS, "basic-pension", datetime.date(2020, 5, 5)) is None
        assert amount_on(AMOUNTS, "livelihood-benefit", ON) is None
        since = [amounts_since(AMOUNTS, one) for one in (day - A_DAY, ON)]
        assert since == [datetime.date(2025, 1, 1), day]


class TestWords:
    @pytest.mark.parametrize(
        ("amount", "language", "sentence", "basis"),
        [
            (Amount("a", 349_700, 12, "법", is_most=True), "ko", "1년에 많으면 4,196,400원",
             "달마다 349,700원"),
            (Amount("a", 349_700, 12, "법", is_most=True), "en", "up to 4,196,400 won a year",
             "349,700 won a month"),
            (Amount("a", 150_000, 1, "법"), "ko", "1년에 약 15만 원", "한 해에 한 번 15만 원"),
            (Amount("a", 600_000, 6, "법"), "en", "about 3,600,000 won a year",
             "600,000 won a month for 6 months"),
        ],
    )  # fmt: skip
    def test_say_the_sum_and_how_it_comes_about(self, amount, language, sentence, basis):
        with translation.override(language):
            told = worth_in_words(amount)

        assert (told.sentence, told.basis) == (sentence, basis)


@pytest.mark.django_db
class TestBenefits:
    @pytest.fixture(autouse=True)
    def _empty_shelf(self):
        shelf.forget()

    def ask(self, client):
        facts = {"on": ON.isoformat(), "members": [{"id": "me", "birth_date": "1990-01-01"}]}
        address = "/api/v1/benefits/match/?verdict=LIKELY,DEPENDS,NO"
        answer = client.post(address, facts, content_type="application/json")
        return {one["name"]: one for one in answer.json()["results"]}

    def test_tell_it_in_the_api_or_null(self, client):
        make_programme("basic-pension")
        make_benefit(conditions=ADULTS, 서비스명="이름만 있는 지원")
        found = self.ask(client)

        assert found["이름만 있는 지원"]["value_a_year"] is None
        assert found["기초연금"]["value_a_year"] == {
            "won": 4_196_400,
            "is_most": True,
            "text": "1년에 많으면 4,196,400원",
            "basis": "달마다 349,700원",
            "source": "기초연금법 제5조, 2026년 기준연금액 고시, 보건복지부 보도자료 2026-01-05",
            "verified": True,
        }

    def test_worth_more_come_first_among_those_that_close_alike(self):
        make_benefit("000000000001", conditions=ADULTS, 서비스명="가 지원")
        make_programme("disability-allowance")
        make_programme("basic-pension")
        soon = make_benefit("000000000002", conditions=ADULTS, 서비스명="하 지원")
        Benefit.objects.filter(pk=soon.pk).update(closes_date=ON + A_DAY)
        shelved = Match(read_told({}, today=ON)).shelved

        names = [shelved.names[place] for place in shelved.soonest.tolist()]
        assert names == ["하 지원", "기초연금", "장애수당", "가 지원"]

    def test_show_it_on_their_page_with_its_source(self, client):
        benefit = make_programme("basic-pension")
        other = make_benefit(서비스명="이름만 있는 지원")
        page = BeautifulSoup(client.get(benefit.get_absolute_url()).content, "html.parser")

        amount = amount_on(AMOUNTS, "basic-pension", timezone.localdate())
        text = page.main.get_text(" ", strip=True)
        assert f"1년에 많으면 {round_words(amount.won_a_year)}" in text
        assert amount.source in text
        assert "아직 확인하지 못한 금액" not in text
        unseen = make_programme("home-care-allowance").get_absolute_url()
        assert "아직 확인하지 못한 금액" in client.get(unseen).content.decode()
        assert "1년에" not in client.get(other.get_absolute_url()).content.decode()


A_DAY = datetime.timedelta(days=1)
