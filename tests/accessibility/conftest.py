"""The portal knows a kind of request while its pages are walked."""

import pytest

from core.cases import registry
from tests.core.cases import kinds


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    kinds.declare(monkeypatch)
    yield
    registry.declared_kinds.cache_clear()
