"""Prepares the process for tests: settings nobody's shell can sway, and engines of the tests' own.

Imported before Django's settings are read. Every process of a run holds the same embedded cluster
(`var/test`), with a database and a Redis number each.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
KEPT = (
    "DATABASE_URL",
    "DATABASE_URL_FILE",
    "DATABASE_OWNER_URL",
    "DATABASE_OWNER_URL_FILE",
    "REDIS_URL",
    "REDIS_URL_FILE",
)
SWAYED = re.compile(
    r"(DEBUG|SECRET_KEY|FIELD_KEYS|ALLOWED_HOSTS|SITE_URL|OFFICIAL|METRICS_ALLOW|PORT|PROXIES|LOG_LEVEL"
    r"|SECURITY_CONTACT|HSTS|UPSTREAMS_URL|TASK_VISIBILITY|PROMETHEUS_MULTIPROC_DIR"
    r"|(EMAIL|SMS|ALIMTALK|PUSH|BOUNCE)_\w+|[A-Z]+_RATE|WELFARE_\w+|DATABASE_\w+"
    r"|(KAKAO|NAVER|GOOGLE)_CLIENT_\w+)(_FILE)?"
)
REDIS_DATABASES = 16


def prepare() -> None:
    for name in list(os.environ):
        if SWAYED.fullmatch(name) and name not in KEPT:
            del os.environ[name]
    os.environ["SANDBOX_DIR"] = os.environ.get("SANDBOX_DIR") or str(ROOT / "var" / "test")
    os.environ["SANDBOX_THROWAWAY"] = "1"
    # Not under /tmp: there every pytest of this account closes the way to the others' files again,
    # while PostgreSQL, which will not run as root, walks them under another account.
    os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["SANDBOX_DIR"]
    os.environ["SECRET_KEY"] = "only-for-tests-" * 5
    os.environ["FIELD_KEYS"] = "tests:" + ("only-for-tests-" * 3)[:43]
    # Where collected assets would be: WhiteNoise looks there at every start, and minds its absence.
    Path(os.environ["SANDBOX_DIR"], "static").mkdir(parents=True, exist_ok=True)

    # WhiteNoise warns where it is missing, and a warning is an error here.
    (Path(os.environ["SANDBOX_DIR"]) / "static").mkdir(parents=True, exist_ok=True)

    from core.sandbox import engines

    engines.hold_if_embedded(os.environ)
    # The given Redis may be somebody's own: tests take numbers from the far end, and empty those.
    given = os.environ.get("REDIS_URL") or engines.redis_url()
    os.environ["REDIS_URL"] = redis_of_worker(given, os.environ.get("PYTEST_XDIST_WORKER", ""))
    os.environ["DJANGO_SETTINGS_MODULE"] = "seoul_portal.settings"


def redis_of_worker(url: str, worker: str) -> str:
    """Answer the same Redis with the database number that belongs to one worker of the run."""
    number = REDIS_DATABASES - 1 - int(worker.removeprefix("gw") or 0) % (REDIS_DATABASES - 1)
    if url.startswith("unix:"):
        return f"{url.partition('?')[0]}?db={number}"
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
