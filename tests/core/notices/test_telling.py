"""What is told stands in the inbox, once, and waits for its time by the ways that people chose."""

import datetime
import tracemalloc

import pytest
from django.db import connection, transaction

from accounts.models import User
from core.notices import rules
from core.notices.enums import Channel, Mode
from core.notices.models import Delivery, Message, Preference
from core.notices.registry import UnknownNotice
from core.notices.services import Letter, tell, tell_each, tell_many
from tests.core.notices.pretend import Answered, Broken, Opened, at

MEGABYTE = 2**20
FACTS = {"name": "가온 교실"}


def told(person, *, notice=Opened, facts=FACTS, cause="opened:1", now=None, **more):
    return tell(notice=notice, person=person, facts=facts, cause=cause, now=now or at(10), **more)


def chose(person, notice, mode, *channels):
    Preference.objects.create(
        person=person, purpose=notice.purpose.slug, mode=mode, channels=list(channels),
        chosen_at=at(9),
    )  # fmt: skip


def queued():
    return list(Delivery.objects.order_by("channel").values_list("channel", "mode", "due_at"))


@pytest.mark.django_db
class TestTell:
    def test_writes_to_the_inbox_and_queues_a_digest(self, resident, stranger):
        assert told(resident, url="/welfare/").messages == 1

        message = Message.objects.get()
        assert (message.person, message.facts, message.read_at) == (resident, FACTS, None)
        assert queued() == [("EMAIL", "DAILY", at(8, day=5))]
        assert not Message.objects.visible_to(stranger.pk, on=at(10).date()).exists()

    def test_tells_of_the_same_cause_once(self, resident, stranger):
        told(resident)

        assert told(resident).messages == 0
        assert told(stranger).messages == told(resident, cause="opened:2").messages == 1
        assert Delivery.objects.count() == Message.objects.count() == 3

    def test_is_undone_with_its_cause(self, resident):
        with transaction.atomic():
            told(resident)
            transaction.set_rollback(True)

        assert not Message.objects.exists()

    def test_goes_by_what_the_person_chose(self, resident, every_channel):
        chose(resident, Opened, Mode.WEEKLY, Channel.SMS, Channel.EMAIL)

        told(resident)

        assert queued() == [("EMAIL", "WEEKLY", at(8, day=9)), ("SMS", "WEEKLY", at(8, day=9))]

    def test_stays_in_the_inbox_where_no_channel_is_chosen(self, resident):
        chose(resident, Opened, Mode.DAILY)

        told(resident)

        assert Message.objects.exists()
        assert not queued()

    def test_says_nothing_to_whoever_stopped_it_or_left(self, resident, stranger):
        chose(resident, Opened, Mode.STOPPED)
        User.objects.filter(pk=stranger.pk).update(is_active=False)

        assert told(resident).messages == told(stranger).messages == 0

    def test_tells_what_cannot_be_stopped(self, resident):
        chose(resident, Answered, Mode.STOPPED, Channel.EMAIL)

        told(resident, notice=Answered, facts={"number": 1})

        assert queued() == [("EMAIL", "AT_ONCE", at(10))]

    def test_passes_by_channels_that_are_not_set_up(self, resident):
        told(resident, notice=Answered, facts={"number": 1})

        assert [way for way, *_ in queued()] == ["EMAIL"]

    def test_uses_every_channel_that_is(self, resident, every_channel):
        told(resident, notice=Answered, facts={"number": 1})

        assert [way for way, *_ in queued()] == ["ALIMTALK", "EMAIL", "PUSH", "SMS"]

    def test_has_no_alimtalk_without_a_template(self, resident, every_channel):
        chose(resident, Opened, Mode.AT_ONCE, Channel.ALIMTALK, Channel.SMS)

        told(resident)

        assert [way for way, *_ in queued()] == ["SMS"]

    def test_wakes_nobody_at_night_but_for_what_is_urgent(self, resident):
        told(resident, notice=Answered, facts={"number": 1}, now=at(23, 30))
        told(resident, notice=Broken, facts={}, now=at(23, 30))

        due = dict(Delivery.objects.values_list("message__notice", "due_at"))
        assert due == {Answered.slug: at(8, day=5), Broken.slug: at(23, 30)}

    def test_puts_nothing_urgent_into_a_digest(self, resident):
        chose(resident, Broken, Mode.WEEKLY, Channel.EMAIL)

        told(resident, notice=Broken, facts={})

        assert queued() == [("EMAIL", "AT_ONCE", at(10))]

    def test_calls_the_task_after_the_commit(
        self, resident, outbox, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            told(resident)
        assert not callbacks

        with django_capture_on_commit_callbacks() as callbacks:
            told(resident, notice=Answered, facts={"number": 1}, now=at(10))
        assert len(callbacks) == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"facts": {}},
            {"facts": {"name": "가", "more": "나"}},
            {"facts": {"name": "가" * 1000}},
            {"cause": ""},
            {"cause": "x" * 121},
            {"url": "https://elsewhere.example/"},
            {"url": "//elsewhere.example/"},
        ],
    )
    def test_refuses_what_it_is_not_declared_with(self, resident, wrong):
        with pytest.raises(ValueError, match=Opened.slug):
            told(resident, **wrong)

    def test_refuses_a_message_that_no_app_lists(self, resident):
        class Unlisted(Opened):
            slug = "pretend.unlisted"

        with pytest.raises(UnknownNotice):
            told(resident, notice=Unlisted)


MATTER = "welfare.counsel"


def pairs_of(matter, *, on):
    """The seam's form: who wants messages to go to whom (here: the resident's to the stranger)."""
    assert (matter, on) == (MATTER, datetime.date(2026, 3, 4))
    users = User.objects.filter(email="resident@example.com")
    helper = User.objects.filter(email="stranger@example.com").values("pk")
    return users.annotate(helper=helper).values_list("pk", "helper")


def both_of(matter, *, on):
    users = User.objects.filter(email="resident@example.com")
    return pairs_of(matter, on=on).union(users.values_list("pk", "pk"), all=True)


@pytest.mark.django_db
class TestRecipients:
    def test_are_whom_the_person_chose(self, resident, stranger, officer, settings):
        settings.NOTICE_RECIPIENTS = f"{__name__}.pairs_of"

        tell_many(
            notice=Opened,
            people=User.objects.all(),
            facts=FACTS,
            cause="c",
            now=at(10),
            matter=MATTER,
        )

        got = sorted(Message.objects.values_list("person", "about"), key=str)
        assert got == sorted(
            [(stranger.pk, resident.pk), (stranger.pk, None), (officer.pk, None)], key=str
        )

    def test_may_be_both(self, resident, stranger, settings):
        settings.NOTICE_RECIPIENTS = f"{__name__}.both_of"

        told(resident, matter=MATTER)

        assert set(Message.objects.values_list("person", "about")) == {
            (stranger.pk, resident.pk),
            (resident.pk, None),
        }


@pytest.mark.django_db
class TestTellMany:
    MANY = 100_000

    def test_is_one_statement_for_any_number(self, django_assert_num_queries):
        person = User(password="!", is_active=True)
        User.objects.bulk_create(
            (
                User(email=f"{number}@many.example", password=person.password)
                for number in range(self.MANY)
            ),
            batch_size=5000,
        )
        # What autovacuum does a minute after so many came: unknown, they are planned for as one.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE accounts_user")

        tracemalloc.start()
        with django_assert_num_queries(3):  # a savepoint around it, since a test is a transaction
            done = tell_many(
                notice=Opened,
                people=User.objects.filter(email__endswith="@many.example"),
                facts=FACTS,
                cause="opened:1",
                now=at(10),
            )

        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # The test's end looks every row's keys up, by plans of when the tables were all but empty.
        with connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")

        assert (done.messages, done.deliveries) == (self.MANY, self.MANY)
        assert most < MEGABYTE  # nobody's key passes through the process

    def test_takes_keys_as_well(self, resident, stranger):
        done = tell_many(
            notice=Opened,
            people=[resident.pk, stranger.pk, resident.pk, 10**9],
            facts=FACTS,
            cause="c",
            now=at(10),
        )

        assert (done.messages, done.deliveries) == (2, 2)


@pytest.mark.django_db
class TestTellEach:
    def letters(self, people):
        return [
            Letter(person.pk, {"name": person.email}, f"own:{person.pk}", f"/my/{person.pk}/")
            for person in people
        ]

    def test_tells_each_their_own_once(self, resident, stranger):
        told_first = tell_each(notice=Opened, letters=self.letters([resident]), now=at(10))
        both = tell_each(notice=Opened, letters=self.letters([resident, stranger]), now=at(10))

        assert (told_first.messages, both.messages) == (1, 1)
        for person in (resident, stranger):
            message = Message.objects.get(person=person)
            assert message.facts == {"name": person.email}
            assert (message.cause, message.url) == (f"own:{person.pk}", f"/my/{person.pk}/")

    def test_goes_by_what_each_chose(self, resident, stranger):
        chose(resident, Opened, Mode.STOPPED)
        done = tell_each(notice=Opened, letters=self.letters([resident, stranger]), now=at(10))

        assert done.messages == 1
        assert Message.objects.get().person == stranger

    def test_is_one_statement_for_any_number(self, django_assert_num_queries):
        people = User.objects.bulk_create(
            User(email=f"{number}@many.example", password="!", is_active=True)
            for number in range(20)
        )
        with django_assert_num_queries(3):
            tell_each(notice=Opened, letters=self.letters(people[:2]), now=at(10))
        with django_assert_num_queries(3):
            done = tell_each(notice=Opened, letters=self.letters(people[2:]), now=at(10))

        assert done.messages == done.deliveries == 18

    def test_tells_nobody_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            assert tell_each(notice=Opened, letters=[], now=at(10)).messages == 0

    def test_refuses_other_facts_than_declared(self, resident):
        letter = Letter(resident.pk, {"other": "x"}, "c")
        with pytest.raises(ValueError, match="is told with"):
            tell_each(notice=Opened, letters=[letter], now=at(10))


class TestRules:
    @pytest.mark.parametrize(
        ("moment", "quiet"),
        [
            (at(20, 59), False),
            (at(21), True),
            (at(23, 59), True),
            (at(0), True),
            (at(7, 59), True),
            (at(8), False),
        ],
    )
    def test_know_the_night(self, moment, quiet):
        assert rules.is_quiet(moment) is quiet
        assert rules.is_quiet(moment.astimezone(datetime.UTC)) is quiet

    def test_know_the_morning_after_midnight_too(self):
        assert rules.when_awake(at(22)) == rules.when_awake(at(3, day=5)) == at(8, day=5)
        assert rules.when_awake(at(12)) == at(12)

    def test_know_the_next_morning_and_monday(self):
        assert rules.next_morning(at(8)) == at(8, day=5)
        assert rules.next_monday(at(10)) == at(8, day=9)
        assert rules.next_monday(at(7, day=9)) == at(8, day=9)
        assert rules.next_monday(at(8, day=9)) == at(8, day=16)

    def test_wait_longer_each_time_and_then_give_up(self):
        moments = [rules.next_try(attempts=n, now=at(9), is_urgent=True) for n in range(1, 7)]

        assert moments[-1] is None
        assert moments[:-1] == sorted(moments[:-1])
        assert moments[0] == at(9, 1)

    def test_try_again_in_the_morning_what_is_not_urgent(self):
        assert rules.next_try(attempts=4, now=at(20), is_urgent=False) == at(8, day=5)
        assert rules.next_try(attempts=4, now=at(20), is_urgent=True) == at(22)

    @pytest.mark.parametrize(
        ("text", "length"), [("가" * 45, 90), ("a" * 90, 90), ("가나abc", 7), ("", 0)]
    )
    def test_count_as_carriers_do(self, text, length):
        assert rules.bytes_of(text) == length

    def test_cut_no_letter_in_half(self):
        assert rules.cut_to("가나다", 5) == "가나"
        assert rules.as_carriers_write("좋아요 🙂") == "좋아요 ?"
