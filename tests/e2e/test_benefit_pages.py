"""The catalogue of benefits in every look and in both languages, judged by axe."""

import pytest

from tests.welfare import samples
from tests.welfare.benefit_factories import make_benefit, make_local_benefit

LIST = "/welfare/benefits/"
PAGES = {
    "list": "",
    "list with filters": "?district=노원구&life_stage=노년&provider=자치구",
    "second page of the list": "?page=2",
    "empty list": "?q=없는급여이름",
    "refused list": "?district=nowhere&theme=x&page=x",
    "benefit": "gov24-000000000001/",
    "retired benefit": "gov24-000000000002/",
}


@pytest.fixture
def catalogue(live_server) -> None:
    samples.benefit()
    samples.retired_benefit()
    make_local_benefit()
    for number in range(10, 32):
        make_benefit(f"{number:012}", 서비스명=f"어르신 생활 지원 {number}")


class TestBenefitPages:
    @pytest.mark.usefixtures("catalogue")
    @pytest.mark.parametrize("language", ["", "/en"], ids=["ko", "en"])
    def test_are_accessible(self, assert_accessible_in_every_look, language):
        for query in PAGES.values():
            assert_accessible_in_every_look(f"{language}{LIST}{query}")


class TestAskingForABenefit:
    @pytest.mark.usefixtures("catalogue")
    def test_is_accessible(self, assert_accessible_in_every_look, signed_in):
        for language in ("", "/en"):
            path = f"{language}{LIST}gov24-000000000001/ask/"
            assert_accessible_in_every_look(path, cookies=signed_in)
