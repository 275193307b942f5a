"""The embedded PostgreSQL and Redis: where they live, and how a process keeps them alive.

Every process that needs them holds a connection to one guardian per checkout (`guardian.py`);
the guardian stops both when the last connection closes, so a killed process leaves nothing behind.
"""

import atexit
import fcntl
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 25
# The guardian takes its socket away at once when the last holder has gone.
OTHERS_SECONDS = 1.0

# The roles of the embedded PostgreSQL; the first makes the others (`core/database/roles.py`).
ADMIN, OWNER, APPLICATION = "portal", "portal_owner", "portal_app"

_held: list[socket.socket] = []


class EnginesUnavailable(Exception):
    """The embedded PostgreSQL or Redis did not come up; the message says where its log is."""


def var_dir() -> Path:
    """Where data and logs are kept; tests use a place of their own through SANDBOX_DIR.

    The same one, from whatever folder a process is started.
    """
    return CHECKOUT / (os.environ.get("SANDBOX_DIR") or "var")


def socket_dir() -> Path:
    """A short directory for the sockets, one per checkout (a socket's path holds 107 bytes)."""
    mark = hashlib.sha256(str(var_dir()).encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"seoul-portal-{os.getuid()}-{mark}"


def postgres_url() -> str:
    """Where the application works: with the tables, which it does not own."""
    return url_of(APPLICATION)


def owner_url() -> str:
    return url_of(OWNER)


def admin_url() -> str:
    return url_of(ADMIN)


def url_of(role: str, database: str = "portal") -> str:
    return f"postgresql://{role}@/{database}?host={socket_dir()}"


def redis_url() -> str:
    return f"unix://{socket_dir()}/redis.sock?db=0"


def secret_key() -> str:
    """The embedded installation's own secret, made at its first start, for its owner's eyes."""
    return _made_once("secret_key", lambda: secrets.token_urlsafe(64))


def field_keys() -> str:
    """The embedded installation's own key for encrypted fields: `FIELD_KEYS`, made likewise."""
    return _made_once("field_keys", lambda: f"first:{secrets.token_urlsafe(32)}")


def _made_once(name: str, make: Callable[[], str]) -> str:
    path = var_dir() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as made:
            made.write(make())
        # Of two that start at once the first wins: a link, unlike a rename, never replaces.
        with suppress(FileExistsError):
            os.link(made.name, path)
        os.unlink(made.name)
    return path.read_text(encoding="utf-8")


def guardian_socket() -> Path:
    return socket_dir() / "guardian.sock"


def hold_if_embedded(environ: Mapping[str, str]) -> None:
    """Keep the engines up for the life of this process, unless both services are configured."""
    configured = all(
        environ.get(name) or environ.get(f"{name}_FILE") for name in ("DATABASE_URL", "REDIS_URL")
    )
    if not configured:
        hold()


def hold() -> None:
    """Start the guardian where it does not run, and hold it until this process ends."""
    if _held:
        return
    var_dir().mkdir(parents=True, exist_ok=True)
    with (var_dir() / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = _connect()
        if connection is None:
            connection = _start_guardian()
    _held.append(connection)
    atexit.register(connection.close)


def release() -> None:
    """Let go, and wait until the engines have stopped, unless somebody else holds them too."""
    for connection in _held:
        connection.close()
    _held.clear()
    asked_at = time.monotonic()
    with (var_dir() / "guardian.lock").open("a") as lock:
        while time.monotonic() - asked_at < STOP_SECONDS:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if guardian_socket().exists() and time.monotonic() - asked_at > OTHERS_SECONDS:
                    return
                time.sleep(0.02)
            else:
                return


def _connect() -> socket.socket | None:
    """Answer a held connection once the guardian has said that both engines are ready."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(guardian_socket()))
        connection.settimeout(START_SECONDS)
        if connection.recv(5) == b"ready":
            return connection
    except OSError:
        pass
    connection.close()
    return None


def _start_guardian() -> socket.socket:
    log_path = var_dir() / "guardian.log"
    with log_path.open("ab") as log:
        # A session of its own: Ctrl-C must reach the web server first, and the database last.
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "core.sandbox.guardian"],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if (connection := _connect()) is not None:
            process.returncode = 0  # it outlives us on purpose: there is nothing to wait for
            return connection
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise EnginesUnavailable(
        f"The embedded PostgreSQL and Redis did not start; {log_path} says why. "
        "Set DATABASE_URL and REDIS_URL to use your own."
    )
