"""The command lines of every process: `make run`, the containers and the tests share them.

What differs from place to place (address, port, secrets, folders) comes from the environment.
"""

from pathlib import Path

# "python" stands for the interpreter that runs the portal: see `with_this_python`.
# Says in one sentence which setting is wrong, before anything else is started.
READ_SETTINGS = ("python", "-m", "seoul_portal.settings")
# Makes the two roles and hands the tables over; the embedded engine does it by itself.
ROLES = ("python", "manage.py", "roles")
MIGRATE = ("python", "manage.py", "migrate", "--no-input", "--verbosity", "0")
# After `MIGRATE`: programmes that came with this release; what staff changed stays.
RULES = ("python", "manage.py", "bring_in_rules")
COLLECT_STATIC = ("python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
# Where from: each feed's own settings, or UPSTREAMS_URL.
SYNC_ALL = ("python", "manage.py", "sync", "--all")
# Address and port: GRANIAN_HOST and GRANIAN_PORT.
WEB = (
    "python", "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4",
    "--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning",
    "seoul_portal.wsgi:application",
)  # fmt: skip
WORKER = (
    "python", "-m", "celery", "--quiet", "--app", "seoul_portal.celery", "worker",
    "--queues", "celery", "--concurrency", "2", "--loglevel", "INFO",
    "--without-gossip", "--without-mingle", "--hostname", "tasks@%h",
)  # fmt: skip
# One sync at a time, in a process of its own: a long one keeps no other task waiting.
SYNC_WORKER = (
    "python", "-m", "celery", "--quiet", "--app", "seoul_portal.celery", "worker",
    "--queues", "syncs", "--concurrency", "1", "--loglevel", "INFO",
    "--without-gossip", "--without-mingle", "--hostname", "syncs@%h",
)  # fmt: skip
BEAT = (
    "python", "-m", "celery", "--quiet", "--app", "seoul_portal.celery", "beat",
    "--pidfile=", "--loglevel", "INFO",
)  # fmt: skip
WORKER_PROBE = (
    "python", "-m", "celery", "--quiet", "--app", "seoul_portal.celery", "inspect", "ping",
    "--timeout", "5",
)  # fmt: skip
# Asks the web server on this machine whether it is ready, under the host name it answers to.
PROBE = ("python", "-m", "core.sandbox.probe")


def upstreams(port: int) -> tuple[str, ...]:
    return ("python", "manage.py", "upstreams", "--port", str(port))


def sample_people(sign_ins: Path) -> tuple[str, ...]:
    return ("python", "manage.py", "demo", "--sign-ins", str(sign_ins))
