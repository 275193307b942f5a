"""Hands a household to another centre: given by one, and taken by who runs the other."""

from django.db import transaction

from core.cases.staff import staff_of
from core.offices.enums import OfficeKind
from core.offices.models import Office
from welfare import permissions
from welfare.enums import CareAnswer, CareDeed
from welfare.models import (
    CareHandOver,
    CareHousehold,
    CareMember,
    CarePlanStep,
    CareStep,
    HardshipHousehold,
)
from welfare.services.care_log import (
    Click,
    HouseholdRefused,
    begin,
    cleaned,
    refuse_closed,
    refuse_used,
    write,
)
from welfare.services.care_telling import tell_members, tell_of_answer, tell_of_offer, workers_of
from welfare.services.hardship_lock import wait_for_list
from welfare.services.households import refuse_undecided

DECIDED = "이미 답이 나왔습니다."


@transaction.atomic
def offer_household(*, household: CareHousehold, to: Office, reason: str, click: Click) -> CareStep:
    """Ask another centre to take a household over; until it does, nothing changes."""
    held, done = begin(household.pk, CareDeed.HAND_OVER_ASKED, click)
    if done is not None:
        return done
    told = cleaned(reason, called="넘기는 까닭")
    refuse_undecided(held)
    is_open = Office.objects.open_on(click.today).filter(pk=to.pk).exists()
    if to.kind != OfficeKind.CENTRE or to.pk == held.centre_id or not is_open:
        raise HouseholdRefused("다른 동주민센터를 골라 주세요.")
    if not staff_of([to.pk], on=click.today, managers_only=True):
        raise HouseholdRefused(f"{to}에는 받아 줄 책임자가 아직 없습니다.")
    offer = CareHandOver.objects.create(
        household=held,
        from_centre_id=held.centre_id,
        to_centre=to,
        reason=told,
        asked_by=click.actor,
        asked_at=click.now,
    )
    tell_of_offer(offer, now=click.now)
    words = f"{to.name}: {told}"
    return write(held, CareDeed.HAND_OVER_ASKED, click, words=words)


@transaction.atomic
def withdraw_offer(*, household: CareHousehold, click: Click) -> CareStep:
    held, done = begin(household.pk, CareDeed.HAND_OVER_ENDED, click)
    if done is not None:
        return done
    offer = CareHandOver.objects.waiting().filter(household=held).first()
    if offer is None:
        raise HouseholdRefused(DECIDED)
    _answer(offer, CareAnswer.WITHDRAWN, click)
    return write(held, CareDeed.HAND_OVER_ENDED, click, words=str(offer.to_centre))


@transaction.atomic
def take_household(*, hand_over: CareHandOver, click: Click) -> CareHandOver:
    """Take a household over with its history; the other centre does not see it any more.

    Who saw to its plan stays where they are: the plan waits for somebody here. Requests that are
    under way stay with the centre that works on them.
    """
    # Before the household, as whoever brings signs in has it before their rows need this one.
    wait_for_list()
    household, offer = _offered(hand_over, click)
    if offer.answer == CareAnswer.AGREED:
        return offer
    _refuse_decided(offer)
    refuse_used(click, household)
    refuse_closed(household)
    _answer(offer, CareAnswer.AGREED, click)
    workers = workers_of(household, now=click.now)
    household.centre = offer.to_centre
    household.save(update_fields=["centre"])
    CarePlanStep.objects.open().filter(household=household).update(responsible=None)
    HardshipHousehold.objects.filter(care=household).update(office=offer.to_centre)
    words = f"{offer.from_centre.name} → {offer.to_centre.name}"
    write(household, CareDeed.HANDED_OVER, click, words=words)
    tell_of_answer(offer, workers=workers, now=click.now)
    tell_members(offer, now=click.now)
    return offer


@transaction.atomic
def decline_household(*, hand_over: CareHandOver, reason: str, click: Click) -> CareHandOver:
    """Say that a centre does not take a household; it stays where it is, with the reason."""
    household, offer = _offered(hand_over, click)
    if offer.answer == CareAnswer.DECLINED:
        return offer
    _refuse_decided(offer)
    refuse_used(click, household)
    told = cleaned(reason, called="받지 않는 까닭")
    _answer(offer, CareAnswer.DECLINED, click)
    words = f"{offer.to_centre.name}: {told}"
    write(household, CareDeed.HAND_OVER_ENDED, click, words=words)
    tell_of_answer(offer, workers=[], now=click.now)
    return offer


def _offered(hand_over: CareHandOver, click: Click) -> tuple[CareHousehold, CareHandOver]:
    """Lock a household that somebody else's centre has, for who runs the one that may take it."""
    household = CareHousehold.objects.select_for_update(of=("self",)).get(pk=hand_over.household_id)
    rows = CareHandOver.objects.select_related("from_centre", "to_centre")
    offer = rows.select_for_update(of=("self",)).get(pk=hand_over.pk)
    lives_there = CareMember.objects.current().filter(household=household, person=click.actor.pk)
    if not permissions.can_take_household(click.actor, offer) or lives_there.exists():
        raise HouseholdRefused("받을 동주민센터의 책임자만 답할 수 있습니다.")
    return household, offer


def _refuse_decided(offer: CareHandOver) -> None:
    if not offer.is_waiting:
        raise HouseholdRefused(DECIDED)


def _answer(offer: CareHandOver, answer: CareAnswer, click: Click) -> None:
    offer.answer = answer
    offer.answered_by, offer.answered_at = click.actor, click.now
    offer.save(update_fields=["answer", "answered_by", "answered_at"])
