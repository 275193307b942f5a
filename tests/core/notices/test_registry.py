"""Messages are found where apps declare them; what contradicts itself is refused at once."""

from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.notices import registry
from core.notices.declaration import AlimTalkTemplate, NoticePurpose
from core.notices.enums import Language
from core.notices.notices import PhoneAdded
from core.notices.registry import declared_notices, declared_purposes
from tests.core.notices import pretend
from tests.core.notices.pretend import Answered, Opened


def module_of(*notices, listed=()):
    module = ModuleType("pretend_app.notices")
    for notice in notices:
        notice.__module__ = module.__name__
        setattr(module, notice.__name__, notice)
    module.NOTICES = tuple(listed)
    return module


def declare(monkeypatch, *modules):
    monkeypatch.setattr(registry, "_modules", lambda: iter(modules))
    declared_notices.cache_clear()
    declared_purposes.cache_clear()


def variant(**changes):
    return type("Variant", (Opened,), changes)


class TestRegistry:
    def test_finds_the_messages_of_apps_and_their_purposes(self):
        assert declared_notices()[PhoneAdded.slug] is PhoneAdded
        assert declared_purposes()["account-security"].is_urgent
        assert all(purpose.because for purpose in declared_purposes().values() if purpose.is_urgent)

    def test_passes_by_apps_that_have_none(self, monkeypatch):
        declare(monkeypatch, module_of())

        assert declared_notices() == {}

    def test_refuses_silence(self, monkeypatch):
        declare(monkeypatch, module_of(variant()))

        with pytest.raises(ImproperlyConfigured, match="not in NOTICES: Variant"):
            declared_notices()

    def test_refuses_two_of_one_name(self, monkeypatch):
        declare(monkeypatch, pretend, module_of(listed=[variant()]))

        with pytest.raises(ImproperlyConfigured, match=r"Two messages are called pretend\.opened"):
            declared_notices()

    def test_refuses_two_purposes_of_one_name(self, monkeypatch):
        other = NoticePurpose(slug=Opened.purpose.slug, title="다른 것", about="다른 것")
        declare(
            monkeypatch, pretend, module_of(listed=[variant(slug="pretend.other", purpose=other)])
        )

        with pytest.raises(ImproperlyConfigured, match="Two purposes"):
            declared_purposes()

    def test_refuses_a_purpose_that_cannot_be_stopped_without_a_word(self, monkeypatch):
        stern = NoticePurpose(slug="pretend.stern", title="엄함", about="엄함", is_compulsory=True)
        declare(monkeypatch, module_of(listed=[variant(purpose=stern)]))

        with pytest.raises(ImproperlyConfigured, match="says not why"):
            declared_purposes()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"slug": "Not A Slug"},
            {"slug": "pretend." + "x" * 60},
            {"subject": ""},
            {"reason": ""},
            {"body": "%(other)s은 없습니다."},
            {"body": "100% 옵니다."},
            {"short": "이모지 🙂"},
            {"alimtalk": AlimTalkTemplate(code="x" * 21, variables=())},
            {"alimtalk": AlimTalkTemplate(code="x", variables=("unknown",))},
        ],
    )
    def test_refuses_what_cannot_be_said(self, wrong):
        with pytest.raises(ImproperlyConfigured):
            registry.check(variant(**wrong))

    def test_says_every_message_in_both_languages(self):
        from django.utils import translation

        for notice in (PhoneAdded,):
            said = []
            for language in Language.values:
                with translation.override(language):
                    said.append([notice.says(part, notice.sample) for part in registry.PARTS])
            assert all(one != other for one, other in zip(*said, strict=True))

    def test_fills_in_facts(self):
        assert Opened.says("subject", {"name": "나래"}) == "나래 문을 열었습니다"
        assert Answered.says("subject", {"number": 3}) == "답이 왔습니다"
