"""Sealed columns: unreadable in the database, whole in Python, and rewritten under a new key."""

import io
import os
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.services import ensure_second_factor
from core.records import rotation
from core.records.encryption import Keyring, Unreadable, keyring
from core.records.rotation import Sealed, rotate
from core.sandbox.one_time_code import one_time_code

OLD, NEW = {"old": b"o" * 32}, {"new": b"n" * 32}
WORDS = "우울증 치료 중 🙂"


def columns(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text, facts FROM {model._meta.db_table} ORDER BY id")
        return cursor.fetchall()


class TestKeyring:
    def test_opens_what_it_sealed(self):
        keys = Keyring(OLD)

        assert keys.open(keys.seal(WORDS)) == WORDS
        assert keys.seal(WORDS) != keys.seal(WORDS)

    def test_seals_with_the_first_key_and_opens_with_all(self):
        both = Keyring(NEW | OLD)

        assert both.seal("x").startswith("new.")
        assert both.open(Keyring(OLD).seal("x")) == "x"

    def test_names_the_key_that_is_missing_and_nothing_of_the_text(self):
        with pytest.raises(Unreadable, match="no key 'old'") as refused:
            Keyring(NEW).open(Keyring(OLD).seal(WORDS))

        assert WORDS not in str(refused.value)

    @pytest.mark.parametrize(
        "alter",
        [
            lambda sealed: sealed[:-6] + "AAAAA=",
            lambda sealed: sealed.replace("old.", "new."),
            lambda sealed: "old.",
            lambda sealed: "old.é",
            lambda sealed: "plain words",
        ],
    )
    def test_refuses_what_somebody_altered(self, alter):
        with pytest.raises(Unreadable):
            Keyring(OLD | NEW).open(alter(Keyring(OLD).seal("whatever stands here")))


class TestFields:
    def test_come_back_as_they_were_and_stand_sealed(self, secret_note, resident):
        facts = {"disability": "MILD", "monthly_income": 1200000, "since": [2020, None]}
        made = secret_note.objects.create(person=resident, text=WORDS, facts=facts)

        kept = secret_note.objects.get(pk=made.pk)
        ((text, sealed_facts),) = columns(secret_note)

        assert (kept.text, kept.facts) == (WORDS, facts)
        assert text.startswith("tests.")
        assert sealed_facts.startswith("tests.")
        assert "MILD" not in sealed_facts

    def test_keep_nothing_as_nothing_and_an_empty_text_as_one(self, secret_note, resident):
        secret_note.objects.bulk_create(
            [secret_note(person=resident, text=text) for text in (None, "")]
        )

        assert set(secret_note.objects.values_list("text", flat=True)) == {None, ""}
        assert secret_note.objects.filter(text__isnull=True).count() == 1

    def test_are_sealed_by_every_way_of_writing(self, secret_note, resident):
        first, second = secret_note.objects.bulk_create(
            [secret_note(person=resident, text="a", facts={}) for _ in range(2)]
        )
        secret_note.objects.filter(pk=first.pk).update(text="by update", facts=["u"])
        second.text, second.facts = "by bulk_update", ["b"]
        secret_note.objects.bulk_update([second], ["text", "facts"])

        assert all(value.startswith("tests.") for row in columns(secret_note) for value in row)
        assert set(secret_note.objects.values_list("text", flat=True)) == {
            "by update",
            "by bulk_update",
        }
        assert {tuple(note.facts) for note in secret_note.objects.all()} == {("u",), ("b",)}

    @pytest.mark.parametrize(
        "question",
        [
            {"text": WORDS},
            {"text__icontains": "우울"},
            {"text__in": ["a"]},
            {"facts": {}},
            {"facts__disability": "MILD"},
        ],
    )
    def test_refuse_to_be_looked_up(self, secret_note, question):
        with pytest.raises(FieldError, match="is encrypted"):
            list(secret_note.objects.filter(**question))

    def test_are_asked_for_in_forms_as_plain_fields_are(self, secret_note):
        from django import forms

        form = forms.modelform_factory(secret_note, fields=["text", "facts"])(
            {"text": WORDS, "facts": '{"a": 1}'}
        )

        assert form.is_valid(), form.errors
        assert form.cleaned_data == {"text": WORDS, "facts": {"a": 1}}


@pytest.fixture
def sealed_with_old(secret_note, resident, settings):
    settings.FIELD_KEYS = OLD
    secret_note.objects.bulk_create(
        [secret_note(person=resident, text=f"note {n}", facts={"n": n}) for n in range(7)]
    )
    settings.FIELD_KEYS = NEW | OLD
    return secret_note


def texts(model):
    return sorted(model.objects.values_list("text", flat=True))


def prefixes(model):
    return {value.partition(".")[0] for row in columns(model) for value in row}


class TestRotation:
    def test_seals_everything_with_the_newest_key(
        self, transactional_db, sealed_with_old, settings
    ):
        before = texts(sealed_with_old)
        said = io.StringIO()

        call_command("rotate_keys", stdout=said)

        assert prefixes(sealed_with_old) == {"new"}
        assert "records.SecretNote.text: 7 sealed anew" in said.getvalue()
        settings.FIELD_KEYS = NEW
        assert texts(sealed_with_old) == before

    def test_finds_nothing_to_do_the_second_time(self, transactional_db, sealed_with_old):
        call_command("rotate_keys", stdout=io.StringIO())
        kept, said = columns(sealed_with_old), io.StringIO()

        call_command("rotate_keys", stdout=said)

        assert columns(sealed_with_old) == kept
        assert "records.SecretNote.text: 0 sealed anew" in said.getvalue()

    def test_goes_in_batches_and_goes_on_where_it_was_killed(self, sealed_with_old, monkeypatch):
        place = Sealed(sealed_with_old, "text")
        swap, calls = rotation._swap, []

        def killed_at_the_third(sealed, fresh):
            calls.append(len(fresh))
            if len(calls) == 3:
                raise KeyboardInterrupt
            return swap(sealed, fresh)

        monkeypatch.setattr(rotation, "_swap", killed_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            rotate(place, batch=2)
        monkeypatch.setattr(rotation, "_swap", swap)
        begun = [text for text, _ in columns(sealed_with_old) if text.startswith("new.")]

        done = rotate(place, batch=2)

        assert (calls, len(begun), done.renewed) == ([2, 2, 2], 4, 3)

    @pytest.mark.parametrize("key_of_the_writer", ["old", "new"])
    def test_leaves_what_is_written_meanwhile_as_it_was_written(
        self, sealed_with_old, monkeypatch, key_of_the_writer
    ):
        """The portal writes a row between the command's reading it and its writing it."""
        writer = Keyring({"old": OLD, "new": NEW}[key_of_the_writer])
        swap, is_written = rotation._swap, []

        def overtaken(sealed, fresh):
            if not is_written:
                is_written.append(True)
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"UPDATE {sealed.model._meta.db_table} SET text = %s WHERE id = %s",
                        [writer.seal("written meanwhile"), fresh[0][0]],
                    )
            return swap(sealed, fresh)

        monkeypatch.setattr(rotation, "_swap", overtaken)
        done = rotate(Sealed(sealed_with_old, "text"))

        assert "written meanwhile" in texts(sealed_with_old)
        assert {text.partition(".")[0] for text, _ in columns(sealed_with_old)} == {"new"}
        assert done.renewed == (7 if key_of_the_writer == "old" else 6)

    def test_tells_what_no_key_opens_and_ends_all_the_same(
        self, transactional_db, sealed_with_old, settings
    ):
        settings.FIELD_KEYS = {"lost": os.urandom(32)}
        lost = keyring().seal("gone")
        settings.FIELD_KEYS = NEW | OLD
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {sealed_with_old._meta.db_table} SET text = %s WHERE id ="
                f" (SELECT min(id) FROM {sealed_with_old._meta.db_table})",
                [lost],
            )
        said = io.StringIO()

        with pytest.raises(CommandError, match="1 texts can be opened with no key"):
            call_command("rotate_keys", stdout=said)

        assert "SecretNote.text: 6 sealed anew, 1 unreadable" in said.getvalue()
        assert columns(sealed_with_old)[0][0] == lost

    def test_looks_at_everything_that_is_sealed(self, secret_note):
        found = [one.name for one in rotation.sealed_places()]

        assert {
            "records.SecretNote.text",
            "records.SecretNote.facts",
            "mfa.Authenticator.data.secret",
            "mfa.Authenticator.data.seed",
        } <= set(found)


class TestSecondFactors:
    SECRET = "JBSWY3DPEHPK3PXP"

    @pytest.fixture
    def held(self, resident, settings):
        settings.FIELD_KEYS = OLD
        ensure_second_factor(person=resident, secret=self.SECRET, now=timezone.now())
        settings.FIELD_KEYS = NEW | OLD
        return Authenticator.objects.filter(user=resident)

    def test_are_kept_sealed(self, held):
        assert held.get(type="totp").data["secret"].startswith("old.")
        assert held.get(type="recovery_codes").data["seed"].startswith("old.")
        assert self.SECRET not in str(held.values_list("data", flat=True))

    def test_go_on_working_with_another_key(self, transactional_db, held, settings):
        codes = held.get(type="recovery_codes").wrap().get_unused_codes()
        said = io.StringIO()

        call_command("rotate_keys", stdout=said)

        settings.FIELD_KEYS = NEW
        assert "mfa.Authenticator.data.secret: 1 sealed anew" in said.getvalue()
        totp = held.get(type="totp")
        assert totp.data["secret"].startswith("new.")
        assert totp.wrap().validate_code(one_time_code(self.SECRET, at=time.time()))
        sheet = held.get(type="recovery_codes")
        assert sheet.wrap().get_unused_codes() == codes
        assert {"viewed_at", "confirmed_at"} <= set(sheet.data)
