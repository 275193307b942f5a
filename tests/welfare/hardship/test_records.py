"""What the list of signs keeps about people: told, handed out, erased, gone after a year."""

import datetime
import json

import pytest
from django.utils import timezone, translation

from core.records.held import held_about
from core.records.services.erasure import erase
from core.records.services.retention import keep_to_terms
from tests.welfare.hardship import people
from tests.welfare.hardship.people import bring, do, household_of, row
from welfare.enums import HardshipDeed
from welfare.models import (
    CareMember,
    HardshipHousehold,
    HardshipImport,
    HardshipSign,
    HardshipStep,
)

pytestmark = pytest.mark.django_db
MODELS = {"welfare.HardshipSign", "welfare.HardshipHousehold", "welfare.HardshipStep"}
A_YEAR = datetime.timedelta(days=366)


@pytest.fixture
def member(centre, resident, manager, worker):
    """Somebody with an account, of whom signs were told and for whom something was done."""
    member = people.take_into_caseload(centre, person=resident)
    bring(manager, row(months=3), row(kind="GAS"))
    do(worker, household_of(), HardshipDeed.HELPED, "긴급복지를 함께 신청했습니다.")
    return member


class TestWhoIsToldOf:
    def test_is_told_and_handed_all_of_it(self, member, resident):
        held = {one.holding.model: one for one in held_about(resident)}

        assert held.keys() >= MODELS
        signs = json.loads(json.dumps(held["welfare.HardshipSign"].as_data(), default=str))
        assert [(one["kind"], one["months"]) for one in signs["rows"]] == [
            ("RENT", 3),
            ("GAS", None),
        ]
        (done,) = held["welfare.HardshipStep"].as_data()["rows"]
        assert done["deed"] == "HELPED"
        (words,) = held["welfare.HardshipHousehold"].in_words()
        assert "도와드림" in dict((str(title), said) for title, said in words).values()
        assert "제12조" in signs["legal_basis"]

    def test_is_not_handed_what_colleagues_wrote(self, member, resident, worker):
        # Somebody else of the household may be meant: to whom it was a danger, it would be told.
        do(worker, household_of(), words="아내 폭력 피해 의심, 따로 만남")
        held = {one.holding.model: one for one in held_about(resident)}
        steps = held["welfare.HardshipStep"]

        for told in (steps.as_data(), steps.in_words()):
            text = json.dumps(told, default=str, ensure_ascii=False)
            assert "폭력" not in text
            assert "긴급복지를" not in text

    def test_reads_why_the_points_and_of_others_only_that_there_are_some(
        self, member, resident, manager
    ):
        people.take_into_caseload(member.household.centre, "이영희", household=member.household)
        bring(manager, row("이영희", kind="JOB_LOSS"))

        with translation.override("en"):
            held = {one.holding.model: one for one in held_about(resident)}
            (words,) = held["welfare.HardshipHousehold"].in_words()
            said = dict((str(title), text) for title, text in words)[
                "Points for the order of looking"
            ]

        assert said.startswith("60 in all, by the weights in force from 1 January 2026.")
        assert "Rent in arrears, 3 months" in said
        assert "Gas in arrears" in said
        assert "Job lost" not in said
        assert said.endswith("One sign of somebody who lives with you counts as well.")

    def test_is_nobody_else(self, member, stranger, worker):
        for person in (stranger, worker):
            models = {one.holding.model for one in held_about(person) if "by" != one.holding.person}
            assert not models & {"welfare.HardshipSign", "welfare.HardshipHousehold"}

    def test_who_did_it_finds_it_among_their_own_work(self, member, worker, manager):
        done = {one.holding.person: one for one in held_about(worker)}
        brought = {one.holding.model for one in held_about(manager)}

        assert done["by"].holding.model == "welfare.HardshipStep"
        assert "welfare.HardshipImport" in brought


class TestErasure:
    def test_takes_the_signs_and_leaves_what_the_law_keeps(self, member, resident):
        lines = {one.model: one.outcome for one in erase(person=resident, now=timezone.now())}

        assert lines["welfare.HardshipSign"] == "removed"
        assert lines["welfare.HardshipHousehold"] == "kept"
        assert lines["welfare.HardshipStep"] == "kept"
        assert not HardshipSign.objects.exists()
        held = HardshipHousehold.objects.get()
        assert (held.name, held.birth_date, held.address) == ("", "", "")
        assert not CareMember.objects.filter(person=resident).exists()
        assert HardshipStep.objects.count() == 1

    def test_leaves_the_signs_of_others_of_the_household(self, member, resident, manager):
        people.take_into_caseload(member.household.centre, "이영희", household=member.household)
        bring(manager, row("이영희", kind="WATER"))

        erase(person=resident, now=timezone.now())

        assert HardshipSign.objects.get().kind == "WATER"


class TestAYearLater:
    def test_signs_go_and_the_household_with_its_log(self, manager, worker):
        long_ago = timezone.now() - A_YEAR
        bring(manager, row(), row("김서울"), now=long_ago)
        do(worker, household_of("김서울"), HardshipDeed.LEFT, now=long_ago)
        bring(manager, row("이새로"))

        kept = {one.model: one.rows for one in keep_to_terms(now=timezone.now())}

        assert kept["welfare.HardshipSign"] == 2
        assert kept["welfare.HardshipHousehold"] == 2
        assert [one.name for one in HardshipHousehold.objects.all()] == ["이새로"]
        assert not HardshipStep.objects.exists()
        assert HardshipImport.objects.count() == 2

    def test_what_is_still_worked_on_stays_without_its_signs(self, manager, worker):
        bring(manager, row(), now=timezone.now() - A_YEAR)
        do(worker, household_of())

        keep_to_terms(now=timezone.now())

        assert not HardshipSign.objects.exists()
        assert HardshipHousehold.objects.get().steps.count() == 1

    def test_faults_of_no_holding_are_reported(self, member):
        assert not [one for one in keep_to_terms(now=timezone.now()) if one.fault]
