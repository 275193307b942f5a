"""What the tests of this room share: a clock, and a table with encrypted columns."""

import datetime

import pytest

from tests.core.records import models

NOW = datetime.datetime(2026, 11, 28, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def secret_note(transactional_or_not):
    """Answer a model with encrypted columns, whose table stands for this test."""
    model = models.make_secret_note()
    with models.tables(model):
        yield model


@pytest.fixture
def transactional_or_not(request):
    """Let the table be made inside the test's own transaction, unless the test wants real ones."""
    name = "transactional_db" if "transactional_db" in request.fixturenames else "db"
    request.getfixturevalue(name)
