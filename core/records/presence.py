"""Keeps what is begun for a person apart from what erases them: one of both comes first, whole."""

from django.contrib.auth import get_user_model
from django.db import connection

from core.offices.people import Person


def wait_to_erase(person_id: int) -> None:
    """Wait for what is being begun for somebody; until this transaction ends nothing else is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_name(person_id)])


def is_staying(person: Person) -> bool:
    """Say whether something may be begun for somebody: they are not erased, nor just being so.

    It waits for nobody: whoever asks may hold what the erasure still needs.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock_shared(hashtextextended(%s, 0))", [_name(person.pk)]
        )
        (is_let_in,) = cursor.fetchone() or (False,)
    # An account that stays as an empty shell is no longer active.
    here = get_user_model().objects.filter(pk=person.pk, is_active=person.is_active)
    return bool(is_let_in) and here.exists()


def _name(person_id: int) -> str:
    return f"records.person:{person_id}"
