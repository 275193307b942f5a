"""Finds households of the caseload by who belongs to them, without a readable name."""

import datetime
from collections.abc import Collection

from django.conf import settings

from core.records.marks import mark, marks
from welfare.enums import CareRelation
from welfare.models.hardship import HardshipHousehold
from welfare.models.household import ADDRESSES, PEOPLE, CareHousehold, CareMember


def mark_of(*, name: str, birth_date: datetime.date) -> str:
    """Answer by what somebody is found: only whoever knows both, and the key, can make it."""
    return mark(PEOPLE, name, birth_date)


def marks_of(*, name: str, birth_date: datetime.date) -> list[str]:
    """Answer the same of every key: while keys are changed, some rows stand with the older one."""
    return marks(PEOPLE, name, birth_date)


def address_mark_of(address: str) -> str:
    return mark(ADDRESSES, address)


def households_by_mark(marks: Collection[str]) -> dict[str, CareHousehold]:
    """Answer the households of the current members with these marks: one statement."""
    members = CareMember.objects.current().filter(mark__in=marks).select_related("household")
    # What is sealed stays so, until somebody reads it.
    members = members.defer("name", "birth_date", "household__address")
    return {one.mark: one.household for one in members.order_by("pk")}


def standing_marks(people: Collection[tuple[str, datetime.date]]) -> dict[str, str]:
    """Answer, by the mark of the newest key, the older one with which somebody stands still.

    Nobody does once `rotate_keys` is through; with a single key nothing is asked.
    """
    if len(settings.FIELD_KEYS) == 1:
        return {}
    older: dict[str, str] = {}
    for name, birth_date in people:
        newest, *others = marks_of(name=name, birth_date=birth_date)
        older.update(dict.fromkeys(others, newest))
    found: set[str] = set()
    for rows in (CareMember.objects.all(), HardshipHousehold.objects.all()):
        found.update(rows.filter(mark__in=older).order_by().values_list("mark", flat=True))
    return {older[one]: one for one in sorted(found)}


def relation_in_words(member: CareMember) -> str:
    """Say what somebody is to the household's head; a word we no longer know, as it stands."""
    known = member.relation in CareRelation.values
    return str(CareRelation(member.relation).label) if known else member.relation
