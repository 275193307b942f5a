"""A person is forgotten as the holdings declare: after a week, all at once, with a receipt."""

import datetime
import io
from collections import Counter

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.declaration import Erasure, Holding
from core.records.enums import Channel, Door
from core.records.held import held_about
from core.records.models import Access, Consent, ErasureRequest
from core.records.permissions import can_ask_for_erasure
from core.records.reading import Reading
from core.records.services import (
    Failed,
    ask_erasure,
    call_off_erasure,
    carry_out_erasures,
    erase,
    overdue_erasures,
    record_looks,
    what_erasure_would_do,
)
from core.records.services import erasure as service

WEEK, DAY = datetime.timedelta(days=7), datetime.timedelta(days=1)
LAW = {"law": "공공기록물 관리에 관한 법률"}


def outcomes(lines):
    return {line.model: (line.outcome, line.rows) for line in lines}


@pytest.fixture
def filled(resident, now):
    """A citizen with a row in every holding that citizens have today."""
    EmailAddress.objects.create(user=resident, email=resident.email, primary=True, verified=True)
    Authenticator.objects.create(user=resident, type="totp", data={"secret": "s"})
    Consent.objects.create(
        person=resident, purpose="x", text_version=1, given_at=now, channel=Channel.WEB
    )
    return resident


class TestWaiting:
    def test_lasts_seven_days(self, filled, now):
        request = ask_erasure(person=filled, now=now)

        assert request.due_at == now + WEEK
        assert carry_out_erasures(now=now + WEEK - datetime.timedelta(seconds=1)).done == 0
        assert User.objects.filter(pk=filled.pk).exists()
        assert carry_out_erasures(now=now + WEEK).done == 1
        assert not User.objects.filter(pk=filled.pk).exists()

    def test_can_be_called_off(self, filled, now):
        ask_erasure(person=filled, now=now)

        assert call_off_erasure(person=filled, now=now + DAY)

        assert carry_out_erasures(now=now + WEEK).done == 0
        assert not call_off_erasure(person=filled, now=now + DAY)
        assert ask_erasure(person=filled, now=now + DAY).due_at == now + DAY + WEEK

    def test_is_not_called_off_by_anybody_else(self, filled, stranger, now):
        ask_erasure(person=filled, now=now)

        assert not call_off_erasure(person=stranger, now=now)
        assert ErasureRequest.objects.waiting().count() == 1

    def test_asked_for_twice_is_one(self, filled, now):
        first, second = (ask_erasure(person=filled, now=now + DAY * n) for n in (0, 1))

        assert first == second
        assert second.due_at == now + WEEK

    def test_stands_once_in_the_table(self, filled, now):
        ask_erasure(person=filled, now=now)

        with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
            ErasureRequest.objects.create(person=filled, asked_at=now, due_at=now + DAY)
        with pytest.raises(IntegrityError, match="waits"), transaction.atomic():
            ErasureRequest.objects.create(asked_at=now, due_at=now)

    def test_is_refused_to_whoever_works_here(self, resident, officer, stranger, now):
        office = Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")
        Membership.objects.create(
            person=stranger, office=office, role=Role.WORKER, starts_date=timezone.localdate()
        )
        boss = User.objects.create_superuser("boss@example.com", "pw")

        assert can_ask_for_erasure(resident)
        for person in (officer, User.objects.get(pk=stranger.pk), boss):
            assert not can_ask_for_erasure(person)
            with pytest.raises(PermissionDenied):
                ask_erasure(person=person, now=now)

    def test_ends_in_nothing_for_who_began_to_work_here_meanwhile(self, resident, now):
        ask_erasure(person=resident, now=now)
        User.objects.filter(pk=resident.pk).update(is_staff=True)

        assert carry_out_erasures(now=now + WEEK).done == 0
        assert User.objects.filter(pk=resident.pk).exists()


class TestErasure:
    def test_removes_everything_of_a_citizen_and_nothing_of_others(self, filled, stranger, now):
        EmailAddress.objects.create(user=stranger, email=stranger.email)
        held = {one.holding.model for one in held_about(filled)}
        lines = erase(person=filled, now=now)

        assert held == {
            "accounts.User",
            "account.EmailAddress",
            "mfa.Authenticator",
            "records.Consent",
        }
        assert outcomes(lines) == dict.fromkeys(held, ("removed", 1))
        assert not User.objects.filter(pk=filled.pk).exists()
        assert not list(held_about(filled))
        assert EmailAddress.objects.get().user == stranger

    def test_says_beforehand_what_it_will_do(self, filled, now):
        before = outcomes(what_erasure_would_do(filled))

        assert User.objects.filter(pk=filled.pk).exists()
        assert before == outcomes(erase(person=filled, now=now))

    def test_leaves_the_log_of_who_looked_and_says_why(self, filled, now):
        record_looks(
            people={filled.pk: Counter({"accounts.User": 1})},
            reading=Reading(Door.ADMIN, actor_id=0),
            actor_name="이주무",
            now=now,
        )
        before = outcomes(what_erasure_would_do(filled))
        lines = erase(person=filled, now=now)

        (kept,) = [line for line in lines if line.model == "records.Access"]
        assert (kept.outcome, kept.rows) == ("kept", 1)
        assert "제8조" in kept.law["ko"]
        assert "Article 8" in kept.law["en"]
        assert before == outcomes(lines)
        # Nothing in the database points at the account, so it goes all the same.
        assert not User.objects.filter(pk=filled.pk).exists()
        assert Access.objects.count() == 1

    def test_leaves_an_empty_shell_where_rows_that_stay_point_at_it(self, filled, now):
        """Somebody who once worked here: what they did stays."""
        filled.user_permissions.add(Permission.objects.order_by("pk")[0])
        content = ContentType.objects.get_for_model(Office)
        LogEntry.objects.create(user=filled, content_type=content, action_flag=CHANGE)
        before = outcomes(what_erasure_would_do(filled))
        lines = erase(person=filled, now=now)

        shell = User.objects.get(pk=filled.pk)
        assert outcomes(lines) == before
        assert outcomes(lines)["accounts.User"] == ("emptied", 1)
        assert outcomes(lines)["admin.LogEntry"] == ("kept", 1)
        assert (shell.email, shell.name) == (f"erased-{shell.pk}@erased.invalid", "")
        assert (shell.is_active, shell.has_usable_password(), shell.last_login) == (
            False,
            False,
            None,
        )
        assert not shell.user_permissions.exists()
        assert LogEntry.objects.get().user == shell

    def test_blanks_out_what_the_admin_called_the_rows(self, filled, officer, stranger, now):
        content = ContentType.objects.get_for_model(User)
        for person in (filled, stranger):
            LogEntry.objects.create(
                user=officer,
                content_type=content,
                object_id=str(person.pk),
                object_repr=person.email,
                action_flag=CHANGE,
            )
        erase(person=filled, now=now)

        assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {
            "–",
            stranger.email,
        }

    def test_is_all_or_nothing(self, filled, now, monkeypatch):
        ask_erasure(person=filled, now=now)

        def killed(*_):
            raise KeyboardInterrupt

        remove = service._remove
        monkeypatch.setattr(
            service,
            "_remove",
            lambda holding, *rest: (killed if holding.person == "pk" else remove)(holding, *rest),
        )
        with pytest.raises(KeyboardInterrupt):
            carry_out_erasures(now=now + WEEK)

        assert EmailAddress.objects.filter(user=filled).exists()
        assert ErasureRequest.objects.waiting().get().person == filled
        monkeypatch.setattr(service, "_remove", remove)
        assert carry_out_erasures(now=now + WEEK).done == 1

    def test_of_one_that_fails_keeps_no_other_waiting(self, filled, stranger, now, monkeypatch):
        requests = [ask_erasure(person=one, now=now).pk for one in (filled, stranger)]
        remove = service._remove

        def failing(holding, rows, *rest):
            if holding.person == "pk" and rows.filter(pk=filled.pk).exists():
                raise ValueError(f"{filled.email} cannot go")
            return remove(holding, rows, *rest)

        monkeypatch.setattr(service, "_remove", failing)
        night = carry_out_erasures(now=now + WEEK)

        assert (night.done, night.failed) == (1, (Failed(requests[0], "ValueError"),))
        assert not User.objects.filter(pk=stranger.pk).exists()
        assert EmailAddress.objects.filter(user=filled).exists()  # nothing of theirs half done
        assert ErasureRequest.objects.waiting().get().person == filled
        assert overdue_erasures(now=now + WEEK) == []
        assert overdue_erasures(now=now + WEEK + 2 * DAY) == [requests[0]]

        monkeypatch.setattr(service, "_remove", remove)
        assert carry_out_erasures(now=now + WEEK + DAY).done == 1
        assert overdue_erasures(now=now + WEEK + 2 * DAY) == []

    def test_that_is_overdue_is_told_by_the_command(self, filled):
        late = ErasureRequest.objects.create(
            person=filled, asked_at=timezone.now() - 9 * DAY, due_at=timezone.now() - 2 * DAY
        )
        said = io.StringIO()

        with pytest.raises(CommandError, match="fails each night"):
            call_command("retention", dry_run=True, stdout=said)
        assert f"1 erasures are overdue (requests {late.pk})" in said.getvalue()


class TestReceipt:
    def test_says_what_went_and_not_whose_it_was(self, filled, now):
        code = ask_erasure(person=filled, now=now).code
        carry_out_erasures(now=now + WEEK)

        receipt = ErasureRequest.objects.get(code=code)
        assert receipt.person is None
        assert receipt.done_at == now + WEEK
        assert {line["model"] for line in receipt.receipt} >= {"accounts.User", "records.Consent"}
        assert filled.email not in str(receipt.receipt)
        assert filled.name not in str(receipt.receipt)

    def test_is_found_by_a_code_that_nobody_guesses(self, filled, stranger, now):
        first, second = (ask_erasure(person=one, now=now).code for one in (filled, stranger))

        assert first != second
        assert len(first) == 26

    def test_alone_is_left_of_several_requests(self, filled, now):
        ask_erasure(person=filled, now=now)
        call_off_erasure(person=filled, now=now)
        ask_erasure(person=filled, now=now)
        carry_out_erasures(now=now + WEEK)

        assert ErasureRequest.objects.get().done_at == now + WEEK


@pytest.fixture
def diary(diaries, resident, stranger, now):
    """A diary of the resident with two pages, beside one of a stranger; answers the models."""
    diary, page, declare = diaries
    for person in (resident, stranger):
        made = diary.objects.create(
            person=person, title=f"{person.name}의 일기", secret="비밀", district="종로구"
        )
        for _ in range(2):
            page.objects.create(diary=made, text="오늘은", written_at=now)
    return diary, page, declare


class TestAnyHolding:
    def test_is_removed_children_first(self, diary, resident, stranger, now):
        diaries, pages, _ = diary
        lines = outcomes(erase(person=resident, now=now))

        assert (lines["records.Diary"], lines["records.DiaryPage"]) == (
            ("removed", 1),
            ("removed", 2),
        )
        assert diaries.objects.get().person == stranger
        assert pages.objects.count() == 2

    def test_is_emptied_and_stays_a_figure(self, diary, resident, now):
        diaries, pages, declare = diary
        declare(
            {"erasure": Erasure.ANONYMISE, **LAW},
            {"erasure": Erasure.ANONYMISE, "emptied": {"written_at": now}, **LAW},
        )
        lines = outcomes(erase(person=resident, now=now))

        kept = diaries.objects.get(person=None)
        assert (kept.title, kept.secret, kept.mood, kept.district) == ("", "", "GOOD", "종로구")
        assert {page.text for page in pages.objects.filter(diary=kept)} == {""}
        assert lines["records.Diary"] == ("emptied", 1)
        assert lines["accounts.User"] == ("removed", 1)

    def test_is_kept_with_its_account_as_a_shell(self, diary, resident, now):
        diaries, _, declare = diary
        declare({"erasure": Erasure.KEEP, **LAW}, {"erasure": Erasure.KEEP, **LAW})
        lines = outcomes(erase(person=resident, now=now))

        assert diaries.objects.get(person=resident).title == "김주민의 일기"
        assert lines["records.Diary"] == ("kept", 1)
        assert lines["records.DiaryPage"] == ("kept", 2)
        assert lines["accounts.User"] == ("emptied", 1)

    def test_may_bring_its_own_way_of_removing(self, diary, resident, now, monkeypatch):
        _, _, declare = diary
        seen = []

        def with_files(*, rows, now):
            seen.append(rows.count())
            return rows.delete()[0]

        monkeypatch.setattr(service, "with_files", with_files, raising=False)
        declare(of_page={"erased_by": "core.records.services.erasure.with_files"})
        erase(person=resident, now=now)

        assert seen == [2]

    def test_takes_as_many_statements_for_many_rows_as_for_few(
        self, diary, resident, stranger, now, django_assert_max_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        _, pages, _ = diary
        book = pages.objects.filter(diary__person=stranger).order_by("pk")[0].diary
        pages.objects.bulk_create(
            [pages(diary=book, text=str(n), written_at=now) for n in range(300)]
        )
        with CaptureQueriesContext(connection) as few:
            erase(person=resident, now=now)
        with CaptureQueriesContext(connection) as many:
            erase(person=stranger, now=now)

        assert len(many) <= len(few) + 4  # Django deletes by the hundred

    def test_that_cannot_be_emptied_is_found_out(self, diary):
        from core.records.registry import check

        holding = Holding(
            model="records.DiaryPage",
            person="diary__person",
            title="t",
            purpose="p",
            legal_basis="l",
            fields={"written_at": "쓴 때"},
            erasure=Erasure.ANONYMISE,
            **LAW,
        )
        with pytest.raises(ImproperlyConfigured, match="emptied"):
            check(holding)
