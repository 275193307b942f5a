"""What the desk and the pages ask about people and offices together."""

import datetime
from typing import Any

from django.db.models import Exists, Func, OuterRef, QuerySet, Value
from django.utils import timezone

from accounts.enums import FactGroup, MessagesTo
from accounts.models import (
    CommunityCentre,
    Delegation,
    FactSheet,
    Invitation,
    Membership,
    Profile,
    User,
)
from accounts.models.delegation import EVERYTHING, area_of
from core.desk.worklists import Worklist, count_capped
from core.offices.models import Office
from core.records.consents import has_consent
from core.records.declaration import Purpose
from core.records.purposes import declared_purposes, get_purpose

# The first digits of a dong's code, which say its district.
DISTRICT_DIGITS = 5
# How long before its last manager leaves an office is told.
NOTICE = datetime.timedelta(days=14)


def centre_of(dong_code: str, *, on: datetime.date) -> CommunityCentre | None:
    """Answer the centre that serves a citizen's dong, with its office; None where none is open."""
    centres = CommunityCentre.objects.for_dong(dong_code).select_related("office")
    return centres.filter(office__in=Office.objects.open_on(on)).order_by("pk").first()


def invitations_to(person_id: int) -> QuerySet[Invitation]:
    """Answer what was sent to somebody's own addresses, answered or not."""
    return Invitation.objects.addressed_to(person_id)


def open_centres() -> list[CommunityCentre]:
    """Answer the centres that are open today, with their offices, by district and dong: a query."""
    working = Office.objects.open_on(timezone.localdate())
    found = CommunityCentre.objects.filter(office__in=working).select_related("office").by_place()
    return [one for one in found if one.serves is not None]


def stand_ins_for(office_id: int, *, on: datetime.date) -> list[int]:
    """Answer who answers for an office in which nobody works yet: its district's desk, the city's.

    Two queries.
    """
    code = CommunityCentre.objects.filter(pk=office_id).values_list("code", flat=True).first()
    desks = Office.objects.open_on(on).standing_in_for((code or "")[:DISTRICT_DIGITS])
    return [one for one in desks.values_list("pk", flat=True) if one != office_id]


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


def purposes_for(group: FactGroup) -> tuple[Purpose, ...]:
    """Answer all purposes, of whatever app, that use a group of facts."""
    return tuple(one for one in declared_purposes().values() if one.facts == group)


def facts_for(person: User, purpose: str) -> dict[str, Any]:
    """Answer what a person told, as far as they let the portal use it for this purpose now.

    Empty without their consent: two queries at most, asked each time. Days are dates in BASICS, and
    ISO texts in what is sealed. Raises UnknownPurpose.
    """
    declared = get_purpose(purpose)
    if declared.facts not in FactGroup.values or not has_consent(person, purpose):
        return {}
    group = FactGroup(declared.facts)
    if group is FactGroup.BASICS:
        return _told(Profile.objects.filter(person=person).first())
    sheet = FactSheet.objects.of_group(group).filter(person=person).first()
    return dict(sheet.facts) if sheet else {}


def all_facts(person: User) -> dict[FactGroup, dict[str, Any]]:
    """Answer all that a person told, for themselves to look at: two queries."""
    told = {
        FactGroup(sheet.group): dict(sheet.facts)
        for sheet in FactSheet.objects.filter(person=person).order_by("group")
    }
    if basics := _told(Profile.objects.filter(person=person).first()):
        told[FactGroup.BASICS] = basics
    return told


def pairs_of_recipients(matter: str, *, on: datetime.date) -> QuerySet[Any]:
    """Answer pairs of a person and who gets the messages about a matter of theirs.

    Whoever wants them as well stands in it beside their helpers, and whoever chose nothing not at
    all. A helper whose account is switched off gets nothing, and the person hears again.
    """
    chosen = (
        Delegation.objects.in_force_on(on)
        .filter(helper__is_active=True, purposes__overlap=[EVERYTHING, matter, area_of(matter)])
        .exclude(messages_to=MessagesTo.PERSON)
    )
    by_helper_alone = chosen.filter(messages_to=MessagesTo.HELPER).values("person")
    themselves = chosen.exclude(person__in=by_helper_alone)
    return chosen.values_list("person", "helper").union(themselves.values_list("person", "person"))


def recipient_stands_in(*, on: datetime.date) -> Exists:
    """Answer the condition, on messages, that their recipient acts for whom they are about.

    Under the delegation by which they came: a later one shows nothing of what was before it.
    """
    area = Func(OuterRef("matter"), Value("."), Value(1), function="split_part")
    return Exists(
        Delegation.objects.in_force_on(on)
        .exclude(messages_to=MessagesTo.PERSON)
        .filter(
            helper=OuterRef("person"),
            helper__is_active=True,
            person=OuterRef("about"),
            accepted_at__lte=OuterRef("created_at"),
            purposes__overlap=[Value(EVERYTHING), OuterRef("matter"), area],
        )
    )


def _told(profile: Profile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    told = {
        "birth_date": profile.birth_date,
        "district_code": profile.district_code,
        "dong_code": profile.dong_code,
    }
    return {name: value for name, value in told.items() if value is not None}
