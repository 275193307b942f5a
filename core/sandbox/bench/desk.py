"""The databases with people and requests, and the sessions of staff who work in them.

People, offices and second factors are those of `manage.py demo`; requests come on top of it.
"""

import hashlib
import http
import re
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from core.sandbox import commands, engines
from core.sandbox.bench import databases, inside, syncing
from core.sandbox.bench.wrk import BenchFailed
from core.sandbox.one_time_code import one_time_code

WORKER, OVERSEER = "worker", "admin"
# A line of the sign-ins: the role, then its address, password and authenticator's secret.
SIGN_IN = re.compile(r"^  (\w+) +(\S+@\S+) +(\w+) +(\w+)$", re.MULTILINE)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SESSION = "sessionid"
REASON = "성능을 재려고 봅니다."
# Redis databases beside those of the other parts.
FIRST_REDIS = 8
MADE_BY = ("desk.py", "filling.py", "samples.py")


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a person of `manage.py demo` signs in with."""

    email: str
    password: str
    secret: str


def kept_database(cases: int) -> str:
    return f"bench_desk_{cases}"


def ensure_kept(cases: int, *, facilities: int, redis: int, anew: bool = False) -> None:
    """Fill the database of so many requests, on top of one with facilities, unless it is there."""
    database = kept_database(cases)
    mark = f"{databases.mark_of(syncing.kept_database(facilities))} {_sources_print()}"
    if not anew and databases.mark_of(database) == mark:
        return
    databases.copy(syncing.kept_database(facilities), database)
    worker = _make_people(database, redis)[WORKER]
    environ = databases.environment(database, redis=redis)
    inside.run("filling", environ, cases=cases, worker=worker.email)
    databases.settle(database)
    databases.note(database, mark)


def sign_ins(database: str) -> dict[str, SignIn]:
    """Answer who can sign in to a database, by role; they were told when it was filled."""
    told = _told_sign_ins(database).read_text(encoding="utf-8")
    return {role: SignIn(*rest) for role, *rest in SIGN_IN.findall(told)}


def session_of(person: SignIn, base_url: str, *, reason: str = "") -> str:
    """Sign in through the portal's own pages, with both factors; answers the cookie."""
    with httpx.Client(base_url=base_url, timeout=60, trust_env=False) as client:
        _send(client, "/accounts/login/", login=person.email, password=person.password)
        code = one_time_code(person.secret, at=time.time())
        _send(client, "/accounts/2fa/authenticate/", code=code)
        if reason:
            _send(client, "/admin/why/", reason=reason)
        return f"{SESSION}={client.cookies[SESSION]}"


def _send(client: httpx.Client, path: str, **data: str) -> None:
    token = TOKEN.search(client.get(path).text)
    if token is None:
        raise BenchFailed(f"The page {path} has no form to sign in with.")
    answer = client.post(path, data={**data, "csrfmiddlewaretoken": token[1]})
    if answer.status_code != http.HTTPStatus.FOUND:
        raise BenchFailed(f"{path} answers {answer.status_code} to a sign-in.")


def _make_people(database: str, redis: int) -> dict[str, SignIn]:
    path = _told_sign_ins(database)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Sample people are made only where DEBUG says that nobody else is there.
    environ = databases.environment(database, redis=redis) | {"DEBUG": "1"}
    databases.run(commands.sample_people(path), environ)
    return sign_ins(database)


def _told_sign_ins(database: str) -> Path:
    return engines.var_dir() / "sign-ins" / database


def _sources_print() -> str:
    """A fingerprint of what makes the rows: where it changes, so do they."""
    digest = hashlib.sha256()
    for name in MADE_BY:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()[:16]
