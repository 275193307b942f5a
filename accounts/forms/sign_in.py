"""Forms at the doors: allauth's, in the portal's words and a little stricter."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm, SignupForm
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.app_settings import TOTP_PERIOD, TOTP_TOLERANCE
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.socialaccount.forms import SignupForm as ProviderSignupForm
from django import forms
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.services.people import set_name

LONGEST_NAME = 60
# What the library raises over an answer that no browser makes.
UNREADABLE = (AttributeError, KeyError, IndexError, TypeError, ValueError)
# Steps of the clock in which a code is taken.
STEPS = 2 * TOTP_TOLERANCE + 1


def _digits(field: forms.Field) -> None:
    """Bring the telephone's keypad; a blank or a dash within does no harm."""
    field.widget.attrs.update(
        {"inputmode": "numeric", "autocomplete": "one-time-code", "placeholder": ""}
    )


def name_field() -> forms.CharField:
    """What to call somebody: nobody has to tell, and it says what it is for."""
    return forms.CharField(
        label=_("부를 이름 (적지 않아도 됩니다)"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_(
            "도우미와 상담하는 직원이 이 이름으로 부르고, 종이 접수증에 적습니다. "
            "적지 않으면 이름 없이 처리합니다."
        ),
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class _Named:
    """Asks, at the end of a form, what to call whoever signs up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()  # type: ignore[attr-defined]

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        super().custom_signup(request, user)  # type: ignore[misc]
        if name := self.cleaned_data["name"]:  # type: ignore[attr-defined]
            set_name(person=user, name=name)


class NameForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()


class SocialSignUpForm(_Named, ProviderSignupForm):  # type: ignore[misc]
    pass


class SignUpForm(_Named, SignupForm):  # type: ignore[misc]
    def try_save(self, request: HttpRequest) -> Any:
        """Take as long for an address that has an account as for a new one: time tells too."""
        if self.account_already_exists:
            get_user_model()().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AskForCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Also takes the address that was typed into the sign-in form."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and "login" in data and "email" not in data:
            data = data.copy()
            data["email"] = data["login"]
        super().__init__(data, *args, **kwargs)


class LoginCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("편지에 적힌 숫자 8자리")
        _digits(self.fields["code"])


class _Once:
    """A code from the app opens once, in all the steps of the clock that it is taken in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("인증 앱의 숫자 6자리 또는 복구 코드")  # type: ignore[attr-defined]
        _digits(self.fields["code"])  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        number = self.authenticator.pk  # type: ignore[attr-defined]
        digits = "".join(sign for sign in code if sign.isdigit())
        if not cache.add(f"second-factor:{number}:{digits}", 1, timeout=TOTP_PERIOD * STEPS):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_Once, AuthenticateForm):  # type: ignore[misc]
    pass


class SecondFactorAgainForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("인증 앱에 나온 숫자 6자리")
        _digits(self.fields["code"])


class _Readable:
    """An open door takes what nobody can read for a wrong answer, not for a fault of ours."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as fault:
            raise get_mfa_adapter().validation_error("incorrect_code") from fault


class PasskeyLoginForm(_Readable, LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyForm(_Readable, AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(_Readable, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Every key that is added here opens without a password, so it asks who holds it."""

    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.required, name.max_length = _("패스키 이름"), True, LONGEST_NAME
        name.help_text = _("나중에 알아볼 수 있게 적으세요. 예: 내 휴대전화")

    def clean(self) -> Any:
        try:
            return super().clean()
        except UNREADABLE as fault:
            raise get_mfa_adapter().validation_error("incorrect_code") from fault


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("패스키 이름"), max_length=LONGEST_NAME)


class RecoveryCodeForm(forms.Form):
    """Shows that the codes were written down: one of them is typed, and stays unused."""

    code = forms.CharField(
        label=_("적어 둔 코드 가운데 하나"),
        help_text=_("확인만 합니다. 적은 코드는 그대로 남습니다."),
        max_length=20,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _digits(self.fields["code"])
        self.fields["code"].widget.attrs["autocomplete"] = "off"
