"""What allauth asks of the portal: letters, limits, addresses, second factors, other providers."""

import ipaddress
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.records.encryption import keyring
from core.web.throttle import address_of

# RFC 5321; the first is also what the column takes.
LONGEST_ADDRESS, LONGEST_BEFORE_AT = 254, 64
# Addresses that no machine has (RFC 4193, RFC 4291): an account's own, and that of nobody known.
OF_ACCOUNTS = ipaddress.IPv6Network("fd00::/16")
ACCOUNT_BITS, REST_BITS = 48, 64
NOWHERE = "::"
# Letters that have no stop link, and why; each is named by its template.
_ASKED = "Somebody has just asked for it on a page, and waits for it; nothing comes without asking."
_SAFETY = "Whoever has stolen an account must not be able to silence what its owner is told."
NO_STOP_LINK = {
    "account/email/account_already_exists": _ASKED,
    "account/email/email_confirmation": _ASKED,
    "account/email/login_code": _ASKED,
    "account/email/password_reset": _ASKED,
    "account/email/password_reset_key": _ASKED,
    "account/email/unknown_account": _ASKED,
    "account/email/email_changed": _SAFETY,
    "account/email/email_confirm": _SAFETY,
    "account/email/email_deleted": _SAFETY,
    "account/email/password_changed": _SAFETY,
    "account/email/password_set": _SAFETY,
    "mfa/email/recovery_codes_generated": _SAFETY,
    "mfa/email/totp_activated": _SAFETY,
    "mfa/email/totp_deactivated": _SAFETY,
    "mfa/email/webauthn_added": _SAFETY,
    "mfa/email/webauthn_removed": _SAFETY,
    "socialaccount/email/account_connected": _SAFETY,
    "socialaccount/email/account_disconnected": _SAFETY,
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Letters name the portal and its own address, whatever name the request came by."""

    def format_email_subject(self, subject: str) -> str:
        return f"[{_('서울 시민 서비스 포털')}] {subject}"

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        asked_at = self.request.build_absolute_uri("/")
        told = {
            name: _at_home(value, asked_at) if isinstance(value, str) else value
            for name, value in context.items()
        }
        told["days"] = settings.LINK_DAYS
        told["minutes"] = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        letter: EmailMessage = super().render_mail(template_prefix, email, told, headers)
        return letter

    def clean_email(self, email: str) -> str:
        before_at = email.rpartition("@")[0]
        if len(email) > LONGEST_ADDRESS or len(before_at) > LONGEST_BEFORE_AT:
            raise ValidationError(_("이메일 주소가 너무 깁니다. 다시 확인해 주세요."))
        return str(super().clean_email(email))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Count at the doors by whom the portal's limits count; a missing proxy is no error.

        Whoever is signed in is counted by account, and has an address that says nothing else: so
        the list of sessions, which allauth writes then, cannot hold where anybody was.
        """
        if request.user.is_authenticated:
            return _address_of_account(request.user.pk)
        return address_of(request).partition("/")[0] or NOWHERE

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask nobody again who has shown a moment ago who they are."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] >= REAUTHENTICATION_TIMEOUT

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my-home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who follows “sign out” after the session has ended is asked in; who sends it is out."""
        if request.method == "POST":
            return str(super().get_logout_redirect_url(request))
        return reverse("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names keys in the portal's words, and keeps their secrets sealed with FIELD_KEYS."""

    def encrypt(self, text: str) -> str:
        return keyring().seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().open(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        number = user.authenticator_set.filter(type=type).count() + 1
        return _("패스키 %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": _("서울 시민 서비스 포털")}


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Takes from a provider who somebody is there, and nothing else on trust."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": gettext_lazy(
            "비밀번호를 먼저 정해 주세요. 그래야 다음에도 로그인할 수 있습니다."
        ),
    }

    def new_user(self, request: HttpRequest, sociallogin: Any) -> Any:
        """Forget the rest of what the provider told; an address is ours to confirm, by letter."""
        sociallogin.account.extra_data = {}
        for address in sociallogin.email_addresses:
            address.verified = False
        return super().new_user(request, sociallogin)

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """A provider without keys is not there."""
        try:
            return super().get_app(request, provider=provider, client_id=client_id)
        except SocialApp.DoesNotExist as fault:
            raise Http404 from fault


def _address_of_account(number: int) -> str:
    """Answer a network of 64 bits for each account, since limits look no closer than that."""
    kept = number % (1 << ACCOUNT_BITS) << REST_BITS
    return str(OF_ACCOUNTS.network_address + kept)


def _at_home(text: str, asked_at: str) -> str:
    return (
        f"{settings.SITE_URL}/{text.removeprefix(asked_at)}" if text.startswith(asked_at) else text
    )
