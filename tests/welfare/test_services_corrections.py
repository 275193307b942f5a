"""Corrections win over every sync until they are withdrawn, and say who, when and why."""

import datetime
import json
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from accounts.models import User
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange, Override
from core.places.models import HoursException
from core.web.revision import current_revision, watch
from tests.welfare.factories import (
    NOW,
    OFFICE_HOURS,
    add_central,
    add_source,
    make_facility,
    make_many,
    publish,
)
from welfare.models import Facility, FacilityKind, SeoulFacility
from welfare.services import (
    CORRECTABLE,
    CorrectionRefused,
    add_hours_exception,
    ask_to_lift_protection,
    confirm_correction,
    correct_facilities,
    correct_facility,
    lift_protection,
    protect_kind,
    remove_hours_exception,
    take_source_value,
    verify_facilities,
    verify_facility,
    withdraw_correction,
    withdraw_corrections,
)

pytestmark = pytest.mark.django_db

LATER = NOW + datetime.timedelta(days=1)
FACT = {"answer": "YES", "source": "현장 확인", "checked_date": "2026-08-01"}


@pytest.fixture
def facility(db) -> Facility:
    return make_facility()


@pytest.fixture
def shelter(db) -> Facility:
    return make_facility("S0001", name="서울****", kind="피해자 보호시설", is_protected=True)


def correct(facility: Facility, field: str, value: object, actor: User, **more: object):
    given = {"reason": "전화로 확인", "now": NOW} | more
    made = correct_facility(facility=facility, field=field, value=value, actor=actor, **given)
    facility.refresh_from_db()
    return made


def source_changes(code: str, **columns: object) -> None:
    """The publisher tells something else, and the run publishes it."""
    SeoulFacility.objects.filter(source_key=code).update(**columns)
    publish(code, now=LATER)


class TestCorrection:
    def test_is_published_at_once_beside_the_source(self, facility, officer):
        made = correct(facility, "phone", "02) 490 2600", officer)

        assert facility.phone == "02-490-2600"
        assert '"phone":"02-490-2600"' in facility.card
        assert SeoulFacility.objects.get(pk="A0001").phone == "02-123-4567"
        assert (made.value, made.source_value) == ("02-490-2600", "02-123-4567")
        assert (made.made_by, made.made_at, made.reason) == (officer, NOW, "전화로 확인")

    def test_is_written_into_the_history(self, facility, officer):
        correct(facility, "phone", "02-490-2600", officer)

        told = FieldChange.objects.of("welfare.facility", "A0001").get()
        assert (told.field, told.old, told.new) == ("phone", "02-123-4567", "02-490-2600")
        assert (told.origin, told.changed_by, told.changed_at, told.reason) == (
            ChangeOrigin.STAFF, officer, NOW, "전화로 확인",
        )  # fmt: skip

    def test_replaces_the_one_before(self, facility, officer):
        correct(facility, "phone", "02-490-2600", officer)
        correct(facility, "phone", "02-490-2700", officer, now=LATER)

        assert facility.phone == "02-490-2700"
        assert Override.objects.get().made_at == LATER
        assert FieldChange.objects.count() == 2

    def test_may_say_that_the_source_is_wrong_and_nothing_is_known(self, facility, officer):
        made = correct(facility, "phone", "", officer)

        assert made is not None
        assert facility.phone is None
        assert '"phone":null' in facility.card

    def test_lets_caches_follow_after_commit(
        self, facility, officer, django_capture_on_commit_callbacks
    ):
        watch.forget()
        before = current_revision()
        with django_capture_on_commit_callbacks(execute=True):
            correct(facility, "phone", "02-490-2600", officer)

        watch.forget()
        assert current_revision() > before

    def test_of_an_address_moves_the_place(self, facility, officer):
        correct(facility, "address", "서울 종로구 비봉길 76 (구기동) 3층", officer)

        assert facility.address == "서울특별시 종로구 비봉길 76 (구기동)"
        assert facility.address_detail == "3층"
        assert facility.postcode is None
        assert (facility.district_code, facility.precision) == ("1111000000", "DONG")
        assert facility.point is not None
        assert json.loads(facility.card)["district"]["name"] == "종로구"

    def test_of_an_address_takes_a_point_with_it(self, facility, officer):
        value = {"address": "서울특별시 중구 세종대로 110", "lat": 37.5663, "lon": 126.9779}
        correct(facility, "address", value, officer)

        assert (facility.lat, facility.lon, facility.precision) == (37.5663, 126.9779, "EXACT")

    def test_of_an_address_without_a_known_dong_has_no_point(self, facility, officer):
        correct(facility, "address", "서울특별시 중구 세종대로 110", officer)

        assert (facility.district_code, facility.dong_code) == ("1114000000", None)
        assert (facility.point, facility.precision) == (None, "NONE")

    def test_of_an_address_is_withdrawn_with_its_place(self, facility, officer):
        before = Facility.objects.values().get()
        made = correct(facility, "address", "서울 종로구 비봉길 76 (구기동)", officer)
        withdraw_correction(override=made, reason="잘못 고침", actor=officer, now=NOW)

        assert Facility.objects.values().get() == before
        assert not Override.objects.exists()

    def test_of_hours_sets_when_it_is_open(self, facility, officer):
        correct(facility, "weekly_hours", OFFICE_HOURS, officer)

        assert facility.hours.open_minutes() == facility.open_minutes
        noon = datetime.datetime.fromisoformat("2026-08-20T12:00+09:00")
        assert list(Facility.objects.open_at(noon)) == [facility]

    def test_of_access_facts_sets_the_verdict(self, facility, officer):
        facts = {"STEP_FREE": FACT, "ACCESSIBLE_TOILET": FACT}
        correct(facility, "accessibility", facts, officer)

        assert facility.accessibility == facts
        assert facility.is_accessible is True
        assert Facility.objects.accessible().exists()

    def test_that_empties_what_only_staff_fill_withdraws_it(self, facility, officer):
        correct(facility, "weekly_hours", OFFICE_HOURS, officer)
        assert correct(facility, "weekly_hours", None, officer) is None

        assert facility.weekly_hours is None
        assert not Override.objects.exists()

    def test_of_the_status_retires(self, facility, officer):
        correct(facility, "status", "RETIRED", officer)

        assert not Facility.objects.listed().exists()

    @pytest.mark.parametrize("field", sorted(CORRECTABLE))
    def test_is_possible_of_every_field_that_is_offered(self, facility, officer, field):
        value = {
            "weekly_hours": OFFICE_HOURS,
            "accessibility": {"RAMP": FACT},
            "address": "서울 종로구 비봉길 76 (구기동)",
            "phone": "02-490-2600",
            "postcode": "03000",
            "homepage": "https://welfare.example/",
            "status": "RETIRED",
        }.get(field, "12")
        correct(facility, field, value, officer)

        override = Override.objects.get(field=field)
        published = getattr(facility, field)
        assert published == override.value
        assert published not in (None, "")


class TestRefusal:
    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("phone", "02-000-0000", "걸 수 있는"),
            ("name", "  ", "비워 둘 수"),
            ("name", "가" * 201, "200자"),
            ("capacity", "-3", "수를"),
            ("capacity", "²", "수를"),
            ("capacity", "9" * 5_000, "수를"),
            ("postcode", "12", "다섯 자리"),
            ("homepage", "javascript:alert(1)", "http"),
            ("homepage", "https://[", "http"),
            ("status", "LISTED", "거두세요"),
            ("weekly_hours", {"mon": [["09:00", "25:00"]]}, "운영시간"),
            ("weekly_hours", {"mon": "09"}, "운영시간"),
            ("accessibility", {"STEP_FREE": {"answer": "YES"}}, "출처"),
            ("address", {"address": "서울특별시 중구 세종대로 110", "lat": 37.5}, "십진수"),
            (
                "address",
                {"address": "서울특별시 중구 세종대로 110", "lat": 35.1, "lon": 129},
                "멉니다",
            ),
            ("address", {"address": "", "lat": 37.5, "lon": 127}, "주소와 함께"),
            ("code", "B1", "고칠 수 없는 항목"),
            ("is_protected", True, "고칠 수 없는 항목"),
            ("place", {}, "고칠 수 없는 항목"),
        ],
    )
    def test_says_what_is_wrong_and_changes_nothing(self, facility, officer, field, value, said):
        before = Facility.objects.values().get()
        with pytest.raises(CorrectionRefused, match=said):
            correct(facility, field, value, officer)

        assert Facility.objects.values().get() == before
        assert not Override.objects.exists()
        assert not FieldChange.objects.exists()

    def test_asks_for_a_reason(self, facility, officer):
        with pytest.raises(CorrectionRefused, match="이유"):
            correct(facility, "phone", "02-490-2600", officer, reason="  ")

    @pytest.mark.django_db(transaction=True)
    def test_comes_soon_while_a_run_publishes(self, facility, officer, monkeypatch):
        monkeypatch.setattr("welfare.services.corrections.WAIT", "200ms")
        held, leave = threading.Event(), threading.Event()

        def run() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(24302, 1)")
                held.set()
                leave.wait(10)
            connection.close()

        other = threading.Thread(target=run)
        other.start()
        try:
            assert held.wait(10)
            with pytest.raises(CorrectionRefused, match="게시하고 있습니다"):
                correct(facility, "phone", "02-490-2600", officer)
        finally:
            leave.set()
            other.join()


class TestSourceThatChanges:
    def test_does_not_win_but_flags_the_correction(self, facility, officer):
        correct(facility, "phone", "02-490-2600", officer)
        source_changes("A0001", phone="02-777-7777", capacity=33)

        facility.refresh_from_db()
        assert (facility.phone, facility.capacity) == ("02-490-2600", 33)
        assert Override.objects.to_review().get().review_since == LATER

    def test_flags_nothing_where_another_field_changed(self, facility, officer):
        correct(facility, "phone", "02-490-2600", officer)
        source_changes("A0001", capacity=33)

        assert not Override.objects.to_review().exists()

    def test_takes_the_flag_away_by_going_back(self, facility, officer):
        correct(facility, "phone", "02-490-2600", officer)
        source_changes("A0001", phone="02-777-7777")
        source_changes("A0001", phone="02-123-4567")

        assert not Override.objects.to_review().exists()

    def test_of_central_kind_flags_too(self, facility, officer):
        correct(facility, "phone", "02-490-2600", officer)
        add_central(phone="02-888-8888")
        publish("A0001", now=LATER)

        assert Override.objects.to_review().get().field == "phone"

    def test_is_confirmed_until_it_changes_again(self, facility, officer):
        made = correct(facility, "phone", "02-490-2600", officer)
        source_changes("A0001", phone="02-777-7777")
        confirm_correction(override=made, actor=officer, now=LATER)

        made.refresh_from_db()
        assert (made.source_value, made.review_since) == ("02-777-7777", None)
        publish("A0001", now=LATER)
        assert not Override.objects.to_review().exists()
        source_changes("A0001", phone="02-999-9999")
        assert Override.objects.to_review().exists()

    def test_is_taken(self, facility, officer):
        made = correct(facility, "phone", "02-490-2600", officer)
        source_changes("A0001", phone="02-777-7777")
        take_source_value(override=made, actor=officer, now=LATER)

        facility.refresh_from_db()
        assert facility.phone == "02-777-7777"
        assert not Override.objects.exists()
        told = FieldChange.objects.of("welfare.facility", "A0001").first()
        assert (told.old, told.new, told.changed_by) == ("02-490-2600", "02-777-7777", officer)
        assert "원본" in told.reason


class TestWithdrawal:
    def test_asks_for_a_reason(self, facility, officer):
        made = correct(facility, "phone", "02-490-2600", officer)
        with pytest.raises(CorrectionRefused, match="이유"):
            withdraw_correction(override=made, reason="", actor=officer, now=NOW)

    def test_happens_once(self, facility, officer):
        made = correct(facility, "phone", "02-490-2600", officer)
        withdraw_correction(override=made, reason="잘못", actor=officer, now=NOW)
        with pytest.raises(CorrectionRefused, match="이미"):
            withdraw_correction(override=made, reason="잘못", actor=officer, now=NOW)

    def test_leaves_what_follows_from_a_correction_to_the_correction(self, facility, officer):
        correct(facility, "weekly_hours", OFFICE_HOURS, officer)
        minutes = Override.objects.get(field="open_minutes")
        with pytest.raises(CorrectionRefused, match="이미"):
            withdraw_correction(override=minutes, reason="잘못", actor=officer, now=NOW)


class TestVerification:
    def test_outlives_every_publication(self, facility, officer):
        verify_facility(facility=facility, actor=officer, now=NOW)
        source_changes("A0001", phone="02-777-7777")

        facility.refresh_from_db()
        assert facility.verified_at == NOW
        assert not Facility.objects.never_checked().exists()
        assert FieldChange.objects.get(field="verified_at").changed_by == officer


class TestManyAtOnce:
    def test_take_as_few_statements_as_one(self, officer, django_assert_max_num_queries):
        make_many(30)
        codes = list(Facility.objects.values_list("code", flat=True).order_by("code"))
        with django_assert_max_num_queries(25):
            done = correct_facilities(
                codes=codes, field="fees", value="무료", reason="조례", actor=officer, now=NOW
            )

        assert done == 30
        assert set(Facility.objects.values_list("fees", flat=True)) == {"무료"}
        with django_assert_max_num_queries(25):
            withdraw_corrections(
                overrides=list(Override.objects.values_list("pk", flat=True)),
                reason="조례 폐지", actor=officer, now=NOW,
            )  # fmt: skip
        assert set(Facility.objects.values_list("fees", flat=True)) == {None}
        with django_assert_max_num_queries(15):
            assert verify_facilities(codes=codes, actor=officer, now=NOW) == 30

    def test_are_refused_for_what_is_each_ones_own(self, facility, officer):
        with pytest.raises(CorrectionRefused, match="따로"):
            correct_facilities(
                codes=["A0001"], field="phone", value="120", reason="x", actor=officer, now=NOW
            )

    def test_are_all_or_none(self, facility, shelter, officer):
        with pytest.raises(CorrectionRefused, match="보호 시설"):
            correct_facilities(
                codes=["A0001", "S0001"], field="fees", value="무료", reason="조례",
                actor=officer, now=NOW,
            )  # fmt: skip
        with pytest.raises(CorrectionRefused, match="X9"):
            correct_facilities(
                codes=["A0001", "X9"], field="fees", value="무료", reason="조례",
                actor=officer, now=NOW,
            )  # fmt: skip
        assert not Override.objects.exists()


class TestProtectedFacility:
    @pytest.mark.parametrize(
        "field", sorted(set(CORRECTABLE) - {"status", "capacity", "occupancy", "waiting"})
    )
    def test_takes_no_correction_that_could_say_where_it_is(self, shelter, officer, field):
        with pytest.raises(CorrectionRefused, match="보호 시설"):
            correct(shelter, field, "서울 종로구 비봉길 76", officer)

    @pytest.mark.parametrize("field", ["phone", "place", "services_offered", "anything"])
    def test_takes_none_from_whoever_writes_to_the_database(self, shelter, officer, field):
        with pytest.raises(IntegrityError, match="보호 시설"), transaction.atomic():
            Override.objects.create(
                kind="welfare.facility", key="S0001", field=field, value="x",
                reason="x", made_by=officer, made_at=NOW,
            )  # fmt: skip

    def test_may_have_its_figures_corrected(self, shelter, officer):
        correct(shelter, "capacity", "12", officer)

        assert shelter.capacity == 12

    def test_has_no_hours_exception(self, shelter, officer):
        with pytest.raises(CorrectionRefused, match="보호 시설"):
            add_hours_exception(
                facility=shelter, starts=NOW.date(), ends=NOW.date(), hours=[], reason="휴무",
                actor=officer, now=NOW,
            )  # fmt: skip


class TestKindThatBecomesProtected:
    @pytest.fixture
    def kind(self, facility, officer) -> FacilityKind:
        for field, value in {
            "phone": "02-490-2600",
            "weekly_hours": OFFICE_HOURS,
            "accessibility": {"RAMP": FACT},
            "services_offered": "구기동에서 상담",
            "address": "서울 종로구 비봉길 76 (구기동)",
            "capacity": "7",
        }.items():
            correct(facility, field, value, officer)
        add_hours_exception(
            facility=facility, starts=NOW.date(), ends=NOW.date(), hours=[], reason="구기동 축제",
            actor=officer, now=NOW,
        )  # fmt: skip
        kind = facility.kind
        kind.hotline = "1366"
        kind.save()
        protect_kind(kind=kind, actor=officer, now=LATER)
        return kind

    def test_hides_its_facilities_and_forgets_where_they_are(self, kind, facility):
        facility.refresh_from_db()
        assert facility.is_protected
        assert (facility.name, facility.address, facility.phone) == ("가온****", None, None)
        assert (facility.weekly_hours, facility.services_offered) == (None, None)
        assert facility.capacity == 7
        assert list(Override.objects.values_list("field", flat=True)) == ["capacity"]
        assert set(
            FieldChange.objects.filter(kind="welfare.facility").values_list("field", flat=True)
        ) == {"capacity"}
        assert not HoursException.objects.exists()

    def test_is_told_anew_by_the_sources_once_protection_ends(
        self, kind, facility, officer, stranger
    ):
        hash_before = SeoulFacility.objects.get().content_hash
        ask_to_lift_protection(kind=kind, reason="법 개정", actor=stranger, now=LATER)
        lift_protection(kind=kind, actor=officer, now=LATER)

        facility.refresh_from_db()
        assert facility.is_protected  # nobody here remembers where it stood
        assert SeoulFacility.objects.get().content_hash != hash_before

    def test_needs_a_hotline(self, facility, officer):
        with pytest.raises(CorrectionRefused, match="상담 전화"):
            protect_kind(kind=facility.kind, actor=officer, now=NOW)

    def test_leaves_other_kinds_alone(self, kind):
        add_source("B0001", kind="경로당")
        publish("B0001")

        assert not Facility.objects.get(Q(code="B0001")).is_protected


class TestHoursException:
    def test_is_entered_and_removed_with_its_history(self, facility, officer):
        correct(facility, "weekly_hours", OFFICE_HOURS, officer)
        made = add_hours_exception(
            facility=facility, starts=NOW.date(), ends=NOW.date(), hours=[["10:00", "11:00"]],
            reason="행사", actor=officer, now=NOW,
        )  # fmt: skip
        noon = datetime.datetime.fromisoformat("2026-08-20T12:00+09:00")
        assert not facility.schedule().is_open(noon)

        remove_hours_exception(exception=made, actor=officer, now=NOW)
        assert facility.schedule().is_open(noon)
        assert FieldChange.objects.filter(field="hours_exception").count() == 2

    @pytest.mark.parametrize(
        ("said", "days", "given"),
        [
            ("종료일", -1, {}),
            ("한 해", 400, {}),
            ("시간은", 0, {"hours": [["9", "10"]]}),
            ("사유", 0, {"reason": " "}),
        ],
    )
    def test_is_refused_where_it_cannot_be_meant(self, facility, officer, said, days, given):
        first = NOW.date()
        told = {"hours": [], "reason": "휴무"} | given
        last = first + datetime.timedelta(days=days)
        with pytest.raises(CorrectionRefused, match=said):
            add_hours_exception(
                facility=facility, starts=first, ends=last, actor=officer, now=NOW, **told
            )
