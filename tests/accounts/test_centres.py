"""A community centre for each dong: found by a citizen's dong, corrected by who runs it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import CommunityCentre
from accounts.queries import centre_of
from accounts.services import CentreRefused, correct_centre, ensure_centres
from accounts.services.centres import KIND
from core.feeds.models import FieldChange
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.places.enums import Precision
from core.places.facts import dongs
from core.places.rules import hours_from_text
from tests.accounts.factories import (
    SAJIK,
    SANGGYE,
    TODAY,
    make_centre,
    make_manager,
    make_office,
    make_worker,
)
from tests.sign_in import sign_in

NOW = datetime.datetime(2026, 11, 27, 3, 0, tzinfo=datetime.UTC)
WORKDAYS, REST = ("mon", "tue", "wed", "thu", "fri"), ("sat", "sun", "holidays")
TOLD = {
    "address": "서울특별시 종로구 경희궁1길 15",
    "address_detail": "2층",
    "postcode": "03176",
    "phone": "02-2148-1234",
    "hours": hours_from_text(dict.fromkeys(WORKDAYS, "09:00-18:00") | dict.fromkeys(REST, "휴무")),
}


@pytest.fixture
def centre(db):
    return make_centre(SAJIK)


class TestCommunityCentre:
    def test_is_found_by_the_dong_it_serves(self, centre):
        make_centre(SANGGYE)

        for code in (SAJIK, SAJIK[:8], "1101053"):
            assert CommunityCentre.objects.for_dong(code).get() == centre
        assert not CommunityCentre.objects.for_dong("1111051500").exists()
        assert not CommunityCentre.objects.for_dong("없는 동").exists()

    def test_has_the_name_and_phone_of_its_office(self, centre):
        assert centre.name == "종로구 사직동주민센터"
        assert centre.phone is None

        centre.office.phone = "02-2148-1234"
        assert centre.phone == "02-2148-1234"

    def test_serves_one_dong_of_seoul(self, centre):
        for code in (SAJIK, "2611051000"):
            office = Office.objects.create(kind="CENTRE", name=f"또 {code}")
            with pytest.raises(IntegrityError), transaction.atomic():
                CommunityCentre.objects.create(office=office, code=code)

    def test_that_is_closed_is_nobodys(self, centre):
        assert centre_of(SAJIK, on=TODAY) == centre

        Office.objects.filter(pk=centre.pk).update(closes_date=TODAY)
        assert centre_of(SAJIK, on=TODAY) is None


class TestEnsureCentres:
    def test_makes_one_for_each_dong_and_knows_no_more(self, db):
        assert ensure_centres() == len(dongs()) == 426
        assert ensure_centres() == 0

        assert not CommunityCentre.objects.exclude(address=None, postcode=None).exists()
        assert not Office.objects.exclude(phone="").exists()
        assert set(CommunityCentre.objects.values_list("precision", flat=True)) == {Precision.DONG}
        assert Office.objects.filter(name="강남구 신사동주민센터").exists()
        assert Office.objects.filter(name="관악구 신사동주민센터").exists()

    def test_asks_as_often_for_all_as_for_one(self, db, django_assert_num_queries):
        with django_assert_num_queries(6):
            ensure_centres()


class TestCorrectCentre:
    def test_is_for_its_manager(self, centre):
        manager = make_manager(centre.office)

        assert correct_centre(actor=manager, centre=centre, now=NOW, **TOLD) == 5

        held = CommunityCentre.objects.select_related("office").get()
        assert held.address == TOLD["address"]
        assert (held.postcode, held.phone) == ("03176", "02-2148-1234")
        assert held.hours == TOLD["hours"]
        told = FieldChange.objects.filter(kind=KIND, key=str(centre.pk))
        assert set(told.values_list("field", flat=True)) == {
            "address", "address_detail", "postcode", "phone", "weekly_hours",
        }  # fmt: skip
        assert {one.changed_by for one in told} == {manager}

    def test_keeps_nothing_of_what_stays(self, centre):
        manager = make_manager(centre.office)
        correct_centre(actor=manager, centre=centre, now=NOW, **TOLD)

        assert correct_centre(actor=manager, centre=centre, now=NOW, **TOLD) == 0
        assert FieldChange.objects.filter(kind=KIND).count() == 5

    def test_is_refused_to_everybody_else(self, centre, stranger, officer):
        elsewhere = make_manager(make_centre(SANGGYE).office)

        for actor in (stranger, officer, elsewhere, make_worker(centre.office)):
            with pytest.raises(CentreRefused):
                correct_centre(actor=actor, centre=centre, now=NOW, **TOLD)
        assert not FieldChange.objects.exists()


class TestAdmin:
    url = "/admin/accounts/communitycentre/"

    def change(self, centre):
        return f"{self.url}{centre.pk}/change/"

    def post(self, client, centre, **other):
        hours = dict.fromkeys(WORKDAYS, "09:00-18:00")
        told = {
            "address": TOLD["address"], "address_detail": "", "postcode": "3176",
            "telephone": "0221481234", "sat": "휴무", "sun": "휴무", "holidays": "", **hours,
        }  # fmt: skip
        return client.post(self.change(centre), {**told, **other})

    def test_list_asks_as_often_for_many(self, client, assert_flat, admin_user):
        sign_in(client, admin_user)
        codes = [dong.code for dong in dongs()]

        def add(number):
            make_worker(make_centre(codes[number]).office)

        assert assert_flat(lambda: client.get(self.url), add=add) <= 9

    def test_lets_its_manager_correct_it(self, client, centre):
        sign_in(client, make_manager(centre.office))

        answer = self.post(client, centre)

        assert answer.status_code == 302, answer.context["errors"]
        held = CommunityCentre.objects.get()
        assert (held.postcode, held.phone) == ("03176", "02-2148-1234")
        page = client.get(self.change(centre)).content.decode()
        assert "02-2148-1234" in page
        assert "전화번호: 02-2148-1234" in page  # the history

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("address", "어딘가", "서울의 주소로 읽을 수 없습니다"),
            ("postcode", "12", "숫자 다섯 자리"),
            ("telephone", "02-0", "걸 수 있는 전화번호가 아닙니다"),
            ("mon", "아침부터", "시간을 읽을 수 없습니다"),
        ],
    )
    def test_says_what_is_wrong_beside_the_field(self, client, centre, field, value, said):
        sign_in(client, make_manager(centre.office))

        page = self.post(client, centre, **{field: value})

        assert said in page.content.decode()
        assert not FieldChange.objects.exists()

    def test_shows_others_the_centre_without_a_form(self, client, centre):
        sign_in(client, make_manager(make_centre(SANGGYE).office))

        assert client.get(self.change(centre)).status_code == 200
        assert self.post(client, centre).status_code == 403
        assert CommunityCentre.objects.get(pk=centre.pk).address is None

    def test_tells_who_corrected_it_to_nobody_else(self, client, centre):
        manager = make_manager(centre.office)
        sign_in(client, manager)
        self.post(client, centre)
        history = self.change(centre).replace("/change/", "/history/")
        assert manager.name in client.get(history).text

        for other in (
            make_worker(centre.office),
            make_manager(make_centre(SANGGYE).office),
            make_worker(make_office(OfficeKind.DEPARTMENT), Role.OFFICIAL),
            make_worker(make_office(OfficeKind.ORGANISER), Role.ORGANISER),
        ):
            sign_in(client, other)
            page = client.get(self.change(centre))
            assert page.status_code == 200
            assert manager.name not in page.text
            assert "/history/" not in page.text
            assert client.get(history).status_code == 403

    def test_is_closed_to_the_stranger(self, client, centre, stranger):
        sign_in(client, stranger)

        assert client.get(self.url).status_code in (302, 403)
        assert client.get(self.change(centre)).status_code in (302, 403)
        assert self.post(client, centre).status_code in (302, 403)

    def test_list_that_is_filtered_goes_out_filtered(self, client, centre):
        make_centre(SANGGYE)
        sign_in(client, make_worker(centre.office))

        answer = client.get(f"{self.url}export/csv/?district=11350")

        text = b"".join(answer).decode("utf-8-sig")
        assert "상계1동" in text
        assert "사직동" not in text
        assert client.get(f"{self.url}export/pdf/").status_code == 404
