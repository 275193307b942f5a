"""What the welfare area counts of itself, day by day, and what it does not tell."""

import datetime

import pytest
from django.utils import timezone

from core.cases.models import Case
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.kpi.models import Reading
from core.kpi.services import read_indicators
from core.offices.enums import OfficeKind
from tests.accounts.factories import SANGGYE, make_centre, make_office, make_person, make_worker
from tests.welfare.benefit_factories import make_benefit
from welfare.kpi import INDICATORS
from welfare.models import BenefitApplication
from welfare.models.application import GRANTED, REFUSED, WITHDRAWN

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
A_DAY = datetime.timedelta(days=1)


def ended(office, state=GRANTED, *, number, benefit=None, ago=2, took=4):
    """Make requests for a benefit that ended some days ago."""
    person, benefit = make_person(), benefit or make_benefit()
    for _ in range(number):
        closed = NOW - ago * A_DAY
        case = Case.objects.create(
            kind="welfare.benefit_application", state=state, person=person, office=office,
            opened_at=closed - took * A_DAY, closed_at=closed,
        )  # fmt: skip
        BenefitApplication.objects.create(case=case, benefit=benefit, benefit_name=benefit.name)


def read(slug, day=TODAY):
    read_indicators(day=day, now=NOW, slugs=[slug])
    rows = Reading.objects.filter(indicator=slug, day=day)
    return {f"{row.dimension}:{row.key}": row for row in rows}


def values(slug, day=TODAY):
    found = read(slug, day).items()
    return {key: None if row.value is None else float(row.value) for key, row in found}


class TestCentres:
    def test_are_counted_of_those_that_were_promised(self):
        centre = make_centre().office
        make_centre(SANGGYE)
        make_worker(centre)
        found = read("centres-in-service")
        assert (found[":"].value, found[":"].numerator, found[":"].denominator) == (1, 1, 424)
        assert found["district:11110"].value == 1
        assert found["district:11350"].value == 0
        assert len(found) == 26

    def test_of_a_past_day_are_those_of_that_day(self):
        centre = make_centre().office
        make_worker(centre)
        centre.memberships.update(starts_date=TODAY - 5 * A_DAY)
        assert values("centres-in-service", TODAY - 5 * A_DAY)[":"] == 1
        assert values("centres-in-service", TODAY - 6 * A_DAY)[":"] == 0

    def test_that_closed_are_open_no_more(self):
        office = make_centre().office
        office.closes_date = TODAY
        office.save()
        assert values("centres-open")[":"] == 0
        assert values("centres-open", TODAY - A_DAY)[":"] == 1

    def test_serve_where_something_was_done_before_that_day(self):
        ended(make_centre().office, number=1, ago=2)
        assert values("centres-serving")[":"] == 1
        assert values("centres-serving", TODAY - 30 * A_DAY)[":"] == 0


class TestRequests:
    def test_days_are_those_of_the_half_that_was_quicker(self):
        ended(make_centre().office, number=6, took=4)
        ended(make_centre(SANGGYE).office, REFUSED, number=6, took=4)
        assert values("days-to-decision") == {":": 4.0}
        assert values("days-to-decision", TODAY - 30 * A_DAY) == {":": None}

    def test_days_of_few_are_hidden(self):
        ended(make_centre().office, number=9)
        (row,) = read("days-to-decision").values()
        assert (row.value, row.is_hidden) == (None, True)

    def test_outcomes_are_shares_of_what_ended(self):
        centre = make_centre().office
        for state, number in ((GRANTED, 20), (REFUSED, 10), (WITHDRAWN, 10)):
            ended(centre, state, number=number)
        found = read("requests-granted")
        assert {key: float(row.value) for key, row in found.items()} == {
            ":": 50, "outcome:granted": 50, "outcome:refused": 25, "outcome:withdrawn": 25,
        }  # fmt: skip
        # Of how many would be an exact figure beside those in tens.
        assert {(row.numerator, row.denominator) for row in found.values()} == {(None, None)}

    def test_a_small_outcome_takes_along_what_gives_it_away(self):
        centre = make_centre().office
        for state, number in ((GRANTED, 20), (REFUSED, 3), (WITHDRAWN, 30)):
            ended(centre, state, number=number)
        found = values("requests-granted")
        assert found["outcome:granted"] == 38
        assert found["outcome:refused"] is None
        assert found["outcome:withdrawn"] is None

    @pytest.mark.parametrize("numbers", [(5, 40, 0), (40, 4, 2), (3, 3, 3)])
    def test_all_is_hidden_where_one_side_is_small(self, numbers):
        centre = make_centre().office
        for state, number in zip((GRANTED, REFUSED, WITHDRAWN), numbers, strict=True):
            ended(centre, state, number=number)
        found = read("requests-granted")
        assert all(row.is_hidden and row.denominator is None for row in found.values())

    def test_of_nothing_there_is_no_share(self):
        found = read("requests-granted")
        assert {(row.value, row.is_hidden) for row in found.values()} == {(None, False)}

    def test_open_ones_are_told_by_state_and_age(self):
        centre, person = make_centre().office, make_person()
        for number, state, ago in ((30, "received", 0), (12, "checking", 60)):
            for _ in range(number):
                Case.objects.create(
                    kind="welfare.counsel", state=state, person=person, office=centre,
                    opened_at=NOW - ago * A_DAY,
                )  # fmt: skip
        found = values("open-cases")
        assert found[":"] in (40, 50)
        assert found["state:welfare.counsel:received"] == found["age:0"] == 30
        assert found["age:3"] in (10, 20)
        # Of two parts, the sum would tell the other.
        assert found["age:1"] is found["age:2"] is None

    def test_few_open_ones_are_hidden_with_their_sum(self):
        Case.objects.create(
            kind="welfare.counsel", state="received", office=make_centre().office, opened_at=NOW
        )
        found = read("open-cases")
        assert found[":"].is_hidden
        assert found["state:welfare.counsel:received"].is_hidden


class TestTakeUp:
    def test_is_told_by_district_programme_and_dong_in_tens(self):
        benefit = make_benefit()
        ended(make_centre().office, number=30, benefit=benefit)
        ended(make_office(OfficeKind.DEPARTMENT), number=10, benefit=benefit)
        found = values("benefits-taken-up")
        told = {
            ":": 40, f"programme:{benefit.code}": 40, "district:11110": 30, "dong:1111053000": 30,
            "district:elsewhere": 10, "dong:elsewhere": 10,
        }  # fmt: skip
        assert {key for key, number in found.items() if number} == told.keys()
        for key, number in told.items():
            assert found[key] % 10 == 0
            assert number <= found[key] < number + 10

    def test_hides_small_places_and_zeros_alike(self):
        benefit = make_benefit()
        ended(make_centre().office, number=12, benefit=benefit)
        ended(make_centre(SANGGYE).office, number=5, benefit=benefit)
        found = read("benefits-taken-up")
        told = {key for key, row in found.items() if not row.is_hidden}
        assert told == {":", f"programme:{benefit.code}", "district:11110", "dong:1111053000"}

    def test_of_few_is_hidden_with_its_sum(self):
        ended(make_centre().office, number=9)
        assert read("benefits-taken-up")[":"].is_hidden

    def test_counts_what_ended_by_that_day(self):
        ended(make_centre().office, number=12, ago=10)
        assert values("benefits-taken-up", TODAY - 9 * A_DAY)[":"] in (10, 20)
        assert values("benefits-taken-up", TODAY - 12 * A_DAY)[":"] == 0


class TestCatalogue:
    def test_counts_what_is_listed_by_who_gives_it(self):
        make_benefit()
        found = values("benefits-listed")
        assert found[":"] == 1
        assert sum(number for key, number in found.items() if key != ":") == 1

    def test_feeds_are_as_old_as_the_oldest(self):
        names = ("seoul_facilities", "central_facilities", "gov24", "bokjiro_central",
                 "bokjiro_local")  # fmt: skip
        for days, name in enumerate(names, start=1):
            FeedRun.objects.create(
                feed=f"welfare.{name}", status=RunStatus.COMPLETED,
                started_at=NOW - days * A_DAY, finished_at=NOW - days * A_DAY,
            )  # fmt: skip
        found = values("feed-age")
        assert found[":"] == 5
        assert found["feed:welfare.seoul_facilities"] == 1

    def test_a_feed_that_never_came_leaves_no_age(self):
        assert values("feed-age")[":"] is None


class TestAll:
    def test_are_read_in_a_fixed_number_of_statements(self, django_assert_max_num_queries):
        centre = make_centre().office
        ended(centre, number=30)
        with django_assert_max_num_queries(60):
            read_indicators(day=TODAY, now=NOW)
        assert set(Reading.objects.values_list("indicator", flat=True)) == {
            one.slug for one in INDICATORS
        }

    def test_no_figure_of_people_is_small(self):
        for state, number in ((GRANTED, 13), (REFUSED, 11), (WITHDRAWN, 2)):
            ended(make_centre().office if state == GRANTED else make_office(), state, number=number)
        read_indicators(day=TODAY, now=NOW)
        rows = Reading.objects.filter(indicator__in=["benefits-taken-up", "open-cases"])
        assert rows.exists()
        assert not rows.filter(value__gt=0, value__lt=10).exists()
        shares = Reading.objects.filter(indicator="requests-granted")
        assert not shares.exclude(numerator=None).exists()
