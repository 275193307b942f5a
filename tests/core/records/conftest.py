"""What the tests of this room share: a clock, and a table with encrypted columns."""

import datetime

import pytest

from core.records.declaration import Holding
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


@pytest.fixture
def declare_holdings(monkeypatch):
    """Let the room know of more holdings than the apps declare."""
    from core.records import held, registry
    from core.records.services import erasure, retention

    def declare(*more):
        for one in more:
            registry.check(one)
        told = (*more, *registry.declared_holdings())
        for module in (held, erasure, retention):
            monkeypatch.setattr(module, "declared_holdings", lambda: told)

    return declare


@pytest.fixture
def diaries(db, declare_holdings):
    """Answer (diary, page, declare): two models, and how to say what happens to their rows."""
    diary, page = models.make_diary()

    def declare(of_diary=None, of_page=None):
        told = {"purpose": "시험", "legal_basis": "시험"}
        declare_holdings(
            Holding(
                model="records.Diary",
                person="person",
                title="일기",
                fields={"title": "제목", "secret": "비밀", "mood": "기분"},
                **told | (of_diary or {}),
            ),
            Holding(
                model="records.DiaryPage",
                person="diary__person",
                title="일기 쪽",
                fields={"text": "글", "written_at": "쓴 때"},
                **told | (of_page or {}),
            ),
        )

    with models.tables(diary, page):
        declare()
        yield diary, page, declare
