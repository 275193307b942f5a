"""The way of a member of staff from a closed door to the second factor, and back."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.usersessions.adapter import get_adapter as get_sessions_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.sign_in import RecoveryCodeForm
from accounts.rules import SecondFactor
from accounts.services import confirm_recovery_codes as confirm


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Do what is missing next: set up, write the codes down, show the factor; then go on."""
    onward = _onward(request)
    match request.user.second_factor:  # type: ignore[union-attr]
        case SecondFactor.SHOWN:
            return HttpResponseRedirect(onward)
        case SecondFactor.UNCONFIRMED:
            step = "account_confirm_recovery_codes"
        case SecondFactor.NOT_SHOWN:
            step = _way_to_show(request)
        case _:
            return render(request, "account/second_factor.html", {"next": onward})
    return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': onward})}")


@login_required
def confirm_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Take one of the codes as the sign that they are written down; it stays unused."""
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if refusal := ratelimit.consume_or_429(request, action="reauthenticate", user=request.user):
            return refusal  # type: ignore[no-any-return]
        code = form.cleaned_data["code"]
        if confirm(person=request.user, code=code, now=timezone.now()):  # type: ignore[arg-type]
            get_adapter().add_message(
                request, messages.SUCCESS, message=_("복구 코드를 확인했습니다.")
            )
            return HttpResponseRedirect(_after_confirming(request))
        form.add_error("code", _("적어 두신 코드와 다릅니다. 다시 보고 적어 주세요."))
    context = {"form": form, "next": request.GET.get("next", "")}
    return render(request, "account/confirm_recovery_codes.html", context)


@require_POST
@login_required
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one session of one's own, wherever it is; a second click finds it ended."""
    for session in UserSession.objects.filter(user=request.user, pk=number):
        get_sessions_adapter().end_sessions([session])
    get_adapter().add_message(request, messages.SUCCESS, message=_("그 기기에서 로그아웃했습니다."))
    return HttpResponseRedirect(reverse("usersessions_list"))


def _after_confirming(request: HttpRequest) -> str:
    if request.user.is_held_back:  # type: ignore[union-attr]
        return f"{reverse('account_second_factor')}?{urlencode({'next': _onward(request)})}"
    return reverse("mfa_index")


def _way_to_show(request: HttpRequest) -> str:
    has_app = request.user.authenticator_set.filter(type="totp").exists()  # type: ignore[union-attr]
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"


def _onward(request: HttpRequest) -> str:
    goal = request.GET.get("next", "")
    is_own = url_has_allowed_host_and_scheme(goal, {request.get_host()}, request.is_secure())
    return goal if is_own else reverse("admin:index")
