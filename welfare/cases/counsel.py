"""What citizens ask of their community centre about welfare, and how it goes on."""

from django.utils.translation import gettext_lazy as _

from core.cases.declaration import CaseKind, Move, State
from core.cases.enums import CITIZENS, Duplicates
from core.offices.enums import OF_THE_CITY
from welfare.cases.offices import STAFF

COUNSEL = CaseKind(
    slug="welfare.counsel",
    title=_("복지 상담 신청"),
    office="welfare.cases.centre_for",
    stand_ins="accounts.queries.stand_ins_for",
    duplicates=Duplicates.REFUSED,
    held_by=OF_THE_CITY,
    staff_facts="welfare.cases.needs_of",
    states=(
        State(
            slug="received",
            title=_("접수됨"),
            told=_("접수했습니다."),
            next_step=_("동주민센터에서 읽고 연락드립니다."),
            due_days=3,
        ),
        State(
            slug="working",
            title=_("상담 중"),
            told=_("상담하고 있습니다."),
            next_step=_("담당자가 알아보고 결과를 알려 드립니다."),
            due_days=7,
        ),
        State(
            slug="asked",
            title=_("답 기다림"),
            told=_("답을 기다리고 있습니다."),
            next_step=_("물어본 것에 답해 주시면 이어서 처리합니다."),
            pauses=True,
        ),
        State(
            slug="done",
            title=_("마침"),
            told=_("상담을 마쳤습니다."),
            next_step=_("더 궁금하면 다시 열 수 있습니다."),
            is_end=True,
        ),
        State(
            slug="withdrawn",
            title=_("취하"),
            told=_("신청을 거두셨습니다."),
            next_step=_("언제든 새로 신청할 수 있습니다."),
            is_end=True,
        ),
    ),
    moves=(
        Move(name="begin", title=_("상담 시작"), source=("received",), target="working", by=STAFF),
        Move(
            name="ask",
            title=_("시민에게 묻기"),
            source=("received", "working"),
            target="asked",
            by=STAFF,
            needs_words=True,
            words=_("질문"),
        ),
        Move(
            name="answer",
            title=_("답하기"),
            source=("asked",),
            target="working",
            by=CITIZENS,
            needs_words=True,
            words=_("답"),
        ),
        Move(
            name="answered",
            title=_("전화나 창구에서 답을 들음"),
            source=("asked",),
            target="working",
            by=STAFF,
            needs_words=True,
            words=_("들은 답"),
        ),
        Move(
            name="finish",
            title=_("마치기"),
            source=("received", "working", "asked"),
            target="done",
            by=STAFF,
            needs_words=True,
            words=_("상담 결과"),
        ),
        Move(
            name="withdraw",
            title=_("신청 거두기"),
            source=("received", "working", "asked"),
            target="withdrawn",
            by=CITIZENS,
        ),
        Move(
            name="reopen",
            title=_("다시 열기"),
            source=("done",),
            target="working",
            by=CITIZENS,
            needs_words=True,
            words=_("더 궁금한 것"),
        ),
        Move(
            name="resume",
            title=_("다시 상담하기"),
            source=("done",),
            target="working",
            by=STAFF,
            needs_words=True,
            words=_("이유"),
        ),
    ),
)
