"""A table for the heir, in the test database only."""

import pytest

from tests.core.places.heir import Heir
from tests.guards.roles import owners_editor


@pytest.fixture(scope="session")
def heir_table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), owners_editor() as editor:
        editor.create_model(Heir)
    yield Heir
    with django_db_blocker.unblock(), owners_editor() as editor:
        editor.delete_model(Heir)


@pytest.fixture
def heir(heir_table, db):
    return heir_table
