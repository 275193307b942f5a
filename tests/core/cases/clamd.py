"""A stand-in for clamd on loopback: speaks INSTREAM, and answers as it is told."""

import socket
import struct
import threading
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _exactly(connection, number):
    found = b""
    while len(found) < number and (more := connection.recv(number - len(found))):
        found += more
    return found


def _answer(connection, received, answer):
    with connection:
        assert _exactly(connection, 10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", _exactly(connection, 4))[0]:
            content += _exactly(connection, size)
        received.append(content)
        if answer is None:
            found = EICAR in content
            answer = b"stream: Eicar-Test-Signature FOUND" if found else b"stream: OK"
        connection.sendall(answer + b"\0" if answer else b"")


@contextmanager
def clamd(answer=None, path=None):
    """Yield (its address, what it was sent); `answer` is said to every file, b"" hangs up."""
    if path:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(path))
        url = f"unix://{path}"
    else:
        server = socket.create_server(("127.0.0.1", 0))
        url = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    server.listen()
    received = []

    def serve():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            _answer(connection, received, answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield url, received
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)
