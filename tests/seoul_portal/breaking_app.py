"""The portal, whose answers to /break break off on their way with somebody's address."""

from collections.abc import Iterator
from typing import Any

from seoul_portal.wsgi import application as portal


def application(environ: dict[str, Any], start_response: Any) -> Any:
    if environ["PATH_INFO"] != "/break":
        return portal(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/csv")])
    return _rows()


def _rows() -> Iterator[bytes]:
    yield b"one\n"
    raise ValueError("Key (email)=(kim.cs@portal.example) and 010-2345-6789")
