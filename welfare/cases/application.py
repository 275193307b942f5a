"""Somebody asks their centre for one benefit; the centre applies with them and tells what came."""

from django.utils.translation import gettext_lazy as _

from core.cases.declaration import CaseKind, Move, State
from core.cases.enums import CITIZENS, Duplicates
from core.offices.enums import OF_THE_CITY
from welfare.cases.offices import STAFF
from welfare.models.application import APPLICATION, GRANTED, OBJECTIONABLE, PARTLY, REFUSED

AT_WORK = ("received", "checking", "asked")
OBJECTING = "objecting"
DECIDING = (*AT_WORK, OBJECTING)

BENEFIT_APPLICATION = CaseKind(
    slug=APPLICATION,
    title=_("복지 급여 신청"),
    office="welfare.cases.centre_for",
    stand_ins="accounts.queries.stand_ins_for",
    # Several at once are usual, one for each benefit: the service refuses the same one twice.
    duplicates=Duplicates.SHOWN,
    facts="welfare.cases.objection_of",
    staff_facts="welfare.cases.needs_of",
    reopened="welfare.cases.why_open_elsewhere",
    held_by=OF_THE_CITY,
    taken_in_at="admin:welfare_benefit_applications",
    states=(
        State(
            slug="received",
            title=_("접수됨"),
            told=_("접수했습니다."),
            next_step=_("동주민센터에서 읽고 연락드립니다."),
            due_days=3,
        ),
        State(
            slug="checking",
            title=_("조건 확인 중"),
            told=_("받을 수 있는지 확인하고 있습니다."),
            next_step=_("담당자가 알아보고 결과를 알려 드립니다."),
            due_days=14,
        ),
        State(
            slug="asked",
            title=_("답 기다림"),
            told=_("답을 기다리고 있습니다."),
            next_step=_("물어본 것에 답해 주시면 이어서 처리합니다."),
            pauses=True,
        ),
        State(
            slug=GRANTED,
            title=_("받게 됨"),
            told=_("급여를 받게 되었습니다."),
            next_step=_("언제부터 어떻게 받는지는 아래 글에 있습니다."),
            is_end=True,
        ),
        State(
            slug=PARTLY,
            title=_("일부만 받게 됨"),
            told=_("급여의 일부를 받게 되었습니다."),
            next_step=_(
                "무엇을 받는지는 아래 글에 있습니다. 결정이 맞지 않으면, 대개 통지받은 날부터 "
                "90일 안에 이의신청을 할 수 있습니다."
            ),
            is_end=True,
        ),
        State(
            slug=REFUSED,
            title=_("받지 못함"),
            told=_("이번에는 급여를 받지 못합니다."),
            next_step=_(
                "이유는 아래 글에 있습니다. 결정이 맞지 않으면, 대개 통지받은 날부터 90일 안에 "
                "이의신청을 할 수 있습니다. 사정이 달라졌으면 다시 봐 달라고 하거나 새로 "
                "신청할 수 있습니다."
            ),
            is_end=True,
        ),
        # How long whoever decided may take differs from law to law; this is the centre's own term.
        State(
            slug=OBJECTING,
            title=_("이의신청 처리 중"),
            told=_("이의신청을 받았습니다."),
            next_step=_("결정한 기관에 전해 다시 살펴보고, 결과를 알려 드립니다."),
            due_days=14,
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
        Move(
            name="begin",
            title=_("조건 확인 시작"),
            source=("received",),
            target="checking",
            by=STAFF,
        ),
        Move(
            name="ask",
            title=_("시민에게 묻기"),
            source=("received", "checking"),
            target="asked",
            by=STAFF,
            needs_words=True,
            words=_("질문"),
        ),
        Move(
            name="answer",
            title=_("답하기"),
            source=("asked",),
            target="checking",
            by=CITIZENS,
            needs_words=True,
            words=_("답"),
        ),
        Move(
            name="answered",
            title=_("전화나 창구에서 답을 들음"),
            source=("asked",),
            target="checking",
            by=STAFF,
            needs_words=True,
            words=_("들은 답"),
        ),
        Move(
            name="grant",
            title=_("받게 됨"),
            source=DECIDING,
            target=GRANTED,
            by=STAFF,
            needs_words=True,
            words=_("언제부터 어떻게 받는지"),
        ),
        Move(
            name="grant_partly",
            title=_("일부만 받게 됨"),
            source=DECIDING,
            target=PARTLY,
            by=STAFF,
            needs_words=True,
            words=_("무엇을 받고, 무엇을 왜 받지 못하는지"),
        ),
        Move(
            name="refuse",
            title=_("받지 못함"),
            source=DECIDING,
            target=REFUSED,
            by=STAFF,
            needs_words=True,
            words=_("받지 못하는 이유"),
        ),
        Move(
            name="withdraw",
            title=_("신청 거두기"),
            source=AT_WORK,
            target="withdrawn",
            by=CITIZENS,
        ),
        Move(
            name="object",
            title=_("이의신청하기"),
            source=OBJECTIONABLE,
            target=OBJECTING,
            by=CITIZENS,
            needs_words=True,
            words=_("이의신청하는 까닭"),
        ),
        Move(
            name="objected",
            title=_("이의신청을 전화나 창구에서 받음"),
            source=OBJECTIONABLE,
            target=OBJECTING,
            by=STAFF,
            needs_words=True,
            words=_("들은 까닭"),
        ),
        Move(
            name="reopen",
            title=_("다시 봐 달라고 하기"),
            source=OBJECTIONABLE,
            target="checking",
            by=CITIZENS,
            needs_words=True,
            words=_("다른 사정"),
        ),
        Move(
            name="resume",
            title=_("다시 확인하기"),
            source=(GRANTED, *OBJECTIONABLE),
            target="checking",
            by=STAFF,
            needs_words=True,
            words=_("이유"),
        ),
    ),
)
