"""A person's data to take along: what the portal holds, as other programs can read it."""

import datetime
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from core.offices.people import Person
from core.records.consents import receipts
from core.records.held import Held

FORMAT = "seoul-portal-data/1"


def as_json(*, person: Person, held: list[Held], now: datetime.datetime) -> str:
    told: dict[str, Any] = {
        "format": FORMAT,
        "made_at": now,
        "holdings": [one.as_data() for one in held],
        "consent_texts": [
            {
                "purpose": one.purpose,
                "version": one.version,
                "title": one.title,
                "text": one.text,
                "given_at": one.given_at,
                "withdrawn_at": one.withdrawn_at,
            }
            for one in receipts(person)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
