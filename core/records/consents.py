"""What a person agreed to: asked each time before their facts are used, told as receipts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Q

from core.offices.people import Person
from core.records.asking import AskedAbout
from core.records.enums import Channel
from core.records.models import Consent, ConsentText
from core.records.purposes import declared_purposes, get_purpose
from core.records.reading import system_reading


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was agreed to, in the words of that day, and what has become of it."""

    purpose: str
    title: str
    text: str
    version: int
    given_at: datetime.datetime
    channel: Channel
    withdrawn_at: datetime.datetime | None


def has_consent(person: Person, purpose: str) -> bool:
    """Say whether the portal may use the purpose's facts of this person now: one query.

    Raises UnknownPurpose, so that a misspelt slug is no permission.
    """
    declared = get_purpose(purpose)
    with system_reading("whether a consent stands, before what it allows is read"):
        return bool(_asked(declared.slug, declared.oldest_valid)(person.pk))


@cache
def _asked(slug: str, oldest: int) -> AskedAbout:
    rows = Consent.objects.filter(_valid(slug, oldest))
    return AskedAbout(lambda person: rows.filter(person=person).values_list("pk")[:1], -1)


def consented_purposes(person: Person) -> frozenset[str]:
    """Answer all that this person has agreed to and that still counts: one query."""
    known = declared_purposes()
    given = Consent.objects.current().of(person.pk).values_list("purpose", "text_version")
    return frozenset(
        slug for slug, version in given if slug in known and version >= known[slug].oldest_valid
    )


def people_who_consent(purpose: str) -> Iterable[int]:
    """Answer a subquery of the people whose facts may be used so, for set-based work."""
    declared = get_purpose(purpose)
    valid = _valid(declared.slug, declared.oldest_valid)
    return Consent.objects.filter(valid).values("person")  # type: ignore[return-value]


def _valid(slug: str, oldest: int) -> Q:
    return Q(purpose=slug, withdrawn_at=None, text_version__gte=oldest)


def receipts(person: Person) -> list[Receipt]:
    """Answer all that this person ever agreed to, newest first: two queries."""
    given = list(Consent.objects.of(person.pk).newest_first())
    texts = {
        (text.purpose, text.version): text
        for text in ConsentText.objects.filter(purpose__in={one.purpose for one in given}).order_by(
            "pk"
        )
    }
    return [
        Receipt(
            one.purpose,
            texts[one.purpose, one.text_version].title,
            texts[one.purpose, one.text_version].text,
            one.text_version,
            one.given_at,
            Channel(one.channel),
            one.withdrawn_at,
        )
        for one in given
    ]
