"""A day's indicators are read in one go, as often as one likes, and none keeps another from it."""

import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from core.kpi import services, tasks
from core.kpi.declaration import Figure, Indicator
from core.kpi.enums import Better, Every
from core.kpi.models import Reading
from core.kpi.services import (
    DayToCome,
    UnknownIndicator,
    read_due_indicators,
    read_indicators,
    read_past_days,
)

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 4, 9, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 3, 4)
A_DAY = datetime.timedelta(days=1)


class Sample(Indicator):
    title = definition = owner = source = "견본"
    unit = "개"
    better = Better.MORE

    def __init__(self):
        self.figures = [Figure(7), Figure(3, "part", "a"), Figure(None, "part", "b")]
        self.asked = []

    def read(self, *, day, at):
        self.asked.append((day, at))
        return self.figures


class Daily(Sample):
    slug = "daily"


class Weekly(Sample):
    slug = "weekly"
    every = Every.WEEK
    is_retroactive = True


class Broken(Sample):
    slug = "broken"

    def read(self, *, day, at):
        yield Figure(1)
        raise ZeroDivisionError


@pytest.fixture
def declared(monkeypatch):
    held = {one.slug: one() for one in (Broken, Daily, Weekly)}
    monkeypatch.setattr(services, "declared_indicators", lambda: held)
    return held


def told(slug, day=TODAY):
    rows = Reading.objects.filter(indicator=slug, day=day)
    return {(row.dimension, row.key): row.value for row in rows}


class TestReadIndicators:
    def test_writes_every_figure_of_the_day(self, declared):
        found = read_indicators(day=TODAY, now=NOW)
        assert found.read == ("daily", "weekly")
        assert found.figures == 6
        assert told("daily") == {("", ""): 7, ("part", "a"): 3, ("part", "b"): None}

    def test_again_changes_the_day_and_leaves_nothing_behind(self, declared):
        read_indicators(day=TODAY, now=NOW)
        declared["daily"].figures = [Figure(8), Figure(4, "part", "c")]
        read_indicators(day=TODAY, now=NOW + A_DAY / 24)
        assert told("daily") == {("", ""): 8, ("part", "c"): 4}
        assert len(told("weekly")) == 3

    def test_one_that_fails_keeps_no_other_from_being_read(self, declared):
        assert read_indicators(day=TODAY, now=NOW).failed == ("broken",)
        assert told("broken") == {}
        assert told("daily")

    def test_of_what_failed_the_day_stays_as_it_was(self, declared):
        Reading.objects.create(indicator="broken", day=TODAY, value=5, made_at=NOW - A_DAY)
        read_indicators(day=TODAY, now=NOW)
        assert told("broken") == {("", ""): 5}

    def test_asks_as_the_day_ended_or_as_it_stands_now(self, declared):
        read_indicators(day=TODAY, now=NOW)
        read_indicators(day=TODAY - A_DAY, now=NOW)
        midnight = timezone.make_aware(datetime.datetime(2026, 3, 4))
        assert declared["weekly"].asked == [(TODAY, NOW), (TODAY - A_DAY, midnight)]

    def test_of_days_long_past_reads_only_what_records_tell_of(self, declared):
        found = read_indicators(day=TODAY - 2 * A_DAY, now=NOW)
        assert (found.read, found.left_out) == (("weekly",), ("broken", "daily"))

    def test_refuses_days_to_come_and_unknown_names(self, declared):
        with pytest.raises(DayToCome):
            read_indicators(day=TODAY + A_DAY, now=NOW)
        with pytest.raises(UnknownIndicator, match="nothing"):
            read_indicators(day=TODAY, now=NOW, slugs=["nothing"])

    def test_takes_as_many_statements_for_a_thousand_figures(
        self, declared, django_assert_max_num_queries
    ):
        many = [Figure(at, "part", str(at)) for at in range(1_000)]
        declared["daily"].figures = [Figure(1), *many]
        with django_assert_max_num_queries(12):  # a savepoint for each, an insert, a deletion
            read_indicators(day=TODAY, now=NOW)
        assert Reading.objects.filter(indicator="daily").count() == 1_001


class TestReadDueIndicators:
    def test_follows_each_one_s_rhythm(self, declared):
        read_due_indicators(day=TODAY - A_DAY, now=NOW)
        found = read_due_indicators(day=TODAY, now=NOW)
        assert found.read == ("daily",)
        assert found.failed == ("broken",)

    def test_reads_nothing_twice(self, declared):
        del declared["broken"]
        read_due_indicators(day=TODAY, now=NOW)
        assert read_due_indicators(day=TODAY, now=NOW).read == ()

    def test_past_days_are_of_those_whose_records_tell_of_them(self, declared):
        days = [TODAY - at * 7 * A_DAY for at in (2, 1)]
        assert [one.read for one in read_past_days(days=days, now=NOW)] == [("weekly",)] * 2


class TestDoors:
    def test_the_task_reads_the_day_before(self):
        yesterday = timezone.localdate() - A_DAY
        assert tasks.read_due_indicators.delay().get() is None or Reading.objects.exists()
        assert set(Reading.objects.values_list("day", flat=True)) == {yesterday}

    def test_the_command_reads_and_tells(self, capsys):
        call_command("kpi", "--day", "2026-03-04")
        said = capsys.readouterr().out
        assert "2026-03-04: 지표 6개" in said
        assert "feed-age" in said
        assert Reading.objects.filter(day=TODAY, indicator="centres-open").exists()

    def test_the_command_reads_one_alone(self, capsys):
        call_command("kpi", "benefits-listed")
        assert set(Reading.objects.values_list("indicator", flat=True)) == {"benefits-listed"}

    @pytest.mark.parametrize("asked", [["no-such"], ["--day", "2999-01-01"]])
    def test_the_command_refuses_what_it_cannot_read(self, asked):
        with pytest.raises(CommandError):
            call_command("kpi", *asked)

    def test_the_command_says_what_failed(self, declared):
        with pytest.raises(CommandError, match="broken"):
            call_command("kpi")
