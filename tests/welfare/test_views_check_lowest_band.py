"""Within the lowest band the screener asks on, by the bounds of the basic livelihood benefits."""

import pytest
from django.utils import timezone

from tests.welfare.benefit_factories import make_local_benefit
from tests.welfare.test_views_check import Visitor
from welfare.queries.rulebook import shelf
from welfare.queries.screening import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    shelf.forget()


@pytest.fixture
def visitor(client):
    client.handler.enforce_csrf_checks = True
    return Visitor(client)


class TestTheLowestBand:
    @pytest.fixture
    def asked(self, visitor):
        """The step decides once the assets are told, and these decide of the culture card."""
        make_local_benefit("WLF00001132", servNm="생계급여", sggNm="")
        make_local_benefit("WLF00000055", servNm="문화누리카드", sggNm="")
        visitor.start()
        for _ in range(12):
            match visitor.asked:
                case "income_step:":
                    return visitor
                case "birth_date:me":
                    visitor.answer("1980-03-02")
                case "income:":
                    visitor.answer("0-50")
                case "assets:":
                    visitor.answer("10000000")
                case "district:":
                    visitor.answer("노원구")
                case _:
                    visitor.press("do", "unknown")
        raise AssertionError(visitor.asked)

    def test_is_asked_on_in_won_and_decided(self, asked):
        assert asked.asked == "income_step:"
        assert "약 82만 원까지" in asked.text
        assert "820,556원" in asked.text  # 32 % of 2,564,238 in 2026, rounded down
        asked.answer("0-32")
        asked.press("do", "results")
        asked.press("verdict", "LIKELY")
        assert "생계급여" in asked.text

    def test_over_the_share_is_left_to_the_centre(self, asked):
        """Of what is earned a part is not counted: 33 to 40 per cent is no "no"."""
        asked.answer("33-40")
        asked.press("do", "results")
        asked.press("open", "OFFICE")
        assert "생계급여" in asked.text
        assert "주민센터에서 계산해 봐야" in asked.text

    def test_leaves_no_step_behind_when_the_band_is_changed(self, asked):
        asked.answer("0-32")
        asked.press("do", "change=income:").answer("51-75")
        told = opened(asked.state, timezone.localdate()).told
        assert told["income_band"] == "51-75"
        assert "income_step" not in told

    def test_leads_from_what_is_missing_to_the_step(self, asked):
        asked.press("do", "unknown").press("do", "results").press("open", "ANSWER")
        assert asked.page.select_one("main button[value='change=income_step:']")
