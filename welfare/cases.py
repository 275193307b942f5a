"""What citizens ask of their community centre about welfare, and how it goes on."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from accounts.queries import centre_of
from core.cases.declaration import CaseKind, Move, State
from core.cases.enums import ASKING, Party

STAFF = frozenset({Party.WORKER})


def centre_for(person: Any) -> int | None:
    """Answer the centre of the dong that the person told; None where they told none."""
    told = Profile.objects.filter(person=person).first() if person is not None else None
    centre = centre_of(told.dong_code, on=timezone.localdate()) if told and told.dong_code else None
    return centre.pk if centre else None


COUNSEL = CaseKind(
    slug="welfare.counsel",
    title=_("복지 상담 신청"),
    about=_("동주민센터 직원이 전화나 방문으로 상담해 드립니다."),
    default_office=centre_for,
    is_single=True,
    states=(
        State(
            slug="received",
            title=_("접수했습니다"),
            what_next=_("동주민센터에서 읽고 연락드립니다."),
            due_days=3,
        ),
        State(
            slug="working",
            title=_("상담하고 있습니다"),
            what_next=_("담당자가 알아보고 결과를 알려 드립니다."),
            due_days=7,
        ),
        State(
            slug="asked",
            title=_("답을 기다리고 있습니다"),
            what_next=_("물어본 것에 답해 주시면 이어서 처리합니다."),
            waits_for_citizen=True,
        ),
        State(
            slug="done",
            title=_("마쳤습니다"),
            what_next=_("더 궁금하면 다시 열 수 있습니다."),
            is_final=True,
        ),
        State(
            slug="withdrawn",
            title=_("거두었습니다"),
            what_next=_("언제든 새로 신청할 수 있습니다."),
            is_final=True,
        ),
    ),
    moves=(
        Move(slug="begin", title=_("상담 시작"), start=("received",), to="working", who=STAFF),
        Move(
            slug="ask",
            title=_("시민에게 묻기"),
            start=("received", "working"),
            to="asked",
            who=STAFF,
            needs_text=True,
        ),
        Move(slug="answer", title=_("답하기"), start=("asked",), to="working", who=ASKING | STAFF),
        Move(
            slug="finish",
            title=_("마치기"),
            start=("received", "working", "asked"),
            to="done",
            who=STAFF,
            needs_text=True,
        ),
        Move(
            slug="withdraw",
            title=_("신청 거두기"),
            start=("received", "working", "asked"),
            to="withdrawn",
            who=ASKING,
        ),
        Move(
            slug="reopen",
            title=_("다시 열기"),
            start=("done",),
            to="working",
            who=ASKING | STAFF,
            needs_text=True,
        ),
    ),
)
