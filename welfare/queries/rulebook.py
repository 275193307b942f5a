"""The rules of a day, compiled once in each process for as long as what is published stands."""

import datetime
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, Max

from core.places.facts import districts
from welfare.enums import BenefitPublisher
from welfare.models import Benefit, BenefitSource
from welfare.queries.rule_versions import PublishedRules, published_rules, published_version
from welfare.rules.compiled import Compiled, compile_rules
from welfare.rules.condition_codes import codes_of
from welfare.rules.conditions import Source
from welfare.rules.medians import MedianIncomes
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.refinements import Operator, Refinement, Rule, Wanted
from welfare.rules.rows import ConditionRow
from welfare.rules.vocabulary import DISTRICTS

DAYS_KEPT = 3
LONG_AGO = datetime.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of the benefits that residents of Seoul may be given, as they read on a day."""

    on: datetime.date
    compiled: Compiled
    medians: MedianIncomes
    version: str


_kept: dict[datetime.date, Rulebook] = {}
_making = threading.Lock()


def rulebook(on: datetime.date) -> Rulebook:
    """Answer the rules of that day: what was published at noon counts at the next request."""
    version = _version()
    held = _kept.get(on)
    if held is not None and held.version == version:
        return held
    with _making:
        held = _kept.get(on)
        if held is None or held.version != version:
            held = _make(on, version)
            _kept[on] = held
            for day in sorted(_kept.keys() - {on})[: len(_kept) - DAYS_KEPT]:
                del _kept[day]
    return held


def with_rules(book: Rulebook, published: PublishedRules) -> Rulebook:
    """Answer the same book as it would be by other published rules, for a preview."""
    rules = list(benefit_rules(published))
    compiled = compile_rules(rules, on=book.on)
    return replace(book, compiled=compiled, medians=published.medians, version="")


def benefit_rules(published: PublishedRules) -> Iterator[Rule]:
    """Yield a rule for each listed benefit, and one for each programme that no row tells of."""
    told = {key: programme.key for programme in PROGRAMMES for key in programme.bokjiro}
    sources = BenefitSource.objects.exclude(source=BenefitPublisher.GOV24).filter(
        source_key__in=told, benefit__in=Benefit.objects.listed()
    )
    programmes_of: dict[str, list[str]] = defaultdict(list)
    for code, key in sources.order_by("pk").values_list("benefit", "source_key"):
        programmes_of[code].append(told[key])
    names = {one.code: one.name for one in districts()}
    columns = ("code", "district_code", "condition_codes", "age_from", "age_to")
    dates = ("in_force_from", "in_force_until", "laws")
    rows = Benefit.objects.listed().for_seoul().order_by("code")
    for row in rows.values(*columns, *dates).iterator(chunk_size=2000):
        ours = programmes_of.get(row["code"], ())
        refinements = (
            *(version for key in ours for version in published.programmes.get(key, ())),
            *published.benefits.get(row["code"], ()),
            *_of_district(names.get(row["district_code"] or "")),
        )
        yield Rule(
            row["code"],
            row=_row(row),
            refinements=refinements,
            since=row["in_force_from"],
            until=row["in_force_until"],
            source=Source(row["laws"]),
        )
    joined = {key for keys in programmes_of.values() for key in keys}
    yield from (rule for rule in published.programme_rules() if rule.key not in joined)


def _row(row: dict[str, object]) -> ConditionRow | None:
    codes = row["condition_codes"]
    if not isinstance(codes, int):
        return None
    age_from, age_to = row["age_from"], row["age_to"]
    return ConditionRow(
        str(row["code"]),
        frozenset(codes_of(codes)),
        age_from if isinstance(age_from, int) else None,
        age_to if isinstance(age_to, int) else None,
    )


def _of_district(name: str | None) -> tuple[Refinement, ...]:
    """A district's benefit is for who lives there."""
    if name not in DISTRICTS:
        return ()
    wanted = Wanted("DISTRICT", Operator.ANY_OF, (name,))
    return (Refinement("DISTRICT", (wanted,), Source(""), LONG_AGO),)


def _make(on: datetime.date, version: str) -> Rulebook:
    published = published_rules()
    compiled = compile_rules(benefit_rules(published), on=on)
    return Rulebook(on, compiled, published.medians, version)


def _version() -> str:
    """Say what stands: the rules of staff, and the catalogue."""
    told = Benefit.objects.listed().aggregate(number=Count("pk"), newest=Max("published_at"))
    return f"{published_version()}/{told['number']}-{told['newest']}"
