"""Who works in an office today, by the function that the setting OFFICE_STAFF names."""

import datetime
from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string

from core.cases.declaration import CaseKind
from core.cases.errors import CaseRefused
from core.cases.registry import declared_kinds
from core.cases.rules.answering import office_that_answers
from core.offices.people import Person, is_person
from core.records.reading import system_reading

StaffOf = Callable[..., list[tuple[int, int, str]]]


def staff_of(
    office_ids: Iterable[int], *, on: datetime.date, managers_only: bool = False
) -> list[tuple[int, int, str]]:
    """Answer (office, person, name) of everybody who works on requests there, by name."""
    find: StaffOf = import_string(settings.OFFICE_STAFF)
    return find(office_ids, on=on, managers_only=managers_only)


def office_answering(kind: CaseKind, asked: int, *, on: datetime.date) -> int:
    """Answer the office where a request will be read: three queries at most."""
    if not kind.stand_ins or staff_of([asked], on=on):
        return asked
    stand_ins = stand_ins_of(kind, asked, on=on)
    staffed = {office for office, *_ in staff_of(stand_ins, on=on)}
    return office_that_answers(asked, stand_ins, staffed=staffed)


def stand_ins_of(kind: CaseKind, office_id: int, *, on: datetime.date) -> Sequence[int]:
    """Answer who stands in for an office in requests of a kind, first choice first."""
    find: Callable[..., Sequence[int]] = import_string(kind.stand_ins)
    return find(office_id, on=on)


def all_stand_ins_of(office_id: int, *, on: datetime.date) -> list[int]:
    """Answer who stands in for an office in requests of whatever kind."""
    ways = {kind.stand_ins: kind for kind in declared_kinds().values() if kind.stand_ins}
    found = (one for kind in ways.values() for one in stand_ins_of(kind, office_id, on=on))
    return list(dict.fromkeys(found))


def has_stand_in(kind: CaseKind, office_id: int, *, on: datetime.date) -> bool:
    """Say whether somebody who is at work would go on with requests of a kind."""
    return bool(kind.stand_ins and staff_of(stand_ins_of(kind, office_id, on=on), on=on))


def get_colleague(person_id: int) -> Person:
    """Answer one of them, with what they may do today."""
    person = get_user_model().objects.filter(pk=person_id).first()
    if not is_person(person):
        raise CaseRefused("이 사람을 찾을 수 없습니다.")
    return person


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Answer what colleagues are called, also those who left: one query; nobody where erased."""
    people = get_user_model().objects.only("name", "email", "is_active")
    with system_reading("which colleague did what at the desk, as colleagues tell each other"):
        found = people.in_bulk(sorted(set(person_ids)))
    return {pk: name_of(one) for pk, one in found.items() if one.name or one.is_active}


def name_of(person: object) -> str:
    """Answer what a colleague is called: by name, or by an address of which a part is hidden."""
    return str(getattr(person, "called", ""))
