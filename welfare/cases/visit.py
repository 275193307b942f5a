"""Somebody from the centre goes to see a person at home, and says whether they met."""

from django.utils.translation import gettext_lazy as _

from core.cases.declaration import CaseKind, Move, State
from core.cases.enums import CITIZENS, Duplicates
from core.offices.enums import OF_THE_CITY
from welfare.cases.offices import STAFF

HOME_VISIT = CaseKind(
    slug="welfare.home_visit",
    title=_("가정 방문"),
    office="welfare.cases.centre_for",
    duplicates=Duplicates.SHOWN,
    staff_facts="welfare.cases.needs_of",
    held_by=OF_THE_CITY,
    states=(
        State(
            slug="planned",
            title=_("방문 예정"),
            told=_("동주민센터 직원이 찾아뵙기로 했습니다."),
            next_step=_("가기 전에 먼저 연락드립니다. 원하지 않으면 거두실 수 있습니다."),
            due_days=5,
        ),
        State(
            slug="not_met",
            title=_("만나지 못함"),
            told=_("찾아갔지만 만나지 못했습니다."),
            next_step=_("연락드리고 다시 찾아뵙겠습니다."),
            due_days=3,
        ),
        State(
            slug="visited",
            title=_("다녀옴"),
            told=_("찾아뵈었습니다."),
            next_step=_("더 필요한 것이 있으면 동주민센터에 말씀해 주세요."),
            is_end=True,
        ),
        State(
            slug="cancelled",
            title=_("가지 않음"),
            told=_("찾아뵙지 않기로 했습니다."),
            next_step=_("언제든 동주민센터에 말씀해 주세요."),
            is_end=True,
        ),
    ),
    moves=(
        Move(
            name="visit",
            title=_("만났음"),
            source=("planned", "not_met"),
            target="visited",
            by=STAFF,
            needs_words=True,
            words=_("방문 결과"),
            # What was seen at somebody's home is written for colleagues; the person was there.
            is_told=False,
        ),
        Move(
            name="miss",
            title=_("만나지 못했음"),
            source=("planned",),
            target="not_met",
            by=STAFF,
            needs_words=True,
            words=_("만나지 못한 사정"),
        ),
        Move(
            name="plan_again",
            title=_("다시 방문하기"),
            source=("not_met",),
            target="planned",
            by=STAFF,
        ),
        Move(
            name="cancel",
            title=_("방문하지 않기"),
            source=("planned", "not_met"),
            target="cancelled",
            by=STAFF,
            needs_words=True,
            words=_("방문하지 않는 이유"),
        ),
        Move(
            name="decline",
            title=_("방문을 원하지 않음"),
            source=("planned", "not_met"),
            target="cancelled",
            by=CITIZENS,
        ),
    ),
)
