"""Every message has a link that stops it, or a declaration that says why it has none."""

import importlib
import re

import pytest

from accounts.adapter import NO_STOP_LINK
from core.notices.composing import compose
from core.notices.declaration import Notice
from core.notices.enums import Language
from core.notices.models import Message
from core.notices.registry import declared_notices, declared_purposes, get_notice
from core.notices.stopping import Stop, read_token
from tests.architecture.tree import ROOT, name_of, product_modules

LINK = re.compile(r"https?://\S+/(?:notices/stop|s)/([\w-]+)/")
# What is sent there was composed, and is judged above.
DELIVERS = ("core.notices.channels", "core.notices.services.delivering")
SENDS = re.compile(r"\bEmailMessage\(|\brender_mail\(|\bsend_mail\(|\bsender_of\(")
BASES = {"account/email/base", "account/email/base_message"}
NUMBER = 1234567


def letters(notice: type[Notice]):
    message = Message(
        person_id=NUMBER, notice=notice.slug, purpose=notice.purpose.slug, facts=notice.sample
    )
    return [compose([message], language=language) for language in Language.values]


def told_stops(text: str) -> set[Stop | None]:
    return {read_token(token) for token in LINK.findall(text)}


class TestMessages:
    @pytest.mark.parametrize("slug", sorted(declared_notices()))
    def test_can_be_stopped_by_every_channel_or_say_why_not(self, slug):
        notice = get_notice(slug)
        stop = Stop(NUMBER, notice.purpose.slug)
        for letter in letters(notice):
            if notice.purpose.can_be_silenced:
                assert told_stops(letter.body) == told_stops(letter.short) == {stop}
                assert told_stops(letter.stop) == {stop}
            else:
                assert str(notice.purpose.because)
                assert letter.stop == ""
                assert not told_stops(letter.body) | told_stops(letter.short)

    @pytest.mark.parametrize("slug", sorted(declared_notices()))
    def test_go_by_alimtalk_in_both_languages_with_their_stop_link(self, slug):
        notice = get_notice(slug)
        korean, english = letters(notice)

        assert korean.template
        assert english.template == f"{korean.template}_en"
        assert korean.variables["link"].startswith("http")
        stop = told_stops(korean.variables.get("stop", ""))
        can_stop = notice.purpose.can_be_silenced
        assert stop == ({Stop(NUMBER, notice.purpose.slug)} if can_stop else set())

    def test_need_these_templates_to_be_approved(self):
        codes = {one.alimtalk.code for one in declared_notices().values()}

        assert codes == {
            "benefit_ends", "benefits_changed", "benefits_got_it", "cases_asks", "cases_comes",
            "cases_handed_over", "cases_locked", "cases_moved", "cases_office_late",
            "cases_opened", "cases_written", "centre_changed", "consent_ended", "erasure_asked",
            "erasure_ended", "household_comes", "household_stays", "household_taken",
            "phone_added",
        }  # fmt: skip

    def test_that_cannot_be_stopped_are_those_about_an_account_alone(self):
        kept = {one.slug for one in declared_purposes().values() if not one.can_be_silenced}

        assert kept == {"account-security"}

    def test_of_many_at_once_can_be_stopped_together(self):
        told = [
            Message(person_id=NUMBER, notice=one.slug, purpose=one.purpose.slug, facts=one.sample)
            for one in declared_notices().values()
        ]
        letter = compose(told, language="ko")

        assert told_stops(letter.body) == told_stops(letter.short) == {Stop(NUMBER, "*")}
        assert told_stops(letter.variables["stop"]) == {Stop(NUMBER, "*")}


class TestOtherLetters:
    def test_of_accounts_each_say_why_they_have_none(self):
        folder = ROOT / "templates"
        found = {
            str(path.relative_to(folder)).removesuffix("_message.txt")
            for path in folder.glob("*/email/*_message.txt")
        } - BASES

        assert set(NO_STOP_LINK) == found
        assert len(found) >= 18

    def test_are_sent_by_modules_that_say_why_they_have_none(self):
        named = {
            name_of(path).removesuffix(".py").replace("/", "."): path for path in product_modules()
        }
        senders = {
            module
            for module, path in named.items()
            if SENDS.search(path.read_text(encoding="utf-8")) and not module.startswith(DELIVERS)
        }
        told = (ROOT / "docs" / "notices.md").read_text()

        assert len(senders) >= 3
        for module in sorted(senders):
            assert getattr(importlib.import_module(module), "NO_STOP_LINK", ""), module
            assert f"`{module}`" in told, module
