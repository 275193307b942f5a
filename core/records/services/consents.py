"""Takes in a consent, and its withdrawal."""

import datetime

from django.db import transaction
from django.utils import translation
from django.utils.module_loading import import_string

from core.offices.people import Person
from core.records.declaration import Purpose
from core.records.enums import Channel
from core.records.models import Consent, ConsentText
from core.records.purposes import declared_purposes, get_purpose


class TextChanged(Exception):
    """A purpose says something else than people agreed to, under the same version number."""


@transaction.atomic
def give_consent(
    *, person: Person, purpose: str, channel: Channel, now: datetime.datetime
) -> Consent:
    """Record that a person agrees to a purpose as it is declared today.

    Said twice it is one consent; said to newer words it takes the place of the older one. Raises
    UnknownPurpose, and TextChanged where words were changed without a new version.
    """
    declared = get_purpose(purpose)
    _keep_words(declared)
    held = (
        Consent.objects.current()
        .filter(person=person.pk, purpose=purpose)
        .select_for_update(of=("self",))
        .first()
    )
    if held is not None:
        if held.text_version == declared.version:
            return held
        held.withdrawn_at = now
        held.save(update_fields=["withdrawn_at"])
    fresh = Consent(
        person_id=person.pk,
        purpose=purpose,
        text_version=declared.version,
        given_at=now,
        channel=channel,
    )
    # Of two who say it at once, the second waits here, and finds the first one's.
    Consent.objects.bulk_create([fresh], ignore_conflicts=True)
    return Consent.objects.current().get(person=person.pk, purpose=purpose)


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: str, now: datetime.datetime) -> bool:
    """End a consent at once, and what was kept for it; answer whether there was one."""
    held = Consent.objects.current().filter(person=person.pk, purpose=purpose)
    if not held.update(withdrawn_at=now):
        return False
    declared = declared_purposes().get(purpose)
    if declared is not None and declared.ended_by:
        import_string(declared.ended_by)(person=person.pk, now=now)
    return True


def _keep_words(purpose: Purpose) -> None:
    """Keep the Korean words, which are what counts, and refuse others under the same number."""
    with translation.override("ko"):
        title, text = str(purpose.title), str(purpose.text)
    kept, _ = ConsentText.objects.get_or_create(
        purpose=purpose.slug, version=purpose.version, defaults={"title": title, "text": text}
    )
    if (kept.title, kept.text) != (title, text):
        raise TextChanged(f"Purpose {purpose.slug!r}: other words need a new version number.")
