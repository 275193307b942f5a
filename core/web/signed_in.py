"""A mark in the browser that somebody has signed in: it says not who, and opens nothing.

Public pages are the same for everybody and look up no session. Both links, to sign in and to sign
out, stand in each; `/preferences.css`, which only reads this mark, shows the one that fits.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.web.context import is_public_page

MARK, IS_SET = "signed-in", "1"
# The links for members are `hidden`, so that without this sheet the guest's are there.
SHEET = ".for-guests{display:none!important}.for-members[hidden]{display:inline-flex!important}"


def sheet(request: HttpRequest) -> str:
    return SHEET if request.COOKIES.get(MARK) == IS_SET else ""


class SignInMarkMiddleware:
    """Keeps the mark in step with the session, wherever a page has looked at that anyway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_public_page(request) or not request.session.accessed:
            return response
        is_marked = MARK in request.COOKIES
        if not request.user.is_authenticated:
            if is_marked:
                response.delete_cookie(MARK, samesite="Lax")
        elif request.session.modified or not is_marked:
            _mark(request, response)
        return response


def _mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let it last as long as the session itself."""
    closes = request.session.get_expire_at_browser_close()
    response.set_cookie(
        MARK,
        IS_SET,
        max_age=None if closes else request.session.get_expiry_age(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
