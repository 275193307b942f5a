"""The screener with what a person told of themselves: only as far as they agreed."""

import datetime

import numpy as np
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import FactGroup
from tests.accounts.factories import make_person
from tests.accounts.test_profile import BENEFITS, CENTRE, tell
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.test_views_check import SENIORS
from welfare.models import BenefitSheet, ScreenedBenefit
from welfare.queries.consented import RECEIPTS as RECEIPTS_OF_PROFILE
from welfare.queries.consented import own_household
from welfare.queries.rulebook import shelf
from welfare.queries.screening import opened
from welfare.queries.sheets import pack
from welfare.rules.vocabulary import RECEIPTS
from welfare.services.screening import number_benefits

pytestmark = pytest.mark.django_db

URL = "/welfare/check/mine/"
BORN = {
    "district_code": "1111000000",
    "birth_date": datetime.date(1950, 3, 2),
    "dong_code": "1111053000",
}


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


@pytest.fixture
def resident(client):
    person = make_person()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return person


def text_of(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


class TestMine:
    def test_shows_results_without_a_question(self, client, resident):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        tell(resident, FactGroup.BASICS, BORN, BENEFITS)
        answer = client.get(URL)
        assert "어르신 교통비" in text_of(answer)
        assert "private" in answer.headers["Cache-Control"]

    def test_compares_with_what_the_portal_found_last(self, client, resident):
        first = make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        make_benefit("000000000002", 서비스명="어르신 안경", conditions=SENIORS)
        tell(resident, FactGroup.BASICS, BORN, BENEFITS)
        number_benefits(keys=[first.code], on=datetime.date(2026, 11, 1))
        held = ScreenedBenefit.objects.get(key=first.code).number
        BenefitSheet.objects.create(
            person=resident,
            likely=pack(np.array([[True]]), np.array([held]))[0],
            judged_on=datetime.date(2026, 11, 1),
            judged_at=timezone.now(),
        )

        text = text_of(client.get(URL))

        assert "2026년 11월 1일 이후 달라진 것" in text
        assert "새로 받을 만한 것 1가지 어르신 안경" in text

    def test_goes_on_at_the_screener_where_nothing_is_kept(self, client, resident):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        tell(resident, FactGroup.BASICS, BORN, BENEFITS)
        page = BeautifulSoup(client.get(URL).content, "html.parser")
        forms = page.main.select("form")
        assert {one["action"] for one in forms} <= {"/welfare/check/", "/welfare/timeline/"}

    @pytest.mark.parametrize("purposes", [(), (CENTRE,)])
    def test_leads_to_the_profile_without_agreement(self, client, resident, purposes):
        if purposes:
            tell(resident, FactGroup.BASICS, BORN, *purposes)
        answer = client.get(URL)
        assert "동의하시면 질문 없이" in text_of(answer)
        assert "어르신" not in text_of(answer)

    def test_is_ones_own(self, client):
        answer = client.get(URL)
        assert answer.status_code == 302
        assert "next=" in answer.headers["Location"]


class TestPoverty:
    @pytest.mark.parametrize(
        ("told", "band"),
        [
            ({"support": "BASIC"}, "0-50"),
            ({"support": "NEAR_POOR"}, "0-50"),
            ({"support": "NEAR_POOR", "income": "UP_TO_75"}, "51-75"),
            ({"support": "NONE"}, None),
            ({"income": "UP_TO_40"}, "0-50"),
        ],
    )
    def test_told_in_the_profile_is_the_lowest_band(self, resident, told, band):
        tell(resident, FactGroup.BASICS, BORN, BENEFITS)
        tell(resident, FactGroup.CIRCUMSTANCES, told, "accounts.eligibility_circumstances")
        found = own_household(resident.pk, on=datetime.date(2026, 11, 28))
        assert found.income_band == band
        assert found.income_step == ("33-40" if told.get("income") == "UP_TO_40" else None)


class TestCircumstances:
    def test_of_the_profile_are_all_told(self, client, resident):
        tell(resident, FactGroup.BASICS, BORN, BENEFITS)
        facts = {
            "sex": "F",
            "nationality": "KOREAN",
            "spouse": "WITH",
            "resident_since": "2019-05-01",
            "school": "NONE",
            "assets": "UP_TO_150M",
            "employment": "STUDYING",
            "receipts": ["HOUSING", "BASIC_PENSION"],
        }
        tell(resident, FactGroup.CIRCUMSTANCES, facts, "accounts.eligibility_circumstances")
        household = own_household(resident.pk, on=datetime.date(2026, 11, 28))
        me = household.members[0]
        assert (me.sex, me.nationality, me.spouse) == ("F", "KOREAN", "WITH_SPOUSE")
        assert me.resident_since == datetime.date(2019, 5, 1)
        assert {"EMPLOYED", "UNIVERSITY", "HIGH_SCHOOL"} <= me.no
        assert (household.assets, household.assets_over) == (150_000_000, 50_000_000)
        # A pension is one person's: whoever lives with them gets none by it.
        assert (household.receives, me.receives) == ({"housing-benefit"}, {"basic-pension"})

        page = BeautifulSoup(client.get(URL).content, "html.parser")
        state = opened(page.select_one("input[name=state]")["value"], timezone.localdate())
        assert state.dong == BORN["dong_code"]
        assert state.told["receives"] == ["housing-benefit"]
        assert state.told["members"][0]["receives"] == ["basic-pension"]
        told = state.told["members"][0]
        assert (told["nationality"], told["spouse"]) == ("KOREAN", "WITH_SPOUSE")
        assert told["resident_since"] == "2019-05-01"

    @pytest.mark.parametrize(
        ("said", "relation", "mine", "theirs"),
        [
            (None, "SPOUSE", "WITH_SPOUSE", "WITH_SPOUSE"),
            (None, "CHILD", None, None),  # a spouse may live elsewhere
            ("WITHOUT", "CHILD", "WITHOUT_SPOUSE", None),
            ("WITHOUT", "SPOUSE", None, "WITH_SPOUSE"),
            ("WITH", "CHILD", "WITH_SPOUSE", None),
        ],
    )
    def test_and_who_lives_there_tell_of_a_spouse(self, resident, said, relation, mine, theirs):
        tell(resident, FactGroup.BASICS, BORN, BENEFITS)
        members = [{"relation": relation, "birth_date": "1960-01-01"}]
        lives_with = {"members": members}
        tell(resident, FactGroup.HOUSEHOLD, lives_with, "accounts.eligibility_household")
        if said:
            facts = {"spouse": said}
            tell(resident, FactGroup.CIRCUMSTANCES, facts, "accounts.eligibility_circumstances")

        me, other = own_household(resident.pk, on=datetime.date(2026, 11, 28)).members
        assert (me.spouse, other.spouse) == (mine, theirs)

    def test_without_any_receipt_are_a_no_to_each(self, resident):
        tell(resident, FactGroup.BASICS, BORN, BENEFITS)
        tell(
            resident,
            FactGroup.CIRCUMSTANCES,
            {"receipts": ["NONE"], "receipts_denied": [*RECEIPTS_OF_PROFILE]},
            "accounts.eligibility_circumstances",
        )
        household = own_household(resident.pk, on=datetime.date(2026, 11, 28))
        assert household.receives_not == {*RECEIPTS, "energy-voucher"}
        assert household.members[0].receives_not == {"basic-pension", "culture-card"}
        assert household.receives == frozenset()
