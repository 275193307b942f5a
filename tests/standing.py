"""Rows that stand for all tests of a module: made once, in a transaction around those of the tests.

A fixture of the module asks for `standing_db` and makes them; what a test changes is taken back to
them, and they are taken back with the module. Hand out the keys and let a fixture of each test read
the rows anew: an object that one test changed would be another's. Not for a module with tests of
real transactions, which would not begin.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def standing_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
