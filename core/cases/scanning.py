"""Has clamd look at a file before it is kept, where the setting CLAMAV_URL names one.

The INSTREAM command of clamd's protocol: pieces with their length in front, then an empty one. The
answer is one line: `stream: OK`, `stream: <name> FOUND`, or `… ERROR`.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.conf import settings

PIECE, LONGEST_ANSWER = 64 * 1024, 4096
CONNECT_SECONDS, ANSWER_SECONDS = 3, 30
DEFAULT_PORT = 3310


class ScannerAway(Exception):
    """The scanner cannot be asked, or does not say whether the file is clean."""


class Infected(Exception):
    """The scanner found something; the message is its name."""


def scan(content: bytes, *, url: str | None = None) -> bool:
    """Have the scanner look; answers False where none is set, True where it found nothing.

    Raises Infected, and ScannerAway where it cannot say: then the file is not kept.
    """
    url = settings.CLAMAV_URL if url is None else url
    if not url:
        return False
    try:
        with _connected(url) as connection:
            told = _ask(connection, content)
    except OSError as fault:
        raise ScannerAway(str(fault)) from fault
    if told.endswith(" FOUND"):
        raise Infected(told.removeprefix("stream: ").removesuffix(" FOUND"))
    if told != "stream: OK":
        raise ScannerAway(told or "no answer")
    return True


@contextmanager
def _connected(url: str) -> Iterator[socket.socket]:
    parts = urlsplit(url)
    if parts.scheme != "unix":
        address = (parts.hostname or "localhost", parts.port or DEFAULT_PORT)
        with socket.create_connection(address, timeout=CONNECT_SECONDS) as connection:
            connection.settimeout(ANSWER_SECONDS)
            yield connection
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(unquote(parts.path))
        connection.settimeout(ANSWER_SECONDS)
        yield connection


def _ask(connection: socket.socket, content: bytes) -> str:
    connection.sendall(b"zINSTREAM\0")
    for begins in range(0, len(content), PIECE):
        piece = content[begins : begins + PIECE]
        connection.sendall(struct.pack("!L", len(piece)) + piece)
    connection.sendall(struct.pack("!L", 0))
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER:
        if not (more := connection.recv(LONGEST_ANSWER)):
            break
        told += more
    return told.rstrip(b"\0").decode("utf-8", "replace").strip()
