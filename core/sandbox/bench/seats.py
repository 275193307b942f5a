"""Gives every centre its clerks, signed in: what 850 sign-ins by the pages would leave behind."""

import datetime
import secrets
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.db import connection, transaction
from django.utils import timezone

from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.marks import mark
from core.web.sessions import SessionStore

IN_EACH = 2
SINCE = datetime.date(2020, 1, 1)
BORN, ROLES = "1950-01-01", ("SELF", "SPOUSE")
# Of each centre one open request, whose page its clerks open.
OPEN = """
SELECT DISTINCT ON (office_id) office_id, id FROM cases_case
WHERE closed_at IS NULL ORDER BY office_id, id
"""


@transaction.atomic
def work(*, clerks: int) -> list[dict[str, Any]]:
    """Seat so many, two in each centre; answer of each the session, and what they open."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        requests = dict(cursor.fetchall())
    centres = Office.objects.filter(kind=OfficeKind.CENTRE, pk__in=requests).order_by("pk")
    seats = [office for office in centres for _ in range(IN_EACH)][:clerks]
    if len(seats) < clerks:
        raise ValueError(f"{clerks} clerks, but {len(seats)} seats in centres with requests")
    people = get_user_model().objects.bulk_create(
        get_user_model()(email=f"clerk-{number}@bench.example", password="!", name=f"견본{number}")  # noqa: S106
        for number in range(clerks)
    )
    membership: Any = apps.get_model("accounts", "Membership")
    membership.objects.bulk_create(
        membership(person=person, office=office, role="WORKER", starts_date=SINCE)
        for person, office in zip(people, seats, strict=True)
    )
    homes = _households(dict.fromkeys(seats))
    return [
        {
            "session": _session(person),
            "things": {"request": requests[office.pk], "household": homes[office.pk]},
        }
        for person, office in zip(people, seats, strict=True)
    ]


def _households(offices: Iterable[Office]) -> dict[int, int]:
    """Let each centre care for one household of two; answers the number of each."""
    household: Any = apps.get_model("welfare", "CareHousehold")
    member: Any = apps.get_model("welfare", "CareMember")
    group = member._meta.get_field("mark").group
    homes = household.objects.bulk_create(
        household(centre=office, opened_on=SINCE) for office in offices
    )
    member.objects.bulk_create(
        member(
            household=home,
            name=f"견본{home.pk}{role}",
            birth_date=BORN,
            mark=mark(group, f"견본{home.pk}{role}", BORN),
            relation=role,
            since=SINCE,
        )
        for home in homes
        for role in ROLES
    )
    return {home.centre_id: home.pk for home in homes}


def _session(person: Any) -> str:
    """Sign somebody in with both factors, as allauth records it; answers the session's key."""
    app = Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": secrets.token_hex()}
    )
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"confirmed_at": timezone.now().isoformat()},
    )
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    record_authentication(SimpleNamespace(session=session), person, "mfa", id=app.pk, type=app.type)
    session.create()
    return str(session.session_key)
