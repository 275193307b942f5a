"""A centre sends somebody to a facility, which takes them or says why not."""

from django.utils.translation import gettext_lazy as _

from core.cases.declaration import CaseKind, Move, State
from core.cases.enums import CITIZENS, Duplicates
from welfare.cases.offices import STAFF
from welfare.models.referral import REFERRAL as SLUG

UNDER_WAY = ("offered", "accepted")

# Whoever carries it makes the moves: a facility that works here, once it was handed the request;
# else the centre, which writes down what the facility said on the telephone or on paper.
REFERRAL = CaseKind(
    slug=SLUG,
    title=_("시설 연계"),
    office="welfare.cases.centre_for",
    duplicates=Duplicates.SHOWN,
    facts="welfare.cases.facility_of",
    staff_facts="welfare.cases.needs_of",
    unshared="welfare.cases.why_untold",
    taken_in_at="admin:welfare_facility_referrals",
    states=(
        State(
            slug="offered",
            title=_("시설 답 기다림"),
            told=_("시설에 이용할 수 있는지 물었습니다."),
            next_step=_("시설의 답을 듣고 알려 드립니다."),
            due_days=5,
        ),
        State(
            slug="accepted",
            title=_("시설이 받음"),
            told=_("시설을 이용할 수 있습니다."),
            next_step=_("언제 어디로 가는지는 아래 글에 있습니다."),
            due_days=14,
        ),
        State(
            slug="declined",
            title=_("시설이 받지 못함"),
            told=_("시설이 지금은 받을 수 없습니다."),
            next_step=_("이유는 아래 글에 있습니다. 동주민센터에 다른 곳을 물어보세요."),
            is_end=True,
        ),
        State(
            slug="attended",
            title=_("이용 시작"),
            told=_("시설을 이용하기 시작했습니다."),
            next_step=_("더 필요한 것이 있으면 동주민센터에 말씀해 주세요."),
            is_end=True,
        ),
        State(
            slug="absent",
            title=_("오지 않음"),
            told=_("약속한 때에 시설에 오지 않으셨습니다."),
            next_step=_("사정이 있었다면 동주민센터에 말씀해 주세요."),
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
        Move(
            name="accept",
            title=_("받기로 함"),
            source=("offered",),
            target="accepted",
            by=STAFF,
            needs_words=True,
            words=_("언제 어디로 오는지"),
        ),
        Move(
            name="decline",
            title=_("받지 못함을 알림"),
            source=UNDER_WAY,
            target="declined",
            by=STAFF,
            needs_words=True,
            words=_("받지 못하는 이유"),
        ),
        Move(
            name="attend",
            title=_("이용을 시작함"),
            source=("accepted",),
            target="attended",
            by=STAFF,
        ),
        Move(
            name="miss",
            title=_("오지 않았음"),
            source=("accepted",),
            target="absent",
            by=STAFF,
        ),
        Move(
            name="offer_again",
            title=_("다시 연계하기"),
            source=("declined", "absent"),
            target="offered",
            by=STAFF,
            shares=True,
            needs_words=True,
            words=_("이유"),
        ),
        Move(
            name="withdraw",
            title=_("신청 거두기"),
            source=UNDER_WAY,
            target="withdrawn",
            by=CITIZENS,
        ),
    ),
)
