"""A request that is too large is refused by its length alone, and told how large it may be."""

import json
from types import SimpleNamespace

import pytest

from core.cases import files
from core.cases.files import FileRefused, read_sent

MEGABYTE = 1024 * 1024


class Unread:
    """A body that fails whoever reads it."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("it was read")

    readline = read


@pytest.fixture
def send(client):
    def send(path: str, **headers: object):
        headers = {"CONTENT_TYPE": "multipart/form-data; boundary=x"} | headers
        return client.generic("POST", path, **headers | {"wsgi.input": Unread()})

    return send


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/requests/track/", "한 번에 12MB까지 보낼 수 있습니다."),
        ("/en/requests/track/", "up to 12 MB at a time"),
    ],
)
def test_a_body_that_is_too_long_is_never_read(send, path, words):
    answer = send(path, CONTENT_LENGTH=str(12 * MEGABYTE + 1))

    assert answer.status_code == 413
    assert words in answer.content.decode()
    assert answer.headers["Content-Security-Policy"]


def test_the_api_answers_with_a_problem(send):
    answer = send("/api/v1/facilities/", CONTENT_LENGTH=str(10**12), HTTP_ACCEPT_LANGUAGE="ko")

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert "12MB" in told["detail"]
    assert told["status"] == 413


def test_a_body_without_a_length_is_not_taken_for_an_empty_one(send):
    answer = send("/requests/track/", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")

    assert answer.status_code == 411


def test_what_is_allowed_is_a_setting_and_passes(client, db, settings):
    settings.MOST_REQUEST_MB = 1
    assert client.post("/requests/track/", {"code": "1" * 2 * MEGABYTE}).status_code == 413

    settings.MOST_REQUEST_MB = 12
    assert client.post("/requests/track/", {"code": "1234"}).status_code == 200


def test_a_file_is_refused_by_its_size_before_it_is_read(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 2 * MEGABYTE)
    sent = SimpleNamespace(size=3 * MEGABYTE + MEGABYTE // 2, read=Unread().read)

    with pytest.raises(FileRefused, match="2MB까지 붙일 수 있는데 3.5MB"):
        read_sent(sent)
