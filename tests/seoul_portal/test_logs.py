"""Logs: one JSON object a line, and nothing in it about a person."""

import json
import logging
import logging.config
import subprocess
import sys

import pytest
from django.core.exceptions import DisallowedHost

from core.sandbox.engines import CHECKOUT
from core.web.request_id import current_request_id
from seoul_portal import logs


@pytest.fixture
def write(capfd):
    """Log through the portal's configuration as a process of its own would, and read it back."""

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

    return writing


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
        ],
    )
    def test_blank_out_people(self, write, said, kept):
        assert kept in write(said)["event"]

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

    def test_leave_a_process_as_json_only(self):
        script = (
            "import django; django.setup(); import logging, structlog;"
            "logging.getLogger('x').warning('one'); structlog.get_logger().info('two', view='v')"
        )
        ran = subprocess.run(
            [sys.executable, "-c", script],
            cwd=CHECKOUT,
            env=_environment(),
            capture_output=True,
            text=True,
            check=True,
        )

        lines = [json.loads(line) for line in ran.stderr.splitlines()]
        assert [line["event"] for line in lines] == ["one", "two"]
        assert ran.stdout == ""


def _environment() -> dict[str, str]:
    import os

    return os.environ | {"DJANGO_SETTINGS_MODULE": "seoul_portal.settings"}
