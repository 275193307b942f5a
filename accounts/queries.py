"""What the desk and the pages ask about people and offices together."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import CommunityCentre, Membership
from core.desk.worklists import Worklist, count_capped
from core.offices.models import Office

# How long before its last manager leaves an office is told.
NOTICE = datetime.timedelta(days=14)


def centre_of(dong_code: str, *, on: datetime.date) -> CommunityCentre | None:
    """Answer the centre that serves a citizen's dong, with its office; None where none is open."""
    centres = CommunityCentre.objects.for_dong(dong_code).select_related("office")
    return centres.filter(office__in=Office.objects.open_on(on)).order_by("pk").first()


def offices_without_manager(*, on: datetime.date) -> QuerySet[Office]:
    """Answer the open offices where people work and nobody is in charge two weeks from that day."""
    here = Membership.objects.filter(office=OuterRef("pk"), person__is_active=True)
    return Office.objects.open_on(on).filter(
        Exists(here.current_on(on)), ~Exists(here.of_managers().current_on(on + NOTICE))
    )


def _without_manager() -> int:
    return count_capped(offices_without_manager(on=timezone.localdate()))


WORKLISTS = (
    Worklist(
        title="책임자 없는 기관",
        about="사람은 일하는데 책임자가 없거나, 2주 안에 없어지는 기관입니다.",
        permission="offices.change_office",
        url_name="admin:offices_office_changelist",
        query="manager=none",
        icon="person_off",
        waiting=_without_manager,
    ),
)
