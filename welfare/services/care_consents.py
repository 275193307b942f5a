"""Keeps what members of a household agree to, and ends it whenever they take it back."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q, QuerySet

from welfare.enums import CareConsentTopic, CareDeed, CounterConsent
from welfare.models import CareConsent, CareHousehold, CareStep
from welfare.services.care_log import (
    Click,
    HouseholdRefused,
    begin,
    done_before,
    hold,
    member_of,
    past_day,
    write,
)
from welfare.services.care_reminding import forget_reminding
from welfare.services.care_telling import tell_of_consent

# The words that are read to whoever agrees (docs/households.md keeps what they were).
CONSENT_VERSION = 1
UNKNOWN = "화면을 새로 고치고 다시 해 주세요. 찾을 수 없는 동의입니다."


class ConsentEnded(HouseholdRefused):
    """It was taken back before."""


@transaction.atomic
def take_consent(
    *,
    household: CareHousehold,
    member_id: int,
    topic: CareConsentTopic,
    way: CounterConsent,
    on: datetime.date,
    click: Click,
) -> CareStep:
    """Write down that somebody agreed, on the screen or on paper."""
    held, done = begin(household.pk, CareDeed.CONSENT_GIVEN, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    if CareConsent.objects.valid().filter(member=member, topic=topic).exists():
        raise HouseholdRefused("이미 동의하셨습니다.")
    CareConsent.objects.create(
        household=held,
        member=member,
        topic=topic,
        way=way,
        version=CONSENT_VERSION,
        since=past_day(on, click),
        taken_by=click.actor,
    )
    words = f"{topic.label} ({way.label})"
    return write(held, CareDeed.CONSENT_GIVEN, click, member=member, words=words)


@transaction.atomic
def end_consent(*, household: CareHousehold, consent_id: int, click: Click) -> CareStep:
    """Write down that somebody takes a consent back, from now on; also where the care has ended.

    On the page of a household that went into another, it is the other's by now, and counts.
    """
    here = Q(household=household.pk) | Q(household__merged=household.pk)
    rows = CareConsent.objects.filter(here, pk=consent_id)
    return _end(*_held(rows, lambda number: hold([number], click)[0]), click)[0]


@transaction.atomic
def take_back_consent(*, consent_id: int, click: Click) -> CareStep:
    """End one's own consent, wherever one was cared for; who sees to the household is told.

    Raises HouseholdRefused, also where the consent is somebody else's.
    """
    mine = CareConsent.objects.filter(pk=consent_id, member__person=click.actor)
    open_to_its_person = CareHousehold.objects.select_for_update(of=("self",))
    held, consent = _held(mine, lambda number: open_to_its_person.filter(pk=number).first())
    line, is_new = _end(held, consent, click)
    if is_new:
        tell_of_consent(held, cause=f"care:{held.pk}:consent:{line.pk}", now=click.now)
    return line


def _held(
    rows: QuerySet[CareConsent], lock: Callable[[int], CareHousehold | None]
) -> tuple[CareHousehold, CareConsent]:
    """Lock the household of a consent; where a merge carried it on meanwhile, the one it is in."""
    for _again in range(2):
        number = rows.values_list("household", flat=True).first()
        if number is None:
            break
        before = transaction.savepoint()
        held, consent = lock(number), rows.filter(household=number).first()
        if held is not None and consent is not None:
            return held, consent
        # Let go of it first: whoever merges holds two in the order of their numbers.
        transaction.savepoint_rollback(before)
    raise HouseholdRefused(UNKNOWN)


def _end(household: CareHousehold, consent: CareConsent, click: Click) -> tuple[CareStep, bool]:
    """Answer the line, and whether this click wrote it now."""
    if (done := done_before(household, CareDeed.CONSENT_ENDED, click)) is not None:
        return done, False
    if consent.until is not None:
        raise ConsentEnded("이미 거둔 동의입니다.")
    # A clock that was set back keeps nobody from taking a consent back.
    consent.until = max(click.today, consent.since)
    consent.save(update_fields=["until"])
    forget_reminding(consent)
    words = str(consent.get_topic_display())
    line = write(household, CareDeed.CONSENT_ENDED, click, member=consent.member, words=words)
    return line, True
