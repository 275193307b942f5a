"""A kind of request as an area would declare it, with every sort of state and move."""

import dataclasses

from core.areas import PolicyArea
from core.cases import registry
from core.cases.declaration import CaseKind, Move, State
from core.cases.enums import Duplicates, Party
from core.offices.enums import OfficeKind
from core.offices.models import Office

CITIZEN = frozenset({Party.CITIZEN, Party.HELPER, Party.PAPER})
WORKER = frozenset({Party.WORKER})
MANAGER = frozenset({Party.MANAGER})


def first_centre(person):
    """The office that takes every request of the tests: the oldest."""
    office = Office.objects.order_by("pk").first()
    if office is None:
        raise ValueError("맡을 기관이 없습니다.")
    return office.pk


def facts_of(case):
    return [("신청한 것", "문턱 없애기")]


HOME_HELP = CaseKind(
    slug="welfare.home-help",
    title="집수리 신청",
    office="tests.core.cases.kinds.first_centre",
    facts="tests.core.cases.kinds.facts_of",
    states=(
        State(
            slug="received",
            title="접수",
            told="신청을 받았습니다.",
            next_step="담당자가 내용을 살펴봅니다.",
            due_days=3,
        ),
        State(
            slug="in_review",
            title="검토 중",
            told="담당자가 살펴보고 있습니다.",
            next_step="결과를 알려 드립니다.",
            due_days=10,
        ),
        State(
            slug="asked",
            title="물어봄",
            told="여쭤볼 것이 있어 기다리고 있습니다.",
            next_step="답해 주시면 이어서 처리합니다.",
            pauses=True,
        ),
        State(slug="approved", title="승인", told="신청이 받아들여졌습니다.", is_end=True),
        State(slug="declined", title="반려", told="신청을 받아들이지 못했습니다.", is_end=True),
        State(slug="withdrawn", title="취하", told="신청을 거두셨습니다.", is_end=True),
    ),
    moves=(
        Move(name="begin", title="검토 시작", source=("received",), target="in_review", by=WORKER),
        Move(
            name="ask",
            title="물어보기",
            source=("received", "in_review"),
            target="asked",
            by=WORKER,
            needs_words=True,
            words="질문",
        ),
        Move(
            name="answer",
            title="답하기",
            source=("asked",),
            target="in_review",
            by=CITIZEN,
            needs_words=True,
            words="답",
        ),
        Move(name="approve", title="승인", source=("in_review",), target="approved", by=MANAGER),
        Move(
            name="decline",
            title="반려",
            source=("in_review",),
            target="declined",
            by=WORKER,
            needs_words=True,
            words="이유",
        ),
        Move(
            name="withdraw",
            title="신청 거두기",
            source=("received", "in_review", "asked"),
            target="withdrawn",
            by=CITIZEN,
        ),
        Move(
            name="reopen",
            title="다시 열기",
            source=("approved", "declined"),
            target="in_review",
            by=MANAGER,
            needs_words=True,
            words="이유",
            is_told=False,
        ),
        Move(
            name="lapse",
            title="답이 없어 끝냄",
            source=("asked",),
            target="declined",
            by=frozenset({Party.SYSTEM}),
        ),
    ),
)
AT_CENTRES = dataclasses.replace(
    HOME_HELP,
    slug="welfare.at-centres",
    title="동주민센터 일",
    held_by=frozenset({OfficeKind.CENTRE}),
)
ONE_ONLY = dataclasses.replace(
    HOME_HELP, slug="welfare.one-only", title="하나만", duplicates=Duplicates.REFUSED
)


def an_area(*kinds: CaseKind) -> PolicyArea:
    return PolicyArea(slug="welfare", title="복지", path="welfare", case_kinds=kinds)


def declare(monkeypatch) -> None:
    """Have the portal know the kinds of the tests, as if an area declared them."""
    area = an_area(HOME_HELP, ONE_ONLY, AT_CENTRES)
    monkeypatch.setattr(registry, "policy_areas", lambda: (area,))
    registry.declared_kinds.cache_clear()
