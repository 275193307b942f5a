"""Every list that goes out as a file: who takes it along, what is in it, and what it costs."""

import csv
import io

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from openpyxl import load_workbook

from core.desk.exchange import ExportAdmin
from core.notices.models import Delivery
from core.records.models import Access
from tests.permissions.roles import make_world
from tests.permissions.table import DESKS
from tests.permissions.walk import clients
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.factories import make_facility, make_shelter
from welfare.models import FacilityReport

pytestmark = pytest.mark.django_db
# Of corrections, those that nobody needs to look at again are shown where they are asked for.
ALL = {"review": "all"}
PEOPLES = {"welfare.carehousehold", "welfare.hardshiphousehold"}


def exporting():
    desks = admin.site._registry.items()
    return {model._meta.label_lower for model, desk in desks if isinstance(desk, ExportAdmin)}


def url_of(label, form="csv"):
    return f"/admin/{label.replace('.', '/')}/export/{form}/"


def lines(answer):
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def at_the_desk(client, person, *codenames):
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    sign_in(client, person)
    return client


def report(facility, **told):
    return FacilityReport.objects.create(
        facility=facility, topic="PHONE", created_at="2026-08-20T12:00+09:00", **told
    )


class TestEveryList:
    def test_that_staff_work_with_goes_out(self):
        assert exporting() == {
            "accounts.communitycentre", "accounts.membership", "accounts.user", "cases.case",
            "feeds.feedreject", "notices.delivery", "welfare.benefit", "welfare.carehousehold",
            "welfare.facility", "welfare.facilitycorrection", "welfare.facilityreport",
            "welfare.hardshiphousehold", "welfare.ruleversion",
        }  # fmt: skip

    def test_goes_out_in_both_forms_by_a_link_of_its_own(self):
        world = make_world()
        browser = clients(world)
        desks = [desk for desk in DESKS if desk.model in exporting()]
        for desk in desks:
            desk.sample(world)
            role = min(desk.lists or desk.look)
            page = browser[role].get(f"/admin/{desk.model.replace('.', '/')}/").text
            assert all(url_of(desk.model, form) in page for form in ("csv", "xlsx")), desk.model

            asked = ALL if desk.model == "welfare.facilitycorrection" else {}
            told = lines(browser[role].get(url_of(desk.model), asked))
            answer = browser[role].get(url_of(desk.model, "xlsx"), asked)
            book = load_workbook(io.BytesIO(answer.content))

            head, *rows = book.active.iter_rows(values_only=True)
            assert told, desk.model
            assert list(head) == list(told[0])
            assert [[cell or "" for cell in row] for row in rows] == [
                list(line.values()) for line in told
            ]

    def test_that_is_about_people_is_told_to_them_as_taken_along(self):
        world = make_world()
        browser = clients(world)
        for desk in DESKS:
            if desk.model in PEOPLES:
                desk.sample(world)
                b"".join(browser["worker"].get(url_of(desk.model)))

        looks = Access.objects.filter(actor=world["worker"])
        reasons = set(looks.order_by("pk").values_list("reason", flat=True))
        assert reasons == {"돌보는 가구 목록 내려받기", "위기 신호 가구 목록 내려받기"}


class TestFacilities:
    def test_go_out_as_filtered_with_what_is_published(self, client, officer):
        make_facility("A0001", name="가온 경로당")
        make_facility("A0002", name="나래 복지관")
        browser = at_the_desk(client, officer, "view_facility")

        (line,) = lines(browser.get(f"{url_of('welfare.facility')}?q=가온"))

        assert (line["시설코드"], line["이름"]) == ("A0001", "가온 경로당")
        assert line["상태"] == "운영 중"

    def test_that_are_protected_tell_no_place(self, client, officer):
        shelter = make_shelter()
        browser = at_the_desk(client, officer, "view_facility")

        (line,) = lines(browser.get(url_of("welfare.facility")))

        assert (line["이름"], line["보호 시설"]) == (shelter.name, "예")
        assert not any(line[name] for name in ("소재 자치구", "우편번호", "주소", "전화번호"))

    def test_are_closed_to_whoever_may_not_look(self, client, officer):
        browser = at_the_desk(client, officer, "view_benefit")

        assert browser.get(url_of("welfare.facility")).status_code == 403


class TestReports:
    def test_hold_no_formula_of_a_citizen(self, client, officer):
        report(make_facility("A0001"), proposed="=HYPERLINK(1)", message="+82")
        browser = at_the_desk(client, officer, "view_facilityreport")

        (line,) = lines(browser.get(url_of("welfare.facilityreport")))

        assert (line["시민이 알려 준 값"], line["설명"]) == ("'=HYPERLINK(1)", "'+82")
        assert line["접수 시각"] == "2026-08-20 12:00"


class TestUsers:
    def test_go_out_to_superusers_and_are_told_of_it(self, client, admin_user, resident, say_why):
        sign_in(client, admin_user)
        say_why(client)

        told = lines(client.get(url_of("accounts.user")))

        assert resident.email in {line["전자우편"] for line in told}
        (look,) = Access.objects.of(resident.pk)
        assert look.actor_id == admin_user.pk

    def test_are_not_given_before_a_superuser_says_why(self, client, admin_user, resident):
        sign_in(client, admin_user)

        answer = client.get(url_of("accounts.user"))

        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/why/")


class TestCost:
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_of_benefits_is_the_same_however_many_there_are(
        self, client, officer, assert_flat, form
    ):
        browser = at_the_desk(client, officer, "view_benefit")

        def take():
            answer = browser.get(url_of("welfare.benefit", form))
            assert answer.status_code == 200
            return b"".join(answer)

        assert assert_flat(take, add=lambda n: make_benefit(f"00000000{n:04}")) <= 14

    @pytest.mark.parametrize("label", sorted(PEOPLES))
    def test_of_households_is_the_same_however_many_there_are(self, label, assert_flat):
        world = make_world()
        worker = clients(world)["worker"]
        desk = next(one for one in DESKS if one.model == label)
        assert Delivery.objects.count() == 0

        def take():
            return b"".join(worker.get(url_of(label)))

        assert assert_flat(take, add=lambda _: desk.sample(world)) <= 20
