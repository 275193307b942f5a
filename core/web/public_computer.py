"""A session on a computer that many use: nothing stays in the browser, and idleness ends it.

The person says so at sign-in. From then on each page of their own puts the end off; public pages
look up no session, so there the script of the page does (`assets/js/idle.js`).
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.web.context import home_of, is_public_page
from core.web.middleware import language_of
from core.web.problems import is_api
from core.web.public import anonymous
from core.web.sessions import PUBLIC_COMPUTER

SEE_OTHER = 303
# What the form at sign-in sends: that it asked, and the answer.
ASKED, SAID_YES = "public-computer-asked", "public-computer"
# The cookie says to the page's script that there is an end, and after how many seconds.
MARK = "public-computer"
# What the browser may still hold of the pages goes when the session does.
CLEARED = '"cache", "storage"'


class PublicComputerMiddleware:
    """Notes the choice, puts the end off while somebody works, and clears up after them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_public_page(request) or not request.session.accessed:
            return response
        if is_on_public_computer(request):
            if not getattr(request, "only_looks_at_the_end", False):
                _put_off(request)
            response.set_cookie(
                MARK,
                f"{settings.PUBLIC_COMPUTER_SECONDS}-{settings.PUBLIC_COMPUTER_WARNING_SECONDS}",
                samesite="Lax",
                secure=request.is_secure(),
            )
        elif request.COOKIES.get(MARK) and not request.user.is_authenticated:
            response.delete_cookie(MARK, samesite="Lax")
            response.headers["Clear-Site-Data"] = CLEARED
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method == "POST" and ASKED in request.POST:
            _note_choice(request)
        has_ended = (
            bool(request.COOKIES.get(MARK))
            and getattr(view, "login_required", True)
            and not is_api(request)
            and not request.user.is_authenticated
        )
        if has_ended:
            return HttpResponseRedirect(reverse("public-computer-ended"), status=SEE_OTHER)
        return None


def is_on_public_computer(request: HttpRequest) -> bool:
    """Say so of a page that looks at the session anyway; a public page must not ask."""
    return PUBLIC_COMPUTER in request.session and request.user.is_authenticated


def idle_minutes() -> str:
    minutes = max(1, settings.PUBLIC_COMPUTER_SECONDS // 60)
    return ngettext("%(count)s분", "%(count)s분", minutes) % {"count": minutes}


@csrf_exempt  # it only puts the end off, and public pages hold no token
@require_http_methods(["GET", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """Put the end off (POST), or only say how many seconds are left and bring the warning (GET)."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return HttpResponseForbidden()
    if request.method == "POST" and "next" in request.POST:
        return HttpResponseRedirect(_own(request, request.POST["next"]), status=SEE_OTHER)
    if request.method == "POST":
        return JsonResponse({"seconds": settings.PUBLIC_COMPUTER_SECONDS})
    request.only_looks_at_the_end = True  # type: ignore[attr-defined]
    since = request.session.get(PUBLIC_COMPUTER) or 0
    left = max(0, int(since + settings.PUBLIC_COMPUTER_SECONDS - time.time()))
    warning = render_to_string("core/idle_warning.html", {}, request=request)
    return JsonResponse({"seconds": left, "warning": warning})


@anonymous
@require_safe
def ended(request: HttpRequest) -> HttpResponse:
    """What is read where one's own page stood, once the session has ended by itself."""
    return render(request, "core/idle_ended.html", {"minutes": idle_minutes()})


def _note_choice(request: HttpRequest) -> None:
    if request.POST.get(SAID_YES):
        request.session.setdefault(PUBLIC_COMPUTER, 0)
    else:
        request.session.pop(PUBLIC_COMPUTER, None)


def _put_off(request: HttpRequest) -> None:
    """Remember when; the cookie is of this browser window alone, whatever a form set."""
    request.session[PUBLIC_COMPUTER] = int(time.time())
    request.session.set_expiry(0)


def _own(request: HttpRequest, goal: str) -> str:
    if url_has_allowed_host_and_scheme(goal, {request.get_host()}, request.is_secure()):
        return goal
    return home_of(language_of(request.path_info))
