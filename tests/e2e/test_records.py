"""What a person sees of their own data, and the page that asks superusers why, in every look."""

import time
from collections import Counter

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.enums import Channel, Door
from core.records.models import Consent
from core.records.reading import Reading
from core.records.services import ask_erasure, record_looks
from tests.core.records import samples

pytestmark = pytest.mark.django_db(transaction=True)
PREFIXES = pytest.mark.parametrize("prefix", ["", "/en"])


@pytest.fixture
def citizen(resident):
    Consent.objects.create(
        person=resident, purpose="x", text_version=1, given_at=timezone.now(), channel=Channel.WEB
    )
    centre = Office.objects.create(
        kind=OfficeKind.CENTRE, name="가온동주민센터", name_en="Gaon Community Centre"
    )
    for reason in ("사건 12345678", ""):
        record_looks(
            people={resident.pk: Counter({"accounts.User": 1, "records.Consent": 1})},
            reading=Reading(Door.ADMIN, "r", actor_id=0, reason=reason, office_id=centre.pk),
            actor_name="이주무",
            now=timezone.now(),
        )
    return resident


@pytest.fixture
def cookies(signed_in_as, client, citizen):
    """Somebody who has signed in, and has given the password again."""
    found = signed_in_as(citizen)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(citizen.pk)
    session.save()
    return found | {settings.SESSION_COOKIE_NAME: session.session_key}


class TestMyData:
    @PREFIXES
    def test_is_accessible_with_all_of_it_open(
        self, assert_accessible_in_every_look, cookies, prefix
    ):
        def open_all(page):
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

        assert_accessible_in_every_look(f"{prefix}/my/data/", after=open_all, cookies=cookies)

    def test_is_accessible_while_erasure_waits(
        self, assert_accessible_in_every_look, cookies, citizen
    ):
        ask_erasure(person=citizen, now=timezone.now())

        assert_accessible_in_every_look("/my/data/", cookies=cookies)

    @PREFIXES
    def test_erasure_is_accessible(self, assert_accessible_in_every_look, cookies, prefix):
        assert_accessible_in_every_look(f"{prefix}/my/data/erase/", cookies=cookies)

    def test_is_erased_and_kept_without_a_script(self, look_at, cookies):
        from tests.e2e.look import Look

        page = look_at("/my/data/erase/", Look(360, script=False), cookies=cookies)
        page.get_by_role("button", name="지우기 요청").click()
        assert page.get_by_text("지우려면 이 칸에 표시해 주세요.").count()
        page.get_by_label("위 내용을 읽었고").check()
        page.get_by_role("button", name="지우기 요청").click()
        page.get_by_role("button", name="지우지 않기").click()

        assert page.get_by_text("지우기 요청을 거두었습니다. 모두 그대로").is_visible()


class TestMyAccess:
    @PREFIXES
    def test_is_accessible(self, assert_accessible_in_every_look, cookies, prefix):
        assert_accessible_in_every_look(f"{prefix}/my/access/", cookies=cookies)


class TestReceipt:
    @PREFIXES
    @pytest.mark.parametrize("sample", [samples.waiting_erasure, samples.done_erasure])
    def test_is_accessible(self, assert_accessible_in_every_look, prefix, sample):
        assert_accessible_in_every_look(f"{prefix}/erasure/{sample()['code']}/")


class TestWhy:
    def test_is_accessible(self, assert_accessible_in_every_look, signed_in_as):
        boss = User.objects.create_superuser("boss@example.com", "pw", name="최고운")

        assert_accessible_in_every_look(
            "/admin/why/?next=/admin/accounts/user/&sent=1", cookies=signed_in_as(boss)
        )
