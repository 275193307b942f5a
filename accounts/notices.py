"""Letters to a person about their own account, and where its pages lead."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.web.throttle import address_of

# RFC 5321; the first is also what the column takes.
LONGEST_ADDRESS, LONGEST_BEFORE_AT = 254, 64


class Letters(DefaultAccountAdapter):  # type: ignore[misc]
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
        letter: EmailMessage = super().render_mail(template_prefix, email, told, headers)
        return letter

    def clean_email(self, email: str) -> str:
        before_at = email.rpartition("@")[0]
        if len(email) > LONGEST_ADDRESS or len(before_at) > LONGEST_BEFORE_AT:
            raise ValidationError(_("이메일 주소가 너무 깁니다. 다시 확인해 주세요."))
        return str(super().clean_email(email))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Count sign-ins by whom the portal's limits count; a missing proxy is no error."""
        return address_of(request).partition("/")[0]

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who follows “sign out” after the session has ended is asked in; who sends it is out."""
        if request.method == "POST":
            return str(super().get_logout_redirect_url(request))
        return reverse("account_login")


def _at_home(text: str, asked_at: str) -> str:
    return (
        f"{settings.SITE_URL}/{text.removeprefix(asked_at)}" if text.startswith(asked_at) else text
    )
