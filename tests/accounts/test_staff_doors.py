"""Staff doors open to whoever works there today and has shown a second factor; to nobody else."""

import datetime
import time

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.services import ensure_second_factor
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.sandbox.one_time_code import one_time_code
from seoul_portal.sign_in import SignInRecordsMiddleware
from tests.sign_in import SECRET, sign_in

pytestmark = pytest.mark.django_db
DOOR = "/accounts/second-factor/"
PASSWORD_ONLY = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss@example.com", "pw", name="최고운")


@pytest.fixture
def office(db: None) -> Office:
    return Office.objects.create(name="가온동 주민센터", kind=OfficeKind.values[0])


@pytest.fixture
def hired(stranger, office):
    def hire(role: Role, *, ends_date: datetime.date | None = None) -> User:
        Membership.objects.create(
            person=stranger, office=office, role=role,
            starts_date=datetime.date(2020, 1, 1), ends_date=ends_date,
        )  # fmt: skip
        return stranger

    return hire


def last_stop(client, path):
    return client.get(path, follow=True).redirect_chain[-1][0]


def staff_pages():
    return [
        reverse("admin:index"),
        reverse("admin:jsi18n"),
        *(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            for model in admin.site._registry
        ),
    ]


class TestWithoutASecondFactor:
    def test_every_door_leads_to_its_set_up_and_nowhere_else(self, client, boss):
        client.force_login(boss, PASSWORD_ONLY)
        stops = {path: last_stop(client, path) for path in staff_pages()}

        assert len(stops) > 10
        assert all(stop.startswith(f"{DOOR}?next=") for stop in stops.values()), stops

    def test_posts_change_nothing(self, client, boss, resident):
        client.force_login(boss, PASSWORD_ONLY)
        page = reverse("admin:accounts_user_change", args=[resident.pk])
        answer = client.post(page, {"is_active": "on", "is_staff": "on"})

        assert answer.status_code == 302
        resident.refresh_from_db()
        assert not resident.is_staff

    def test_public_and_own_pages_stay_usable(self, client, boss):
        client.force_login(boss, PASSWORD_ONLY)

        for path in ("/", "/welfare/facilities/", "/my/", "/accounts/email/", "/accounts/2fa/"):
            assert client.get(path).status_code == 200, path

    def test_the_way_there_offers_both_means(self, client, boss):
        client.force_login(boss, PASSWORD_ONLY)
        page = BeautifulSoup(client.get(DOOR).content, "html.parser")
        ways = {link["href"] for link in page.select("main a")}

        assert {"/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/"} <= ways

    def test_nobody_is_led_elsewhere(self, client, boss):
        sign_in(client, boss)

        assert client.get(DOOR, {"next": "https://evil.example/"}).url == "/admin/"

    def test_whatever_is_asked_of_their_rights_says_no(self, boss):
        boss.sign_in_records = ()

        assert not boss.has_perm("welfare.change_facility")
        assert not boss.has_module_perms("welfare")
        assert not boss.works_at_the_desk

    def test_other_staff_pages_lead_there_as_well(self, boss, resident):
        def asked_by(person):
            request = RequestFactory().get("/my/cases/7/?page=2")
            person.sign_in_records = ()
            request.user = person
            middleware = SignInRecordsMiddleware(lambda request: None)
            return middleware.process_exception(request, PermissionDenied())

        assert asked_by(boss).url == f"{DOOR}?next=%2Fmy%2Fcases%2F7%2F%3Fpage%3D2"
        assert asked_by(resident) is None
        assert asked_by(AnonymousUser()) is None


class TestTheWayIn:
    def test_from_nothing_to_the_desk_with_an_app(self, client, boss):
        boss.emailaddress_set.create(email=boss.email, verified=True, primary=True)
        client.post("/accounts/login/", {"login": boss.email, "password": "pw"})
        form = client.get("/accounts/2fa/totp/activate/", follow=True)
        secret = BeautifulSoup(form.content, "html.parser").select_one(".qr figcaption").text
        code = one_time_code(secret, at=time.time())
        codes = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
        page = BeautifulSoup(codes.content, "html.parser")
        written = [one.text for one in page.select(".codes code")]
        assert len(written) == 10

        assert last_stop(client, "/admin/").startswith("/accounts/2fa/recovery-codes/confirm/")
        confirm = "/accounts/2fa/recovery-codes/confirm/?next=/admin/"
        wrong = client.post(confirm, {"code": "0000 0000"})
        assert "적어 두신 코드와 다릅니다" in wrong.text
        right = client.post(confirm, {"code": written[0]}, follow=True)
        assert right.redirect_chain[-1][0].startswith("/accounts/2fa/reauthenticate/?next=")
        answer = client.post(right.redirect_chain[-1][0], {"code": code, "next": "/admin/"})

        assert answer.url == "/admin/"
        assert client.get("/admin/").status_code == 200

    def test_codes_are_shown_once(self, client, boss):
        boss.emailaddress_set.create(email=boss.email, verified=True, primary=True)
        client.post("/accounts/login/", {"login": boss.email, "password": "pw"})
        Authenticator.objects.create(user=boss, type="totp", data={"secret": SECRET})
        client.post("/accounts/2fa/recovery-codes/generate/")

        first, again = (client.get("/accounts/2fa/recovery-codes/").text for _ in range(2))

        assert 'class="codes"' in first
        assert 'class="codes"' not in again
        assert client.get("/accounts/2fa/recovery-codes/download/").status_code == 403

    def test_confirming_uses_no_code_up(self, client, boss):
        sign_in(client, boss)
        sheet = Authenticator.objects.get(user=boss, type="recovery_codes")
        code = sheet.wrap().get_unused_codes()[3]
        client.post("/accounts/2fa/recovery-codes/confirm/", {"code": f"{code[:4]}-{code[4:]}"})

        assert len(Authenticator.objects.get(pk=sheet.pk).wrap().get_unused_codes()) == 10

    def test_codes_cannot_be_guessed_by_confirming(self, client, boss):
        sign_in(client, boss)
        answers = [
            client.post("/accounts/2fa/recovery-codes/confirm/", {"code": f"{number:08}"})
            for number in range(12)
        ]

        assert answers[-1].status_code == 429

    def test_sign_in_asks_for_the_code_and_takes_it_once(self, client, boss):
        boss.emailaddress_set.create(email=boss.email, verified=True, primary=True)
        ensure_second_factor(person=boss, secret=SECRET, now=timezone.now())
        code = one_time_code(SECRET, at=time.time())

        def try_it():
            client.post("/accounts/login/", {"login": boss.email, "password": "pw"})
            assert client.get("/admin/").status_code == 302
            return client.post("/accounts/2fa/authenticate/", {"code": code})

        assert try_it().status_code == 302
        assert client.get("/admin/").status_code == 200
        client.post("/accounts/logout/")

        # allauth itself remembers it for half a minute, in which it is taken a minute and a half.
        cache.delete(f"allauth.mfa.totp.used?user={boss.pk}&code={code}")
        assert 'class="errors"' in try_it().text
        assert client.get("/admin/").status_code == 302

    def test_a_session_signed_in_to_before_has_to_show_it(self, client, boss):
        client.force_login(boss, PASSWORD_ONLY)
        ensure_second_factor(person=boss, secret=SECRET, now=timezone.now())

        assert last_stop(client, "/admin/").startswith("/accounts/2fa/reauthenticate/")

    def test_closes_again_when_the_factor_is_taken_off(self, client, boss):
        sign_in(client, boss)
        assert client.get("/admin/").status_code == 200
        Authenticator.objects.filter(user=boss).delete()

        assert last_stop(client, "/admin/").startswith(DOOR)


class TestWhoWorksThere:
    @pytest.mark.parametrize("role", [Role.WORKER, Role.MANAGER, Role.PARTNER])
    def test_who_reads_about_people_needs_both(self, client, hired, role):
        person = hired(role)
        client.force_login(person, PASSWORD_ONLY)
        assert last_stop(client, "/admin/").startswith(DOOR)

        sign_in(client, person)
        assert client.get("/admin/").status_code == 200

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.ORGANISER])
    def test_who_sees_figures_alone_needs_one(self, client, hired, role):
        client.force_login(hired(role), PASSWORD_ONLY)

        assert client.get("/admin/").status_code == 200

    @pytest.mark.parametrize("who", ["volunteer", "stranger", "resident"])
    def test_others_stay_outside(self, client, hired, stranger, resident, who):
        person = {"stranger": stranger, "resident": resident}.get(who) or hired(Role.VOLUNTEER)
        sign_in(client, person)

        assert client.get("/admin/", follow=True).status_code == 403

    def test_who_left_is_out_at_the_next_request(self, client, hired):
        person = hired(Role.WORKER)
        sign_in(client, person)
        assert client.get("/admin/").status_code == 200
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        Membership.objects.update(ends_date=yesterday)

        assert client.get("/admin/", follow=True).status_code == 403

    def test_who_left_can_still_sign_out_there(self, client, hired):
        sign_in(client, hired(Role.WORKER))
        Membership.objects.all().delete()
        client.post("/admin/logout/")

        assert client.get("/my/").status_code == 302

    def test_who_is_shut_off_is_out(self, client, boss):
        sign_in(client, boss)
        User.objects.update(is_active=False)

        assert client.get("/admin/").status_code == 302
        assert client.get("/my/").status_code == 302

    def test_asking_costs_a_citizen_no_more_than_where_they_work(
        self, client, resident, django_assert_num_queries
    ):
        client.force_login(resident, PASSWORD_ONLY)

        # Session, user; who invites them; where they work, for the way there; whether they agreed
        # to be shown what fits their interests.
        with django_assert_num_queries(5):
            client.get("/my/")
