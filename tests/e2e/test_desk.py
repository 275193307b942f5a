"""Staff's pages fit the screen that an office has: nothing scrolls sideways at 1280 px."""

import pytest
from django.conf import settings

from accounts.models import User
from tests.sign_in import sign_in
from tests.welfare.factories import NOW, make_facility
from welfare.models import FacilityReport

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "정문에 계단이 있고 경사로는 옆문에 있습니다. 초인종을 누르면 직원이 나와 도와줍니다. " * 6
HIDDEN = """
() => [...document.querySelectorAll('*')].filter(one => one.scrollWidth > one.clientWidth + 1
    && /auto|scroll/.test(getComputedStyle(one).overflowX)
    && one.querySelector('#result_list, .selector')).length
    + Math.max(0, document.documentElement.scrollWidth - innerWidth)
"""


@pytest.fixture
def staff(client, say_why) -> dict[str, str]:
    sign_in(client, User.objects.create_superuser("boss@example.com", "pw", name="최고운"))
    say_why(client)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


class TestDesk:
    @pytest.mark.parametrize("path", ["/admin/welfare/facilityreport/", "/admin/accounts/user/{}/"])
    def test_fits_the_screen(self, browser, live_server, staff, resident, path):
        make_facility("A0001", name="서울특별시립 한마음 어르신 종합 재가노인복지센터 (본관)")
        for topic, proposed in (("PHONE", "02-123-4567"), ("ACCESS", ""), ("HOURS", "")):
            FacilityReport.objects.create(
                facility_id="A0001", topic=topic, proposed=proposed, message=WORDS, created_at=NOW
            )
        path = path.format(f"{resident.pk}/change") if "{}" in path else path
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, base_url=live_server.url
        )
        context.add_cookies(
            [{"name": name, "value": told, "url": live_server.url} for name, told in staff.items()]
        )
        page = context.new_page()
        page.goto(path)
        hidden = page.evaluate(HIDDEN)
        context.close()

        assert hidden == 0


class TestHardshipList:
    def test_opens_its_figures_beside_it(self, look_at, staff):
        page = look_at("/admin/welfare/hardshiphousehold/", cookies=staff)
        page.get_by_text("고르게 살피는지: 자치구, 나이대, 성별").click()
        figures = page.locator("[data-fairness]")
        figures.get_by_role("heading", name="나이대").wait_for()

        assert "10 단위로 어림합니다" in figures.inner_text()
        assert page.url.endswith("/admin/welfare/hardshiphousehold/")
