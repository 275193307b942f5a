"""Whose data one request reads: noted where the database is asked, whatever the door.

The database backend (`core/web/postgresql`) hands every row of a watched table to the reading that
is open; the roof opens one for each request and writes it down before the answer leaves. Where none
is open (tasks, commands, migrations) nobody looks: the portal works for itself.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from core.records.enums import Door
from core.records.registry import watched_tables
from core.records.watches import Sight, Tables, Unattributable, Watch, names_people

PersonId = int | None
_open: ContextVar["Reading | None"] = ContextVar("reading", default=None)


class ReasonNeeded(Exception):
    """Somebody who may read everything has not yet said why they read about other people."""


@dataclass(slots=True)
class Reading:
    """What one request has read so far, and under whose name."""

    door: Door
    request_id: str = ""
    actor_id: PersonId = None
    reason: str = ""
    office_id: int | None = None
    listing: str = ""  # what was looked through, where nobody said why
    wants_reason: bool = False
    was_refused: bool = False
    is_off: bool = False
    is_attributed: bool = False  # while the ORM asks, or SQL that says whose rows it reads
    seen: dict[Watch, Counter[PersonId]] = field(default_factory=dict)

    @property
    def told_reason(self) -> str:
        """Answer why, as the person reads it; of a list that was looked through, which."""
        return self.reason or self.listing

    def note_rows(self, sights: Sequence[Sight], rows: Sequence[Sequence[Any]]) -> None:
        for sight in sights:
            index = sight.index
            assert index is not None  # noqa: S101
            found = Counter(row[index] for row in rows)
            # A second person of a row, where there is none: the first one's holding tells of it.
            if sight.is_joined or sight.watch.is_second:
                found.pop(None, None)  # an outer join that met no row
            self.note(sight.watch, found)

    def note(self, watch: Watch, found: Counter[PersonId]) -> None:
        """Remember how many rows of whom were read; raises ReasonNeeded before they are shown."""
        if not found:
            return
        self.seen.setdefault(watch, Counter()).update(found)
        if self.wants_reason and (watch.onward or set(found) - {self.actor_id}):
            self.was_refused = True
            raise ReasonNeeded

    def by_person(self) -> dict[PersonId, Counter[str]]:
        """Answer how many rows of each holding were read of whom, the actor's own left out.

        Asks the database where a row leads to its person through another one.
        """
        told: dict[PersonId, Counter[str]] = {}
        for watch, found in self.seen.items():
            people = _people_behind(watch, found) if watch.onward else found
            for person, rows in people.items():
                if person is None or person != self.actor_id:
                    told.setdefault(person, Counter())[watch.holding] += rows
        return told


def _people_behind(watch: Watch, found: Counter[PersonId]) -> Counter[PersonId]:
    rows: Any = apps.get_model(watch.between)._meta.base_manager.filter(
        pk__in=[key for key in found if key is not None]
    )
    with system_reading("whose rows these are"):
        owners = dict(rows.order_by("pk").values_list("pk", watch.onward))
    people: Counter[PersonId] = Counter()
    for key, number in found.items():
        people[owners.get(key)] += number
    return people


def current_reading() -> Reading | None:
    """Answer the reading to which rows are to be handed, or None where nobody looks."""
    reading = _open.get()
    return None if reading is None or reading.is_off else reading


@contextmanager
def recording(reading: Reading | None) -> Iterator[None]:
    token = _open.set(reading)
    try:
        yield
    finally:
        _open.reset(token)


@contextmanager
def system_reading(why: str) -> Iterator[None]:
    """Read what nobody is shown: to decide where a message goes, say, or whether a name is free.

    `why` is for whoever reads the code; an empty one is refused.
    """
    if not why.strip():
        raise ValueError("Say why the portal reads people's data for itself.")
    with recording(None):
        yield


def because(reason: str, *, office_id: int | None = None) -> None:
    """Say for what the present request reads about people: staff's case, say, and its office.

    Whoever had to say why is quoted with it.
    """
    if (reading := _open.get()) is not None:
        reading.reason = " · ".join(filter(None, (reading.reason, reason)))
        reading.wants_reason = False
        reading.office_id = office_id or reading.office_id


def came_with_paper() -> None:
    """Say that whoever reads is let in by the digits of a slip: nobody knows who they are."""
    if (reading := _open.get()) is not None:
        reading.door = Door.PAPER


@contextmanager
def sql_reading(holding: str) -> Iterator[Callable[[Iterable[PersonId]], None]]:
    """Let SQL by hand read a watched table; the block hands over whose rows it was given.

    `with sql_reading("cases.Case") as note: cursor.execute(…); note(row[0] for row in rows)`
    """
    reading, watch = current_reading(), _watch_called(holding)

    def note(people: Iterable[PersonId]) -> None:
        if reading is not None:
            reading.note(watch, Counter(people))

    with attributed(reading):
        yield note


@contextmanager
def attributed(reading: Reading | None) -> Iterator[None]:
    if reading is None or reading.is_attributed:
        yield
        return
    reading.is_attributed = True
    try:
        yield
    finally:
        reading.is_attributed = False


def _watch_called(holding: str) -> Watch:
    for watches in watched_tables().values():
        for watch in watches:
            if watch.holding == holding:
                return watch
    raise LookupError(f"No holding {holding!r} is watched.")


def refuse_unseen(sql: str) -> None:
    """Refuse SQL by hand that reads a watched table while somebody looks; raises Unattributable."""
    reading = current_reading()
    if reading is None or reading.is_attributed:
        return
    if names_people(sql, watched_tables()):
        raise Unattributable(
            "SQL by hand reads a table with personal data; use the ORM, "
            "or hand over whose rows they are (`sql_reading`)."
        )


def watched() -> Tables:
    """Answer what is watched; nothing while apps are still being loaded."""
    return watched_tables() if apps.ready else {}
