"""Logs: one JSON object a line, and nothing in it about a person."""

import json
import logging
import logging.config
import subprocess
import sys

import pytest
import structlog
from django.core.exceptions import DisallowedHost

from core.sandbox.engines import CHECKOUT
from core.web.request_id import current_request_id
from seoul_portal import logs


@pytest.fixture
def write():
    """Log through the portal's configuration as a process of its own would, and read it back.

    Loggers of later tests must not write where this test's output went: that is closed by then.
    """
    before = structlog.get_config()

    def writing(message, *args, logger="library", level=logging.INFO, **extra):
        config = logs.configure("INFO")
        handler = logging.StreamHandler(sys.__stderr__)
        formatter = logging.config.DictConfigurator(config).configure_formatter(
            dict(config["formatters"]["json"])
        )
        record = logging.LogRecord(logger, level, __file__, 1, message, args, None)
        record.__dict__.update(extra)
        if not logs.WithoutPaths().filter(record):
            return None
        handler.setFormatter(formatter)
        return json.loads(handler.format(record))

    yield writing
    structlog.configure(**before)


class TestLines:
    def test_carry_time_level_logger_and_the_request(self, write):
        token = current_request_id.set("abcdef0123456789")
        line = write("%s rows", 3)
        current_request_id.reset(token)

        assert line["event"] == "3 rows"
        assert line["level"] == "info"
        assert line["logger"] == "library"
        assert line["request_id"] == "abcdef0123456789"
        assert line["timestamp"].endswith("Z")

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("Key (email)=(kim.cs@example.co.kr) already exists.", "Key (email)=(<e-mail>)"),
            ("주민번호 900101-2345678 확인", "주민번호 <resident number> 확인"),
            ("전화 010-1234-5678", "전화 <phone>"),
            ("01012345678로 보냄", "<phone>"),
            ("GET /search/?q=우울증 200", "GET /search/?<query>"),
            ("from 203.0.113.9 refused", "from <address> refused"),
            ("login=kim.cs%40example.co.kr&", "login=<e-mail>&"),
            ("'o'brien+a@localhost' failed", "'<e-mail>'"),
            ("김철수@한국.kr", "<e-mail>"),
            ("주민번호 9001012345678 확인", "주민번호 <resident number> 확인"),
            ("010 1234 5678, 010.1234.5678", "<phone>, <phone>"),
            ("+82 10-1234-5678; +821012345678", "<phone>; <phone>"),
            ("82-10-1234-5678", "<phone>"),
            ("(02) 123-4567 / 02-1234-5678 / 0311234567", "<phone> / <phone> / <phone>"),
            ("070-1234-5678 0505-1234-5678", "<phone> <phone>"),
            (
                "DETAIL:  Failing row contains (3, 김철수, 종로구 (2층).\n, f).\nmore",
                "Failing row contains <row>.",
            ),
        ],
    )
    def test_blank_out_people(self, write, said, kept):
        assert kept in write(said)["event"]

    @pytest.mark.parametrize(
        "said",
        [
            "2026-11-28T15:08:02.565123Z took 0.0212345678 s",
            "1764342482565 rows of 0212345678901234abcd",
            "3f0a1b02-0212-4567-8901-0312abcd4567",
            "@transaction.atomic at line 1024",
        ],
    )
    def test_leave_what_is_nobodys(self, write, said):
        assert write(said)["event"] == said

    def test_blank_out_people_where_a_task_failed(self, write):
        told = {"name": "deliver", "id": "1", "exc": "SMTPRecipientsRefused({'kim@a.kr': (550,)})"}
        line = write(
            "Task %(name)s[%(id)s] raised unexpected: %(exc)s",
            told,
            logger="celery.app.trace",
            level=logging.ERROR,
        )

        assert line["event"].endswith("({'<e-mail>': (550,)})")

    def test_blank_out_people_in_tracebacks(self, write):
        try:
            raise ValueError("kim@example.com")
        except ValueError:
            line = write("failed", exc_info=sys.exc_info())

        assert "<e-mail>" in line["exception"]
        assert "kim@example.com" not in json.dumps(line)

    def test_name_the_view_of_a_failed_request_and_never_its_path(self, write, rf):
        request = rf.get("/accounts/password/reset/key/secret-token/")
        line = write("Internal Server Error: %s", request.path, request=request)

        assert line["event"] == "Internal Server Error: unmatched"

    @pytest.mark.parametrize(
        ("logger", "level", "message"),
        [
            ("django.request", logging.WARNING, "Not Found: %s"),
            ("django.request", logging.WARNING, "%s: %s"),
            ("django.request", logging.ERROR, "%s: %s"),
            ("django.security.csrf", logging.WARNING, "Forbidden (%s): %s"),
        ],
    )
    def test_drop_what_only_echoes_a_request(self, write, rf, logger, level, message):
        args = ("Not Found", "/김철수/")[-message.count("%s") :]

        assert write(message, *args, logger=logger, level=level, request=rf.get("/")) is None

    def test_keep_what_a_fault_of_ours_leaves(self, write, rf):
        try:
            raise ValueError("broken")
        except ValueError:
            line = write(
                "Internal Server Error: %s",
                "/",
                logger="django.request",
                level=logging.ERROR,
                exc_info=sys.exc_info(),
                request=rf.get("/"),
            )

        assert "ValueError: broken" in line["exception"]

    def test_tell_an_ordinary_refusal_in_one_line(self, write):
        try:
            raise DisallowedHost("Invalid HTTP_HOST header: 'evil.example'.")
        except DisallowedHost as refused:
            line = write(
                str(refused), exc_info=sys.exc_info(), logger="django.security.DisallowedHost"
            )

        assert line["event"] == "Invalid HTTP_HOST header: 'evil.example'."
        assert "exception" not in line

    def test_are_one_for_a_page_that_is_not_for_everybody(self, client, resident, caplog):
        client.force_login(resident, "django.contrib.auth.backends.ModelBackend")
        caplog.handler.addFilter(logs.WithoutPaths())

        assert client.get("/admin/login/").status_code == 403
        assert client.get("/", HTTP_HOST="evil.example").status_code == 400
        assert not [record for record in caplog.records if record.exc_info]

    def test_of_our_own_hold_a_traceback_and_nobody(self):
        script = (
            "import django; django.setup(); import structlog\n"
            "log = structlog.get_logger('portal.x')\n"
            "class Kim:\n    def __repr__(self): return '<User: kim@example.com>'\n"
            "try: raise ValueError('kim@example.com')\n"
            "except ValueError: log.exception('failed', who='010-1234-5678', more=[Kim()], n=3)"
        )
        line = json.loads(_run(script).stderr)

        assert "kim@" not in json.dumps(line)
        assert line["exception"].endswith("ValueError: <e-mail>")
        assert (line["who"], line["more"], line["n"]) == ("<phone>", ["<User: <e-mail>>"], 3)

    def test_leave_a_process_as_json_only(self):
        script = (
            "import django; django.setup(); import logging, structlog;"
            "logging.getLogger('x').warning('one'); structlog.get_logger().info('two', view='v')"
        )
        ran = _run(script)

        lines = [json.loads(line) for line in ran.stderr.splitlines()]
        assert [line["event"] for line in lines] == ["one", "two"]
        assert ran.stdout == ""


def _run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=CHECKOUT,
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    )


def _environment() -> dict[str, str]:
    import os

    return os.environ | {"DJANGO_SETTINGS_MODULE": "seoul_portal.settings"}
