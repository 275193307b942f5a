"""Opening hours: what is open when, and how that is said."""

import datetime
import json
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from core.places.facts import holiday_name
from core.places.rules import (
    DayException,
    HoursRefused,
    Schedule,
    WeeklyHours,
    hours_as_hsds,
    hours_as_schema_org,
    hours_as_text,
    hours_from_text,
    hours_words,
    make_spans,
    open_conditions,
    spans_words,
    status_words,
)

KST = datetime.timezone(datetime.timedelta(hours=9))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = WeeklyHours.from_json({day: [["09:00", "18:00"]] for day in WEEKDAYS} | {"holidays": []})
NIGHT = WeeklyHours.from_json({"fri": [["22:00", "06:00"]], "holidays": [["20:00", "02:00"]]})


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=KST)


def day(text):
    return datetime.date.fromisoformat(text)


def scheduled(hours, *exceptions):
    return Schedule(hours, exceptions, holiday_name)


@st.composite
def weekly_hours(draw):
    """Any hours that an office, a night shelter or a canteen could have."""
    day_hours = st.one_of(
        st.just([]),
        st.tuples(st.integers(5, 12), st.integers(13, 23)).map(
            lambda ends: [[f"{ends[0]:02d}:00", f"{ends[1]:02d}:30"]]
        ),
        st.just([["09:00", "12:00"], ["13:00", "18:00"]]),
        st.just([["00:00", "24:00"]]),
        st.tuples(st.integers(18, 23), st.integers(0, 4)).map(
            lambda ends: [[f"{ends[0]:02d}:15", f"{ends[1]:02d}:00"]]
        ),
    )
    keys = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holidays")
    stored = {key: draw(day_hours) for key in keys}
    for key in draw(st.sets(st.sampled_from(keys))):
        stored[key] = None
    try:
        return WeeklyHours.from_json(stored)
    except HoursRefused:
        return OFFICE


class TestMakeSpans:
    def test_runs_past_midnight_where_the_end_comes_first(self):
        assert make_spans([["22:00", "06:00"]]) == ((1320, 1800),)
        assert make_spans([["00:00", "24:00"]]) == ((0, 1440),)

    @pytest.mark.parametrize(
        "pairs",
        [
            [["09:00", "12:00"], ["11:00", "18:00"]],
            [["25:00", "26:00"]],
            [["9시", "18시"]],
            [["24:00", "06:00"]],
            [["24:30", "06:00"]],
            [["09:00"]],
            [["09:00", "12:00", "18:00"]],
        ],
    )
    def test_refuses_what_cannot_be_meant(self, pairs):
        with pytest.raises(HoursRefused):
            make_spans(pairs)


class TestWeeklyHours:
    def test_refuses_a_night_that_meets_the_next_morning(self):
        with pytest.raises(HoursRefused):
            WeeklyHours.from_json({"mon": [["22:00", "08:00"]], "tue": [["07:00", "18:00"]]})

    def test_refuses_days_it_does_not_know(self):
        with pytest.raises(HoursRefused):
            WeeklyHours.from_json({"월": [["09:00", "18:00"]]})

    @given(weekly_hours())
    def test_is_stored_and_read_again(self, hours):
        assert WeeklyHours.from_json(json.loads(json.dumps(hours.to_json()))) == hours
        assert hours_from_text(hours_as_text(hours)) == hours

    @given(weekly_hours())
    def test_gives_minutes_in_order_and_apart(self, hours):
        minutes = hours.open_minutes()

        assert all(start < end for start, end in minutes)
        assert all(a[1] < b[0] for a, b in zip(minutes, minutes[1:], strict=False))


class TestTyped:
    """What an officer types in the form, as people write hours."""

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("9시~18시", [["09:00", "18:00"]]),
            ("오전 9시 ~ 오후 6시", [["09:00", "18:00"]]),
            ("9시 30분 - 오후 6시 반", [["09:30", "18:30"]]),
            ("9시부터 18시까지", [["09:00", "18:00"]]),
            ("09:00–12:00, 13:00–18:00", [["09:00", "12:00"], ["13:00", "18:00"]]),
            ("9시~12시 / 13시~18시", [["09:00", "12:00"], ["13:00", "18:00"]]),
            ("22시~6시", [["22:00", "06:00"]]),
            ("24시간", [["00:00", "24:00"]]),
            ("휴무", []),
            ("쉽니다", []),
            ("", None),
            ("  ", None),
        ],
    )
    def test_is_read_as_it_is_meant(self, typed, meant):
        assert hours_from_text({"mon": typed}).to_json()["mon"] == meant

    @pytest.mark.parametrize(
        "typed", ["아침부터", "9시~6시", "9~6", "25시~26시", "9시", "09:00-18:00-20:00"]
    )
    def test_is_refused_where_it_could_mean_two_things_or_none(self, typed):
        with pytest.raises(HoursRefused):
            hours_from_text({"mon": typed})


class TestUnknownDays:
    HOURS = WeeklyHours.from_json({day: [["09:00", "18:00"]] for day in WEEKDAYS} | {"sat": None})

    def test_are_not_closed_ones(self):
        schedule = Schedule(self.HOURS)
        saturday, sunday = at("2026-11-28").date(), at("2026-11-29").date()

        assert not schedule.knows(saturday)
        assert schedule.knows(sunday)
        assert schedule.knows(at("2026-11-27").date())
        assert hours_words(self.HOURS)[1:3] == (("토", "확인되지 않음"), ("일", "휴무"))
        assert status_words(schedule, at("2026-11-28T12:00")) == "오늘 운영 여부 모름"
        assert status_words(schedule, at("2026-11-29T12:00")).startswith("운영 종료")

    def test_are_known_once_an_exception_says_so(self):
        day = at("2026-11-28").date()
        assert Schedule(self.HOURS, (DayException(day, day),)).knows(day)


class TestIsOpen:
    @pytest.mark.parametrize(
        ("moment", "is_open"),
        [
            ("2026-11-23T09:00", True),
            ("2026-11-23T08:59", False),
            ("2026-11-23T17:59", True),
            ("2026-11-23T18:00", False),
            ("2026-11-22T12:00", False),
            ("2026-09-24T12:00", False),
        ],
    )
    def test_keeps_office_hours_and_holidays(self, moment, is_open):
        assert scheduled(OFFICE).is_open(at(moment)) is is_open

    @pytest.mark.parametrize(
        ("moment", "is_open"),
        [
            ("2026-11-27T23:00", True),
            ("2026-11-28T05:59", True),
            ("2026-11-28T06:00", False),
            # Christmas 2026 is a Friday: its hours end at two the next morning.
            ("2026-12-25T20:30", True),
            ("2026-12-26T01:59", True),
            ("2026-12-26T03:00", False),
        ],
    )
    def test_runs_past_midnight(self, moment, is_open):
        assert scheduled(NIGHT).is_open(at(moment)) is is_open

    def test_reads_any_time_zone_as_seoul_s(self):
        moment = datetime.datetime(2026, 11, 23, 0, 30, tzinfo=datetime.UTC)

        assert scheduled(OFFICE).is_open(moment)

    def test_needs_a_time_zone(self):
        with pytest.raises(HoursRefused):
            scheduled(OFFICE).is_open(datetime.datetime(2026, 11, 23, 9, 30))

    def test_lets_a_special_opening_break_a_closure(self):
        closed = DayException(day("2026-11-01"), day("2026-11-30"), (), "공사")
        fair = DayException(day("2026-11-28"), day("2026-11-28"), make_spans([["10:00", "14:00"]]))
        schedule = scheduled(OFFICE, closed, fair)

        assert not schedule.is_open(at("2026-11-23T10:00"))
        assert schedule.is_open(at("2026-11-28T10:00"))
        assert schedule.is_open(at("2026-12-01T10:00"))

    @settings(max_examples=200)
    @given(
        weekly_hours(), st.datetimes(datetime.datetime(2025, 1, 2), datetime.datetime(2028, 12, 31))
    )
    def test_agrees_with_the_minutes_that_the_database_asks(self, hours, moment):
        moment = moment.replace(tzinfo=KST)
        asked = open_conditions(moment, is_holiday=lambda one: holiday_name(one) is not None)
        minutes = hours.open_minutes()

        def holds(minute):
            return any(start <= minute < end for start, end in minutes)

        own = holds(asked.own) and not (asked.own_unless is not None and holds(asked.own_unless))
        assert scheduled(hours).is_open(moment) == (own or holds(asked.spilt))


class TestNextChange:
    @pytest.mark.parametrize(
        ("moment", "change"),
        [
            ("2026-11-23T10:00", "2026-11-23T18:00"),
            ("2026-11-23T20:00", "2026-11-24T09:00"),
            ("2026-11-27T19:00", "2026-11-30T09:00"),
            # Chuseok 2026: Thursday to Saturday.
            ("2026-09-23T19:00", "2026-09-28T09:00"),
        ],
    )
    def test_says_when_it_next_opens_or_closes(self, moment, change):
        assert scheduled(OFFICE).next_change(at(moment)) == at(change)

    def test_does_not_stop_at_midnight_where_nothing_changes(self):
        always = WeeklyHours.from_json(
            {key: [["00:00", "24:00"]] for key in (*WEEKDAYS, "sat", "sun", "holidays")}
        )

        assert scheduled(always).next_change(at("2026-11-23T10:00")) is None

    @given(weekly_hours(), st.integers(0, 364 * 24 * 60))
    def test_is_the_first_moment_that_differs(self, hours, minute):
        moment = at("2026-01-01T00:00") + datetime.timedelta(minutes=minute)
        schedule = scheduled(hours)

        change = schedule.next_change(moment, days=3)

        if change is not None:
            assert schedule.is_open(change) != schedule.is_open(moment)
            assert schedule.is_open(change - datetime.timedelta(minutes=1)) == schedule.is_open(
                moment
            )


class TestWords:
    def test_say_the_week_in_few_lines(self):
        assert hours_words(OFFICE) == (
            ("월~금", "09:00–18:00"),
            ("토~일", "휴무"),
            ("공휴일", "휴무"),
        )
        assert hours_words(OFFICE, "en") == (
            ("Mon–Fri", "09:00–18:00"),
            ("Sat–Sun", "closed"),
            ("Public holidays", "closed"),
        )

    def test_say_what_is_special(self):
        assert spans_words(make_spans([["00:00", "24:00"]])) == "24시간"
        assert spans_words(make_spans([["22:00", "06:00"]])) == "22:00–다음 날 06:00"
        assert spans_words(make_spans([["09:00", "12:00"], ["13:00", "18:00"]]), "en") == (
            "09:00–12:00, 13:00–18:00"
        )

    def test_say_that_nobody_knows_about_holidays(self):
        unknown = WeeklyHours.from_json({"mon": [["09:00", "18:00"]]})

        assert hours_words(unknown)[-1] == ("공휴일", "공휴일 운영 여부는 전화로 확인하세요")

    @pytest.mark.parametrize(
        ("moment", "korean", "english"),
        [
            ("2026-11-23T10:00", "운영 중 · 18:00까지", "Open · until 18:00"),
            ("2026-11-23T20:00", "운영 종료 · 내일 09:00부터", "Closed · from 09:00 tomorrow"),
            (
                "2026-11-27T20:00",
                "운영 종료 · 11월 30일(월) 09:00부터",
                "Closed · from 09:00 on Mon 30 Nov",
            ),
            (
                "2026-12-25T10:00",
                "운영 종료 (성탄절) · 12월 28일(월) 09:00부터",
                "Closed (public holiday) · from 09:00 on Mon 28 Dec",
            ),
        ],
    )
    def test_say_how_it_stands(self, moment, korean, english):
        assert status_words(scheduled(OFFICE), at(moment)) == korean
        assert status_words(scheduled(OFFICE), at(moment), "en") == english

    def test_say_why_it_is_closed(self):
        closed = DayException(day("2026-11-23"), day("2026-11-24"), (), "개관 기념일")

        assert status_words(scheduled(OFFICE, closed), at("2026-11-23T10:00")) == (
            "운영 종료 (개관 기념일) · 11월 25일(수) 09:00부터"
        )


class TestForms:
    def test_of_schema_org_name_days_and_exceptions(self):
        closed = DayException(day("2026-11-23"), day("2026-11-24"))
        told = hours_as_schema_org(OFFICE, [closed])

        assert told["openingHoursSpecification"] == [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
                "opens": "09:00",
                "closes": "18:00",
            }
        ]
        assert told["specialOpeningHoursSpecification"][0]["validThrough"] == "2026-11-24"

    def test_of_hsds_are_valid(self, shared_data):
        schema = json.loads((shared_data.parent / "hsds" / "schedule.json").read_text())
        closed = DayException(day("2026-11-23"), day("2026-11-24"), (), "공사")
        fair = DayException(day("2026-11-28"), day("2026-11-28"), make_spans([["10:00", "14:00"]]))
        told = hours_as_hsds(
            NIGHT,
            [closed, fair],
            make_id=lambda key: str(uuid.uuid5(uuid.NAMESPACE_URL, key)),
        )

        for schedule in told:
            Draft202012Validator(schema).validate(schedule)
        assert len({schedule["id"] for schedule in told}) == len(told) == 4
        assert told[0]["byday"] == "FR"
        assert told[0]["opens_at"] == "22:00:00"
