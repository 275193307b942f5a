"""Asks, thirty days after somebody was told of a benefit, what became of it; keeps no names."""

import datetime

from django.db import transaction

from accounts.models import User
from core.notices.services import tell
from core.records.consents import people_who_consent
from core.records.reading import system_reading
from welfare.enums import OutcomeAnswer
from welfare.models import BenefitNews, BenefitOutcome
from welfare.notices import DidYouGetIt
from welfare.queries.sheets import names_of_benefits

ASKED_AFTER = datetime.timedelta(days=30)
OUTCOMES = "welfare.outcomes"
AT_ONCE = 500


class AnswerRefused(Exception):
    """There is nothing to answer: it was answered before, or is somebody else's."""


@transaction.atomic
def ask_outcomes(*, on: datetime.date, now: datetime.datetime) -> int:
    """Ask some people about one benefit each; all else they were told then is asked no more."""
    due = BenefitNews.objects.to_ask(on - ASKED_AFTER)
    due = due.filter(person__in=people_who_consent(OUTCOMES))
    with system_reading("whom the portal asks what became of it"):
        held = due.select_for_update(of=("self",), skip_locked=True).order_by("person", "pk")
        rows = list(held[:AT_ONCE])
    first: dict[int, BenefitNews] = {}
    for row in rows:
        first.setdefault(row.person_id, row)
    BenefitNews.objects.to_ask(on - ASKED_AFTER).filter(person__in=first).update(asked_at=now)
    names = names_of_benefits({_benefit(row) for row in first.values()})
    for row in first.values():
        tell(
            notice=DidYouGetIt,
            person=row.person_id,
            facts={"name": names.get(_benefit(row), _benefit(row))[:60]},
            cause=f"benefit-outcome:{row.pk}",
            url=f"/welfare/received/{row.pk}/",
            now=now,
        )
    return len(first)


@transaction.atomic
def answer_outcome(
    *, number: int, person: User, answer: OutcomeAnswer, reason: str, now: datetime.datetime
) -> None:
    """Count an answer, once; what is counted does not say whose it is."""
    news = BenefitNews.objects.select_for_update(of=("self",)).filter(
        pk=number, person=person, asked_at__isnull=False, answered_at=None
    )
    held = news.first()
    if held is None:
        raise AnswerRefused
    held.answered_at = now
    held.save(update_fields=["answered_at"])
    BenefitOutcome.objects.create(
        benefit_key=_benefit(held),
        answer=answer,
        reason=reason.strip() if answer == OutcomeAnswer.REFUSED else "",
        month=now.date().replace(day=1),
    )


def _benefit(news: BenefitNews) -> str:
    told: dict[str, str] = dict(news.news)
    return told["benefit"]
