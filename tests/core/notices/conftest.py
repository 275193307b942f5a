"""Lets the messages of tests be declared, as if an app had them in its `notices.py`."""

import pytest

from core.notices import registry
from tests.core.notices import pretend


@pytest.fixture(autouse=True)
def _pretend_messages(monkeypatch):
    real = registry._modules
    monkeypatch.setattr(registry, "_modules", lambda: iter((*real(), pretend)))
    registry.declared_notices.cache_clear()
    registry.declared_purposes.cache_clear()
    yield
    registry.declared_notices.cache_clear()
    registry.declared_purposes.cache_clear()


@pytest.fixture
def outbox(tmp_path, settings):
    """The folder in which letters become files."""
    settings.EMAIL_BACKEND = "core.web.outbox.Outbox"
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.fixture
def every_channel(settings):
    """Everything set up, and nothing there to answer: for what is only queued."""
    settings.SMS_KEY = settings.SMS_SECRET = settings.ALIMTALK_KEY = "key"
    settings.SMS_SENDER, settings.ALIMTALK_SENDER = "0200000000", "sender-key"
    settings.PUSH_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
