"""Arguments for pages about people, made for whoever is signed in when pages are walked."""

import datetime
from typing import Any

from accounts.enums import FactGroup
from accounts.models import User
from accounts.services import tell_facts
from core.records.enums import Channel

NOW = datetime.datetime(2026, 11, 27, 3, 0, tzinfo=datetime.UTC)


def _somebody() -> User | None:
    return User.objects.order_by("pk").first()


def told_group() -> dict[str, Any]:
    """A household that was told, where somebody is there to tell it."""
    if person := _somebody():
        members = [{"relation": "CHILD", "age": 7, "age_on": "2026-01-01"}]
        tell_facts(
            person=person,
            group=FactGroup.HOUSEHOLD,
            facts={"members": members},
            purposes={"accounts.eligibility_household"},
            channel=Channel.WEB,
            now=NOW,
        )
    return {"group": "household"}


def group(name: str) -> Any:
    return lambda: {"group": name}


def agreed_purpose() -> dict[str, Any]:
    told_group()
    return {"purpose": "accounts.eligibility_household"}
