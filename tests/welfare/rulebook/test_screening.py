"""People are told of what changed for them, once, with the reason, as long as they agree."""

import datetime
import json
import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import FactGroup
from accounts.models import FactSheet, User
from accounts.services.profile import tell_facts, withdraw_purpose
from core.notices.enums import Mode
from core.notices.models import Delivery, Message
from core.notices.services.choosing import choose
from core.records.encryption import keyring
from core.records.enums import Channel
from core.records.services import erase
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.rulebook.people import NOW, PENSIONER, TODAY, make_benefits, make_person
from tests.welfare.rulebook.test_rule_publication import (
    explain_all,
    make_officer,
)
from welfare import tasks
from welfare.enums import RuleKind, VersionStatus
from welfare.models import (
    BenefitNews,
    BenefitSheet,
    RuleEffect,
    RuleVersion,
    ScreeningPart,
    ScreeningRun,
)
from welfare.notices import BENEFIT_NEWS
from welfare.queries.consented import tell_households
from welfare.queries.rule_preview import Effect, digest_of, effect_on_people
from welfare.queries.sheets import likely_in_words, news_in_words
from welfare.services import screening
from welfare.services.rule_versions import (
    begin_successor,
    count_effect,
    draft_rule,
    edit_rule,
    publish_rule,
    send_rule,
)
from welfare.services.screening_news import Screener

pytestmark = pytest.mark.django_db
PROGRAMMES = ("basic-pension", "child-allowance")


@pytest.fixture(autouse=True)
def _catalogue():
    make_benefits(*PROGRAMMES)


DAY = datetime.date
NIGHT = datetime.timedelta(days=1)


def run_night(on, *, pieces=None):
    now = datetime.datetime.combine(on, datetime.time(17, 30), datetime.UTC)
    run = screening.start_nightly_run(on=on, now=now)
    return finish(run, now, pieces)


def finish(run, now=NOW, pieces=None):
    turn = screening.Turn(run)
    done = 0
    while pieces is None or done < pieces:
        if not screening.screen_piece(turn=turn, now=now):
            break
        done += 1
    run.refresh_from_db()
    return run


def told(person=None):
    messages = Message.objects.filter(notice="welfare.benefits-changed").order_by("pk")
    return list(messages.filter(person=person) if person else messages)


def says(message):
    return message.get_facts_display()


def publish_age(years, *, when=NOW):
    author = make_officer("author", "change_ruleversion")
    reviewer = make_officer("reviewer", "publish_ruleversion")
    held = RuleVersion.objects.in_force().get(programme="basic-pension", slot="AGE")
    draft = begin_successor(of=held, kind=RuleKind.CONDITION, actor=author, now=when)
    wanted = [{"field": "AGE_YEARS", "operator": "AT_LEAST", "value": str(years)}]
    edit_rule(version=draft, told={"wanted": wanted, "is_verified": True}, actor=author, now=when)
    draft.refresh_from_db()
    explain_all(draft, author)
    sent = send_rule(version=draft, actor=author, now=when)
    return publish_rule(version=sent, seen=sent.mark(), actor=reviewer, now=when)


class TestNight:
    def test_says_nothing_of_what_was_so_before(self):
        make_person("kim", born=DAY(1950, 1, 1))

        run = run_night(TODAY)
        again = run_night(TODAY + NIGHT)

        assert run.finished_at
        assert again.finished_at
        assert not told()
        assert BenefitSheet.objects.get().judged_on == TODAY + NIGHT

    def test_tells_on_a_birthday_and_why(self):
        person = make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        run_night(TODAY)
        run_night(DAY(2026, 11, 29))

        (message,) = told(person)
        assert "기초연금: 때가 되어 조건에 맞게 됨 (2026년 11월 29일)" in says(message)
        assert BenefitNews.objects.filter(is_gain=True).exists()

    @pytest.mark.parametrize(
        ("nationality", "pension", "number"),
        [("KOREAN", "WITHOUT", 1), ("OTHER", "WITHOUT", 0), ("KOREAN", "WITH", 0)],
    )
    def test_tells_of_the_basic_pension_at_sixty_five(self, nationality, pension, number):
        poor = {"income": "UP_TO_50", "nationality": nationality, "service_pension": pension}
        person = make_person("kim", born=DAY(1961, 11, 29), circumstances=poor)
        run_night(TODAY)
        run_night(DAY(2026, 11, 29))

        messages = told(person)
        assert len(messages) == number
        assert all("기초연금: 때가 되어 조건에 맞게 됨" in says(one) for one in messages)

    def test_tells_of_what_one_more_fact_would_decide_from_a_birthday_on(self):
        poor = {"income": "UP_TO_50", "nationality": "KOREAN"}
        person = make_person("kim", born=DAY(1961, 11, 29), circumstances=poor)
        run_night(TODAY)
        run_night(DAY(2026, 11, 29))
        run_night(DAY(2026, 11, 30))

        (message,) = told(person)
        assert "기초연금: 때가 되어 받을 수도 있음, 질문에 더 답하면 알 수 있음" in says(message)
        assert not BenefitNews.objects.filter(is_gain=True).exists()

    def test_tells_on_the_day_on_which_somebody_has_lived_here_long_enough(self):
        RuleVersion.objects.create(
            kind=RuleKind.CONDITION,
            programme="basic-pension",
            slot="RESIDENCE",
            wanted=[{"field": "RESIDENCE_MONTHS", "operator": "AT_LEAST", "value": "12"}],
            law="조례",
            since=DAY(2020, 1, 1),
            is_verified=True,
            verified_on=TODAY,
            origin="test",
            status=VersionStatus.PUBLISHED,
            made_at=NOW,
            published_at=NOW,
        )
        for name, since in (("kim", "2025-11-29"), ("lee", "2025-11-30"), ("park", None)):
            facts = PENSIONER | ({"resident_since": since} if since else {})
            make_person(name, born=DAY(1950, 1, 1), circumstances=facts)
        run_night(TODAY)
        run_night(DAY(2026, 11, 29))

        (message,) = told()
        assert message.person.name == "kim"
        assert "기초연금: 때가 되어 조건에 맞게 됨" in says(message)

    @pytest.mark.parametrize(
        ("receipts", "on", "number"),
        [
            (["CULTURE_CARD"], DAY(2026, 11, 30), 0),
            (["CULTURE_CARD"], DAY(2026, 12, 1), 1),
            (["CULTURE_CARD"], DAY(2026, 12, 30), 1),
            (["CULTURE_CARD"], DAY(2026, 12, 31), 0),
            (["BASIC_PENSION"], DAY(2026, 12, 1), 0),
            # It lapses in May, and not with the year.
            (["ENERGY_VOUCHER"], DAY(2026, 12, 1), 0),
        ],
    )
    def test_tells_of_what_ends_with_the_year_before_its_end(self, receipts, on, number):
        person = make_person("kim", born=DAY(1980, 1, 1), circumstances={"receipts": receipts})
        run_night(on)

        messages = told(person)
        assert len(messages) == number
        ends = "문화누리카드: 받고 계신 올해 것이 곧 끝남 (2026년 12월 31일)"
        assert all(ends in says(one) for one in messages)

    def test_tells_of_an_energy_voucher_before_it_lapses(self):
        make_person("kim", born=DAY(1980, 1, 1), circumstances={"receipts": ["ENERGY_VOUCHER"]})
        for on in (DAY(2027, 4, 20), DAY(2027, 4, 26), DAY(2027, 5, 1)):
            run_night(on)

        (message,) = told()
        assert "에너지바우처: 받고 계신 올해 것이 곧 끝남 (2027년 5월 25일)" in says(message)

    def test_tells_of_an_end_once_a_year(self):
        make_person("kim", born=DAY(1980, 1, 1), circumstances={"receipts": ["CULTURE_CARD"]})
        for on in (DAY(2026, 12, 1), DAY(2026, 12, 2), DAY(2026, 12, 20)):
            run_night(on)
        assert len(told()) == 1

        run_night(DAY(2027, 12, 2))
        assert len(told()) == 2

    def test_tells_the_same_once(self):
        make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        for day in (TODAY, DAY(2026, 11, 29), DAY(2026, 11, 29), DAY(2026, 11, 30)):
            run_night(day)
        ScreeningRun.objects.all().delete()
        run_night(DAY(2026, 11, 29))

        assert len(told()) == 1

    def test_tells_of_a_new_benefit(self):
        person = make_person("kim", born=DAY(1990, 1, 1))
        run_night(TODAY)
        make_benefit(conditions={"JA0110": 19, "JA0111": 39})
        run_night(TODAY + NIGHT)

        (message,) = told(person)
        assert "새로 생긴 지원" in says(message)

    def test_tells_of_a_deadline_once(self):
        person = make_person("kim", born=DAY(1990, 1, 1))
        make_benefit(conditions={"JA0110": 19, "JA0111": 39}, 신청기한="2026.11.01 ~ 2026.12.05")
        for number in range(3):
            run_night(TODAY + number * NIGHT)

        (message,) = told(person)
        assert "곧 마감 (2026년 12월 5일)" in says(message)

    @pytest.mark.parametrize(
        ("deadline", "words"),
        [
            ("2026.09.01 ~ 2026.10.31", None),
            ("2026.11.01 ~ 2027.03.31", "2027년 3월 31일까지 신청할 수 있습니다."),
            ("2027.02.01 ~ 2027.03.31", "2027년 2월 1일부터 2027년 3월 31일까지"),
        ],
    )
    def test_says_when_to_apply_and_nothing_of_what_is_over(self, deadline, words):
        person = make_person("kim", born=DAY(2007, 11, 29))
        make_benefit(conditions={"JA0110": 19, "JA0111": 39}, 신청기한=deadline)
        run_night(TODAY)
        run_night(TODAY + NIGHT)

        said = [says(message) for message in told(person)]
        assert [words in one for one in said] == ([True] if words else [])

    def test_tells_of_what_somebody_told_anew(self):
        person = make_person("kim", born=DAY(1950, 1, 1))
        run_night(TODAY)
        tell_facts(
            person=person,
            group=FactGroup.CIRCUMSTANCES,
            facts=PENSIONER,
            purposes=["accounts.eligibility_circumstances"],
            channel=Channel.WEB,
            now=NOW + datetime.timedelta(hours=20),
        )
        run_night(TODAY + NIGHT)

        (message,) = told(person)
        assert "알려 주신 내용이 바뀌어" in says(message)
        assert "이제 조건에 맞지 않아 보임" not in says(message)

    def test_looks_at_children_as_well(self):
        child = {"relation": "CHILD", "birth_date": "2020-01-01"}
        make_person("kim", born=DAY(1990, 1, 1), members=[child])
        run_night(TODAY)

        assert "아동수당" in likely_in_words(BenefitSheet.objects.get())

    def test_says_in_words_what_is_kept(self):
        make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        run_night(TODAY)
        run_night(DAY(2026, 11, 29))

        words = [news_in_words(row) for row in BenefitNews.objects.order_by("pk")]
        assert "기초연금: 때가 되어 조건에 맞게 됨 (2026년 11월 29일)" in words

    def test_keeps_nothing_that_can_be_read(self):
        make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        run_night(TODAY)
        run_night(DAY(2026, 11, 29))

        with connection.cursor() as cursor:
            cursor.execute("SELECT likely FROM welfare_benefitsheet")
            kept = cursor.fetchone()[0]
            cursor.execute("SELECT news, key FROM welfare_benefitnews")
            rows = cursor.fetchall()
            cursor.execute("SELECT facts::text || url FROM notices_message")
            messages = "".join(text for (text,) in cursor.fetchall())
        (message,) = told()
        assert messages == json.dumps(message.facts)
        assert str(message.facts["news"]).replace(",", "").isdecimal()
        assert kept.startswith(keyring().prefix)
        assert rows
        assert all(news.startswith(keyring().prefix) for news, _ in rows)
        assert not any("pension" in news + key for news, key in rows)


class TestManyAtOnce:
    def test_are_told_in_as_many_statements_as_two(self):
        people = [
            make_person(f"p{number}", born=DAY(1961, 11, 29), circumstances=PENSIONER).pk
            for number in range(22)
        ]
        run_night(TODAY)
        run = screening.start_nightly_run(on=DAY(2026, 11, 29), now=NOW + NIGHT)
        screener = screening.Turn(run).screener()

        def statements_for(some):
            with CaptureQueriesContext(connection) as queries:
                number = screening.screen_people(
                    run=run, screener=screener, people=some, now=NOW + NIGHT
                )
            assert number == len(some)
            return len(queries)

        assert statements_for(people[:2]) == statements_for(people[2:])
        assert {message.person_id for message in told()} == set(people)
        assert len(told()) == len(people)


class TestConsent:
    def test_is_asked_for(self):
        make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER, alerts=False)
        run_night(TODAY)
        run_night(DAY(2026, 11, 29))

        assert not told()
        assert not BenefitSheet.objects.exists()

    def test_that_ends_deletes_at_once_what_was_kept(self):
        person = make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        run_night(TODAY)
        run_night(DAY(2026, 11, 29))
        assert BenefitSheet.objects.exists()
        assert BenefitNews.objects.exists()

        (message,) = told()
        assert "기초연금" in says(message)
        withdraw_purpose(person=person, purpose="welfare.alerts", now=NOW)

        assert not BenefitSheet.objects.exists()
        assert not BenefitNews.objects.exists()
        assert "기초연금" not in says(message)
        assert "더 보관하지 않습니다" in says(message)

    def test_that_ends_before_the_night_ends_the_telling(self):
        person = make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        run_night(TODAY)
        withdraw_purpose(person=person, purpose="welfare.alerts", now=NOW)
        run_night(DAY(2026, 11, 29))

        assert not told()

    def test_of_each_purpose_opens_its_own_facts_alone(self):
        person = make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        run_night(TODAY)
        withdraw_purpose(person=person, purpose="accounts.eligibility_circumstances", now=NOW)
        run_night(DAY(2026, 11, 29))

        assert not any("기초연금: 때가 되어 조건에 맞게 됨" in says(one) for one in told())


class TestPublication:
    @pytest.fixture
    def people(self):
        return {
            name: make_person(name, born=born, **more)
            for name, born, more in (
                ("64", DAY(1962, 6, 1), {"circumstances": PENSIONER}),
                ("63", DAY(1963, 6, 1), {"circumstances": PENSIONER}),
                ("66", DAY(1960, 6, 1), {"circumstances": PENSIONER}),
                ("foreign", DAY(1962, 6, 1), {"circumstances": {"nationality": "OTHER"}}),
                ("untold", DAY(1962, 6, 1), {}),
                ("silent", DAY(1962, 6, 1), {"circumstances": PENSIONER, "alerts": False}),
                ("withdrawn", DAY(1962, 6, 1), {"circumstances": PENSIONER}),
            )
        }

    def test_tells_exactly_those_concerned(self, people):
        run_night(TODAY)
        withdraw_purpose(person=people["withdrawn"], purpose="welfare.alerts", now=NOW)
        version = publish_age(64)

        tasks.start_rule_run(version=version.pk)

        assert {one.person for one in told()} == {people["64"]}
        (message,) = told()
        assert "기준이 바뀌어 조건에 맞게 됨" in says(message)
        assert "기초연금" in says(message)

    def test_goes_out_at_once_unless_a_digest_was_chosen(self, people):
        choose(
            person_id=people["withdrawn"].pk,
            purpose=BENEFIT_NEWS,
            mode=Mode.WEEKLY,
            channels=["EMAIL"],
            now=NOW,
        )
        run = screening.start_rule_run(version=publish_age(64), on=TODAY, now=NOW)

        finish(run)

        due = dict(Delivery.objects.order_by("pk").values_list("person", "due_at"))
        assert due[people["64"].pk] == NOW
        assert due[people["withdrawn"].pk] > NOW + datetime.timedelta(hours=12)

    def test_waits_for_the_morning_in_the_night(self, people):
        run = screening.start_rule_run(version=publish_age(64), on=TODAY, now=NOW)
        at_23 = datetime.datetime(2026, 11, 28, 14, 0, tzinfo=datetime.UTC)

        finish(run, at_23)

        due = Delivery.objects.get(person=people["64"]).due_at
        assert due == datetime.datetime(2026, 11, 28, 23, 0, tzinfo=datetime.UTC)

    def test_tells_also_who_was_never_looked_at(self, people):
        version = publish_age(64)
        tasks.start_rule_run(version=version.pk)

        assert {one.person for one in told()} == {people["64"], people["withdrawn"]}

    def test_tells_who_loses_it(self, people):
        run_night(TODAY)
        version = publish_age(67)
        tasks.start_rule_run(version=version.pk)

        (message,) = told()
        assert message.person == people["66"]
        assert "이제 조건에 맞지 않아 보임" in says(message)

    def test_is_not_told_again_at_night(self, people):
        run_night(TODAY)
        version = publish_age(64)
        tasks.start_rule_run(version=version.pk)
        number = len(told())
        run_night(TODAY + NIGHT)

        assert len(told()) == number

    def test_sent_twice_is_one_run(self, people):
        version = publish_age(64)
        tasks.start_rule_run(version=version.pk)
        number = len(told())
        tasks.start_rule_run(version=version.pk)

        assert ScreeningRun.objects.filter(version=version).count() == 1
        assert len(told()) == number


class TestKilledWorker:
    def test_leaves_a_piece_whole_or_undone(self, monkeypatch):
        monkeypatch.setattr(screening, "PEOPLE_A_PIECE", 2)
        for number in range(20):
            make_person(f"p{number}", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        run_night(TODAY)
        run = run_night(DAY(2026, 11, 29), pieces=5)
        assert run.finished_at is None
        halfway = len(told())
        assert 0 < halfway < 20

        def die(**_):
            raise KeyboardInterrupt

        with monkeypatch.context() as killed:
            killed.setattr(screening, "tell_each", die)
            with pytest.raises(KeyboardInterrupt):
                finish(run)
        assert len(told()) == halfway

        finish(run)
        run.refresh_from_db()

        assert run.finished_at
        assert len(told()) == 20
        assert run.told == 20
        assert len({one.person_id for one in told()}) == 20
        assert not ScreeningPart.objects.filter(run=run, finished_at=None).exists()


class TestTurn:
    """What may happen while a worker is at a run."""

    def test_follows_a_publication_from_piece_to_piece(self, monkeypatch):
        monkeypatch.setattr(screening, "PEOPLE_A_PIECE", 1)
        monkeypatch.setattr(screening, "PARTS", 1)
        for name in ("kim", "lee"):
            make_person(name, born=DAY(1962, 6, 1), circumstances=PENSIONER)
        turn = screening.Turn(screening.start_nightly_run(on=TODAY, now=NOW))
        assert screening.screen_piece(turn=turn, now=NOW)
        publish_age(64)
        assert screening.screen_piece(turn=turn, now=NOW)

        earlier, later = map(likely_in_words, BenefitSheet.objects.order_by("person"))
        assert "기초연금" not in earlier
        assert "기초연금" in later

    def test_leaves_nothing_where_its_run_is_ended(self, monkeypatch):
        make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)
        run_night(TODAY)
        run = screening.start_nightly_run(on=TODAY + NIGHT, now=NOW)
        screen = screening.screen_people

        def overtaken(**told):
            found = screen(**told)
            ScreeningRun.objects.filter(pk=run.pk).update(finished_at=NOW)
            return found

        with monkeypatch.context() as patched:
            patched.setattr(screening, "screen_people", overtaken)
            assert not screening.screen_piece(turn=screening.Turn(run), now=NOW)

        assert not told()
        assert BenefitSheet.objects.get().judged_on == TODAY

    def test_makes_no_rules_where_no_part_is_free(self, monkeypatch):
        run = run_night(TODAY)
        monkeypatch.setattr(screening, "rulebook", None)

        assert not screening.screen_piece(turn=screening.Turn(run), now=NOW)

    def test_of_an_older_day_looks_at_nobody_again(self):
        make_person("kim", born=DAY(1990, 1, 1))
        older = screening.start_nightly_run(on=TODAY, now=NOW)
        run_night(TODAY + NIGHT)
        ScreeningRun.objects.filter(pk=older.pk).update(finished_at=None)
        finish(older)

        assert BenefitSheet.objects.get().judged_on == TODAY + NIGHT

    def test_passes_over_whom_nobody_can_read(self, caplog):
        people = [
            make_person(f"p{number}", born=DAY(1961, 11, 29), circumstances=PENSIONER)
            for number in range(5)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE accounts_factsheet SET facts = %s WHERE person_id = %s",
                ["gone.c2VhbGVk", people[2].pk],
            )

        run = run_night(TODAY)

        assert run.finished_at
        looked_at = set(BenefitSheet.objects.values_list("person", flat=True))
        assert looked_at == {one.pk for one in people} - {people[2].pk}
        (record,) = [one for one in caplog.records if one.name == screening.__name__]
        assert record.getMessage().endswith(f"cannot be read: run {run.pk} passes over them.")
        assert str(people[2].pk) not in record.getMessage().replace(f"run {run.pk} ", "")
        assert record.exc_info is None

    def test_does_not_take_a_fault_of_the_portal_for_one_of_theirs(self, monkeypatch):
        make_person("kim", born=DAY(1961, 11, 29), circumstances=PENSIONER)

        def broken(*_, **__):
            raise KeyError("ours")

        monkeypatch.setattr(Screener, "look", broken)
        with pytest.raises(KeyError, match="ours"):
            run_night(TODAY)

    def test_knows_who_lives_alone(self):
        """Who told that nobody lives with them is a household of one, and with a child is none."""
        child = {"relation": "CHILD", "birth_date": "2020-01-01"}
        make_person("alone", born=DAY(1980, 1, 1))
        make_person("two", born=DAY(1980, 1, 1), members=[child])

        alone, two = households()

        assert ("SINGLE_PERSON" in alone.yes, "SINGLE_PERSON" in alone.no) == (True, False)
        assert ("SINGLE_PERSON" in two.yes, "SINGLE_PERSON" in two.no) == (False, True)
        assert (alone.people, two.people) == (1, 2)

    def test_takes_empty_rows_for_nobody_told_and_not_for_living_alone(self):
        raises = {"household": ["SINGLE_PARENT"]}
        make_person("untold", born=DAY(1980, 1, 1), members=None)
        empty = make_person("empty", born=DAY(1980, 1, 1), circumstances=raises)
        FactSheet.objects.of_group(FactGroup.HOUSEHOLD).filter(person=empty).update(facts={})
        make_person("both", born=DAY(1980, 1, 1), circumstances=raises)

        for one in households():
            assert "SINGLE_PERSON" not in one.yes | one.no
            assert one.people is None

    def test_takes_as_denied_what_stood_on_the_list_when_it_was_told(self):
        before = {"receipts": ["NONE"]}
        since = {**before, "receipts_denied": ["LIVELIHOOD", "ENERGY_VOUCHER", "GONE"]}
        make_person("before", born=DAY(1980, 1, 1), circumstances=before)
        make_person("since", born=DAY(1980, 1, 1), circumstances=since)

        older, newer = households()

        assert "energy-voucher" not in older.receives_not
        assert "livelihood-benefit" in older.receives_not
        assert newer.receives_not == {"livelihood-benefit", "energy-voucher"}


def households():
    people = list(User.objects.order_by("pk").values_list("pk", flat=True))
    return [one.household for one in tell_households(people, on=TODAY)]


class TestPreview:
    def test_counts_who_would_gain_or_lose(self):
        author = make_officer("author", "change_ruleversion")
        for number, born in enumerate((DAY(1962, 6, 1), DAY(1962, 7, 1), DAY(1960, 6, 1))):
            make_person(f"p{number}", born=born, circumstances=PENSIONER)
        make_person("silent", born=DAY(1962, 6, 1), circumstances=PENSIONER, alerts=False)
        held = RuleVersion.objects.in_force().get(programme="basic-pension", slot="AGE")
        draft = begin_successor(of=held, kind=RuleKind.CONDITION, actor=author, now=NOW)
        wanted = [{"field": "AGE_YEARS", "operator": "UNDER", "value": "65"}]
        draft = edit_rule(version=draft, told={"wanted": wanted}, actor=author, now=NOW)

        assert effect_on_people(draft, on=TODAY) == Effect(asked=3, gain=2, lose=1)

    def test_asks_all_of_a_benefits_rule(self):
        author = make_officer("author", "change_ruleversion")
        make_person("young", born=DAY(2000, 1, 1))
        make_person("old", born=DAY(1950, 1, 1))
        benefit = make_benefit(conditions={"JA0110": 19, "JA0111": 39})
        told = {
            "benefit_code": benefit.pk,
            "slot": "AGE",
            "wanted": [{"field": "AGE_YEARS", "operator": "AT_LEAST", "value": "30"}],
            "law": "조례",
            "since": DAY(2026, 1, 1),
            "is_verified": True,
        }
        draft = draft_rule(kind=RuleKind.CONDITION, told=told, actor=author, now=NOW)

        assert effect_on_people(draft, on=TODAY) == Effect(asked=2, gain=0, lose=1)

    def test_is_counted_anew_for_what_was_changed(self):
        author = make_officer("author", "change_ruleversion")
        held = RuleVersion.objects.in_force().get(programme="basic-pension", slot="AGE")
        draft = begin_successor(of=held, kind=RuleKind.CONDITION, actor=author, now=NOW)
        assert count_effect(number=draft.pk, on=TODAY, now=NOW)
        counted = RuleEffect.objects.get(version=draft).digest
        assert counted == digest_of(draft)

        draft = edit_rule(version=draft, told={"since": None}, actor=author, now=NOW)
        assert counted != digest_of(draft)
        assert not count_effect(number=draft.pk, on=TODAY, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_who_is_erased_beside_the_night_leaves_no_sheet():
    """Whoever is forgotten waits for the piece that looks at them, and takes what it wrote."""
    person = make_person("kim", born=DAY(2008, 11, 29))
    run = screening.start_nightly_run(on=TODAY, now=NOW)
    lines = []

    def forget():
        try:
            lines.extend(erase(person=person, now=NOW))
        finally:
            connection.close()

    eraser = threading.Thread(target=forget)
    with transaction.atomic():
        assert screening.screen_piece(turn=screening.Turn(run), now=NOW)
        eraser.start()
        eraser.join(1)
        assert eraser.is_alive()
    eraser.join(10)

    assert {line.model: line.rows for line in lines}.get("welfare.BenefitSheet") == 1
