"""The rules of all benefits that residents of Seoul may be given, compiled, and kept a process."""

import datetime
import hashlib
import threading
import time
from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import connection

from core.places.facts import districts
from core.web.revision import current_revision
from welfare.enums import BenefitPublisher, ProviderLevel, VersionStatus
from welfare.models import Benefit, BenefitSource
from welfare.queries.rule_versions import PublishedRules, published_rules
from welfare.rules.compiled import Compiled, compile_rules
from welfare.rules.condition_codes import codes_of
from welfare.rules.conditions import Source
from welfare.rules.firms import is_for_firms, tells_of_firms
from welfare.rules.hints import hints_of
from welfare.rules.medians import MedianIncomes
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.programmes.amounts import Amount
from welfare.rules.refinements import Refinement, Rule
from welfare.rules.rows import ConditionRow
from welfare.rules.vocabulary import DISTRICTS

A_DAY = datetime.timedelta(days=1)
# What is compiled for one day holds for all days until a rule reads differently.
STRETCHES = 8
COLUMNS = (
    "code", "provider", "provider_level", "district_code", "province_code", "age_from", "age_to",
    "condition_codes", "in_force_from", "in_force_until", "users", "summary",
    "name", "life_stages", "targets",
)  # fmt: skip
# Each is read off an index, or off a table of some hundred rows.
STANDING = """
SELECT (SELECT max(published_at) FROM welfare_benefit), count(*), max(id), max(published_at)
FROM welfare_ruleversion WHERE status = %s
"""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules as they read on one day; `version` is the same wherever the same rules are."""

    on: datetime.date
    compiled: Compiled
    medians: MedianIncomes
    version: str
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What was read from the database, and what of it has been compiled so far."""

    token: tuple[object, ...]
    version: str
    rules: tuple[Rule, ...]
    medians: MedianIncomes
    turning: tuple[datetime.date, ...]
    amounts: tuple[Amount, ...] = ()
    compiled: OrderedDict[int, Compiled] = field(default_factory=OrderedDict)


class _Shelf:
    """Reads the rules once for each state of them; meanwhile others are told by the old ones."""

    def __init__(self) -> None:
        self._rules: Rules | None = None
        self._checked_at = 0.0
        self._reading = threading.Lock()
        self._compiling = threading.Lock()

    def rules(self, *, checked_within: float = 0.0) -> Rules:
        """Answer the rules as they were at most so many seconds ago."""
        held, now = self._rules, time.monotonic()
        if held is not None and now - self._checked_at < checked_within:
            return held
        token = _token()
        if held is not None and held.token == token:
            self._checked_at = now
            return held
        if not self._reading.acquire(blocking=held is None):
            return held  # type: ignore[return-value]  # only with one in hand nobody waits
        try:
            if self._rules is None or self._rules.token != token:
                self._rules = _read(token, self._rules)
                self._checked_at = now
            return self._rules
        finally:
            self._reading.release()

    def compiled(self, rules: Rules, on: datetime.date) -> Compiled:
        stretch = bisect_right(rules.turning, on)
        if (found := rules.compiled.get(stretch)) is None:
            with self._compiling:
                if (found := rules.compiled.get(stretch)) is None:
                    found = rules.compiled[stretch] = compile_rules(rules.rules, on=on)
                    while len(rules.compiled) > STRETCHES:
                        rules.compiled.popitem(last=False)
        return found if found.day == on else replace(found, day=on)

    def forget(self) -> None:
        self._rules = None
        self._checked_at = 0.0


shelf = _Shelf()


def rulebook(on: datetime.date, *, checked_within: float = 0.0) -> Rulebook:
    """Answer the rules as they read on that day: one statement, unless they have changed.

    Who shows one household its verdicts may take rules that were checked a moment ago, in seconds.
    """
    rules = shelf.rules(checked_within=checked_within)
    return Rulebook(on, shelf.compiled(rules, on), rules.medians, rules.version, rules.amounts)


def _token() -> tuple[object, ...]:
    """Answer in one statement what changes whenever a rule may have: catalogue or staff's word."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [VersionStatus.PUBLISHED])
        return *(cursor.fetchone() or ()), current_revision()


def _read(token: tuple[object, ...], held: Rules | None) -> Rules:
    """Read all rules; where they are what they were, what was compiled of them stays."""
    published = published_rules()
    rules, medians = tuple(rules_by(published)), published.medians
    told = repr(([_told(rule) for rule in rules], medians, published.amounts)).encode()
    version = hashlib.blake2b(told, digest_size=12).hexdigest()
    if held is not None and held.version == version:
        return replace(held, token=token)
    turning = sorted(set().union(*(rule.turning_days() for rule in rules)))
    return Rules(token, version, rules, medians, tuple(turning), published.amounts)


def _told(rule: Rule) -> tuple[object, ...]:
    """Answer what a rule says in an order that every process gives it: sets have none."""
    row = rule.row and (sorted(rule.row.codes), rule.row.age_from, rule.row.age_to)
    dated = (rule.refinements, rule.since, rule.until, rule.source)
    return rule.key, row, dated, sorted(rule.districts), rule.for_firms, rule.hints


def rules_by(published: PublishedRules) -> list[Rule]:
    """Answer the rules of all benefits, as they read with what is published, or would be."""
    return _rules(_refinements(published))


def _refinements(published: PublishedRules) -> Mapping[str, tuple[Refinement, ...]]:
    """Answer what staff keep of a benefit: of programmes by Bokjiro's numbers, and of its own."""
    programme_of = {key: one for one in PROGRAMMES for key in one.bokjiro}
    rows = BenefitSource.objects.filter(
        source__in=(BenefitPublisher.CENTRAL, BenefitPublisher.LOCAL), source_key__in=programme_of
    )
    added: defaultdict[str, tuple[Refinement, ...]] = defaultdict(tuple)
    for benefit, key in rows.order_by("source", "source_key").values_list("benefit", "source_key"):
        refinements = published.programmes.get(programme_of[key].key, ())
        if added[benefit] != refinements:
            added[benefit] += refinements
    for benefit, refinements in published.benefits.items():
        added[benefit] += refinements
    return added


def _rules(added: Mapping[str, tuple[Refinement, ...]]) -> list[Rule]:
    names = {one.code: one.name for one in districts()}
    listed = Benefit.objects.listed().for_seoul().order_by("code")
    return [
        _rule(Benefit(**dict(zip(COLUMNS, row, strict=True))), added.get(row[0], ()), names)
        for row in listed.values_list(*COLUMNS)
    ]


def _rule(benefit: Benefit, refinements: tuple[Refinement, ...], names: Mapping[str, str]) -> Rule:
    until = benefit.in_force_until
    return Rule(
        key=benefit.code,
        row=_row(benefit),
        refinements=refinements,
        since=benefit.in_force_from,
        # The publisher's last day is the last on which it holds.
        until=None if until is None or until == datetime.date.max else until + A_DAY,
        source=Source(benefit.provider),
        districts=_districts(benefit, names),
        for_firms=_is_for_firms(benefit, refinements),
        hints=hints_of(benefit.name, benefit.life_stages, benefit.targets),
    )


def _is_for_firms(benefit: Benefit, refinements: tuple[Refinement, ...]) -> bool:
    """What staff read of a benefit counts before its publisher's sentence, as a row does."""
    if benefit.users:
        return is_for_firms(benefit.users)
    is_read = benefit.condition_codes is not None or bool(refinements)
    return not is_read and tells_of_firms(benefit.summary)


def _row(benefit: Benefit) -> ConditionRow | None:
    if benefit.condition_codes is None:
        return None
    return ConditionRow(
        service_id=benefit.code.removeprefix("gov24-"),
        codes=frozenset(codes_of(benefit.condition_codes)),
        age_from=benefit.age_from,
        age_to=benefit.age_to,
    )


def _districts(benefit: Benefit, names: Mapping[str, str]) -> frozenset[str]:
    """A district gives to its own residents, the city to those of all its districts."""
    if (own := names.get(benefit.district_code or "")) is not None:
        return frozenset({own})
    if benefit.province_code and benefit.provider_level == ProviderLevel.CITY:
        return frozenset(DISTRICTS)
    return frozenset()
