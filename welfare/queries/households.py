"""Finds households of the caseload by who belongs to them, without a readable name."""

import datetime
from collections.abc import Collection

from django.utils.crypto import salted_hmac

from welfare.enums import CareRelation
from welfare.models.household import CareHousehold, CareMember

SALT = "welfare.household"


def mark_of(*, name: str, birth_date: datetime.date) -> str:
    """Answer by what somebody is found: only whoever knows both, and the key, can make it."""
    plain = f"{''.join(name.split())}|{birth_date.isoformat()}"
    return salted_hmac(SALT, plain, algorithm="sha256").hexdigest()


def households_by_mark(marks: Collection[str]) -> dict[str, CareHousehold]:
    """Answer the households of the current members with these marks: one statement."""
    members = CareMember.objects.current().filter(mark__in=marks).select_related("household")
    return {one.mark: one.household for one in members.order_by("pk")}


def relation_in_words(member: CareMember) -> str:
    """Say what somebody is to the household's head; a word we no longer know, as it stands."""
    known = member.relation in CareRelation.values
    return str(CareRelation(member.relation).label) if known else member.relation
