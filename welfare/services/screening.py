"""Looks, person by person, whether anything changed: each night, and where a rule was published."""

import datetime
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from core.notices.declaration import Notice
from core.notices.enums import Mode
from core.notices.models import Delivery
from core.notices.services import Letter, tell_each
from core.notices.services.taking_back import take_out
from core.records.models import Consent
from core.records.reading import system_reading
from welfare.models import (
    BenefitNews,
    BenefitSheet,
    RuleVersion,
    ScreenedBenefit,
    ScreeningPart,
    ScreeningRun,
)
from welfare.notices import BenefitsChanged, DidYouGetIt
from welfare.queries.consented import ALERTS, Untellable, consenting_people, tell_households
from welfare.queries.rulebook import rulebook
from welfare.rules.facts import Contradiction
from welfare.services.screening_news import (
    News,
    Screener,
    key_of,
    nightly_screener,
    rule_screener,
)

PEOPLE_A_PIECE = 500
PARTS = 8
SHOWN_NEWS = 4
# What is told of what the portal watches for.
WATCHING = (BenefitsChanged, DidYouGetIt)
WITHDRAWN = "동의를 거두어 보내지 않습니다."
log = logging.getLogger(__name__)

SPLIT = """
SELECT max(person_id) FROM (
    SELECT person_id, ntile(%s) OVER (ORDER BY person_id) AS part FROM records_consent
    WHERE purpose = %s AND withdrawn_at IS NULL) AS people
GROUP BY part ORDER BY part
"""


@transaction.atomic
def start_nightly_run(*, on: datetime.date, now: datetime.datetime) -> ScreeningRun:
    """Begin the run of a day, or answer the one that has begun; an older one ends unfinished."""
    run, is_new = ScreeningRun.objects.get_or_create(
        on=on, version=None, defaults={"started_at": now}
    )
    if is_new:
        older = ScreeningRun.objects.unfinished().filter(version=None).exclude(pk=run.pk)
        older.update(finished_at=now)
        _split(run)
    return run


@transaction.atomic
def start_rule_run(
    *, version: RuleVersion, on: datetime.date, now: datetime.datetime
) -> ScreeningRun:
    """Begin a run over those whom a publication may concern, for its benefits alone."""
    run, is_new = ScreeningRun.objects.get_or_create(
        version=version, defaults={"on": on, "started_at": now}
    )
    if is_new:
        _split(run)
    return run


def _split(run: ScreeningRun) -> None:
    """Part the people by their numbers; whoever comes after the last one is the last part's."""
    with system_reading("by which numbers people are parted"), connection.cursor() as cursor:
        cursor.execute(SPLIT, [PARTS, ALERTS])
        ends = [row[0] for row in cursor.fetchall()]
    limits: list[int | None] = [*ends[:-1], None]
    begins = [0, *ends[:-1]]
    ScreeningPart.objects.bulk_create(
        [
            ScreeningPart(run=run, reached=begin, up_to=end)
            for begin, end in zip(begins, limits, strict=True)
        ]
    )


@dataclass(slots=True)
class Turn:
    """A worker's turn at a run, with its rules: made anew where they read otherwise."""

    run: ScreeningRun
    version: str = ""
    held: Screener | None = None

    def screener(self) -> Screener:
        """Answer the rules as they read now; what is new in the catalogue gets a number."""
        book = rulebook(self.run.on)
        if self.held is None or book.version != self.version:
            number_benefits(keys=book.compiled.keys, on=self.run.on)
            version = self.run.version
            self.held = rule_screener(book, version) if version else nightly_screener(book)
            self.version = book.version
        return self.held


class _RunIsOver(Exception):
    """Another run has taken this one's place while a piece of it was done."""


def screen_piece(*, turn: Turn, now: datetime.datetime) -> bool:
    """Take up some people of a part that nobody is at; say no where all parts are done or held.

    What was found, who was told and how far it is are one transaction: a worker that is killed has
    done a piece whole, or not at all; so has one whose run was ended meanwhile.
    """
    try:
        return _screen_piece(turn, now)
    except _RunIsOver:
        return False


@transaction.atomic
def _screen_piece(turn: Turn, now: datetime.datetime) -> bool:
    run = ScreeningRun.objects.unfinished().filter(pk=turn.run.pk)
    parts = ScreeningPart.objects.filter(run__in=run, finished_at=None).order_by("pk")
    part = parts.select_for_update(skip_locked=True, of=("self",)).first()
    if part is None:
        if not parts.exists():
            run.update(finished_at=now)
        return False
    people = consenting_people(after=part.reached, up_to=part.up_to, number=PEOPLE_A_PIECE)
    if people:
        told = _screen(turn, people, now)
        # Waits for whoever ends the run, or makes them wait until this piece is kept.
        if not run.update(told=F("told") + told):
            raise _RunIsOver
        part.reached = people[-1]
    else:
        part.finished_at = now
    part.save(update_fields=["reached", "finished_at"])
    return True


def _screen(turn: Turn, people: Sequence[int], now: datetime.datetime) -> int:
    """Look at these; where something of them cannot be read, pass over the one whose it is."""
    screener = turn.screener()
    try:
        return screen_people(run=turn.run, screener=screener, people=people, now=now)
    except (Untellable, Contradiction):
        if len(people) == 1:
            log.error("What somebody told cannot be read: run %s passes over them.", turn.run.pk)
            return 0
    half = len(people) // 2
    return _screen(turn, people[:half], now) + _screen(turn, people[half:], now)


@transaction.atomic
def screen_people(
    *, run: ScreeningRun, screener: Screener, people: Collection[int], now: datetime.datetime
) -> int:
    """Judge these people, keep what is likely, and tell whom it concerns; answer how many."""
    # Whoever withdraws meanwhile waits for this piece, and then all of theirs is deleted.
    agreed = Consent.objects.current().filter(purpose=ALERTS, person__in=people)
    held = agreed.select_for_update(of=("self",)).order_by("person")
    with system_reading("whom a change of benefits concerns"):
        staying = list(held.values_list("person", flat=True))
        told = tell_households(staying, on=run.on)
        sheets = {
            sheet.person_id: sheet
            for sheet in BenefitSheet.objects.filter(person__in=staying).order_by("pk")
        }
    # Whom a later run has looked at is not looked at again by the rules of an earlier day.
    later = {one for one, sheet in sheets.items() if sheet.judged_on > run.on}
    told = [one for one in told if one.person not in later]
    if not told:
        return 0
    found = screener.look(told, sheets, now=now)
    BenefitSheet.objects.bulk_create(
        found.sheets,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["likely", "judged_on", "judged_at"],
    )
    return _tell(_fresh(found.news, run.on), run=run, now=now)


def _fresh(news: Iterable[News], on: datetime.date) -> dict[News, int]:
    """Keep what was not told yet, and answer the number it is kept by.

    The consents that are held keep others waiting.
    """
    by_key = {(one.person, key_of(one)): one for one in news}
    keys = BenefitNews.objects.filter(
        person__in={person for person, _ in by_key}, key__in={key for _, key in by_key}
    )
    with system_reading("what somebody was told before"):
        known = set(keys.order_by("pk").values_list("person", "key"))
    fresh = {key: one for key, one in by_key.items() if key not in known}
    kept = BenefitNews.objects.bulk_create(
        BenefitNews(
            person_id=one.person,
            key=key,
            news=_sealed(one),
            is_gain=one.is_gain,
            told_on=on,
        )
        for (_, key), one in fresh.items()
    )
    return {one: row.pk for one, row in zip(fresh.values(), kept, strict=True)}


def _sealed(news: News) -> Any:
    return {"benefit": news.benefit, "kind": news.kind.value, "day": news.day}


def _tell(news: Mapping[News, int], *, run: ScreeningRun, now: datetime.datetime) -> int:
    """Tell each person once, of all; a message holds numbers, and what they stand for is sealed.

    What follows from a publication goes out at once, where nobody chose a digest for themselves.
    """
    of_person: dict[int, list[News]] = defaultdict(list)
    for one in news:
        of_person[one.person].append(one)
    tell_each(
        notice=BenefitsChanged,
        letters=[
            Letter(person, _facts(own, news), cause=f"benefits:{run.pk}")
            for person, own in of_person.items()
        ],
        now=now,
        mode=Mode.AT_ONCE if run.version_id else None,
    )
    return len(of_person)


def _facts(own: Sequence[News], numbers: Mapping[News, int]) -> dict[str, Any]:
    shown = sorted(own, key=lambda one: (one.rank, one.benefit))[:SHOWN_NEWS]
    return {"count": len(own), "news": ",".join(str(numbers[one]) for one in shown)}


def number_benefits(*, keys: Iterable[str], on: datetime.date) -> None:
    """Give a number to what has none yet; it is new from that day on."""
    known = set(ScreenedBenefit.objects.order_by("number").values_list("key", flat=True))
    fresh = [ScreenedBenefit(key=key, first_on=on) for key in keys if key not in known]
    ScreenedBenefit.objects.bulk_create(fresh, ignore_conflicts=True)


def forget_person(*, person: int, now: datetime.datetime) -> None:
    """Delete all that was kept to watch for somebody, in the transaction of their withdrawal.

    What they were told stays as messages that say how much changed, and no longer what; what was
    not sent yet no longer goes out. What is told for another reason (of their centre, of what ends,
    of households that they look after) waits on.
    """
    drop_waiting(notices=WATCHING, person=person)
    BenefitSheet.objects.filter(person=person).delete()
    BenefitNews.objects.filter(person=person).delete()


def drop_waiting(*, notices: Iterable[type[Notice]], person: int) -> None:
    """Take messages that were not sent yet out of the queue, whatever digest they lie in."""
    slugs = [one.slug for one in notices]
    take_out(Delivery.objects.filter(person=person, message__notice__in=slugs), why=WITHDRAWN)
