"""What the screener found: by verdict, soonest deadline first, each with its reasons."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.pagination import PAGE_SIZE
from core.web.wording import in_its_language
from welfare.enums import BenefitTheme, LifeStage
from welfare.models import Benefit
from welfare.queries.matching import Match, Pair
from welfare.queries.reasons import change_sentence, fact_sentence, reason_sentence
from welfare.queries.screening import ME, REASONS, Screening, written
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Fact
from welfare.rules.questions import Asked
from welfare.rules.screener import QUESTIONS
from welfare.views import benefit_words

SOON = datetime.timedelta(days=30)
VERDICT_WORDS: dict[str, Promise] = {
    "LIKELY": gettext_lazy("받을 가능성이 높음"),
    "DEPENDS": gettext_lazy("더 알아야 함"),
    "NO": gettext_lazy("조건에 맞지 않음"),
}
TONES = {"LIKELY": "success", "DEPENDS": "info", "NO": "gray"}
REASON_WORDS: dict[str, Promise] = dict(
    zip(
        REASONS,
        (
            gettext_lazy("나에게 맞지 않음"),
            gettext_lazy("신청이 너무 어려움"),
            gettext_lazy("전에 거절당함"),
            gettext_lazy("필요 없음"),
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One benefit for one member, in words."""

    benefit: Benefit
    title: Any
    summary: Any
    provider: Any
    whose: str
    standing: Any
    because: list[str]
    sources: list[str]
    missing: list[tuple[str, str]]
    changes: list[str]
    how: Any
    bring: Any
    contact: Any


def results(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    match = Match(state.household(today))
    state = _marked(request, state, match.book.compiled.keys)
    asked = _asked(request, match)
    pairs = match.pairs(
        (Verdict[asked["verdict"]],),
        theme=asked["theme"],
        stage=asked["stage"],
        person=match.people().index(asked["whose"]) if asked["whose"] else None,
        without={*state.has, *state.refused},
    )
    page = min(asked["page"], max(1, -(-len(pairs) // PAGE_SIZE)))
    cut = pairs.cut((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    context = {
        "state": state.seal(),
        "asked": asked,
        "page": page,
        "pages": -(-len(pairs) // PAGE_SIZE),
        "found": len(pairs),
        "counts": [
            (name, VERDICT_WORDS[name], count, name == asked["verdict"])
            for name, count in match.counts().items()
        ],
        "word": VERDICT_WORDS[asked["verdict"]],
        "tone": TONES[asked["verdict"]],
        "groups": _grouped(_shown(match, cut, state, today), today),
        "themes": BenefitTheme.choices,
        "stages": LifeStage.choices,
        "people": [(one, _name(one)) for one in match.people()],
        "reasons": REASON_WORDS.items(),
        "put_away": _put_away(state),
        "day": today,
    }
    return render(request, "welfare/check_results.html", context)


def _marked(request: HttpRequest, state: Screening, known: Collection[str]) -> Screening:
    """Take in "I already get this", "not for me" with its reason, and back again."""
    mark, _colon, code = request.POST.get("mark", "").partition("=")
    if code not in known:
        return state
    has = tuple(one for one in state.has if one != code)
    refused = {one: why for one, why in state.refused.items() if one != code}
    if mark == "has":
        has = (*has, code)
    elif mark in REASONS:
        refused[code] = mark
    return Screening(state.told, state.asked, has, refused)


def _asked(request: HttpRequest, match: Match) -> dict[str, Any]:
    sent = request.POST
    known = {
        "verdict": Verdict.__members__,
        "theme": BenefitTheme.values,
        "stage": LifeStage.values,
        "whose": match.people(),
    }
    asked: dict[str, Any] = {
        name: sent.get(name, "") if sent.get(name) in names else "" for name, names in known.items()
    }
    asked["verdict"] = asked["verdict"] or "LIKELY"
    page = sent.get("page", "1")
    asked["page"] = int(page) if page.isdecimal() and 0 < int(page[:6]) else 1
    return asked


def _shown(match: Match, pairs: Any, state: Screening, today: datetime.date) -> list[Shown]:
    codes = {match.book.compiled.keys[pair.benefit] for pair in pairs}
    benefits = Benefit.objects.defer("card", "laws", "criteria").in_bulk(sorted(codes))
    return [
        _told(match, pair, benefits[match.book.compiled.keys[pair.benefit]], state, today)
        for pair in pairs
        if match.book.compiled.keys[pair.benefit] in benefits
    ]


def _told(
    match: Match, pair: Pair, benefit: Benefit, state: Screening, today: datetime.date
) -> Shown:
    why = match.explain(pair)
    card = benefit_words.card(benefit, today)
    return Shown(
        benefit=benefit,
        title=card.title,
        summary=card.summary,
        provider=card.provider,
        whose=_name(why.member) if len(match.people()) > 1 else "",
        standing=card.standing,
        because=[reason_sentence(reason) for reason in why.because],
        sources=sorted({reason.source.law for reason in why.because}),
        missing=[(fact_sentence(fact), _question_of(fact, why.member)) for fact in why.depends_on],
        changes=[change_sentence(change) for change in why.would_change],
        how=in_its_language(benefit.how_to_apply),
        bring=in_its_language(benefit.documents),
        contact=in_its_language(benefit.contact),
    )


def _question_of(fact: Fact, member: str) -> str:
    """Answer the form's name of the question that tells a fact; nothing where none does."""
    told_by = {"income_monthly": "income"}
    for name, question in QUESTIONS.items():
        if fact.name in question.facts or told_by.get(fact.name) == name:
            return written(Asked(name, (fact.member or member) if question.of_members else None))
    return ""


def _grouped(shown: list[Shown], today: datetime.date) -> list[tuple[str, list[Shown]]]:
    """Put what closes soon first, and the rest by the stage of life it is for."""
    groups: dict[str, list[Shown]] = {}
    hurry = _("30일 안에 마감")
    for one in shown:
        closes = one.benefit.standing_on(today).closes
        stages = one.benefit.life_stages
        if closes is not None and closes <= today + SOON:
            name = hurry
        else:
            name = str(LifeStage(stages[0]).label) if len(stages) == 1 else _("여러 나이")
        groups.setdefault(name, []).append(one)
    return sorted(groups.items(), key=lambda group: group[0] != hurry)


def _put_away(state: Screening) -> list[tuple[str, Any, Any]]:
    codes = [*state.has, *state.refused]
    if not codes:
        return []
    names = dict(Benefit.objects.filter(pk__in=codes).values_list("code", "name"))
    told = [(code, _("이미 받고 있음")) for code in state.has]
    told += [(code, str(REASON_WORDS[why])) for code, why in state.refused.items()]
    return [(code, in_its_language(names[code]), why) for code, why in told if code in names]


def _name(member: str) -> str:
    return _("나") if member == ME else _("함께 사는 사람 %(number)s") % {"number": member}
