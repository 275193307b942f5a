"""Tells people something, in the transaction of its cause: one statement, however many they are.

The way out begins after the commit, without a word of whoever tells: a task is sent then, and beat
sends another every minute, so that a lost one costs a minute and no message.
"""

import datetime
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from core.notices import rules, tasks
from core.notices.channels import offered_channels
from core.notices.declaration import Facts, Notice, NoticePurpose
from core.notices.enums import Channel, Mode
from core.notices.registry import UnknownNotice, declared_notices
from core.offices.people import Person
from core.records.reading import system_reading

MOST_BYTES = 1000
LONGEST_CAUSE, LONGEST_URL = 120, 300
NOBODY_CHOSE = "SELECT NULL::bigint AS person_id, NULL::bigint AS recipient_id WHERE false"

log = logging.getLogger(__name__)

TELL = """
WITH chosen (person_id, facts, cause, url) AS ({people}),
choices (person_id, recipient_id) AS ({choices}),
goes_to AS (
    SELECT COALESCE(choices.recipient_id, chosen.person_id) AS person_id,
           chosen.facts, chosen.cause, chosen.url,
           CASE WHEN choices.recipient_id <> chosen.person_id THEN chosen.person_id END AS about_id
    FROM chosen LEFT JOIN choices ON choices.person_id = chosen.person_id
),
told AS (
    INSERT INTO notices_message
        (person_id, about_id, matter, notice, purpose, facts, url, cause, created_at)
    SELECT goes_to.person_id, goes_to.about_id,
           CASE WHEN goes_to.about_id IS NULL THEN '' ELSE %s END, %s, %s, goes_to.facts,
           goes_to.url, goes_to.cause, %s
    FROM goes_to
    JOIN {users} AS person ON person.id = goes_to.person_id AND person.is_active
    LEFT JOIN notices_preference AS choice
        ON choice.person_id = goes_to.person_id AND choice.purpose = %s
    WHERE %s OR choice.mode IS DISTINCT FROM 'STOPPED'
    ON CONFLICT DO NOTHING
    RETURNING id, person_id, purpose
),
queued AS (
    INSERT INTO notices_delivery
        (message_id, person_id, channel, mode, is_urgent, state, due_at, try_at, attempts, parcel,
         is_lead, error)
    SELECT told.id, told.person_id, way.channel, due.mode, %s, 'QUEUED', due.at, due.at, 0,
           CASE WHEN due.mode = 'AT_ONCE' THEN gen_random_uuid() END, due.mode = 'AT_ONCE', ''
    FROM told
    LEFT JOIN notices_preference AS choice
        ON choice.person_id = told.person_id AND choice.purpose = told.purpose
    JOIN unnest(%s::text[], %s::text[], %s::timestamptz[]) AS due (chosen, mode, at)
        ON due.chosen = COALESCE(NULLIF(choice.mode, 'STOPPED'), %s)
    CROSS JOIN LATERAL unnest(COALESCE(choice.channels, %s::text[])) AS way (channel)
    WHERE way.channel = ANY(%s::text[])
    RETURNING due_at
)
SELECT (SELECT count(*) FROM told), (SELECT count(*) FROM queued),
       (SELECT count(*) FROM queued WHERE due_at <= %s)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """How many messages were written, and how many deliveries wait for their time."""

    messages: int
    deliveries: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What one of many is told, and why: `tell` says what each part is."""

    person: int
    facts: Facts
    cause: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sql:
    """A part of the statement."""

    text: str
    params: Sequence[Any]


def tell(
    *,
    notice: type[Notice],
    person: Person | int,
    facts: Facts,
    cause: str,
    now: datetime.datetime,
    url: str = "",
    matter: str = "",
    mode: Mode | None = None,
) -> Told:
    """Tell one person; the same `cause` never makes two messages, whoever repeats it.

    `cause` names the event (`case:17:decided`), without personal data; `url` is a path of ours,
    without language. `matter` is what people may leave to others (`welfare.counsel`): then the
    message goes to whom the person chose. `mode` stands in for the purpose's own, where this one
    message is more pressing than others; what the person chose wins over both. Call it inside the
    transaction of the event. Raises ValueError for facts other than the message is declared with.
    """
    key = person if isinstance(person, int) else person.pk
    return tell_many(
        notice=notice, people=[key], facts=facts, cause=cause, now=now, url=url, matter=matter,
        mode=mode,
    )  # fmt: skip


@transaction.atomic
def tell_many(
    *,
    notice: type[Notice],
    people: QuerySet[Any] | Iterable[int],
    facts: Facts,
    cause: str,
    now: datetime.datetime,
    url: str = "",
    matter: str = "",
    mode: Mode | None = None,
) -> Told:
    """Tell the people of a queryset, or of those keys, the same; one statement for any number.

    Whoever stopped this purpose, and whoever is no longer active, is told nothing.
    """
    _check(notice, facts, cause, url)
    chosen, params = _people(people)
    # The part is ours; whoever is chosen travels as parameters.
    of_each = f"SELECT person_id, %s::jsonb, %s, %s FROM ({chosen}) AS people (person_id)"  # noqa: S608
    each = Sql(of_each, [_written(facts), cause, url, *params])
    return _tell(notice, each, now, matter, mode)


@transaction.atomic
def tell_each(
    *,
    notice: type[Notice],
    letters: Sequence[Letter],
    now: datetime.datetime,
    matter: str = "",
    mode: Mode | None = None,
) -> Told:
    """Tell each of these people something of their own; one statement for any number."""
    if not letters:
        return Told(0, 0)
    for one in letters:
        _check(notice, one.facts, one.cause, one.url)
    of_each = "SELECT * FROM unnest(%s::bigint[], %s::jsonb[], %s::text[], %s::text[])"
    columns = [
        [one.person for one in letters],
        [_written(one.facts) for one in letters],
        [one.cause for one in letters],
        [one.url for one in letters],
    ]
    return _tell(notice, Sql(of_each, columns), now, matter, mode)


def _tell(
    notice: type[Notice], each: Sql, now: datetime.datetime, matter: str, mode: Mode | None
) -> Told:
    """Write what each is told, by a statement that answers people, facts, causes and addresses."""
    purpose = notice.purpose
    choices, choices_params = _choices(matter, now)
    sql = TELL.format(people=each.text, choices=choices, users=get_user_model()._meta.db_table)
    due = _due(purpose, now)
    parameters = [
        *each.params, *choices_params,
        matter, notice.slug, purpose.slug, now,
        purpose.slug, purpose.is_compulsory,
        purpose.is_urgent,
        *(list(column) for column in zip(*due, strict=True)),
        mode or purpose.mode, list(purpose.channels), _ways(notice), now,
    ]  # fmt: skip
    # Nobody looks: the portal finds out whom it tells, and shows nothing of them.
    with system_reading("whom the portal tells"), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        messages, deliveries, due_now = cast(tuple[int, int, int], cursor.fetchone())
    if due_now:
        transaction.on_commit(_wake, robust=True)
    return Told(messages, deliveries)


def _written(facts: Facts) -> str:
    return json.dumps(dict(facts), ensure_ascii=False)


def _check(notice: type[Notice], facts: Facts, cause: str, url: str) -> None:
    if declared_notices().get(notice.slug) is not notice:
        raise UnknownNotice(f"{notice.slug} stands in no app's NOTICES.")
    if set(facts) != set(notice.sample):
        raise ValueError(f"{notice.slug} is told with {sorted(notice.sample)}.")
    if len(json.dumps(dict(facts)).encode()) > MOST_BYTES:
        raise ValueError(f"{notice.slug}: its facts take more than {MOST_BYTES} bytes.")
    if not cause or len(cause) > LONGEST_CAUSE or len(url) > LONGEST_URL:
        raise ValueError(f"{notice.slug}: its cause is missing or too long, or its address is.")
    if url and not (url.startswith("/") and not url.startswith("//")):
        raise ValueError(f"{notice.slug}: its address must be a path of the portal.")


def _people(people: QuerySet[Any] | Iterable[int]) -> tuple[str, list[Any]]:
    if isinstance(people, QuerySet):
        keys = people.order_by().values("pk").distinct()
        sql, params = keys.query.sql_with_params()
        return sql, list(params)
    return "SELECT DISTINCT unnest(%s::bigint[])", [list(people)]


def _choices(matter: str, now: datetime.datetime) -> tuple[str, list[Any]]:
    """Answer who wants messages of this matter to go to whom (NOTICE_RECIPIENTS, see docs)."""
    if not matter or not settings.NOTICE_RECIPIENTS:
        return NOBODY_CHOSE, []
    on = now.astimezone(rules.SEOUL).date()
    pairs: QuerySet[Any] = import_string(settings.NOTICE_RECIPIENTS)(matter, on=on)
    sql, params = pairs.query.sql_with_params()
    return sql, list(params)


def _due(purpose: NoticePurpose, now: datetime.datetime) -> list[tuple[str, str, Any]]:
    """Answer, for each choice that a person can make, how it is treated and when it is due."""
    if purpose.is_urgent:
        modes = (Mode.AT_ONCE, Mode.DAILY, Mode.WEEKLY)
        return [(mode.value, Mode.AT_ONCE.value, now) for mode in modes]
    return [
        (Mode.AT_ONCE.value, Mode.AT_ONCE.value, rules.when_awake(now)),
        (Mode.DAILY.value, Mode.DAILY.value, rules.next_morning(now)),
        (Mode.WEEKLY.value, Mode.WEEKLY.value, rules.next_monday(now)),
    ]


def _ways(notice: type[Notice]) -> list[str]:
    return [name for name in offered_channels() if notice.goes_by(Channel(name))]


def _wake() -> None:
    try:
        for channel in offered_channels():
            tasks.deliver.delay(channel=channel)
    except OperationalError:
        log.warning("a delivery waits for the next minute: Redis does not answer")
