"""What the screener found: by verdict, soonest deadline first, each with its reasons."""

import datetime
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.pagination import PAGE_SIZE
from core.web.wording import in_its_language
from welfare.enums import BenefitTheme, LifeStage
from welfare.forms import DongForm
from welfare.models import Benefit
from welfare.queries.benefit_rules import programme_of
from welfare.queries.living import member_name
from welfare.queries.match_words import Shown, shown_pairs
from welfare.queries.matching import Match, Open, Pairs
from welfare.queries.result_groups import group_name, groups_of
from welfare.queries.rule_words import VERDICT_WORDS
from welfare.queries.screening import REASONS, Screening, Then
from welfare.rules.conditions import Verdict
from welfare.views.check_centre import centre_facts, with_dong
from welfare.views.check_first import first_lines
from welfare.views.check_given import given, others
from welfare.views.check_open import (
    ABOUT_PARTS,
    LONGEST_WORD,
    OPEN_WORDS,
    TO_READ,
    asked_part,
    codes_with,
    parts_to_read,
    theme_counts,
)

SHOWN_CHANGES = 20
MOST_DIGITS = 6
NO_GROUP = -1
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


def results(
    request: HttpRequest,
    state: Screening,
    today: datetime.date,
    *,
    warning: str = "",
) -> HttpResponse:
    match = Match(state.household(today))
    marked = _marked(request, state, match.book.compiled.keys)
    if marked.told != state.told:
        match = Match(marked.household(today))
    state = marked
    state = with_dong(state, request.POST.get("dong"))
    asked = _asked(request, match)
    counts = _counts(match, state)
    is_open = asked["verdict"] == Verdict.DEPENDS.name
    part = asked_part(asked["open"], counts[Verdict.DEPENDS]) if is_open else Open.ANSWER
    asked["open"] = part.name if is_open else ""
    of_themes = _pairs(match, state, asked).only(part)
    pairs = _pairs(match, state, asked, theme=asked["theme"]).only(part)
    pairs = pairs.grouped(groups_of(match.book))
    found = pairs.count_benefits()
    pages = -(-found // PAGE_SIZE)
    page = min(asked["page"], max(1, pages))
    cut = pairs.cut_benefits((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    is_narrowed = any(asked[name] for name in ("theme", "stage", "whose", "word"))
    is_first = asked["verdict"] == Verdict.LIKELY.name and page == 1 and not is_narrowed
    context = {
        "state": state.seal(),
        "asked": asked,
        "page": page,
        "pages": pages,
        "found": found,
        "buttons": _buttons(counts, asked, part),
        "parts": parts_to_read(counts[Verdict.DEPENDS], part) if part in TO_READ else [],
        "about": ABOUT_PARTS[part] if is_open else "",
        "is_narrowed": is_narrowed,
        "is_to_read": part in TO_READ,
        "first": first_lines(match, state, today) if is_first else None,
        "word": OPEN_WORDS[part] if is_open else VERDICT_WORDS[asked["verdict"]],
        "groups": grouped(match, shown_pairs(match, cut, today)),
        "themes": theme_counts(match, of_themes),
        "stages": LifeStage.choices,
        "people": [(one, member_name(one)) for one in match.people()],
        "reasons": REASON_WORDS.items(),
        "put_away": _put_away(state),
        "given": given(state, today),
        "others": others(state),
        "warning": warning,
        "since": _since(match, state.then, state.put_away) if state.then else None,
        "centre": centre_facts(state, today),
        "dong_form": DongForm(initial={"dong": state.dong}, district=match.told.household.district),
    }
    return render(request, "welfare/check_results.html", context)


def _pairs(match: Match, state: Screening, asked: dict[str, Any], *, theme: str = "") -> Pairs:
    return match.pairs(
        (Verdict[asked["verdict"]],),
        theme=theme,
        stage=asked["stage"],
        person=match.people().index(asked["whose"]) if asked["whose"] else None,
        without=state.put_away,
        among=codes_with(asked["word"]),
    )


def _buttons(
    counts: dict[Verdict, dict[Open, int]], asked: dict[str, Any], part: Open
) -> list[tuple[str, str, Any, int, bool]]:
    """Answer the ways on at the top: name and value to send, words, how many, whether it is here.

    What has to be read is a way of its own: hundreds of notices would bury what an answer decides.
    """
    is_here = {one.name: asked["verdict"] == one.name for one in Verdict}
    of_open = counts[Verdict.DEPENDS]
    to_read = sum(of_open.get(one, 0) for one in TO_READ)
    nearest = next((one.name for one in TO_READ if of_open.get(one)), "")
    at_office = of_open.get(Open.OFFICE, 0)
    is_reading = is_here["DEPENDS"] and part in TO_READ
    is_answering = is_here["DEPENDS"] and part is Open.ANSWER
    told = [
        ("verdict", "LIKELY", sum(counts[Verdict.LIKELY].values()), is_here["LIKELY"]),
        ("open", "ANSWER", of_open.get(Open.ANSWER, 0), is_answering),
        *([("open", "OFFICE", at_office, part is Open.OFFICE)] if at_office else []),
        *([("open", nearest, to_read, is_reading)] if nearest else []),
        ("verdict", "NO", sum(counts[Verdict.NO].values()), is_here["NO"]),
    ]
    words: dict[str, Any] = {one.name: OPEN_WORDS[one] for one in (Open.ANSWER, Open.OFFICE)}
    words |= {**VERDICT_WORDS, nearest: _("안내문을 읽어 볼 것")}
    return [(name, value, words[value], count, here) for name, value, count, here in told]


def _marked(request: HttpRequest, state: Screening, known: Collection[str]) -> Screening:
    """Take in "I already get this", "not for me" with its reason, and back again.

    What somebody gets already is a fact, by which other benefits are judged.
    """
    mark, _colon, code = request.POST.get("mark", "").partition("=")
    if code not in known:
        return state
    has = tuple(one for one in state.has if one != code)
    refused = {one: why for one, why in state.refused.items() if one != code}
    if (mark == "has" or code in state.has) and (programme := programme_of(code)) is not None:
        state = state.receiving(programme, is_received=mark == "has")
    if mark == "has":
        has = (*has, code)
    elif mark in REASONS:
        refused[code] = mark
    return replace(state, has=has, refused=refused)


def _asked(request: HttpRequest, match: Match) -> dict[str, Any]:
    sent = request.POST
    known = {
        "verdict": Verdict.__members__,
        "open": Open.__members__,
        "theme": BenefitTheme.values,
        "stage": LifeStage.values,
        "whose": match.people(),
    }
    asked: dict[str, Any] = {
        name: sent.get(name, "") if sent.get(name) in names else "" for name, names in known.items()
    }
    asked["verdict"] = Verdict.DEPENDS.name if asked["open"] else asked["verdict"] or "LIKELY"
    asked["word"] = sent.get("word", "").replace("\0", "").strip()[:LONGEST_WORD]
    asked["page"] = page_asked(request)
    return asked


def page_asked(request: HttpRequest) -> int:
    page = request.POST.get("page", "1")
    return max(1, int(page)) if page.isdecimal() and len(page) <= MOST_DIGITS else 1


def _counts(match: Match, state: Screening) -> dict[Verdict, dict[Open, int]]:
    """Count the benefits that each button leads to: without what was put away."""
    return {one: match.pairs((one,), without=state.put_away).benefits_by_open() for one in Verdict}


def grouped(match: Match, shown: list[Shown]) -> list[tuple[str, list[Shown]]]:
    """Put what is in order under its headings."""
    of_each = dict(zip(match.book.compiled.keys, groups_of(match.book).tolist(), strict=True))
    groups: dict[tuple[Open, int], list[Shown]] = {}
    for one in shown:
        # What is unlikely needs no order: nobody plans by it.
        group = NO_GROUP if one.open is Open.UNLIKELY else of_each[one.benefit.code]
        groups.setdefault((one.open, group), []).append(one)
    return [(_heading(*key), held) for key, held in groups.items()]


def _heading(open_: Open, group: int) -> str:
    if open_ is Open.UNLIKELY:
        return _("맞지 않을 수 있는 제도")
    if open_ is Open.FITTING:
        return _("나와 맞아 보이는 제도: %(group)s") % {"group": group_name(group)}
    if open_ is Open.READING:
        return _("안내문을 읽어 봐야 하는 제도: %(group)s") % {"group": group_name(group)}
    return group_name(group)


def _put_away(state: Screening) -> list[tuple[str, Any, Any]]:
    codes = [*state.has, *state.refused]
    if not codes:
        return []
    names = dict(Benefit.objects.filter(pk__in=codes).values_list("code", "name"))
    told = [(code, _("이미 받고 있음")) for code in state.has]
    told += [(code, str(REASON_WORDS[why])) for code, why in state.refused.items()]
    return [(code, in_its_language(names[code]), why) for code, why in told if code in names]


def _since(match: Match, then: Then, away: Collection[str]) -> dict[str, Any]:
    """Say what has become likely and what is no longer, by name, and nothing of what is put away.

    That goes for the counts as well.
    """
    now = match.keys_of(Verdict.LIKELY)
    came, went = (sorted(one.difference(away)) for one in (now - then.likely, then.likely - now))
    shown = [*came[:SHOWN_CHANGES], *went[:SHOWN_CHANGES]]
    benefits = {one.code: one for one in Benefit.objects.filter(pk__in=shown).only("code", "name")}

    def named(codes: list[str]) -> list[tuple[Any, str]]:
        return [
            (in_its_language(benefits[code].name), benefits[code].get_absolute_url())
            for code in codes[:SHOWN_CHANGES]
            if code in benefits
        ]

    return {
        "on": then.on,
        "came": named(came),
        "came_count": len(came),
        "went": named(went),
        "went_count": len(went),
    }
