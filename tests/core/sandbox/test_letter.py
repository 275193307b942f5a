"""Letters in the sandbox are one file each, and the newest is shown as its reader gets it."""

import stat
import subprocess
import sys

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import override_settings

from core.sandbox import letter
from tests.architecture.tree import ROOT

KOREAN = "확인 번호는 1234-5678입니다. 다른 사람에게 알려 주지 마세요."


@pytest.fixture
def outbox(tmp_path, monkeypatch):
    monkeypatch.setenv("SANDBOX_DIR", str(tmp_path))
    folder = tmp_path / "outbox"
    with override_settings(EMAIL_BACKEND="core.web.outbox.Outbox", EMAIL_FILE_PATH=str(folder)):
        yield folder


class TestOutbox:
    def test_writes_each_letter_to_a_file_of_its_own(self, outbox):
        with mail.get_connection() as connection:
            for number in range(2):
                EmailMessage(
                    f"{number}", KOREAN, to=["b@example.com"], connection=connection
                ).send()
        headers = {"Message-ID": "<0123456789abcdef@portal.example>"}
        for _ in range(2):
            EmailMessage("두 번", KOREAN, to=["b@example.com"], headers=headers).send()

        written = sorted(outbox.iterdir())
        assert len(written) == 3
        assert {path.suffix for path in written} == {".eml"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
        assert outbox / "0123456789abcdef.eml" in written


class TestLetter:
    def test_shows_the_newest_in_plain_words(self, outbox, capsys):
        for subject in ("먼저", "나중"):
            EmailMessage(subject, KOREAN, "a@example.com", ["b@example.com"]).send()
        assert letter.main() == 0

        told = capsys.readouterr().out
        for words in ("To: b@example.com", "Subject: 나중", KOREAN):
            assert words in told
        assert "먼저" not in told

    def test_shows_the_one_that_is_named(self, outbox, capsys):
        EmailMessage("하나", KOREAN, "a@example.com", ["b@example.com"]).send()
        (path,) = outbox.iterdir()
        EmailMessage("둘", KOREAN, "a@example.com", ["b@example.com"]).send()

        assert letter.main(str(path)) == 0
        assert "Subject: 하나" in capsys.readouterr().out

    def test_says_where_there_is_none(self, outbox, capsys):
        assert letter.main() == 1
        assert str(outbox) in capsys.readouterr().err

    def test_is_a_command_that_the_readme_names(self, outbox):
        assert "`make letter`" in (ROOT / "README.md").read_text(encoding="utf-8")
        assert "-m core.sandbox.letter" in (ROOT / "Makefile").read_text(encoding="utf-8")
        EmailMessage("하나", KOREAN, "a@example.com", ["b@example.com"]).send()
        asked = [sys.executable, "-m", "core.sandbox.letter"]
        done = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, check=True)

        assert KOREAN in done.stdout
