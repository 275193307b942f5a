"""What was told once is no news where its entry is gone for a night, or told under another."""

import datetime

import pytest

from tests.welfare.benefit_factories import make_benefit, publish
from tests.welfare.rulebook.people import NOW, PENSIONER, TODAY, make_benefits, make_person
from tests.welfare.rulebook.test_rule_publication import make_officer
from tests.welfare.rulebook.test_screening import NIGHT, run_night, says, told
from welfare.models import Benefit, BenefitLink, BenefitSheet, ScreenedBenefit
from welfare.queries.sheets import likely_in_words, likely_of

pytestmark = pytest.mark.django_db

YOUNG = {"JA0110": 19, "JA0111": 39}


def say_link(gov24_key):
    """Have staff say what the row of Bokjiro belongs to; nothing keeps it apart."""
    code = next(one for one in Benefit.objects.values_list("pk", flat=True) if "local-" in one)
    key = code.removeprefix("local-")
    BenefitLink.objects.update_or_create(
        source="LOCAL",
        source_key=key,
        defaults={
            "gov24_key": gov24_key,
            "reason": "같은 사업",
            "made_by": make_officer(f"linker{gov24_key or 'none'}", "change_benefitsource"),
            "made_at": NOW,
        },
    )
    publish("LOCAL", key)
    return Benefit.objects.get(pk=code)


def test_a_benefit_that_is_missing_for_a_night_is_no_news_when_it_is_back():
    make_benefit("000000000001", conditions=YOUNG)
    make_benefit("000000000002", conditions=YOUNG)
    make_person("kim", born=datetime.date(1990, 1, 1))
    run_night(TODAY)
    make_benefit("000000000002", conditions=YOUNG, is_retired=True)
    run_night(TODAY + NIGHT)
    sheet = BenefitSheet.objects.get()
    assert "gov24-000000000002" not in likely_of(sheet)
    make_benefit("000000000002", conditions=YOUNG)
    run_night(TODAY + 2 * NIGHT)

    assert not told()
    assert "gov24-000000000002" in likely_of(BenefitSheet.objects.get())


def test_a_benefit_told_under_another_entry_is_no_news_there_nor_apart_again():
    make_benefits("basic-pension")
    person = make_person("kim", born=datetime.date(1950, 1, 1), circumstances=PENSIONER)
    run_night(TODAY)
    make_benefit("000000000009", 서비스명="기초연금", conditions={"JA0110": 65, "JA0111": 120})
    assert say_link("000000000009").same_as_id == "gov24-000000000009"
    run_night(TODAY + NIGHT)
    assert [says(one) for one in told(person)] == []
    assert "기초연금" in likely_in_words(BenefitSheet.objects.get())

    assert say_link("").status == "LISTED"
    run_night(TODAY + 2 * NIGHT)
    assert [says(one) for one in told(person)] == []


def test_what_is_parted_for_the_first_time_was_heard_of_under_the_other_entry():
    make_benefits("basic-pension")
    make_benefit("000000000009", 서비스명="기초연금", conditions={"JA0110": 65, "JA0111": 120})
    own = say_link("000000000009")
    person = make_person("kim", born=datetime.date(1950, 1, 1), circumstances=PENSIONER)
    run_night(TODAY)
    assert ScreenedBenefit.objects.filter(key=own.pk).exists()
    say_link("")
    run_night(TODAY + NIGHT)

    assert likely_of(BenefitSheet.objects.get()).count(own.pk) == 1
    assert [says(one) for one in told(person)] == []


def test_what_is_no_longer_likely_under_the_other_entry_is_told_once():
    make_benefits("basic-pension")
    make_benefit("000000000009", 서비스명="기초연금", conditions={"JA0110": 65, "JA0111": 120})
    say_link("000000000009")
    person = make_person("kim", born=datetime.date(1950, 1, 1), circumstances=PENSIONER)
    run_night(TODAY)
    make_benefit("000000000009", 서비스명="기초연금", conditions={"JA0110": 80, "JA0111": 120})
    for number in (1, 2):
        run_night(TODAY + number * NIGHT)

    (message,) = told(person)
    assert "이제 조건에 맞지 않아 보임" in says(message)
