"""What people do about a household's signs: each deed is a line of its log, with the reason."""

import datetime
import uuid

from django.db import transaction

from accounts.models import User
from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.records.resident_numbers import holds_resident_number, refusal
from welfare import permissions
from welfare.enums import CareDeed, HardshipDeed, HardshipState
from welfare.models import CareHousehold, CareMember, HardshipHousehold, HardshipStep
from welfare.services.care_cases import tie
from welfare.services.care_log import USED, Click, HouseholdRefused
from welfare.services.home_visits import (
    VISIT_TAKEN_BACK,
    is_visit_taken_back,
    open_home_visit,
    visit_going_on,
)

LONGEST_WORDS = 2_000
# What each deed says of how far the centre has come. A planned visit says that somebody looked.
STATES = {
    HardshipDeed.LOOKED_AT: HardshipState.LOOKED_AT,
    HardshipDeed.VISITED: HardshipState.VISITED,
    HardshipDeed.HELPED: HardshipState.HELPED,
    HardshipDeed.LEFT: HardshipState.LEFT,
}


NOBODY_THERE = (
    "이 가구에 지금 누가 사는지 몰라 방문을 잡을 수 없습니다. 돌보는 가구에서 확인해 주세요."
)
NOT_YOURS = "이 가구는 다른 동주민센터에 있거나, 함께 사는 가구라서 맡을 수 없습니다."


class HardshipRefused(Exception):
    """Nothing was changed; the message is a sentence for whoever tried."""


@transaction.atomic
def note_deed(
    *,
    household: HardshipHousehold,
    deed: HardshipDeed,
    words: str,
    actor: User,
    key: uuid.UUID,
    now: datetime.datetime,
) -> HardshipStep:
    """Write down what was done, and why; the same key writes it once. Raises HardshipRefused."""
    held = _hold(household, actor)
    if (before := _written(key, held, deed, words)) is not None:
        return before
    if deed not in STATES:
        raise HardshipRefused("가정 방문은 방문 날짜를 잡아 주세요.")
    return _write(held, deed, STATES[deed], words=words, actor=actor, key=key, now=now, case=None)


@transaction.atomic
def plan_visit(
    *,
    household: HardshipHousehold,
    words: str,
    actor: User,
    key: uuid.UUID,
    now: datetime.datetime,
) -> HardshipStep:
    """Open a home visit at the household's centre; raises HardshipRefused.

    Whoever has an account hears of the visit and may decline it. Why the centre comes stays in
    this log: what is written with a request, its person reads.
    """
    care = _hold_care(household)
    held = _hold(household, actor)
    if (before := _written(key, held, HardshipDeed.VISIT_PLANNED, words)) is not None:
        return before
    if (going_on := visit_going_on(care=care, signs=held)) is not None:
        raise HardshipRefused(f"이미 잡힌 가정 방문이 있습니다: #{going_on}")
    _words(words)
    who = _who_is_visited(held)
    if who is None and not held.name:
        raise HardshipRefused(NOBODY_THERE)
    if who is not None and is_visit_taken_back(who):
        raise HardshipRefused(VISIT_TAKEN_BACK)
    try:
        case = open_home_visit(
            person=who.person if who else None,
            applicant=who.name if who else held.name,
            actor=actor,
            office_id=held.office_id,
            # Of the page and the household: what another household's page opened is not this one.
            key=uuid.uuid5(key, f"signs:{held.pk}"),
            now=now,
        )
        if care is not None and who is not None and who.household_id == care.pk:
            click = Click(actor=actor, now=now, key=uuid.uuid5(key, f"care:{care.pk}"))
            tie(care, who, case, CareDeed.CASE_OPENED, click)
    except (CaseRefused, HouseholdRefused) as refused:
        raise HardshipRefused(str(refused)) from refused
    waited = held.state == HardshipState.WAITING
    state = HardshipState.LOOKED_AT if waited else HardshipState(held.state)
    deed = HardshipDeed.VISIT_PLANNED
    return _write(held, deed, state, words=words, actor=actor, key=key, now=now, case=case)


def _hold_care(household: HardshipHousehold) -> CareHousehold | None:
    """Lock whom the signs are of before their row, so that one page plans a visit at a time.

    No harder than needed: whoever brings signs in has the row by then, and points to the household.
    """
    rows = CareHousehold.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=household.care_id or 0).first()


def _hold(household: HardshipHousehold, actor: User) -> HardshipHousehold:
    rows = HardshipHousehold.objects.listed().select_for_update(of=("self",))
    held = rows.select_related("member__person").filter(pk=household.pk).first()
    if held is None or not permissions.can_work_on_signs(actor, held):
        raise HardshipRefused(NOT_YOURS)
    return held


def _written(
    key: uuid.UUID, household: HardshipHousehold, deed: HardshipDeed, words: str
) -> HardshipStep | None:
    """Answer what this page did; raises HardshipRefused where it did or said something else."""
    line = HardshipStep.objects.filter(key=key, household=household).first()
    if line is not None and (line.deed, line.words) != (deed, words.strip()):
        raise HardshipRefused(USED)
    return line


def _who_is_visited(household: HardshipHousehold) -> CareMember | None:
    """Answer who was told of; where they have left or were erased, the head of who lives there."""
    if household.member and household.member.until is None:
        return household.member
    here = CareMember.objects.current().select_related("person")
    return here.filter(household=household.care_id).head_first().first()


def _write(
    household: HardshipHousehold,
    deed: HardshipDeed,
    state: HardshipState,
    *,
    words: str,
    actor: User,
    key: uuid.UUID,
    now: datetime.datetime,
    case: Case | None,
) -> HardshipStep:
    household.state, household.state_at = state, now
    household.touched_at = max(household.touched_at, now)
    household.save(update_fields=["state", "state_at", "touched_at"])
    return HardshipStep.objects.create(
        household=household, deed=deed, words=_words(words), by=actor, at=now, key=key, case=case
    )


def _words(words: str) -> str:
    told = words.strip()
    if not told:
        raise HardshipRefused("무엇을 보고 그렇게 했는지 적어 주세요.")
    if len(told) > LONGEST_WORDS:
        raise HardshipRefused(f"{LONGEST_WORDS:,}자까지 적을 수 있습니다.")
    if holds_resident_number(told):
        raise HardshipRefused(refusal())
    return told
