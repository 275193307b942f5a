"""Who works in which office today, for rooms of core that may not know memberships."""

import datetime
from collections import Counter
from collections.abc import Iterable

from accounts.enums import CASEWORK
from accounts.models import Membership
from accounts.rules import mask_address
from core.records.reading import system_reading


def staff_of(
    office_ids: Iterable[int], *, on: datetime.date, managers_only: bool = False
) -> list[tuple[int, int, str]]:
    """Answer (office, person, name) of everybody who works on requests there, by name.

    Two of one name are told apart by their masked addresses; so is whoever has no name.
    """
    duties = Membership.objects.current_on(on).filter(
        office__in=sorted(office_ids), role__in=sorted(CASEWORK), person__is_active=True
    )
    if managers_only:
        duties = duties.of_managers()
    found = duties.values_list("office_id", "person_id", "person__name", "person__email")
    with system_reading("whom colleagues can give a request to"):
        rows = set(found.order_by("pk"))
    bearers = Counter(name for name, _ in {(name, person) for _, person, name, _ in rows})
    people = [
        (office, person, f"{name} ({mask_address(mail)})" if bearers[name] > 1 else name)
        if name
        else (office, person, mask_address(mail))
        for office, person, name, mail in rows
    ]
    return sorted(people, key=lambda one: (one[2], one))
