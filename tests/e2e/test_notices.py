"""Messages in a browser: to read, to choose, to stop, and without a script."""

import pytest

from core.notices.enums import Channel
from core.notices.models import Bounce, Message, Preference
from core.notices.notices import PhoneAdded
from core.notices.services import tell, telling
from core.notices.stopping import ALL, Stop, short_token_of, token_of
from core.notices.topics import ACCOUNT_SECURITY
from tests.core.notices.conftest import _pretend_messages, every_channel  # noqa: F401
from tests.core.notices.pretend import Opened, at
from tests.e2e.look import Look


@pytest.fixture(autouse=True)
def _nothing_leaves(monkeypatch):
    monkeypatch.setattr(telling, "_wake", lambda: None)


@pytest.fixture
def inbox(resident, every_channel):  # noqa: F811
    for number in range(2):
        tell(
            notice=Opened, person=resident, facts={"name": f"교실 {number}"}, cause=f"n{number}",
            url="/welfare/facilities/", now=at(10),
        )  # fmt: skip
    tell(notice=PhoneAdded, person=resident, facts={"ending": "5678"}, cause="p", now=at(11))
    Bounce.objects.create(
        person=resident, kind=Channel.EMAIL, address=resident.email, reason="x", bounced_at=at(9)
    )


@pytest.mark.e2e
@pytest.mark.parametrize(
    "path", ["/my/notices/", "/my/notices/settings/", "/my/notices/settings/phone/"]
)
def test_page_is_accessible(assert_accessible_in_every_look, signed_in, inbox, path):
    assert_accessible_in_every_look(path, cookies=signed_in)


@pytest.mark.e2e
@pytest.mark.parametrize("purpose", [ALL, ACCOUNT_SECURITY.slug])
def test_stop_page_is_accessible(assert_accessible_in_every_look, resident, purpose):
    assert_accessible_in_every_look(f"/notices/stop/{token_of(Stop(resident.pk, purpose))}/")
    assert_accessible_in_every_look(f"/s/{short_token_of(Stop(resident.pk, purpose))}/")


@pytest.mark.e2e
def test_everything_works_without_a_script(look_at, signed_in, inbox, resident):
    plain = Look(script=False)
    page = look_at("/my/notices/", plain, cookies=signed_in)
    page.get_by_role("button", name="자세히 보기").first.click()
    page.wait_for_url("**/welfare/facilities/")
    assert Message.objects.unread().count() == 2

    page = look_at("/my/notices/settings/", plain, cookies=signed_in)
    page.locator("input[name=pretend_news-mode][value=WEEKLY]").check()
    page.get_by_role("button", name="바꾸기", exact=True).click()
    assert "알림 설정을 바꾸었습니다." in page.content()
    assert Preference.objects.get(purpose="pretend.news").mode == "WEEKLY"

    page = look_at(f"/notices/stop/{token_of(Stop(resident.pk, ALL))}/", plain)
    page.get_by_role("button", name="그만 받기").click()
    assert Preference.objects.get(purpose="pretend.news").mode == "STOPPED"


@pytest.mark.e2e
def test_a_browser_is_offered_only_where_it_can_show_messages(look_at, signed_in, inbox):
    page = look_at("/my/notices/settings/", cookies=signed_in)
    form = page.locator("[data-push-form]")
    can = page.evaluate("'serviceWorker' in navigator && 'PushManager' in window")

    assert form.is_visible() == can
    assert page.locator("[data-push-without]").is_visible() != can
