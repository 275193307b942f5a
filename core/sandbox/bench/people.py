"""Measures what the portal does for people: staff's worklist, the access log, and messages."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from core.sandbox import engines
from core.sandbox.bench import databases, desk, inside
from core.sandbox.bench.addresses import Subject
from core.sandbox.bench.asking import Asking
from core.sandbox.bench.judging import Result
from core.sandbox.bench.servers import metrics_folder, portal_settings, serving
from core.sandbox.bench.syncing import say

WORKLIST, PEOPLE_LIST = "/admin/cases/case/", "/admin/accounts/user/"
# The worker's own centre, unfiltered; so that it is the same for few requests and for many.
SUBJECT = Subject(
    name="case worklist", addresses=(WORKLIST,), limit="query", target=0.3, may_grow=True
)
MOST_OF_LOGGING = 0.15
LOOKS = 300
MOST_SECONDS_TO_QUEUE = 60.0
# Of those who are told something, one in ten is also brought it.
DELIVERED = 10
SCRATCH = "bench_notices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A list that shows people, and who asks for it."""

    name: str
    path: str
    role: str


LOOKED_AT = (
    Look(name="case worklist", path=WORKLIST, role=desk.WORKER),
    Look(name="people list", path=PEOPLE_LIST, role=desk.OVERSEER),
)


def measure(
    wrk: str, *, cases: Sequence[int], notices: int, facilities: int, seconds: int, anew: bool
) -> list[Result]:
    redis = {number: desk.FIRST_REDIS + turn for turn, number in enumerate(sorted(cases))}
    for number, place in redis.items():
        say(f"Preparing {number:,} requests …")
        desk.ensure_kept(number, facilities=facilities, redis=place, anew=anew)
    say("Asking staff's lists …")
    results = ask(wrk, redis=redis, seconds=seconds)
    say(f"Telling {notices:,} people …")
    return [*results, *tell(notices)]


def ask(wrk: str, *, redis: dict[int, int], seconds: int) -> list[Result]:
    with ExitStack() as stack:
        servers = {
            number: stack.enter_context(serving(desk.kept_database(number), redis=redis[number]))
            for number in redis
        }
        cookies = {
            one.uncached: _session(number, desk.WORKER, one.uncached)
            for number, one in servers.items()
        }
        asking = Asking(wrk, seconds, servers, engines.var_dir() / "addresses", cookies=cookies)
        results = asking.run([SUBJECT])
        most = max(servers)
        url = servers[most].uncached
        for look in LOOKED_AT:
            cookie = cookies[url] if look.role == desk.WORKER else _session(most, look.role, url)
            told = look_at(look, cookie, url, cases=most, redis=redis[most])
            results.append(look_result(look, told, rows=most))
    return results


def look_at(look: Look, cookie: str, url: str, *, cases: int, redis: int) -> dict[str, float]:
    """Ask in a process that has the settings of the server at `url`, where the session is from."""
    address = urlsplit(url)
    database = desk.kept_database(cases)
    settings = portal_settings(
        address.port or 0, metrics_folder(f"{database}-looking"), keeps_pages=False
    )
    told: dict[str, float] = inside.run(
        "looking",
        databases.environment(database, redis=redis) | settings,
        path=look.path,
        cookie=cookie,
        host=address.netloc,
        times=LOOKS,
    )
    return told


def _session(cases: int, role: str, url: str) -> str:
    """Sign in; who may see everything says why."""
    person = desk.sign_ins(desk.kept_database(cases))[role]
    return desk.session_of(person, url, reason=desk.REASON if role == desk.OVERSEER else "")


def look_result(look: Look, told: dict[str, float], *, rows: int) -> Result:
    """Judge which part of a request is the log's."""
    return Result(
        name=f"access log's share of the {look.name}",
        rows=rows,
        figure=told["logged"],
        unit="ms",
        against="without the log",
        limit=told["bare"],
        ratio=1 - told["bare"] / told["logged"],
        target=MOST_OF_LOGGING,
        at_most=True,
    )


def tell(people: int) -> list[Result]:
    delivered = max(1, people // DELIVERED)
    environ = databases.environment(SCRATCH, redis=desk.FIRST_REDIS - 1)
    databases.make(SCRATCH)
    inside.run("filling", environ, people=people)
    databases.settle(SCRATCH)
    told = inside.run("telling", environ, people=people, delivered=delivered)
    databases.drop(SCRATCH)
    return notice_results(told, people=people, delivered=delivered)


def notice_results(told: dict[str, Any], *, people: int, delivered: int) -> list[Result]:
    return [
        Result(
            name="notices queued, seconds",
            rows=people,
            figure=told["queued"],
            unit="s",
            target=MOST_SECONDS_TO_QUEUE,
            at_most=True,
        ),
        Result(name="notices queued", rows=people, figure=people / told["queued"], unit="rows/s"),
        Result(
            name="notices sent at once, as files",
            rows=delivered,
            figure=delivered / told["sent_at_once"],
            unit="rows/s",
        ),
        Result(
            name="notices sent as digests, as files",
            rows=delivered,
            figure=delivered / told["sent_as_digests"],
            unit="rows/s",
        ),
    ]
