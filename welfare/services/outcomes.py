"""Asks, thirty days after somebody was told of a benefit, what became of it; keeps no names."""

import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.models import User
from core.notices.services import Letter, tell_each
from core.records.consents import people_who_consent
from core.records.models import Consent
from core.records.reading import system_reading
from welfare.enums import OutcomeAnswer
from welfare.models import BenefitNews, BenefitOutcome
from welfare.models.screening import BenefitNewsQuerySet
from welfare.notices import DidYouGetIt
from welfare.services.screening import drop_waiting

ASKED_AFTER, ASKED_UNTIL = datetime.timedelta(days=30), datetime.timedelta(days=45)
OUTCOMES = "welfare.outcomes"
AT_ONCE = 500


class AnswerRefused(Exception):
    """There is nothing to answer: it was answered before, or is somebody else's."""


@transaction.atomic
def ask_outcomes(*, on: datetime.date, now: datetime.datetime) -> int:
    """Ask some people about one benefit each; all else they were told then is asked no more.

    Nobody is asked of what they were told before they agreed to be asked, nor after so long that
    they have forgotten. The message does not name the benefit: its page does, to its person.
    """
    due = BenefitNews.objects.to_ask(on - ASKED_UNTIL, on - ASKED_AFTER)
    with system_reading("whom the portal asks what became of it"):
        people = _agreed(due)
        # What is sealed stays so: one row that cannot be opened keeps nobody else from being asked.
        held = due.filter(person__in=people).only("person", "told_on")
        rows = list(held.order_by("person", "pk"))
    asked: dict[int, int] = {}
    for row in rows:
        if row.told_on >= people[row.person_id]:
            asked.setdefault(row.person_id, row.pk)
    BenefitNews.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=now)
    tell_each(
        notice=DidYouGetIt,
        letters=[
            Letter(person, {}, f"benefit-outcome:{number}", f"/welfare/received/{number}/")
            for person, number in asked.items()
        ],
        now=now,
    )
    return len(asked)


def _agreed(due: BenefitNewsQuerySet) -> dict[int, datetime.date]:
    """Hold some people's consents who are to be asked; answer since when each has agreed.

    Another worker passes over whom this one holds, and whoever withdraws waits.
    """
    told = due.filter(person=OuterRef("person"), told_on__gte=OuterRef("given_at__date"))
    agreed = Consent.objects.current().filter(
        Exists(told), purpose=OUTCOMES, person__in=people_who_consent(OUTCOMES)
    )
    held = agreed.select_for_update(of=("self",), skip_locked=True).order_by("person")[:AT_ONCE]
    return {one.person_id: timezone.localdate(one.given_at) for one in held}


@transaction.atomic
def answer_outcome(
    *, number: int, person: User, answer: OutcomeAnswer, now: datetime.datetime
) -> None:
    """Count an answer, once; what is counted does not say whose it is, nor in which order."""
    news = BenefitNews.objects.select_for_update(of=("self",)).filter(
        pk=number, person=person, asked_at__isnull=False, is_answered=False
    )
    held = news.first()
    if held is None:
        raise AnswerRefused
    held.is_answered = True
    held.save(update_fields=["is_answered"])
    counter, _ = BenefitOutcome.objects.get_or_create(
        benefit_key=held.news["benefit"],
        answer=answer,
        month=timezone.localdate(now).replace(day=1),
    )
    BenefitOutcome.objects.filter(pk=counter.pk).update(number=F("number") + 1)


def forget_asking(*, person: int, now: datetime.datetime) -> None:
    """Ask no more what is still to be sent, in the transaction of a withdrawal."""
    drop_waiting(notices=[DidYouGetIt], person=person)
