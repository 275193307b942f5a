"""Staff see why services are told as one, and say otherwise with a reason that stays."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission

from accounts.models import User
from core.feeds.models import FieldChange
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit, make_local_benefit, publish
from welfare.models import Benefit, BenefitLink, BenefitSource

pytestmark = pytest.mark.django_db(transaction=True)
LINKS = "/admin/welfare/benefitsource/"
WHY = "노원구에 전화해 확인함"


@pytest.fixture(autouse=True)
def editor(officer: User, client) -> User:
    officer.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="welfare", codename__regex="^(view|change)_"
        )
    )
    sign_in(client, officer)
    return officer


@pytest.fixture
def linked() -> BenefitSource:
    make_benefit(서비스명="어르신 안부 확인", 소관기관유형="시군구", 소관기관명="서울특별시 노원구")
    make_local_benefit()
    return BenefitSource.objects.get(source="LOCAL")


def rows(page) -> list[str]:
    found = BeautifulSoup(page.content, "html.parser").select("#result_list tbody tr")
    return [" ".join(row.text.split()) for row in found]


def act(client, action: str, chosen: BenefitSource, **given: str):
    """From the list on which the row stands: by default only linked ones do."""
    told = {"_selected_action": [str(chosen.pk)], "action": action, "index": "0"}
    return client.post(f"{LINKS}?rule={chosen.rule}", told | given)


def confirm(client, action: str, chosen: BenefitSource, **given: str):
    page = act(client, action, chosen, desk_step="ask", **given)
    act(client, action, chosen, desk_step="confirm", **given)
    return page.content.decode()


class TestReview:
    def test_shows_what_is_linked_to_what_and_by_which_rule(self, client, linked):
        (row,) = rows(client.get(LINKS))
        assert "어르신 안부 확인" in row
        assert "gov24-000000000001" in row
        assert "이름과 주는 곳이 같음" in row
        assert len(rows(client.get(f"{LINKS}?rule=OWN"))) == 1

    def test_parts_with_a_reason_and_rules_take_over_again(self, client, linked, editor):
        shown = confirm(client, "part_benefits", linked, reason=WHY)
        assert "어느 급여와도 묶지 않고 따로 보임" in shown
        linked.refresh_from_db()
        assert (linked.benefit_id, linked.rule) == ("local-WLF00000001", "OWN")
        said = BenefitLink.objects.get()
        assert (said.gov24_key, said.reason, said.made_by) == ("", WHY, editor)
        assert FieldChange.objects.get(kind="welfare.benefitlink").new == "따로 보임"

        confirm(client, "withdraw_links", linked, reason="규칙이 맞음")
        linked.refresh_from_db()
        assert (linked.benefit_id, linked.rule) == ("gov24-000000000001", "NAME_AND_PROVIDER")
        assert not BenefitLink.objects.exists()

    def test_links_where_no_rule_would(self, client, linked):
        make_benefit("000000000009", 서비스명="다른 이름")
        confirm(client, "link_benefits", linked, reason=WHY, gov24_key=" 000000000009 ")
        linked.refresh_from_db()
        assert (linked.benefit_id, linked.rule) == ("gov24-000000000009", "STAFF")
        assert Benefit.objects.get(pk="local-WLF00000001").same_as_id == "gov24-000000000009"
        publish("GOV24", "000000000001")
        linked.refresh_from_db()
        assert linked.rule == "STAFF"

    def test_refuses_a_service_that_is_not_there(self, client, linked):
        confirm(client, "link_benefits", linked, reason=WHY, gov24_key="nothing")
        assert not BenefitLink.objects.exists()

    def test_refuses_to_move_gov24_itself(self, client, linked):
        own = BenefitSource.objects.get(source="GOV24")
        confirm(client, "part_benefits", own, reason=WHY)
        assert not BenefitLink.objects.exists()

    def test_is_not_for_who_may_only_look(self, client, linked, officer):
        officer.user_permissions.set(
            Permission.objects.filter(codename__in=["view_benefitsource", "view_benefit"])
        )
        confirm(client, "part_benefits", linked, reason=WHY)
        assert not BenefitLink.objects.exists()

    def test_keeps_a_list_of_what_staff_said(self, client, linked):
        confirm(client, "part_benefits", linked, reason=WHY)
        (row,) = rows(client.get("/admin/welfare/benefitlink/"))
        assert WHY in row
        assert client.get("/admin/welfare/benefit/").status_code == 200
        assert client.get(f"/admin/welfare/benefit/{linked.benefit_id}/change/").status_code == 200
