"""Signed in as staff have to be: with a second factor that is set up, and was shown."""

from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_second_factor

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client: Client, person: User) -> None:
    """Sign in whoever reads other people's data; the session says so as allauth records it."""
    ensure_second_factor(person=person, secret=SECRET, now=timezone.now())
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    app = person.authenticator_set.get(type="totp")
    record_authentication(SimpleNamespace(session=session), person, "mfa", id=app.pk, type=app.type)
    session.save()
