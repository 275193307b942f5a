"""Staff see whether something was sent, try again what was not, and read nobody's messages."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission

from core.notices.admin import SENT_ALREADY
from core.notices.enums import DeliveryState
from core.notices.models import Delivery
from core.notices.services import tell
from core.notices.services.choosing import STOPPED
from core.notices.services.delivering import deliver_due
from core.notices.services.retrying import try_again
from core.notices.services.taking_back import take_out
from core.notices.worklists import WORKLISTS
from tests.core.notices.pretend import Answered, Opened, at
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
LIST = "/admin/notices/delivery/"


def allow(person, *codenames):
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))


@pytest.fixture
def desk(client, officer):
    allow(officer, "view_delivery", "change_delivery")
    sign_in(client, officer)
    return client


def given_up(person, *, cause="a", state=DeliveryState.GIVEN_UP, notice=Answered, **facts):
    tell(notice=notice, person=person, facts=facts or {"number": 1}, cause=cause, now=at(10))
    Delivery.objects.filter(message__cause=cause).update(
        state=state, error="메일 서버가 편지를 받지 않았습니다.", attempts=6
    )
    return Delivery.objects.get(message__cause=cause)


class TestDeliveryList:
    def test_tells_what_happened_and_not_what_was_said(self, desk, resident):
        given_up(resident, cause="c", notice=Opened, name="아무도 모를 이름")

        text = desk.get(LIST).content.decode()

        assert "메일 서버가 편지를 받지 않았습니다." in text
        assert "새 소식" in text
        assert "아무도 모를 이름" not in text
        assert resident.email not in text

    def test_shows_one_the_same_way(self, desk, resident):
        row = given_up(resident, cause="c", notice=Opened, name="아무도 모를 이름")

        text = desk.get(f"{LIST}{row.pk}/change/").content.decode()

        assert "포기함" in text
        assert "아무도 모를 이름" not in text

    def test_says_what_went_out_before_it_was_taken_back(self, desk, resident):
        row = given_up(resident, state=DeliveryState.QUEUED)
        Delivery.objects.update(leased_until=at(11), error="")
        take_out(Delivery.objects.all(), why=STOPPED)
        Delivery.objects.update(state=DeliveryState.SENT)

        for address in (LIST, f"{LIST}{row.pk}/change/"):
            assert f"{STOPPED} {SENT_ALREADY}" in desk.get(address).content.decode()

    def test_finds_by_a_whole_address(self, desk, resident, stranger):
        given_up(resident, cause="a")
        given_up(stranger, cause="b")

        def rows(query):
            page = BeautifulSoup(desk.get(f"{LIST}?q={query}").content, "html.parser")
            return len(page.select("#result_list tbody tr"))

        assert rows("resident@example.com") == 1
        assert rows("resident") == 0

    def test_shows_words_and_no_numbers(self, desk, resident):
        row = given_up(resident)
        page = BeautifulSoup(desk.get(LIST).content, "html.parser")
        heads = [one.get_text(strip=True) for one in page.select("#result_list thead th")]
        told = page.select_one("#result_list tbody tr").get_text(" ", strip=True)
        asked = desk.post(LIST, {"action": "try_again", "_selected_action": [row.pk]})

        assert "번호" not in heads
        assert "이메일" in told
        for text in (told, BeautifulSoup(asked.content, "html.parser").text, str(row)):
            assert f"#{row.pk}" not in text
        assert str(row) == "이메일, 2026-03-04 10:00"

    def test_never_asks_for_facts(self, desk, resident, django_assert_max_num_queries):
        given_up(resident)

        with django_assert_max_num_queries(12) as captured:
            desk.get(LIST)

        assert not [one for one in captured.captured_queries if '"facts"' in one["sql"]]

    def test_is_closed_to_others(self, client, officer, stranger, resident):
        given_up(resident)
        for person in (officer, stranger):
            sign_in(client, person)
            assert client.get(LIST).status_code in (302, 403)


class TestTryAgain:
    def press(self, client, row, **more):
        return client.post(LIST, {"action": "try_again", "_selected_action": [row.pk], **more})

    def test_says_first_what_it_would_do(self, desk, resident):
        row = given_up(resident)

        assert "아직 아무것도 바뀌지 않았습니다" in self.press(desk, row).content.decode()
        assert Delivery.objects.get().state == DeliveryState.GIVEN_UP

    def test_sends_again_under_the_same_number(self, desk, resident, outbox):
        row = given_up(resident)

        self.press(desk, row, desk_step="confirm")

        after = Delivery.objects.get()
        assert (after.state, after.attempts, after.parcel) == ("QUEUED", 0, row.parcel)

    def test_is_not_for_who_may_only_look(self, client, officer, resident):
        allow(officer, "view_delivery")
        sign_in(client, officer)
        row = given_up(resident)

        self.press(client, row, desk_step="confirm")

        assert Delivery.objects.get().state == DeliveryState.GIVEN_UP

    def test_refuses_where_there_is_nothing_to_send(self, desk, resident):
        row = given_up(resident, state=DeliveryState.SENT)

        answer = desk.post(LIST, {"action": "try_again", "_selected_action": [row.pk]}, follow=True)

        assert "다시 보낼 발송이 없습니다" in answer.content.decode()

    def test_takes_a_whole_digest_and_leaves_what_was_sent(self, resident, outbox):
        for number in range(3):
            tell(
                notice=Opened, person=resident, facts={"name": "가"}, cause=f"{number}", now=at(10)
            )
        deliver_due(now=at(8, day=5), channel="EMAIL")
        Delivery.objects.update(state=DeliveryState.FAILED)
        lead = Delivery.objects.get(is_lead=True)

        assert try_again(deliveries=[lead], now=at(9, day=5)) == 1
        assert Delivery.objects.waiting().count() == 3
        assert try_again(deliveries=[lead], now=at(9, day=5)) == 0

    def test_wakes_nobody(self, resident):
        given_up(resident)

        try_again(deliveries=list(Delivery.objects.all()), now=at(23))

        assert Delivery.objects.get().try_at == at(8, day=5)


class TestWorklist:
    def test_counts_parcels_that_were_given_up(self, resident, stranger):
        given_up(resident, cause="a")
        given_up(stranger, cause="b", state=DeliveryState.FAILED)
        given_up(stranger, cause="c", state=DeliveryState.SENT)

        assert WORKLISTS[0].waiting() == 2

    def test_opens_on_what_it_counts(self, desk, resident, stranger):
        given_up(resident, cause="a")
        given_up(stranger, cause="c", state=DeliveryState.SENT)

        page = BeautifulSoup(desk.get(WORKLISTS[0].url).content, "html.parser")

        assert len(page.select("#result_list tbody tr")) == 1
        assert "보내지 못한 알림" in desk.get("/admin/").content.decode()
