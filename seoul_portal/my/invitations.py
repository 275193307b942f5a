"""`/my/invitations/`: offices that ask somebody to work there; nothing holds before they agree."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import CASEWORK
from accounts.models import Invitation
from accounts.models.invitation import InvitationQuerySet
from accounts.services.invitations import (
    InvitationRefused,
    accept_invitation,
    decline_invitation,
)
from core.moments import say_day
from seoul_portal.my.delegation import office_name
from seoul_portal.my.person import signed_in


@dataclass(frozen=True, slots=True)
class Shown:
    """One invitation as its page tells it."""

    pk: int
    title: str
    facts: list[tuple[str, str]]


def _mine(request: HttpRequest) -> InvitationQuerySet:
    open_ones = Invitation.objects.open_on(timezone.localdate())
    return open_ones.addressed_to(signed_in(request).pk).select_related("office")


@require_safe
def my_invitations(request: HttpRequest) -> HttpResponse:
    shown = [_shown(one) for one in _mine(request).newest_first()]
    return render(request, "seoul_portal/my/invitations.html", {"invitations": shown})


@require_POST
def my_invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it or leave it; a role that reads about people then asks for the second factor."""
    invitation = get_object_or_404(_mine(request), pk=pk)
    answer: dict[str, Any] = {
        "person": signed_in(request), "invitation": invitation, "now": timezone.now(),
    }  # fmt: skip
    try:
        match request.POST.get("answer"):
            case "accept":
                accept_invitation(**answer)
                messages.success(request, _accepted(invitation))
            case "decline":
                decline_invitation(**answer)
                messages.success(request, _("거절했습니다."))
            case _:
                raise BadRequest("neither accepted nor declined")
    except InvitationRefused as refused:
        messages.error(request, str(refused))
    return redirect("my-invitations")


def _accepted(invitation: Invitation) -> str:
    if invitation.role in CASEWORK:
        return _(
            "받아들였습니다. ‘내 서비스’의 ‘패스키와 2단계 인증’을 설정하면 직원 화면이 열립니다."
        )
    return _("받아들였습니다.")


def _shown(invitation: Invitation) -> Shown:
    facts = [
        (_("역할"), str(invitation.get_role_display())),
        (_("시작일"), say_day(invitation.starts_date)),
        (_("언제까지 답할 수 있나"), say_day(invitation.expires_date)),
    ]
    if invitation.ends_date is not None:
        facts.insert(2, (_("마지막 날"), say_day(invitation.ends_date)))
    return Shown(invitation.pk, office_name(invitation.office), facts)
