"""What a benefit's page adds to the official text: our conditions, plain words, and who got it."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils.translation import get_language

from welfare.enums import OutcomeAnswer
from welfare.models import Benefit, BenefitOutcome, BenefitSource, PlainText, RuleVersion
from welfare.queries.fact_names import OURS
from welfare.queries.reasons import source_words
from welfare.queries.rule_versions import tables_on
from welfare.queries.rule_words import version_words
from welfare.rules.conditions import Source
from welfare.rules.figures import StoredFigure
from welfare.rules.stored import any_tables

SHOWN_FROM = 10
PROGRAMME_OF = {key: one.key for one in OURS.values() for key in one.bokjiro}


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition in words, where it is written, and whether anybody vouches for it."""

    words: str
    law: str
    url: str
    since: datetime.date | None
    verified_on: datetime.date | None
    # Whether somebody read the source; else it was written from knowledge of the law.
    is_compared: bool


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How it went for those who were told of it and answered; none where they are too few."""

    answered: int
    received: int
    refused: int
    not_applied: int
    waiting: int


def condition_lines(
    benefit: Benefit, keys: Iterable[str], *, on: datetime.date
) -> list[ConditionLine]:
    """Answer what staff keep of this benefit on a day: the newest version of each slot."""
    ours = sorted({PROGRAMME_OF[key] for key in keys if key in PROGRAMME_OF})
    rows = list(
        RuleVersion.objects.in_force()
        .conditions()
        .filter(Q(programme__in=ours) | Q(benefit_code=benefit.code))
        .in_order()
    )
    tables = tables_on(on, rows)
    newest: dict[tuple[str, str], RuleVersion] = {}
    for row in rows:
        key = (row.subject, row.slot)
        held = newest.get(key)
        if row.is_in_force_on(on) and (held is None or (held.since or on) <= (row.since or on)):
            newest[key] = row
    return [_line(row, on, tables) for row in newest.values()]


def programme_of(benefit: str) -> str | None:
    """Answer which of our programmes a benefit of the catalogue is."""
    rows = BenefitSource.objects.filter(benefit=benefit, source_key__in=PROGRAMME_OF)
    key = rows.order_by("source", "source_key").values_list("source_key", flat=True).first()
    return PROGRAMME_OF.get(key or "")


def _line(row: RuleVersion, on: datetime.date, tables: Mapping[str, StoredFigure]) -> ConditionLine:
    """A condition that names tables is vouched for as far as the least of them is."""
    named = [tables[name] for name in any_tables(row.wanted) if name in tables]
    days = [row.stale_from, *(one.stale_from for one in named)]
    is_vouched = (
        row.is_verified
        and all(one.verified for one in named)
        and not any(day is not None and day <= on for day in days)
    )
    return ConditionLine(
        version_words(row, tables),
        source_words(Source(row.law, figures=tuple(one.cited() for one in named))),
        row.law_url,
        row.since,
        row.verified_on if is_vouched else None,
        is_compared=is_vouched and row.verified_by_id is not None,
    )


def plain_text(benefit: Benefit) -> PlainText | None:
    return PlainText.objects.in_force().filter(benefit_code=benefit.code).order_by("pk").first()


def plain_words(text: PlainText) -> list[str]:
    """Answer its lines in the reader's language."""
    told = text.text_en if get_language() == "en" else text.text
    return [line.strip() for line in told.splitlines() if line.strip()]


def plain_words_of(codes: Collection[str]) -> dict[str, list[str]]:
    """Answer the lines in force of several benefits; no query where none is asked for."""
    if not codes:
        return {}
    texts = PlainText.objects.in_force().filter(benefit_code__in=codes).order_by("-pk")
    return {one.benefit_code: plain_words(one) for one in texts}


def outcomes_of(benefit: Benefit, keys: Iterable[str]) -> Outcomes | None:
    """Answer the figures, or none where fewer than ten people have answered in all."""
    names = {benefit.code, *(PROGRAMME_OF[key] for key in keys if key in PROGRAMME_OF)}
    answers = BenefitOutcome.objects.filter(benefit_key__in=names).order_by()
    counted = Counter(dict(answers.values_list("answer").annotate(Sum("number"))))
    if counted.total() < SHOWN_FROM:
        return None
    return Outcomes(
        counted.total(),
        counted[OutcomeAnswer.RECEIVED],
        counted[OutcomeAnswer.REFUSED],
        counted[OutcomeAnswer.NOT_APPLIED],
        counted[OutcomeAnswer.WAITING],
    )
