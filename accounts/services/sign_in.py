"""Writes about second factors and sessions."""

import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import encrypt
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User


@transaction.atomic
def confirm_recovery_codes(*, person: User, code: str, now: datetime.datetime) -> bool:
    """Note that the person has their codes on paper, shown by one that is left; use none up."""
    sheet = (
        Authenticator.objects.select_for_update()
        .filter(user=person, type=Authenticator.Type.RECOVERY_CODES)
        .first()
    )
    if sheet is None or _digits(code) not in sheet.wrap().get_unused_codes():
        return False
    sheet.data["confirmed_at"] = now.isoformat()
    sheet.save(update_fields=["data"])
    return True


@transaction.atomic
def ensure_second_factor(*, person: User, secret: str, now: datetime.datetime) -> None:
    """Give a sample person an authenticator app with this secret (base32), and codes on paper."""
    Authenticator.objects.update_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(secret)}}
    )
    sheet = RecoveryCodes.activate(person).instance
    sheet.data |= {"viewed_at": now.timestamp(), "confirmed_at": now.isoformat()}
    sheet.save(update_fields=["data"])


@transaction.atomic
def forget_ended_sessions(*, now: datetime.datetime) -> int:
    """Delete the sessions that nobody can use any more, and their lines in people's lists."""
    ended, _ = Session.objects.filter(expire_date__lte=now).delete()
    going_on = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(going_on)).delete()
    return ended


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isdigit())
