"""Households in care as a portal that only shows itself would have them; none of them exists."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from accounts.enums import Role
from accounts.models import CommunityCentre, Membership, User
from core.cases.staff import staff_of
from core.offices.enums import OfficeKind
from core.offices.models import Office
from welfare.enums import (
    CareBenefitState,
    CareConsentTopic,
    CareContactKind,
    CareRelation,
    CounterConsent,
)
from welfare.models import CareHousehold
from welfare.services import care_records
from welfare.services.care_consents import take_consent
from welfare.services.care_handing import offer_household
from welfare.services.care_log import Click
from welfare.services.care_merging import propose_merge
from welfare.services.households import add_member, open_with_head
from welfare.services.sample_signs import EARLIEST

HOUSEHOLDS = 8
NEEDS = ("theme:HOUSING", "theme:ENERGY", "event:illness", "theme:CARE", "event:job-loss")
PLANS = (
    "전화로 안부를 여쭙기",
    "보건소 방문에 함께 가기",
    "전기요금 감면 서류 챙기기",
    "반찬 배달이 오는지 확인하기",
)
TALKS = (
    "다음 달부터 반찬 배달을 받기로 했습니다.",
    "무릎이 아파 계단이 힘들다고 하십니다. 병원 예약을 도왔습니다.",
    "손녀가 주말마다 온다고 하십니다. 더 필요한 것은 없습니다.",
)
BENEFITS = (
    ("동네 반찬 나눔", CareBenefitState.RECEIVED),
    ("집수리 도움", CareBenefitState.REFUSED),
    ("겨울 난방비 도움", CareBenefitState.APPLIED),
)


def make_households(*, now: datetime.datetime) -> str:
    """Take some into the caseload of each centre that somebody runs, once; say what was made."""
    if CareHousehold.objects.exists():
        return ""
    today = timezone.localdate(now)
    runs = Membership.objects.current_on(today).filter(
        role=Role.MANAGER, office__kind=OfficeKind.CENTRE
    )
    managers = list(
        runs.select_related("person", "office").order_by("office", "pk").distinct("office")
    )
    made = [
        _make(held.person, held.office, number, now)
        for number, held in enumerate(managers)
        if CommunityCentre.objects.filter(pk=held.office_id).exists()
    ]
    for held, (first, *others) in zip(managers, made, strict=False):
        _let_two_decide(held.person, first, others, managers, now)
    return f"돌보는 가구 {sum(map(len, made))}가구" if made else ""


def _make(manager: User, centre: Office, place: int, now: datetime.datetime) -> list[CareHousehold]:
    """The same people as a centre's signs tell of, and others where it is not the first."""
    return [
        _household(manager, centre, place * HOUSEHOLDS + number, number, now)
        for number in range(1, HOUSEHOLDS + 1)
    ]


def _household(
    manager: User, centre: Office, who: int, number: int, now: datetime.datetime
) -> CareHousehold:
    def click(ago: int = 0) -> Click:
        return Click(actor=manager, now=now - datetime.timedelta(days=ago), key=uuid.uuid4())

    today, born = timezone.localdate(now), EARLIEST + datetime.timedelta(days=977 * who)
    # The last two live at one address: somebody may look whether they are one household.
    address = f"견본로 {min(number, HOUSEHOLDS - 1)}"
    household = open_with_head(
        centre=centre,
        address=address,
        name=f"견본{who:02}",
        birth_date=born,
        person=None,
        click=click(60),
    )
    if number % 2:
        add_member(
            household=household,
            name=f"견본가족{who:02}",
            birth_date=born.replace(year=born.year + 30, day=1),
            relation=CareRelation.CHILD,
            on=today - datetime.timedelta(days=60),
            click=click(60),
        )
    head = household.members.order_by("pk")[0]
    told: Any = {"household": household, "member_id": head.pk}
    care_records.tell_need(need=NEEDS[number % len(NEEDS)], words="", click=click(58), **told)
    take_consent(
        topic=CareConsentTopic.PLAN,
        way=CounterConsent.PAPER if number % 3 else CounterConsent.SCREEN,
        on=today - datetime.timedelta(days=58),
        click=click(58),
        **told,
    )
    name, state = BENEFITS[number % len(BENEFITS)]
    care_records.note_benefit(
        benefit=None,
        name=name,
        state=state,
        on=today - datetime.timedelta(days=30),
        click=click(30),
        **told,
    )
    care_records.note_contact(
        kind=CareContactKind.VISIT if number % 3 == 0 else CareContactKind.CALL,
        on=today - datetime.timedelta(days=7 * number),
        words=TALKS[number % len(TALKS)],
        click=click(7 * number),
        **told,
    )
    # Some are late: planned in time, by nobody in particular, and the day has gone by.
    days = number - 3
    care_records.plan_step(
        words=PLANS[number % len(PLANS)],
        due=today + datetime.timedelta(days=days),
        responsible_id=manager.pk if days >= 0 else None,
        click=click(0 if days >= 0 else 5),
        **told,
    )
    return household


def _let_two_decide(
    manager: User,
    first: CareHousehold,
    others: list[CareHousehold],
    managers: list[Membership],
    now: datetime.datetime,
) -> None:
    """Let a merge wait for a colleague, and another centre find something to take."""
    today = timezone.localdate(now)

    def click() -> Click:
        return Click(actor=manager, now=now, key=uuid.uuid4())

    if len(staff_of([first.centre_id], on=today)) > 1:
        propose_merge(
            kept=others[-2], gone=others[-1], reason="같은 집의 두 방입니다.", click=click()
        )
    elsewhere = [one.office for one in managers if one.office_id != first.centre_id]
    if elsewhere:
        offer_household(
            household=first, to=elsewhere[0], reason="다음 주에 이사하십니다.", click=click()
        )
