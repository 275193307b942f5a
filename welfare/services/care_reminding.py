"""Reminds people, before something ends that they receive, where they agreed to be reminded."""

import datetime

from django.db import transaction
from django.db.models import F

from core.notices.services import Letter, tell_each
from core.records.reading import system_reading
from welfare.enums import CareConsentTopic
from welfare.models import CareBenefit, CareConsent
from welfare.notices import BenefitEnds
from welfare.services.screening import drop_waiting

AHEAD = datetime.timedelta(days=30)
AT_ONCE = 500


@transaction.atomic
def remind_of_ends(*, on: datetime.date, now: datetime.datetime) -> int:
    """Tell some people that something of theirs ends within a month, of each last day once.

    The message names nothing: their own page does. Consents are held, so that whoever takes one
    back waits, and then has the message taken out of the queue.
    """
    with system_reading("whom the portal reminds of what ends"):
        due = CareBenefit.objects.ending(on, on + AHEAD).agreed_to_hear()
        due = due.exclude(reminded_of=F("lasts_until"))
        rows = list(
            due.select_for_update(of=("self",), skip_locked=True)
            .select_related("member")
            # What is sealed stays so: one row that cannot be opened keeps nobody from hearing.
            .only("lasts_until", "reminded_of", "member__person")
            .order_by("pk")[:AT_ONCE]
        )
        held = CareConsent.objects.valid().filter(
            topic=CareConsentTopic.REMIND, member__in={row.member_id for row in rows}
        )
        agreed = {one.member_id for one in held.select_for_update(of=("self",)).order_by("pk")}
        told = [row for row in rows if row.member_id in agreed]
        for row in told:
            row.reminded_of = row.lasts_until
        CareBenefit.objects.bulk_update(told, ["reminded_of"])
    tell_each(
        notice=BenefitEnds,
        letters=[
            Letter(person, {}, f"care-benefit:{row.pk}:{row.lasts_until}", "/welfare/care/")
            for row in told
            if (person := row.member.person_id) is not None
        ],
        now=now,
    )
    return len(told)


def forget_reminding(consent: CareConsent) -> None:
    """Take back what was not sent yet, in the transaction in which a consent ends."""
    person = consent.member.person_id
    if consent.topic != CareConsentTopic.REMIND or person is None:
        return
    others = CareConsent.objects.valid().filter(
        topic=CareConsentTopic.REMIND, member__person=person, member__until=None
    )
    if not others.exclude(pk=consent.pk).exists():
        drop_waiting(notices=[BenefitEnds], person=person)
