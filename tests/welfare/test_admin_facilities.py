"""An officer sees every field with its sources and history, and corrects it with a reason."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import User
from core.feeds.models import FieldChange, Override
from core.places.models import HoursException
from core.visits.models import Openings
from tests.sign_in import sign_in
from tests.welfare.factories import (
    NOW,
    OFFICE_HOURS,
    add_central,
    add_source,
    make_facility,
    make_many,
    make_shelter,
    publish,
)
from welfare.models import Facility, FacilityKind, FacilityReport

pytestmark = pytest.mark.django_db
LIST = "/admin/welfare/facility/"
PAGE = f"{LIST}A0001/change/"


@pytest.fixture
def editor(officer: User, client) -> User:
    officer.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="welfare", codename__regex="^(view|change)_"
        )
    )
    sign_in(client, officer)
    return officer


@pytest.fixture
def viewer(officer: User, client) -> User:
    officer.user_permissions.set(Permission.objects.filter(codename="view_facility"))
    sign_in(client, officer)
    return officer


@pytest.fixture
def facility(db) -> Facility:
    add_source()
    add_central(address="서울특별시 강남구 중앙로 9", phone="02-555-5555")
    publish("A0001")
    return Facility.objects.get()


def cells(page, field: str) -> list[str]:
    row = BeautifulSoup(page.content, "html.parser").select_one(f"#field-{field}")
    return [" ".join(cell.text.split()) for cell in row.select("th, td")]


def names(page) -> list[str]:
    soup = BeautifulSoup(page.content, "html.parser")
    return [link.text.strip() for link in soup.select("#result_list tbody th a")]


class TestFacilityPage:
    def test_puts_source_correction_and_published_side_by_side(self, client, editor, facility):
        Override.objects.create(
            kind="welfare.facility", key="A0001", field="phone", value="02-120",
            source_value="02-555-5555", reason="시설에 전화해 확인", made_by=editor, made_at=NOW,
        )  # fmt: skip
        publish("A0001")

        label, seoul, central, corrected, published, _ = cells(client.get(PAGE), "phone")
        assert (label, seoul, central, published) == (
            "전화",
            "02-123-4567",
            "02-555-5555",
            "02-120",
        )
        assert "02-120" in corrected
        assert "시설에 전화해 확인" in corrected
        assert editor.called in corrected

    def test_tells_the_history_of_the_page_and_of_both_sources(self, client, editor, facility):
        for kind, new in (
            ("welfare.facility", "하나"),
            ("welfare.seoul_facilities", "둘"),
            ("welfare.central_facilities", "셋"),
        ):
            FieldChange.objects.create(
                kind=kind, key="A0001", field="name", old="옛", new=new, origin="FEED",
                changed_at=NOW,
            )  # fmt: skip
        text = client.get(PAGE).text

        assert all(word in text for word in ("하나", "둘", "셋"))

    def test_offers_nothing_to_change_to_whoever_may_only_look(self, client, viewer, facility):
        page = client.get(PAGE)

        assert page.status_code == 200
        assert "고치기" not in page.text
        for path in ("correct/phone/", "withdraw/phone/", "verify/", "exceptions/add/"):
            assert client.post(f"{LIST}A0001/{path}").status_code == 403
        assert not Override.objects.exists()

    def test_has_no_form_of_the_read_model(self, client, editor, facility):
        client.post(PAGE, {"name": "몰래 고침"})

        facility.refresh_from_db()
        assert facility.name == "가온노인복지관"
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.get(f"{LIST}A0001/delete/").status_code == 403

    def test_of_an_unknown_facility_is_not_found(self, client, editor):
        assert client.get(PAGE).status_code == 404
        assert client.post(f"{LIST}A0001/verify/").status_code == 404

    def test_asks_as_often_for_much_history_as_for_little(
        self, client, editor, facility, assert_flat
    ):
        def add(number: int) -> None:
            FieldChange.objects.create(
                kind="welfare.facility", key="A0001", field="fees", old=None, new=str(number),
                origin="STAFF", changed_by=editor, changed_at=NOW,
            )  # fmt: skip
            FacilityReport.objects.create(
                facility=facility, topic="OTHER", message=str(number), created_at=NOW
            )

        assert assert_flat(lambda: client.get(PAGE), add=add) <= 14

    def test_of_a_shelter_offers_no_correction_of_its_place(self, client, editor):
        make_facility("A0001", name="서울****", kind="피해자 보호시설", is_protected=True)
        page = client.get(PAGE)

        assert "보호 시설이라" in page.text
        assert f"{LIST}A0001/correct/phone/" not in page.text
        assert f"{LIST}A0001/correct/capacity/" in page.text
        answer = client.post(
            f"{LIST}A0001/correct/phone/",
            {"value": "02-120", "reason": "알려 주려고"},
            follow=True,
        )
        assert "보호 시설의 위치, 이름과 연락처는 고칠 수 없습니다." in answer.text
        assert not Override.objects.exists()


class TestCorrectionForms:
    @pytest.fixture(autouse=True)
    def _someone(self, editor, facility) -> None:
        """An officer who may, and a facility."""

    def test_publish_what_was_typed(self, client, facility, editor):
        answer = client.post(
            f"{LIST}A0001/correct/phone/", {"value": "02 490 2600", "reason": "전화함"}
        )

        assert answer.url == PAGE
        facility.refresh_from_db()
        assert facility.phone == "02-490-2600"
        assert Override.objects.get().made_by == editor

    def test_want_a_reason(self, client):
        answer = client.post(f"{LIST}A0001/correct/phone/", {"value": "02 490 2600"})

        assert answer.status_code == 200
        assert BeautifulSoup(answer.content, "html.parser").select(".desk-error")
        assert not Override.objects.exists()

    def test_say_what_the_rules_refuse(self, client):
        answer = client.post(f"{LIST}A0001/correct/phone/", {"value": "공공일", "reason": "전화함"})

        assert "걸 수 있는 전화번호가 아닙니다" in answer.text

    def test_of_unknown_fields_are_not_found(self, client):
        assert client.get(f"{LIST}A0001/correct/code/").status_code == 404
        assert client.get(f"{LIST}A0001/correct/place/").status_code == 404

    def test_are_filled_with_what_a_citizen_proposed(self, client):
        page = client.get(f"{LIST}A0001/correct/name/?value=%22새+이름")

        soup = BeautifulSoup(page.content, "html.parser")
        assert soup.select_one("input[name=value]")["value"] == '"새 이름'

    def test_of_hours_take_a_week_in_one_line(self, client, facility):
        client.post(
            f"{LIST}A0001/correct/weekly_hours/",
            {
                "workdays": "9:00-12:00, 13:00~18:00",
                "sat": "10:00-13:00",
                "holidays": "휴무",
                "reason": "누리집",
            },
        )

        facility.refresh_from_db()
        assert facility.weekly_hours["fri"] == [["09:00", "12:00"], ["13:00", "18:00"]]
        assert facility.weekly_hours["sat"] == [["10:00", "13:00"]]
        assert facility.weekly_hours["sun"] is None
        assert facility.weekly_hours["holidays"] == []

    def test_of_hours_tell_unknown_days_from_closed_ones(self, client, facility):
        given = {"workdays": "9시~18시", "sat": "휴무", "sun": "", "reason": "누리집"}
        client.post(f"{LIST}A0001/correct/weekly_hours/", given)

        facility.refresh_from_db()
        assert facility.weekly_hours["mon"] == [["09:00", "18:00"]]
        assert (facility.weekly_hours["sat"], facility.weekly_hours["sun"]) == ([], None)
        page = BeautifulSoup(client.get("/welfare/facilities/A0001/").content, "html.parser")
        week = {
            row.th.text.split()[0]: row.td.text.strip()
            for row in page.select("table tr")
            if row.th and row.td
        }
        assert (week["토요일"], week["일요일"]) == ("쉽니다", "확인되지 않음")
        form = BeautifulSoup(
            client.get(f"{LIST}A0001/correct/weekly_hours/").content, "html.parser"
        )
        assert form.select_one("input[name=sat]")["value"] == "휴무"
        assert not form.select_one("input[name=sun]").get("value")

    def test_of_hours_say_what_an_empty_line_means(self, client):
        page = BeautifulSoup(
            client.get(f"{LIST}A0001/correct/weekly_hours/").content, "html.parser"
        )
        assert "휴무" not in page.select_one("#id_workdays_helptext").text
        assert "모르면 비워" in page.select_one("#id_sat_helptext").text

    def test_of_hours_show_what_is_known(self, client):
        make_facility("A0002", corrections={"weekly_hours": OFFICE_HOURS})
        page = client.get(f"{LIST}A0002/correct/weekly_hours/")

        soup = BeautifulSoup(page.content, "html.parser")
        assert re.match("09:00.18:00", soup.select_one("input[name=mon]")["value"])
        assert soup.select_one("input[name=sun]")["value"] == "휴무"

    @pytest.mark.parametrize(
        "typed", [{"mon": "아침부터"}, {"mon": "09:00-18:00-20:00"}, {"workdays": "25:00-26:00"},
                  {"mon": "9시~6시"},
                  {"mon": "20:00-08:00", "tue": "07:00-18:00"}]
    )  # fmt: skip
    def test_of_hours_say_what_cannot_be_read(self, client, typed):
        answer = client.post(
            f"{LIST}A0001/correct/weekly_hours/",
            {"reason": "누리집", **typed},
        )

        assert answer.status_code == 200
        soup = BeautifulSoup(answer.content, "html.parser")
        assert soup.select(".desk-error, .desk-note--error")
        assert not Override.objects.exists()

    def test_of_access_keep_who_checked_what_when(self, client, facility):
        url = f"{LIST}A0001/correct/accessibility/"
        first = {"source": "현장 확인", "checked_date": "2026-01-02", "reason": "방문"}
        client.post(url, {"STEP_FREE": "YES", "DOOR_WIDTH": "YES", "centimetres": "95", **first})
        second = {"source": "전화", "checked_date": "2026-02-03", "reason": "전화"}
        client.post(
            url,
            {"STEP_FREE": "YES", "DOOR_WIDTH": "YES", "centimetres": "95", "LIFT": "NO", **second},
        )

        facility.refresh_from_db()
        told = facility.accessibility
        assert told["STEP_FREE"]["source"] == "현장 확인"
        assert told["DOOR_WIDTH"]["centimetres"] == 95
        assert (told["LIFT"]["source"], told["LIFT"]["checked_date"]) == ("전화", "2026-02-03")

    def test_of_access_refuse_a_day_to_come(self, client):
        later = (timezone.localdate() + timezone.timedelta(days=2)).isoformat()
        answer = client.post(
            f"{LIST}A0001/correct/accessibility/",
            {"STEP_FREE": "YES", "source": "현장", "checked_date": later, "reason": "방문"},
        )

        assert "오늘보다 뒤" in answer.text

    def test_withdraw_with_a_reason(self, client, facility):
        client.post(f"{LIST}A0001/correct/phone/", {"value": "02 490 2600", "reason": "전화함"})
        url = f"{LIST}A0001/withdraw/phone/"
        assert "02-555-5555" in client.get(url).text
        client.post(url, {"reason": "원본이 맞음"})

        facility.refresh_from_db()
        assert facility.phone == "02-555-5555"
        assert client.get(url).status_code == 302

    def test_check_only_by_post(self, client, facility):
        assert client.get(f"{LIST}A0001/verify/").status_code == 405
        client.post(f"{LIST}A0001/verify/")

        facility.refresh_from_db()
        assert facility.verified_at is not None

    def test_enter_and_remove_days_that_differ(self, client):
        given = {"starts": "2026-10-01", "ends": "2026-10-02", "hours": "", "reason": "공사"}
        client.post(f"{LIST}A0001/exceptions/add/", given)
        made = HoursException.objects.get()
        assert made.is_closed
        assert "공사" in client.get(PAGE).text

        client.post(f"{LIST}A0001/exceptions/{made.pk}/remove/")
        assert not HoursException.objects.exists()

    def test_refuse_an_exception_that_ends_before_it_starts(self, client):
        given = {"starts": "2026-10-02", "ends": "2026-10-01", "hours": "", "reason": "공사"}
        answer = client.post(f"{LIST}A0001/exceptions/add/", given)

        assert "종료일은 시작일과" in answer.text


class TestShelters:
    @pytest.mark.parametrize("door", ["correct/address/", "correct/phone/", "exceptions/add/"])
    def test_are_refused_before_anything_is_typed(self, client, editor, door):
        make_shelter("K0001")
        for answer in (
            client.get(f"{LIST}K0001/{door}", follow=True),
            client.post(f"{LIST}K0001/{door}", {"reason": "전화함"}, follow=True),
        ):
            assert answer.redirect_chain == [(f"{LIST}K0001/change/", 302)]
            assert "보호 시설의 위치, 이름과 연락처는 고칠 수 없습니다" in answer.text

    def test_have_their_numbers_corrected_as_others_do(self, client, editor):
        make_shelter("K0001")
        assert client.get(f"{LIST}K0001/correct/capacity/").status_code == 200


class TestOddAddresses:
    @pytest.mark.parametrize(
        "path",
        [f"{LIST}%00/change/", f"{LIST}%00/correct/phone/", f"{LIST}A%000/exceptions/add/",
         "/admin/welfare/facilitykind/%00/change/", "/admin/welfare/facilityreport/²/change/",
         "/admin/welfare/facilitycorrection/%00/change/", "/admin/accounts/user/x%00/change/"],
    )  # fmt: skip
    def test_lead_nowhere(self, client, admin_user, path):
        sign_in(client, admin_user)
        assert client.get(path, follow=True).status_code in {404, 200}
        assert client.get(path).status_code in {404, 302}

    @pytest.mark.parametrize(
        "query", ["?district__id__exact=%00&e=1", "?district=%00", "?status=x&nonsense=1&e=1"]
    )
    def test_with_filters_that_cannot_be_read_are_wrong_requests(self, client, editor, query):
        answer = client.get(LIST + query)
        assert answer.status_code == 400
        assert "데이터베이스 오류" not in answer.text


class TestFacilityList:
    def test_shows_what_nobody_checked_reported_ones_first(self, client, editor):
        make_many(3)
        FacilityReport.objects.create(facility_id="M0002", topic="CLOSED", created_at=NOW)
        Facility.objects.filter(pk="M0000").update(verified_at=NOW)

        assert names(client.get(f"{LIST}?checked=never")) == ["시설 M0002", "시설 M0001"]
        assert names(client.get(f"{LIST}?checked=yes")) == ["시설 M0000"]
        assert names(client.get(f"{LIST}?reported=waiting")) == ["시설 M0002"]

    def test_that_nobody_checked_begin_with_what_citizens_opened_most(self, client, editor):
        make_many(3)
        today = timezone.localdate()
        for key, day, times in (
            ("M0001", today, 2),
            ("M0002", today, 1),
            ("M0002", today - datetime.timedelta(days=3), 4),
            ("M0000", today - datetime.timedelta(days=60), 99),
        ):
            Openings.objects.create(kind="welfare.facility", key=key, day=day, times=times)

        found = names(client.get(f"{LIST}?checked=never"))

        assert found == ["시설 M0002", "시설 M0001", "시설 M0000"]

    def test_is_searched_by_code_and_name(self, client, editor):
        make_many(3)

        assert names(client.get(f"{LIST}?q=M0001")) == ["시설 M0001"]
        assert len(names(client.get(f"{LIST}?q=시설"))) == 3

    def test_is_filtered_by_district_and_family(self, client, editor):
        make_many(2)
        make_facility("A0001", district="종로구", kind="어린이집")

        assert names(client.get(f"{LIST}?district=1111000000")) == ["가온노인복지관"]
        family = FacilityKind.objects.get(pk="어린이집").family_id
        assert names(client.get(LIST, {"family": family})) == ["가온노인복지관"]

    def test_asks_as_often_for_many_as_for_few(self, client, editor, assert_flat):
        def add(number: int) -> None:
            make_facility(f"A{number:04}")
            FacilityReport.objects.create(
                facility_id=f"A{number:04}", topic="CLOSED", created_at=NOW
            )

        asked = assert_flat(lambda: client.get(f"{LIST}?checked=never"), add=add)
        assert asked <= 10

    def test_counts_no_further_than_its_cap(self, client, editor, monkeypatch):
        monkeypatch.setattr("core.desk.lists.MOST_ROWS", 3)
        make_many(5)

        assert "찾은 것 3개" in client.get(LIST).text


class TestManyAtOnce:
    @pytest.fixture
    def act(self, client, editor):
        make_many(3)

        def send(action: str, **given: str):
            chosen = {"_selected_action": ["M0000", "M0001"], "action": action, "index": "0"}
            return client.post(LIST, chosen | given)

        return send

    def test_say_what_would_change_before_they_do(self, act):
        page = act("verify_facilities")

        soup = BeautifulSoup(page.content, "html.parser")
        rows = [[cell.text for cell in row.select("th, td")] for row in soup.select("tbody tr")]
        assert rows == [
            ["시설 M0000 (M0000)", "확인 안 함", "오늘 확인함"],
            ["시설 M0001 (M0001)", "확인 안 함", "오늘 확인함"],
        ]
        assert "2개" in soup.select_one(".desk-lead").text
        assert Facility.objects.never_checked().count() == 3

        act("verify_facilities", desk_step="confirm")
        assert list(Facility.objects.never_checked().values_list("pk", flat=True)) == ["M0002"]

    def test_ask_then_preview_then_do(self, act):
        asked = act("correct_facilities")
        assert 'name="reason"' in asked.text

        given = {"field": "fees", "value": "무료", "reason": "조례"}
        page = act("correct_facilities", desk_step="preview", **given)
        cells = [
            cell.text for cell in BeautifulSoup(page.content, "html.parser").select("tbody td")
        ]
        assert cells == ["모름", "무료", "모름", "무료"]
        assert not Override.objects.exists()

        act("correct_facilities", desk_step="confirm", **given)
        assert Facility.objects.filter(fees="무료").count() == 2

    def test_do_nothing_without_what_they_ask(self, act):
        page = act("retire_facilities", desk_step="confirm")

        assert page.status_code == 200
        assert 'value="preview"' in page.text
        assert Facility.objects.listed().count() == 3

    def test_refuse_as_a_whole_where_one_is_a_shelter(self, act, client):
        Facility.objects.all().delete()
        make_facility("M0000x", name="서울****", kind="피해자 보호시설", is_protected=True)
        given = {"field": "fees", "value": "무료", "reason": "조례", "desk_step": "preview"}
        chosen = {"_selected_action": ["M0000x"], "action": "correct_facilities", "index": "0"}
        answer = client.post(LIST, chosen | given, follow=True)

        assert "보호 시설의 위치" in answer.text
        assert not Override.objects.exists()

    def test_refuse_more_than_a_person_can_look_at(self, act, client, monkeypatch):
        monkeypatch.setattr("core.desk.previews.MOST_CHOSEN", 1)
        answer = act("verify_facilities")

        assert "1개까지" in client.get(answer.url).text

    def test_are_not_offered_to_whoever_may_only_look(self, client, act, officer):
        officer.user_permissions.set(Permission.objects.filter(codename="view_facility"))
        act("verify_facilities", desk_step="confirm")

        assert "verify_facilities" not in client.get(LIST).text
        assert Facility.objects.never_checked().count() == 3
