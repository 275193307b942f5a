"""Keeps what members of a household agree to, and ends it whenever they take it back."""

import datetime

from django.db import transaction

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
ENDED = "이미 거둔 동의입니다."


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
    """Write down that somebody takes a consent back, from now on; also where the care has ended."""
    (held,) = hold([household.pk], click)
    if (done := done_before(held, CareDeed.CONSENT_ENDED, click)) is not None:
        return done
    return _end(held, CareConsent.objects.filter(household=held, pk=consent_id).first(), click)


@transaction.atomic
def take_back_consent(*, consent_id: int, click: Click) -> CareStep:
    """End one's own consent, wherever one was cared for; who sees to the household is told.

    Raises HouseholdRefused, also where the consent is somebody else's.
    """
    mine = CareConsent.objects.filter(pk=consent_id, member__person=click.actor)
    number = mine.values_list("household", flat=True).first()
    held = CareHousehold.objects.select_for_update(of=("self",)).filter(pk=number or 0).first()
    if held is None:
        raise HouseholdRefused(ENDED)
    if (done := done_before(held, CareDeed.CONSENT_ENDED, click)) is not None:
        return done
    line = _end(held, mine.filter(household=held).first(), click)
    tell_of_consent(held, cause=f"care:{held.pk}:consent:{line.pk}", now=click.now)
    return line


def _end(household: CareHousehold, consent: CareConsent | None, click: Click) -> CareStep:
    if consent is None or consent.until is not None:
        raise HouseholdRefused(ENDED)
    # A clock that was set back keeps nobody from taking a consent back.
    consent.until = max(click.today, consent.since)
    consent.save(update_fields=["until"])
    forget_reminding(consent)
    words = str(consent.get_topic_display())
    return write(household, CareDeed.CONSENT_ENDED, click, member=consent.member, words=words)
