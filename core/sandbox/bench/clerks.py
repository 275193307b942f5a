"""All clerks of the city at once, each at a person's pace: no errors, and pages about as fast."""

import asyncio
import itertools
import random
import re
import secrets
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from statistics import median
from typing import Any

import httpx

from core.sandbox.bench import databases, desk, inside
from core.sandbox.bench.judging import Result
from core.sandbox.bench.servers import processor_seconds, serving
from core.sandbox.bench.syncing import say
from core.sandbox.bench.wrk import BenchFailed

DATABASE = "bench_clerks"
REDIS = 7
MOST_TIMES = 2.0
# Seconds between two pages of a clerk: reading, typing, listening. A page every 40 seconds is 720
# a working day, where a task takes ten pages and a clerk does the same task sixty times a day.
PACE = (20.0, 60.0)
# Alone, one page follows the other; the first rounds wake both processes of the server.
ROUNDS, WAKING = 30, 6
PATIENCE = 60.0
BEGIN, TALK = "/admin/welfare/countertalk/begin/", "/admin/welfare/countertalk/{talk}/talk/"
TALK_NUMBER = re.compile(r"/countertalk/(\d+)/talk/$")
HOUSEHOLD = {
    "household-district": "노원구",
    "household-income_monthly": "1800000",
    "household-home_owner": "no",
    "member-TOTAL_FORMS": "2",
    "member-INITIAL_FORMS": "0",
    "member-0-birth_date": "1956-03-02",
    "member-0-sex": "F",
    "member-0-facts": "DISABLED",
    "member-1-birth_date": "1984-07-11",
    "member-1-sex": "M",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A page as clerks ask for it; what its address names is a thing of the clerk's own."""

    name: str
    path: str
    sent: Mapping[str, str] | None = None
    answer: HTTPStatus = HTTPStatus.OK


# One citizen after another: a further page is a line here, and a thing of its own in `seats.py`.
STEPS = (
    Step(name="worklist", path="/admin/cases/case/"),
    Step(name="a request", path="/admin/cases/case/{request}/change/"),
    Step(name="a household", path="/admin/welfare/carehousehold/{household}/change/"),
    Step(name="counter, begin", path=BEGIN, sent={"consent": "SCREEN"}, answer=HTTPStatus.FOUND),
    Step(name="counter, questions", path=TALK),
    Step(name="counter, answers", path=TALK, sent=HOUSEHOLD | {"do": "judge"}),
    Step(name="counter, finish", path=TALK, sent={"do": "finish"}, answer=HTTPStatus.FOUND),
)


@dataclass(slots=True)
class Clerk:
    """Somebody at a desk: a browser with its cookies, and what they have before them."""

    browser: httpx.AsyncClient
    token: str
    things: dict[str, Any]


@dataclass(slots=True)
class Told:
    """What was seen: the milliseconds of each page, and each page that failed."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    # Also those that are not counted: all for which the server worked.
    asked: int = 0


Wait = Callable[[], Awaitable[None]]


def measure(
    *, clerks: int, cases: int, benefits: int, facilities: int, seconds: int
) -> list[Result]:
    """Ask as one clerk alone, then as all of them, of the same server on the same rows."""
    desk.ensure_kept(cases, facilities=facilities, redis=REDIS)
    databases.copy(desk.kept_database(cases), DATABASE)
    environ = databases.environment(DATABASE, redis=REDIS)
    command = ("python", "manage.py", "bench_match", "--benefits", str(benefits))
    databases.run(command, environ)
    seats = inside.run("seats", environ, clerks=clerks)
    databases.settle(DATABASE)
    with ExitStack() as stack:
        server = stack.enter_context(serving(DATABASE, redis=REDIS))
        alone = asyncio.run(ask_alone(server.cached, seats[0]))
        say(f"{clerks:,} clerks, a page every {PACE[0]:.0f} to {PACE[1]:.0f} s, {seconds} s …")
        began = processor_seconds(server.group)
        together = asyncio.run(ask_together(server.cached, seats, seconds=seconds))
        worked = processor_seconds(server.group) - began
    databases.drop(DATABASE)
    return [*results(alone, together, clerks=clerks), work_of(together, worked, clerks=clerks)]


def work_of(together: Told, worked: float, *, clerks: int) -> Result:
    """Say what all of them keep busy, whatever else the machine does beside it."""
    cores = worked / together.asked * clerks / (sum(PACE) / 2)
    return Result(
        name="cores of the web server that all clerks keep busy",
        rows=clerks,
        figure=cores,
        unit="cores",
        note=f"{1000 * worked / together.asked:.1f} ms of processor time a page",
    )


def results(alone: Told, together: Told, *, clerks: int) -> list[Result]:
    if alone.errors:
        raise BenchFailed(f"A clerk alone was refused: {alone.errors[0]}")
    return [
        *(
            Result(
                name=f"{step.name}, all clerks at work",
                rows=clerks,
                figure=median(together.took[step.name]),
                unit="ms",
                against="one clerk alone",
                limit=median(alone.took[step.name]),
                ratio=median(together.took[step.name]) / median(alone.took[step.name]),
                target=MOST_TIMES,
                at_most=True,
            )
            for step in STEPS
            if together.took[step.name]
        ),
        Result(
            name="pages that failed",
            rows=sum(map(len, together.took.values())) + len(together.errors),
            figure=len(together.errors),
            unit="pages",
            target=0,
            at_most=True,
            note="; ".join(together.errors[:3]),
        ),
    ]


async def ask_alone(url: str, seat: Mapping[str, Any]) -> Told:
    """Go round after round without a pause, on connections of its own as any browser."""
    told = Told()
    async with httpx.AsyncHTTPTransport(limits=httpx.Limits()) as line:
        clerk = seated(url, seat, line)
        for step in STEPS * WAKING:
            await take(step, clerk, Told())
        for step in STEPS * ROUNDS:
            await take(step, clerk, told)
    return told


async def ask_together(url: str, seats: Sequence[Mapping[str, Any]], *, seconds: float) -> Told:
    """Let all of them work; what they did before the last one had come does not count."""
    told = Told()
    begins = time.monotonic() + PACE[1]
    unlimited = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncHTTPTransport(limits=unlimited) as line:
        await asyncio.gather(
            *(
                _work(seated(url, seat, line), told, number, begins, begins + seconds)
                for number, seat in enumerate(seats)
            )
        )
    return told


def seated(url: str, seat: Mapping[str, Any], line: httpx.AsyncBaseTransport) -> Clerk:
    token = secrets.token_hex(16)
    cookies = {desk.SESSION: seat["session"], "csrftoken": token}
    browser = httpx.AsyncClient(
        base_url=url, transport=line, cookies=cookies, timeout=PATIENCE, trust_env=False
    )
    return Clerk(browser, token, dict(seat["things"]))


async def _work(clerk: Clerk, told: Told, number: int, begins: float, ends: float) -> None:
    """Come in some time in the first minute, in the middle of something; go on until the end."""
    chance = random.Random(number)  # noqa: S311
    await asyncio.sleep(chance.uniform(0, PACE[1]))
    for step in itertools.islice(itertools.cycle(STEPS), chance.randrange(len(STEPS)), None):
        counted = told if time.monotonic() >= begins else Told()
        if step.path == TALK and "talk" not in clerk.things:
            await take(next(one for one in STEPS if one.path == BEGIN), clerk, counted)
        await take(step, clerk, counted)
        if counted is not told:  # errors count from the first page on
            told.errors += counted.errors
            told.asked += counted.asked
        pause = chance.uniform(*PACE)
        if time.monotonic() + pause > ends:
            return
        await asyncio.sleep(pause)


async def take(step: Step, clerk: Clerk, told: Told) -> None:
    """Ask for one page, and wait for all of it."""
    path = step.path.format(**clerk.things)
    told.asked += 1
    began = time.perf_counter()
    try:
        if step.sent is None:
            answer = await clerk.browser.get(path)
        else:
            answer = await clerk.browser.post(
                path, data=dict(step.sent), headers={"X-CSRFToken": clerk.token}
            )
    except httpx.HTTPError as fault:
        told.errors.append(f"{step.name}: {type(fault).__name__}")
        return
    if answer.status_code != step.answer:
        told.errors.append(f"{step.name}: {answer.status_code}")
        return
    told.took[step.name].append(1000 * (time.perf_counter() - began))
    if step.path == BEGIN and (found := TALK_NUMBER.search(answer.headers["Location"])):
        clerk.things["talk"] = found[1]
    elif step.sent is not None and step.sent.get("do") == "finish":
        del clerk.things["talk"]
