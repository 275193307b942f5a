"""Arguments for pages about people, made for whoever is signed in when pages are walked."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.enums import FactGroup, MessagesTo
from accounts.models import Delegation, User
from accounts.services import link_token, name_helper, tell_facts
from core.records.enums import Channel
from tests.accounts.factories import make_person

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


def _waiting() -> Delegation:
    person = User.objects.order_by("-pk").first() or make_person()
    return name_helper(
        person=person,
        label="큰딸",
        purposes=["welfare"],
        ends_date=timezone.localdate() + datetime.timedelta(days=30),
        messages_to=MessagesTo.PERSON,
        now=timezone.now(),
    )


def delegation() -> dict[str, Any]:
    return {"pk": _waiting().pk}


def delegation_link() -> dict[str, Any]:
    return {"token": link_token(_waiting())}
