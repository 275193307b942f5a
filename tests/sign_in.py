"""Signed in as staff have to be: with a second factor that is set up, and was shown."""

from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

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


def give_passkey(person: User, name: str = "내 휴대전화") -> Authenticator:
    """Give a person a passkey as a browser would have told it; nobody holds its private half."""
    identifier = b"0123456789abcdef"
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(Aaguid(b"\0" * 16), identifier, key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"testserver"), flags, 0, held)
    told = CollectedClientData.create("webauthn.create", b"challenge", "https://testserver")
    response = {
        "clientDataJSON": websafe_encode(told),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    name_of_key = websafe_encode(identifier)
    credential = {
        "id": name_of_key,
        "rawId": name_of_key,
        "type": "public-key",
        "response": response,
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return Authenticator.objects.create(
        user=person, type="webauthn", data={"name": name, "credential": credential}
    )
