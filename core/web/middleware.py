"""What every request passes: a name for the logs, and its language by its address."""

import re
import secrets
from collections.abc import Callable
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from core.web.errors import not_allowed
from core.web.headers import ConstantHeaders
from core.web.problems import is_api, problem_response
from core.web.request_id import current_request_id

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SHOWN_TO_DEVELOPERS = (404, 500)
PAGE_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestIdMiddleware:
    """Names each request, so that its log lines and the page a citizen saw can be put together."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        name = given if SANE_ID.fullmatch(given) else secrets.token_hex(8)
        request.id = name  # type: ignore[attr-defined]
        token = current_request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            current_request_id.reset(token)
        response.headers["X-Request-ID"] = name
        return response


class StrictHeadersMiddleware:
    """Stands before all that may answer or refuse, so that nothing leaves without a policy.

    What is said further in stays: the API's own policy, and the admin's for signed-in staff.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._headers = ConstantHeaders(
            {
                "Content-Security-Policy": build_policy(),
                # Django's own word, for the one answer that it gives without: to a strange host.
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            }
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Django's page for developers, with its trace, is laid out by styles within.
        if settings.DEBUG and response.status_code in SHOWN_TO_DEVELOPERS:
            return response
        self._headers.set_where_missing_on(response)
        return response


def language_of(path: str) -> str:
    return "en" if path == "/en" or path.startswith("/en/") else "ko"


class LanguageMiddleware:
    """Korean at /, English at /en/: by the address alone, so that one address is one page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class MethodMiddleware:
    """Refuses at once what no page answers; the API says itself what it takes.

    Before anything looks for a token: whoever sends PUT has no page that could be too old.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in PAGE_METHODS or is_api(request):
            return self.get_response(request)
        return not_allowed(request, PAGE_METHODS)


class KeepNothingMiddleware:
    """Lets nobody keep an answer that does not say who may: what is not public may be personal."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks who it is only where a view wants to know; Django's own loads the user every time."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        if is_api(request) and not request.user.is_authenticated:
            return problem_response(
                401, _("로그인이 필요합니다"), _("로그인한 다음 다시 요청하세요.")
            )
        return super().process_view(request, view_func, view_args, view_kwargs)
