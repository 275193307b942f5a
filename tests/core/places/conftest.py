"""A table for the heir, in the test database only."""

import pytest
from django.apps import apps
from django.db import connection


@pytest.fixture(scope="session")
def heir_table(django_db_setup, django_db_blocker):
    from tests.core.places.heir import Heir

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Heir)
    yield Heir
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Heir)
    # Nobody else's test (migrations, foreign keys) may meet the heir.
    apps.all_models["places"].pop("heir", None)
    apps.clear_cache()


@pytest.fixture
def heir(heir_table, db):
    return heir_table
