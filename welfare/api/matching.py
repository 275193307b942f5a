"""`POST benefits/match/`: facts in, verdicts with their reasons out; nothing of them is kept."""

import json
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema

from core.web.api.endpoint import AskingEndpoint, json_response
from core.web.api.envelope import page_address
from core.web.api.parameters import read_paging, read_parameters
from core.web.api.schema import PAGING, problems, query
from core.web.pagination import MOST_PAGES
from core.web.problems import Problem, refuse
from welfare.api.match_serializers import FactsSerializer, MatchSerializer
from welfare.queries.matching import SHOWN_UNASKED, Match, Pair
from welfare.queries.question_words import page_text
from welfare.queries.reasons import (
    SENTENCES,
    change_sentence,
    fact_sentence,
    reason_sentence,
    source_words,
    worth_telling,
)
from welfare.queries.told import FactsRefused, read_told, shown_name
from welfare.queries.worth import worth_as_json
from welfare.rules.changes import Change
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Explanation, Reason
from welfare.rules.questions import next_question

PARAMETERS = ("verdict", "page", "page_size")
MOST_BYTES = 64 * 1024
# Verdicts with their reasons, about half a kilobyte each.
MOST_KEPT = 1 << 14
SOURCES = {"gov24": "gov24", "central": "bokjiro_central", "local": "bokjiro_local"}


class BenefitMatch(AskingEndpoint):
    @extend_schema(
        operation_id="matchBenefits",
        summary=gettext_lazy("받을 수 있을 만한 복지 찾기"),
        description=gettext_lazy(
            "사람과 가구의 사실을 보내면, 복지마다 LIKELY(받을 가능성이 높음), "
            "DEPENDS(더 알아야 함), NO(조건에 맞지 않음)를 이유와 함께 답합니다. "
            "적지 않은 사실은 모르는 것으로 봅니다. "
            "보낸 내용은 저장하지도 기록하지도 않습니다. 받을 권리를 확정하는 답이 아닙니다."
        ),
        tags=["benefits"],
        parameters=[
            query(
                "verdict",
                gettext_lazy("어떤 판단을 볼지 쉼표로 잇습니다. 적지 않으면 NO는 뺍니다."),
            ),
            *PAGING,
        ],
        request=FactsSerializer,
        responses={200: MatchSerializer} | problems(413),
    )
    def post(self, request: HttpRequest) -> HttpResponse:
        values = read_parameters(request, PARAMETERS)
        page, size = read_paging(values)
        verdicts = _verdicts(values.get("verdict", ""))
        try:
            match = Match(read_told(_body(request), today=timezone.localdate()))
        except FactsRefused as refused:
            raise refuse(refused.errors) from None
        pairs = match.pairs(verdicts)
        shown = pairs.cut((page - 1) * size, page * size)
        has_next = page * size < len(pairs) and page < MOST_PAGES
        told = {
            "on": match.told.on.isoformat(),
            "count": match.counts(),
            "next": page_address(request, page + 1) if has_next else None,
            "previous": page_address(request, page - 1) if page > 1 else None,
            "next_question": _next_question(match),
            "results": _results(match, shown),
        }
        return json_response(msgspec.json.encode(told))


def _body(request: HttpRequest) -> Any:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        told = msgspec.json.decode(request.body)
        # The decoder takes the last of two; which of them is meant, nobody knows. With as many
        # colons as keys nothing can stand twice, and most bodies are not read once more.
        if request.body.count(b":") != _keys(told):
            json.loads(request.body, object_pairs_hook=_named_once)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(HTTPStatus.BAD_REQUEST, _("본문을 JSON으로 읽을 수 없습니다.")) from None
    return told


def _keys(told: Any) -> int:
    """Count the keys of an object and of the objects in its lists."""
    if not isinstance(told, dict):
        return 0
    lists = [one for one in told.values() if isinstance(one, list)]
    return len(told) + sum([len(one) for some in lists for one in some if isinstance(one, dict)])


def _named_once(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            raise refuse({shown_name(key): _("같은 항목이 두 번 있습니다. 한 번만 적어 주세요.")})
        seen.add(key)


def _verdicts(text: str) -> tuple[Verdict, ...]:
    if not text:
        return SHOWN_UNASKED
    names = text.split(",")
    if any(name not in Verdict.__members__ for name in names):
        known = ", ".join(Verdict.__members__)
        raise refuse({"verdict": _("쓸 수 있는 값: %(known)s") % {"known": known}})
    return tuple({Verdict[name] for name in names})


def _next_question(match: Match) -> dict[str, Any] | None:
    found = next_question(match.judgement)
    if found is None:
        return None
    return {
        "question": found.page,
        "members": list(found.members),
        "facts": list(found.facts),
        "text": page_text(found.asked, me=match.told.household.members[0].id),
        "decides": round(found.decides, 1),
        "undecided": found.undecided,
    }


def _results(match: Match, shown: Sequence[Pair]) -> list[msgspec.Raw]:
    """Tell verdicts with their reasons; what others were told as well is kept, all but of whom."""
    told, kept = [], match.shelved.answers
    members = [msgspec.json.encode(one) for one in match.people()]
    said = (get_language(), match.told.on)
    for pair in shown:
        key = (pair.benefit, match.judgement.stands(pair.benefit, pair.person), said)
        parts = kept.get(key)
        if parts is None:
            why = match.explain(pair)
            parts = _told(match, pair, why)
            if why.is_settled:
                if len(kept) >= MOST_KEPT:
                    kept.clear()
                kept[key] = parts
        told.append(msgspec.Raw(members[pair.person].join(parts)))
    return told


def _told(match: Match, pair: Pair, why: Explanation) -> tuple[bytes, bytes]:
    """Tell a verdict: what comes before the name of whom it is about, and what comes after."""
    source, _dash, source_id = why.benefit.partition("-")
    several, language = len(match.people()) > 1, get_language()
    before = {
        "benefit": why.benefit,
        "source": SOURCES[source],
        "source_id": source_id,
        "name": match.name_of(pair),
    }
    after = {
        "verdict": why.verdict.name,
        "value_a_year": worth_as_json(match.worth_of(pair)),
        "because": [
            _kept_because(language, reason) if reason.is_kept else _because(language, reason)
            for reason in worth_telling(why.because)
        ],
        "depends_on": [
            {
                "fact": fact.name,
                "member": fact.member,
                "text": fact_sentence(fact, (fact.member or "") if several else ""),
            }
            for fact in why.depends_on
        ],
        "would_change": [_change(change) for change in why.would_change] or None,
    }
    head, tail = msgspec.json.encode(before), msgspec.json.encode(after)
    return head[:-1] + b',"member":', b"," + tail[1:]


def _because(_language: str | None, reason: Reason) -> msgspec.Raw:
    """Say a reason in the active language, which is the one given."""
    told = {
        "condition": reason.condition,
        "met": reason.met,
        "text": reason_sentence(reason),
        "source": source_words(reason.source),
    }
    return msgspec.Raw(msgspec.json.encode(told))


# Most who ask are given reasons that others were given.
_kept_because = lru_cache(maxsize=SENTENCES)(_because)


def _change(change: Change) -> dict[str, Any]:
    return {
        "day": change.day and change.day.isoformat(),
        "at_most": change.at_most,
        "over": change.over,
        "text": change_sentence(change),
    }
