"""The place record in the database: where, how far, when."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core.places.enums import Precision
from core.places.fields import Point, write_minutes
from core.places.models import HoursException
from core.places.rules import AccessFact, WeeklyHours, arrays_to_metres, to_metres

KST = datetime.timezone(datetime.timedelta(hours=9))
CITY_HALL = (37.5663, 126.9779)
OFFICE = WeeklyHours.from_json({"mon": [["09:00", "18:00"]], "tue": [["09:00", "18:00"]]})


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=KST)


def make(heir, name="곳", *, where=None, hours=None, **fields):
    place = heir(name=name, **fields)
    if where:
        place.move_to(*where, precision=Precision.EXACT)
    place.set_hours(hours)
    place.save()
    return place


class TestPoint:
    def test_comes_back_as_it_went_in(self, heir):
        place = make(heir, where=CITY_HALL)

        assert heir.objects.get(pk=place.pk).point == Point(*to_metres(*CITY_HALL))

    def test_may_be_unknown(self, heir):
        assert heir.objects.get(pk=make(heir).pk).point is None

    def test_cannot_be_nonsense(self, heir):
        with pytest.raises(ValidationError):
            make(heir, point="nowhere")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"lat": 37.5, "lon": 127.0},
            {"point": Point(1.0, 2.0)},
            {"precision": Precision.DONG},
            {"lat": 127.0, "lon": 37.5, "point": Point(1.0, 2.0), "precision": Precision.EXACT},
            {"lat": 37.5, "lon": 127.0, "point": Point(1.0, 2.0)},
        ],
    )
    def test_goes_with_degrees_and_precision(self, heir, wrong):
        with (
            pytest.raises(IntegrityError, match="point_degrees_and_precision"),
            transaction.atomic(),
        ):
            make(heir, **wrong)


class TestDistrict:
    def test_is_asked_by_code_or_name(self, heir):
        place = make(heir, district_code="1111000000", dong_code="1111056000")
        make(heir, district_code="1114000000")

        for asked in ("1111000000", "11110", "종로구", "종로", "Jongno-gu"):
            assert list(heir.objects.in_district(asked)) == [place]
        assert place.dong.name == "평창동"

    def test_that_does_not_exist_holds_nothing(self, heir):
        make(heir, district_code="1111000000")

        assert not heir.objects.in_district("강원도")

    def test_holds_its_dongs(self, heir):
        with pytest.raises(IntegrityError, match="dong_lies_in_its_district"), transaction.atomic():
            make(heir, district_code="1114000000", dong_code="1111056000")


class TestNear:
    def test_puts_the_nearest_first_and_says_how_far(self, heir):
        far = make(heir, "먼 곳", where=(37.60, 127.05))
        near = make(heir, "가까운 곳", where=(37.5672, 126.9779))
        make(heir, "모르는 곳")

        found = list(heir.objects.near(*CITY_HALL))

        assert found == [near, far]
        assert found[0].distance_m == pytest.approx(100, abs=2)

    def test_keeps_within_the_radius(self, heir):
        make(heir, "먼 곳", where=(37.60, 127.05))
        near = make(heir, "가까운 곳", where=(37.5672, 126.9779))

        assert list(heir.objects.near(*CITY_HALL, radius=150)) == [near]
        assert not heir.objects.near(*CITY_HALL, radius=50)

    def test_is_served_by_the_index_among_100_000(self, heir):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO places_heir"
                " (name, name_en, address_detail, precision, lat, lon, point)"
                " SELECT '곳 ' || n, '', '', 'EXACT', 37.5, 127,"
                " point(185000 + n * 7919 %% 30000, 535000 + n * 4729 %% 31000)"
                " FROM generate_series(1, 100000) AS n",
                [],
            )
            cursor.execute("ANALYZE places_heir")

        nearest = heir.objects.near(*CITY_HALL)[:20]
        around = heir.objects.near(*CITY_HALL, radius=500)
        assert len(nearest) == 20

        plan = nearest.explain(analyze=True)
        assert "Index Scan using places_heir_point" in plan
        assert "Order By: (point <->" in plan
        assert "Seq Scan" not in plan
        within = around.explain()
        assert "places_heir_point" in within
        assert "Seq Scan" not in within


class TestOpenAt:
    def test_follows_the_week(self, heir):
        office = make(heir, hours=OFFICE)
        make(heir, "시간을 모르는 곳")

        assert list(heir.objects.open_at(at("2026-11-23T09:00"))) == [office]
        assert not heir.objects.open_at(at("2026-11-23T18:00"))
        assert not heir.objects.open_at(at("2026-11-25T10:00"))

    def test_knows_what_is_closed_that_day(self, heir):
        office = make(heir, hours=OFFICE)
        HoursException.objects.create(
            kind="tests.heir",
            key=str(office.pk),
            starts_date="2026-11-23",
            ends_date="2026-11-23",
            reason="개관 기념일",
        )

        assert not heir.objects.open_at(at("2026-11-23T10:00"))
        assert list(heir.objects.open_at(at("2026-11-24T10:00"))) == [office]
        assert not office.schedule().is_open(at("2026-11-23T10:00"))

    def test_knows_public_holidays(self, heir):
        make(heir, "휴일을 모르는 곳", hours=OFFICE)
        always = [["00:00", "24:00"]]
        open_then = make(
            heir,
            "휴일에도 여는 곳",
            hours=WeeklyHours.from_json({"mon": always, "holidays": always}),
        )

        # 2026-02-16 is a Monday, and the first day of Seollal.
        assert list(heir.objects.open_at(at("2026-02-16T10:00"))) == [open_then]

    def test_takes_an_exception_of_another_place_for_nothing(self, heir):
        office = make(heir, hours=OFFICE)
        HoursException.objects.create(
            kind="tests.other", key=str(office.pk), starts_date="2026-11-23", ends_date="2026-11-23"
        )

        assert list(heir.objects.open_at(at("2026-11-23T10:00"))) == [office]

    def test_is_served_by_the_index_when_few_are_open(self, heir):
        hours = write_minutes(OFFICE.open_minutes())
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO places_heir"
                " (name, name_en, address_detail, precision, weekly_hours, open_minutes)"
                " SELECT '곳 ' || n, '', '', 'NONE', told.hours, told.minutes"
                " FROM generate_series(1, 50000) AS n CROSS JOIN LATERAL (SELECT"
                "   CASE WHEN n %% 20 = 0 THEN '{}'::jsonb END AS hours,"
                "   CASE WHEN n %% 20 = 0 THEN %s::int4multirange END AS minutes) AS told",
                [hours],
            )
            cursor.execute("ANALYZE places_heir")

        sunday = heir.objects.open_at(at("2026-11-22T10:00")).order_by("pk")[:20]

        plan = sunday.explain()
        assert "Bitmap Index Scan on places_heir_hours" in plan
        assert "Seq Scan on places_heir" not in plan
        assert list(sunday) == []
        assert heir.objects.open_at(at("2026-11-23T10:00")).count() == 2500

    def test_agrees_with_the_schedule_at_any_moment(self, heir):
        days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holidays")
        for stored in (
            {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in days[:5]},
            {day: [["21:30", "06:00"]] for day in days},
            {"fri": [["22:00", "02:00"]], "holidays": [["08:00", "10:00"]]},
            {day: [["00:00", "24:00"]] for day in days},
        ):
            place = make(heir, hours=WeeklyHours.from_json(stored))
            for start, end, hours in (
                ("2026-02-10", "2026-02-12", []),
                ("2026-02-12", "2026-02-12", [["23:00", "01:00"]]),
                ("2026-02-17", "2026-02-17", [["10:00", "14:00"]]),
            ):
                HoursException.objects.create(
                    kind="tests.heir",
                    key=str(place.pk),
                    starts_date=start,
                    ends_date=end,
                    hours=hours,
                )
        schedules = {place.pk: place.schedule() for place in heir.objects.order_by("pk")}

        seen = set()
        # Seollal is from the 16th to the 18th.
        for quarter in range(0, 14 * 24 * 4, 3):
            moment = at("2026-02-07T00:00") + datetime.timedelta(minutes=15 * quarter)
            expected = {pk for pk, schedule in schedules.items() if schedule.is_open(moment)}
            found = set(heir.objects.open_at(moment).values_list("pk", flat=True))
            assert found == expected, moment
            seen.add(frozenset(found))
        assert len(seen) > 5


class TestPlace:
    def test_tells_its_facts(self, heir):
        place = make(heir, district_code="1111000000")
        place.set_access([AccessFact("RAMP", "YES", "현장 확인", datetime.date(2026, 11, 1))])
        place.save()

        place = heir.objects.get(pk=place.pk)
        assert place.access_facts[0].feature == "RAMP"
        assert place.is_accessible is None
        assert place.district.name == "종로구"
        assert place.dong is place.hours is place.schedule() is None

    def test_loses_its_point_whole(self, heir):
        place = make(heir, where=CITY_HALL)
        place.lose_point()
        place.save()

        place = heir.objects.get(pk=place.pk)
        assert (place.point, place.lat, place.precision) == (None, None, Precision.NONE)


class TestAccessible:
    def test_takes_unknown_for_no_promise(self, heir):
        usable = make(heir, is_accessible=True)
        make(heir, is_accessible=False)
        make(heir)

        assert list(heir.objects.accessible()) == [usable]


class TestArrays:
    def test_give_the_same_metres_as_one_by_one(self):
        x, y = arrays_to_metres([CITY_HALL[0]], [CITY_HALL[1]])

        assert (x[0], y[0]) == to_metres(*CITY_HALL)
