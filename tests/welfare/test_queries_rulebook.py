"""The rules as the catalogue tells them: rows, programmes, places, and when they are read anew."""

import datetime
import threading
import time

import pytest

from tests.welfare.benefit_factories import (
    KEPT,
    NOWON,
    SUWON,
    make_benefit,
    make_local_benefit,
    publish,
)
from welfare.feeds.bokjiro_central import parse_central_service
from welfare.models import BokjiroCentral
from welfare.queries import rulebook as module
from welfare.queries.rulebook import rulebook, shelf
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Household, Member

pytestmark = pytest.mark.django_db

ON = datetime.date(2026, 11, 28)
SENIORS = {"JA0110": 65, "JA0111": 120}
BASIC_PENSION = "WLF00001164"


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


def verdict_of(code, *, on=ON, birth_date=datetime.date(1950, 1, 1), district=None, **facts):
    book = rulebook(on)
    me = Member("me", birth_date=birth_date, **facts)
    household = Household((me,), district=district)
    judgement = Judgement(book.compiled, household, medians=book.medians)
    return Verdict(judgement.verdicts[book.compiled.keys.index(code), 0])


def told_by_both(gov24_key, bokjiro_key, *, name):
    """Have both publishers tell of one programme."""
    benefit = make_benefit(gov24_key, 서비스명=name, 소관기관명="보건복지부", conditions=SENIORS)
    record = parse_central_service(
        {"servId": bokjiro_key, "servNm": name, "jurMnofNm": "보건복지부", "servDgst": "연금"}
    )
    told = {one: getattr(record, one) for one in record.__struct_fields__}
    BokjiroCentral.objects.create(**told | KEPT)
    publish("CENTRAL", bokjiro_key)
    return benefit


class TestRulebook:
    def test_reads_the_row_of_gov24(self):
        benefit = make_benefit(conditions=SENIORS)

        assert verdict_of(benefit.code) == Verdict.LIKELY
        assert verdict_of(benefit.code, birth_date=datetime.date(1990, 1, 1)) == Verdict.NO

    @pytest.mark.parametrize("code", ["JA0331", "JA0415", "JA0208", "JA0103", "JA0501", "JA9901"])
    def test_leaves_open_what_ticks_a_code_that_nobody_can_read(self, code):
        benefit = make_benefit(conditions={**SENIORS, code: "Y"})

        assert verdict_of(benefit.code) == Verdict.DEPENDS
        assert verdict_of(benefit.code, birth_date=datetime.date(1990, 1, 1)) == Verdict.NO

    def test_opens_a_read_code_beside_one_that_nobody_can_read(self):
        benefit = make_benefit(conditions={"JA0328": "Y", "JA0331": "Y"})

        assert verdict_of(benefit.code, yes=frozenset({"DISABLED"})) == Verdict.LIKELY
        assert verdict_of(benefit.code, no=frozenset({"DISABLED"})) == Verdict.DEPENDS

    def test_keeps_from_people_what_ticks_unknown_kinds_of_firms_alone(self):
        benefit = make_benefit(conditions={"JA1204": "Y", "JA2103": "Y"})

        assert verdict_of(benefit.code) == Verdict.NO

    def test_keeps_from_people_what_the_publisher_gives_to_firms_alone(self):
        firms = make_benefit(
            "000000000002", 사용자구분="소상공인||법인/시설/단체", conditions=SENIORS
        )
        both = make_benefit("000000000003", 사용자구분="개인||법인/시설/단체", conditions=SENIORS)
        untold = make_benefit("000000000004", 사용자구분="법인/시설/단체")

        assert verdict_of(firms.code) == Verdict.NO
        assert verdict_of(both.code) == Verdict.LIKELY
        assert verdict_of(untold.code) == Verdict.NO

    def test_keeps_from_people_what_a_sentence_gives_to_employers(self):
        told = "장애인을 고용한 사업주에게 장려금을 지급합니다."
        benefit = make_local_benefit(servDgst=told)
        read = make_benefit("000000000005", 서비스목적요약=told, 사용자구분="", conditions=SENIORS)

        assert verdict_of(benefit.code, district="노원구") == Verdict.NO
        # What is ticked says more than a sentence.
        assert verdict_of(read.code) == Verdict.LIKELY

    def test_leaves_open_what_has_neither_row_nor_programme(self):
        benefit = make_local_benefit()

        assert verdict_of(benefit.code, district="노원구") == Verdict.DEPENDS

    def test_joins_row_and_programme_of_what_two_publishers_tell(self):
        benefit = told_by_both("000000000007", BASIC_PENSION, name="기초연금")

        rule = rulebook(ON).compiled.rules[rulebook(ON).compiled.keys.index(benefit.code)]

        assert rule.row is not None
        assert rule.row.age_from == 65
        assert rule.refinements
        assert benefit.sources.count() == 2

    def test_keeps_to_the_place(self):
        city = make_benefit(
            "000000000002", 소관기관유형="광역시도", 소관기관명="서울특별시", conditions=SENIORS
        )
        ours = make_benefit("000000000003", conditions=SENIORS, **NOWON)
        suwon = make_benefit("000000000004", conditions=SENIORS, **SUWON)

        assert verdict_of(ours.code, district="노원구") == Verdict.LIKELY
        assert verdict_of(ours.code, district="강남구") == Verdict.NO
        assert verdict_of(ours.code) == Verdict.DEPENDS
        assert verdict_of(city.code, district="강남구") == Verdict.LIKELY
        assert verdict_of(city.code, district="OUTSIDE_SEOUL") == Verdict.NO
        assert suwon.code not in rulebook(ON).compiled.keys

    def test_asks_one_statement_while_nothing_changes(self, django_assert_num_queries):
        make_benefit(conditions=SENIORS)
        first = rulebook(ON)

        with django_assert_num_queries(1):
            second = rulebook(ON)

        assert second.compiled is first.compiled

    def test_asks_nothing_where_it_was_checked_a_moment_ago(self, django_assert_num_queries):
        make_benefit(conditions=SENIORS)
        first = rulebook(ON)

        with django_assert_num_queries(0):
            assert rulebook(ON, checked_within=60).version == first.version
        make_benefit("000000000002", conditions={"JA0110": 60, "JA0111": 120})
        assert rulebook(ON, checked_within=60).version == first.version
        # Whoever tells people of a rule that was published just now does not wait.
        assert rulebook(ON).version != first.version

    def test_changes_its_version_with_the_rules(self):
        make_benefit(conditions=SENIORS)
        before = rulebook(ON)
        benefit = make_benefit(conditions={"JA0110": 60, "JA0111": 120})
        after = rulebook(ON)

        assert before.version != after.version
        assert verdict_of(benefit.code, birth_date=datetime.date(1965, 1, 1)) == Verdict.LIKELY

    def test_compiles_nothing_anew_where_a_publication_left_the_rules_alone(self):
        make_benefit(conditions=SENIORS)
        before = rulebook(ON)
        make_benefit(conditions=SENIORS, 지원내용="○ 더 자세히")
        after = rulebook(ON)

        assert before.version == after.version
        assert before.compiled is after.compiled

    def test_shares_what_it_compiled_between_days_on_which_no_rule_turns(self):
        make_benefit(conditions=SENIORS)
        today, later = rulebook(ON), rulebook(ON + datetime.timedelta(days=2))

        assert later.compiled.day == ON + datetime.timedelta(days=2)
        assert later.compiled.tests is today.compiled.tests

    def test_is_compiled_once_though_many_ask(self, monkeypatch):
        make_benefit(conditions=SENIORS)
        rules = shelf.rules()
        made = []

        def slowly(*args, **kwargs):
            made.append(1)
            time.sleep(0.1)
            return compile_rules(*args, **kwargs)

        monkeypatch.setattr(module, "compile_rules", slowly)
        askers = [threading.Thread(target=shelf.compiled, args=(rules, ON)) for _ in range(4)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()

        assert len(made) == 1


class TestHints:
    def test_are_the_labels_of_the_publisher(self):
        benefit = make_local_benefit(servNm="월세 지원", lifeNmArray="청년")

        assert conditions_of(benefit.code) == {("UNREAD", ()), ("HINT_OF_STAGE", ("YOUTH",))}

    def test_are_read_off_the_name_otherwise(self):
        benefit = make_local_benefit(servNm="장애인 이동 지원", lifeNmArray="")

        assert conditions_of(benefit.code) == {("UNREAD", ()), ("HINT_OF_TARGET", ("DISABLED",))}


def conditions_of(code):
    book = rulebook(ON)
    asked = book.compiled.asked[book.compiled.keys.index(code)]
    return {(one.name, one.labels) for one in asked if one.name != "DISTRICT"}
