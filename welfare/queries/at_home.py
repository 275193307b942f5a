"""With whom somebody lives, by the caseload: nobody works on requests of their own household."""

from typing import Any

from django.db.models import F, Value

from core.offices.people import Home
from core.records.asking import AskedAbout
from core.records.reading import system_reading
from welfare.models import CareCase, CareMember

PERSON, CASE = "person", "case"


def _at_home(person_id: int) -> Any:
    members = CareMember.objects.current()
    lived_in = members.filter(person=person_id).order_by().values("household")
    others = members.filter(household__in=lived_in, person__isnull=False).exclude(person=person_id)
    people = others.order_by().values_list(Value(PERSON), F("person"))
    tied = CareCase.objects.filter(household__in=lived_in).order_by()
    return people.union(tied.values_list(Value(CASE), F("case")), all=True)


AT_HOME = AskedAbout(_at_home, -1)


def home_of(person_id: int) -> Home:
    """Answer who has an account of those who live there, and the household's requests."""
    with system_reading("with whom a colleague lives, which keeps them from deciding"):
        found = AT_HOME(person_id)
    return Home(
        people=frozenset(number for what, number in found if what == PERSON),
        cases=frozenset(number for what, number in found if what == CASE),
    )
