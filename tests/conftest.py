"""Guards that every test runs under, and the people and questions that many tests share."""

import functools
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import dealing, environment

environment.prepare()

import django  # noqa: E402
from django.conf import settings  # noqa: E402

if settings.configured:
    raise pytest.UsageError(
        "Settings were read before tests/environment.py: unset DJANGO_SETTINGS_MODULE."
    )
django.setup()
# xdist's workers inherit this environment, and must get here before Django reads it.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.core.management import call_command  # noqa: E402

if "PYTEST_XDIST_WORKER" not in os.environ:  # once, before any worker reads a translation
    call_command("translations", verbosity=0)

import hypothesis  # noqa: E402
import redis  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from accounts.models import User  # noqa: E402
from core.cases import files  # noqa: E402
from core.database.owner import as_owner  # noqa: E402
from core.notices.channels.http import shared_client  # noqa: E402
from core.visits.counting import counter  # noqa: E402
from core.web import revision  # noqa: E402
from core.web.pagecache import pages  # noqa: E402
from core.web.throttle import throttle  # noqa: E402
from seoul_portal.celery import app as celery_app  # noqa: E402
from tests.e2e import record  # noqa: E402
from tests.guards import network, queries, roles, seeds, templates  # noqa: E402
from tests.guards.roles import as_superuser  # noqa: E402
from tests.sign_in import sign_in  # noqa: E402
from tests.standing import standing_db  # noqa: E402
from welfare.queries import matching  # noqa: E402
from welfare.services.rule_seeds import bring_in_rules  # noqa: E402

# A fixture of every module that asks for it.
__all__ = ["standing_db"]

# No timed test: a busy machine is no counterexample.
hypothesis.settings.register_profile(
    "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(record)
    network.install()
    roles.make_databases_as_owner()
    queries.shuffle_unordered()
    queries.refuse_wide_locks()
    seeds.survive_emptying()
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = templates.Undefined()
    # Names of assets as they are written: the hashed ones exist only after `collectstatic`.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # What a test publishes is seen by its next line.
    matching.CHECKED_EVERY_SECONDS = 0.0
    # A process cleans a file, and the same file comes to the same; what is refused is cleaned anew.
    files._cleaned = functools.cache(files._cleaned)
    # Arguments still travel as JSON: Celery serialises them before it runs a task at once.
    celery_app.conf.update(task_always_eager=True, task_eager_propagates=True)


@pytest.hookimpl(tryfirst=True)  # before xdist notes which tests belong together
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if getattr(config.option, "loadgroup", False):
        dealing.deal(items)


def pytest_collection_finish() -> None:
    """What stands now stays to the end: nobody need look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_report_header() -> str:
    return f"unordered rows are shuffled with SHUFFLE_SEED={queries.SEED}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Once the database stands, bring in and keep what it begins with; last, see others off.

    A process that a test has killed may not have left the database yet: it could not be dropped.
    """
    with django_db_blocker.unblock():
        bring_in_rules(now=timezone.now())
        with as_owner():
            seeds.keep()
    with django_db_blocker.unblock():
        roles.lend()
    yield
    with django_db_blocker.unblock(), as_superuser(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail a test that tried to reach another machine, even where the attempt was caught."""
    network.attempts.clear()
    yield
    assert not network.attempts, f"this test tried to reach {network.attempts}"


@pytest.fixture(scope="session")
def _redis() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        yield client


@pytest.fixture(autouse=True)
def _empty_redis(_redis: redis.Redis) -> None:
    counter.flush()
    _redis.flushdb()
    throttle.forget()  # the process's own share of what is counted there


@pytest.fixture
def redis_holds(_redis: redis.Redis) -> Callable[[], dict[str, int]]:
    """Answer the names that Redis holds, each with the seconds it has left (-1: for good)."""
    return lambda: {name.decode(): _redis.ttl(name) for name in _redis.keys("*")}


@pytest.fixture(autouse=True)
def _empty_page_cache() -> None:
    """Public pages are kept in the process for a minute; a test must not see another's."""
    pages.clear()
    revision.watch.forget()


@pytest.fixture(autouse=True)
def _nobody_on_the_line() -> Iterator[None]:
    """Hang up on the providers that a test had: the next one's listen elsewhere."""
    yield
    if shared_client.cache_info().currsize:
        shared_client().close()
        shared_client.cache_clear()


@pytest.fixture(autouse=True)
def _korean_first() -> None:
    """Forget the language of the page that the test before asked for."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def resident(db: None) -> User:
    """Someone who lives here, signed up, and owns what the test is about."""
    return User.objects.create_user("resident@example.com", "pw", name="김주민")


@pytest.fixture
def officer(db: None) -> User:
    """Someone of the city's staff, without any particular permission."""
    return User.objects.create_user("officer@example.com", "pw", name="이주무", is_staff=True)


@pytest.fixture
def stranger(db: None) -> User:
    """Someone signed in who has nothing to do with it, and must see nothing of it."""
    return User.objects.create_user("stranger@example.com", "pw", name="박타인")


@pytest.fixture
def admin_client(admin_user: User) -> Client:
    """A superuser's browser, signed in with both factors as the desk wants it."""
    client = Client()
    sign_in(client, admin_user)
    return client


@pytest.fixture
def say_why() -> Callable[[Client], None]:
    """Have a superuser's client give the reason that is asked for before it sees other people."""

    def say(client: Client, reason: str = "시험 삼아 봄") -> None:
        assert client.post("/admin/why/", {"reason": reason}).status_code == 302

    return say


@pytest.fixture
def assert_flat(db: None, _redis: redis.Redis) -> Callable[..., int]:
    """Check that a page asks the database as often for 20 rows as for 2.

    `assert_flat(lambda: client.get(url), add=lambda number: Factory())`; `add` makes one row, told
    how many there are. Answers the number of queries.
    """

    def check(page: Callable[[], object], *, add: Callable[[int], object]) -> int:
        counted = []
        for first, last in ((0, 2), (2, 20)):
            for number in range(first, last):
                add(number)
            page()  # what a process keeps for good (content types, areas) is not the page's doing
            held = cache.get(revision.KEY)
            _redis.flushdb()
            # Else, a second later, all that belongs to this revision would be worked out anew.
            cache.set(revision.KEY, held, timeout=None)
            pages.clear()
            with CaptureQueriesContext(connection) as captured:
                page()
            counted.append([query["sql"] for query in captured.captured_queries])
        few, many = counted
        assert len(few) == len(many), "\n".join([f"{len(few)} queries, then {len(many)}:", *many])
        return len(many)

    return check


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; found or installed by `make test`, which sets CHROMIUM."""
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    pytest.skip("no Chromium on this machine (`make test` looks for one and installs it)")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real rows of the publishers, which are never part of this repository."""
    folder = Path(os.environ.get("SHARED_DATA") or settings.BASE_DIR.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the publishers' real rows are not at {folder} (SHARED_DATA)")
    return folder
