"""What was found for a household, in words: each pair of benefit and member with its reasons."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from core.web.wording import in_its_language
from welfare.models import Benefit
from welfare.queries import benefit_cards
from welfare.queries.benefit_programmes import programmes_of
from welfare.queries.benefit_rules import plain_words_of
from welfare.queries.decision_days import takes_sentence
from welfare.queries.living import member_name
from welfare.queries.matching import Match, Open, Pair
from welfare.queries.reasons import (
    change_sentence,
    facts_sentence,
    reason_sentence,
    source_words,
    worth_telling,
)
from welfare.queries.screening import written
from welfare.queries.source_texts import asked_at, on_one_line
from welfare.queries.worth import Worth, worth_in_words
from welfare.rules.conditions import Source
from welfare.rules.explaining import Explanation, Fact
from welfare.rules.questions import Asked
from welfare.rules.rows import CONDITIONS_OF
from welfare.rules.screener import QUESTIONS
from welfare.rules.vocabulary import LOWEST_BAND


@dataclass(frozen=True, slots=True)
class Shown:
    """One benefit for one member, or for all members of whom the same is said, in words."""

    benefit: Benefit
    title: Any
    summary: Any
    provider: Any
    whose: str
    standing: Any
    worth: Worth | None
    because: list[str]
    sources: list[str]
    missing: list[tuple[str, str]]
    changes: list[str]
    how: Any
    bring: Any
    contact: Any
    takes: str
    open: Open


def shown_pairs(match: Match, pairs: Sequence[Pair], today: datetime.date) -> list[Shown]:
    """Say these pairs in words: two queries, however many, and once a day how long each takes.

    Of members of whom the same is said about one benefit it is said once, with all their names.
    """
    codes = {match.book.compiled.keys[pair.benefit] for pair in pairs}
    benefits = Benefit.objects.defer("card", "laws", "criteria").in_bulk(sorted(codes))
    programmes = programmes_of(match.book)
    # Plain words are written for these alone.
    plain = plain_words_of(codes & programmes.keys())
    return _together(
        [
            _in_plain_words(
                _told(match, pair, benefits[match.book.compiled.keys[pair.benefit]], today),
                programmes,
                plain,
            )
            for pair in pairs
            if match.book.compiled.keys[pair.benefit] in benefits
        ]
    )


def _in_plain_words(
    shown: Shown, programmes: Mapping[str, str], plain: Mapping[str, list[str]]
) -> Shown:
    """Say in plain words what it is, and in English by name, where somebody has written it so."""
    code = shown.benefit.code
    return replace(
        shown,
        title=benefit_cards.named(shown.benefit, programmes.get(code, "")),
        summary=" ".join(plain.get(code, ())) or shown.summary,
    )


def _together(shown: list[Shown]) -> list[Shown]:
    """Join what differs in nothing but whose it is; what is missing is named of each."""
    found: dict[tuple[object, ...], Shown] = {}
    for one in shown:
        same = (one.benefit.pk, tuple(one.because), tuple(one.changes))
        if (first := found.get(same)) is None:
            found[same] = one
            continue
        missing = list(dict.fromkeys([*first.missing, *one.missing]))
        found[same] = replace(first, whose=f"{first.whose}, {one.whose}", missing=missing)
    return list(found.values())


def _told(match: Match, pair: Pair, benefit: Benefit, today: datetime.date) -> Shown:
    why = match.explain(pair)
    card = benefit_cards.card(benefit, today)
    amount = match.worth_of(pair)
    return Shown(
        benefit=benefit,
        title=card.title,
        summary=card.summary,
        provider=card.provider,
        whose=member_name(why.member) if len(match.people()) > 1 else "",
        standing=card.standing,
        worth=worth_in_words(amount) if amount else None,
        because=[reason_sentence(reason) for reason in worth_telling(why.because)],
        sources=sorted({_written_in(reason.source) for reason in why.because}),
        missing=_missing(why, match),
        changes=[change_sentence(change) for change in why.would_change],
        how=in_its_language(on_one_line(benefit.how_to_apply)),
        bring=in_its_language(on_one_line(benefit.documents)),
        contact=in_its_language(on_one_line(asked_at(benefit.contact))),
        takes=takes_sentence(benefit.code, today),
        open=pair.open,
    )


def _written_in(source: Source) -> str:
    """Say where a condition is written, as people know the place: 정부24."""
    if not source.law.startswith(CONDITIONS_OF):
        return source_words(source)
    number = source.law.removeprefix(CONDITIONS_OF)
    return _("정부24에 등록된 조건 (서비스 번호 %(number)s)") % {"number": number}


def _missing(why: Explanation, match: Match) -> list[tuple[str, str]]:
    """Say what is missing, all that one question tells in one sentence, with the question."""
    asked: dict[tuple[str, str], list[Fact]] = {}
    for fact in why.depends_on:
        key = _question_of(fact, why.member, match), whose(fact, match)
        asked.setdefault(key, []).append(fact)
    return [(facts_sentence(facts, of), question) for (question, of), facts in asked.items()]


def _question_of(fact: Fact, member: str, match: Match) -> str:
    """Answer the form's name of the question that tells a fact; nothing where none does.

    Who has told of the lowest band is asked where in it, and not the same once more; who has not
    told that they are pregnant, whether they are.
    """
    is_lowest = match.told.household.income_band == LOWEST_BAND
    told_by = {"income_monthly": "income_step" if is_lowest else "income", "household_size": "size"}
    if fact.name == "pregnancy_weeks" and not _is_pregnant(fact, match):
        told_by["pregnancy_weeks"] = "birth"
    for name, question in QUESTIONS.items():
        if fact.name in question.facts or told_by.get(fact.name) == name:
            return written(Asked(name, (fact.member or member) if question.of_members else None))
    return ""


def _is_pregnant(fact: Fact, match: Match) -> bool:
    members = match.told.household.members
    return any("PREGNANT" in one.yes for one in members if one.id == fact.member)


def whose(fact: Fact, match: Match) -> str:
    """Answer the name of the person a fact is about, where several are told of."""
    return member_name(fact.member) if fact.member and len(match.people()) > 1 else ""
