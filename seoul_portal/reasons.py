"""Whoever may see everything says first why they look at other people's data."""

import datetime
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from core.records.permissions import can_read_everything
from core.web.problems import is_api, problem_response

KEY = "why"
HOLDS = datetime.timedelta(minutes=15)
SHORTEST, LONGEST = 5, 200


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="왜 보나요?",
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text="예: 민원 12345678 처리. 당사자가 이 글을 읽습니다.",
    )


def given(request: HttpRequest) -> str:
    """Answer the reason that was given in this session and still holds, or an empty string."""
    told = request.session.get(KEY)
    if not told or timezone.now().timestamp() > told["until"]:
        return ""
    return str(told["reason"])


def ask(request: HttpRequest) -> HttpResponseBase:
    """Lead to the page that asks, and from there back; what was sent has not been done."""
    if is_api(request):
        return problem_response(
            403, "이유가 필요합니다", "왜 보는지 먼저 /admin/why/ 에 적어 주세요."
        )
    onward = {"next": request.get_full_path()}
    if request.method not in ("GET", "HEAD"):
        onward["sent"] = "1"
    return HttpResponseRedirect(f"{reverse('why')}?{urlencode(onward)}")


def why(request: HttpRequest) -> HttpResponse:
    if not can_read_everything(request.user):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        until = timezone.now() + HOLDS
        request.session[KEY] = {
            "reason": form.cleaned_data["reason"].strip(),
            "until": until.timestamp(),
        }
        return HttpResponseRedirect(_back(request))
    context = {
        "form": form,
        "was_sent": "sent" in request.GET,
        "minutes": int(HOLDS.total_seconds() // 60),
    }
    return render(request, "seoul_portal/why.html", context)


def _back(request: HttpRequest) -> str:
    onward = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return onward if is_ours else reverse("admin:index")
