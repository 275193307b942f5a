"""Who signs in, wrongly or in vain, leaves nothing of themselves in any log of the portal."""

import json
import re
import socketserver
import threading
from collections.abc import Iterator

import httpx
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import User
from core.sandbox import engines
from tests.web_server import web_server

pytestmark = pytest.mark.django_db(transaction=True)

KNOWN, UNKNOWN, PHONE = "kim.cs@portal.example", "lee-yh@nowhere.example", "010-2345-6789"
SECRET = "wrong-Passw0rd-77"


class RefusingMail(socketserver.StreamRequestHandler):
    """A mail server that takes no recipient, and says whom it did not take."""

    def handle(self) -> None:
        self.wfile.write(b"220 mail\r\n")
        for line in self.rfile:
            word = line.split(maxsplit=1)[0].upper() if line.split() else b""
            if word == b"QUIT":
                break
            if word == b"RCPT":
                address = re.search(rb"<(.*)>", line)[1]
                self.wfile.write(b"550 5.1.1 <" + address + b">: user unknown\r\n")
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def mail() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), RefusingMail) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def served(tmp_path, mail):
    """The real web server on the tests' database, with a mail server that refuses everybody."""
    User.objects.create_user(KNOWN, "right-Passw0rd-11")
    held = connection.settings_dict
    database = f"postgresql://{held['USER']}@/{held['NAME']}?host={held['HOST']}"
    log = tmp_path / "log"
    given = {"DATABASE_URL": database, "REDIS_URL": settings.REDIS_URL, "EMAIL_URL": mail}
    with web_server(log, SECRET_KEY="x" * 60, LOG_LEVEL="DEBUG", **given) as client:
        yield client, log


def send(client: httpx.Client, path: str, **fields: str) -> int:
    page = BeautifulSoup(client.get(path).text, "html.parser")
    token = page.select_one("main [name=csrfmiddlewaretoken]")["value"]
    return client.post(path, data={"csrfmiddlewaretoken": token, **fields}).status_code


class TestWebServer:
    def test_writes_of_nobody_who_signs_in_wrongly_or_gets_no_letter(self, served):
        client, log = served
        for login in (KNOWN, UNKNOWN, PHONE, "kim.cs"):
            assert send(client, "/accounts/login/", login=login, password=SECRET) == 200
        statuses = [
            send(client, "/accounts/password/reset/", email=KNOWN),
            send(client, "/accounts/login/code/", email=KNOWN),
            send(client, "/accounts/signup/", email=UNKNOWN, password1=SECRET, password2=SECRET),
        ]
        written = log.read_text()

        assert 500 in statuses
        assert "SMTPRecipientsRefused" in written
        for told in (KNOWN, UNKNOWN, PHONE, SECRET, "kim.cs", "lee-yh", "2345-6789"):
            assert told not in written, told
        lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
        views = [line["view"] for line in lines if line["event"] == "request"]
        assert views.count("account_login") == 8

    def test_writes_of_nobody_where_an_answer_breaks_off(self, tmp_path):
        log = tmp_path / "log"
        nowhere = f"postgresql://portal@/portal?host={tmp_path}"
        app = "tests.seoul_portal.breaking_app:application"
        with web_server(log, app=app, DATABASE_URL=nowhere, SECRET_KEY="x" * 60) as client:
            client.get("/break")
        lines = [json.loads(line) for line in log.read_text().splitlines() if line[:1] == "{"]

        told = [line for line in lines if "_granian" in line.get("logger", "")]
        assert "ValueError: Key (email)=(<e-mail>) and <phone>" in json.dumps(told)
        assert KNOWN not in log.read_text()


class TestPostgres:
    @pytest.mark.skipif(not settings.EMBEDDED, reason="DATABASE_URL names another server's log")
    def test_writes_what_failed_and_not_of_whom(self):
        log = engines.var_dir() / "postgres" / "log"
        before = log.stat().st_size
        User.objects.create_user(KNOWN, SECRET)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email=KNOWN)
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT 1 / 0, '{PHONE}'")
        with log.open(encoding="utf-8") as lines:
            lines.seek(before)
            written = lines.read()

        assert "duplicate key value" in written
        assert "division by zero" in written
        assert KNOWN not in written
        assert PHONE not in written
