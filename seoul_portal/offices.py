"""Who works in which office today, for rooms of core that may not know memberships."""

import datetime
from collections.abc import Iterable

from accounts.enums import CASEWORK
from accounts.models import Membership
from core.records.reading import system_reading


def staff_of(
    office_ids: Iterable[int], *, on: datetime.date, managers_only: bool = False
) -> list[tuple[int, int, str]]:
    """Answer (office, person, name) of everybody who works on requests there, by name."""
    duties = Membership.objects.current_on(on).filter(
        office__in=sorted(office_ids), role__in=sorted(CASEWORK), person__is_active=True
    )
    if managers_only:
        duties = duties.of_managers()
    found = duties.values_list("office_id", "person_id", "person__name", "person__email")
    with system_reading("whom colleagues can give a request to"):
        people = {(office, one, name or mail) for office, one, name, mail in found.order_by("pk")}
    return sorted(people, key=lambda one: (one[2], one))
