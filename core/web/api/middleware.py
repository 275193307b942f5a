"""The API's short way: no session, no sign-in, no templates, and every error a problem document."""

import logging
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, get_resolver, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from core.web.api.envelope import origin_of
from core.web.headers import ConstantHeaders
from core.web.problems import Problem, as_problem, asked_language, is_api, known_problem

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Open data: any site's script may read it; no cookie ever goes with such a request.
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, X-Request-ID",
}
STERN = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
ON_EVERY_ANSWER = ConstantHeaders(OPEN_TO_ALL | STERN)

logger = logging.getLogger("django.request")


class ApiMiddleware:
    """Answers public API addresses at once; the rest of the API goes the long way and back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_api(request):
            return self.get_response(request)
        try:
            match = _resolved(request.path_info, settings.ROOT_URLCONF)
        except Resolver404:
            return self._answer(request)
        if not getattr(match.func, "is_endpoint", False):
            return as_problem(request, self.get_response(request))
        request.resolver_match = match
        return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        language = asked_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = as_problem(request, self._safely(request, request.resolver_match))
        ON_EVERY_ANSWER.set_on(response)
        return response

    def _safely(self, request: HttpRequest, match: ResolverMatch | None) -> HttpResponseBase:
        try:
            origin_of(request)  # refuses a host that is not ours
            view = _elsewhere if match is None else match.func
            answer: HttpResponseBase = view(request, **(match.kwargs if match else {}))
        except Problem as told:
            answer = told.as_response()
        except Http404:
            answer = known_problem(404)
        except SuspiciousOperation:
            answer = known_problem(400)
        except Exception:
            answer = _our_fault(request)
        return answer


@lru_cache(maxsize=1024)
def _resolved(path: str, urlconf: str) -> ResolverMatch:
    """Which view an address has does not change while the process lives; finding it is not free."""
    return resolve(path, urlconf)


def _elsewhere(request: HttpRequest) -> HttpResponseBase:
    """Lead to the address with, or without, a slash at its end; else say that there is none."""
    path = request.path_info
    other = path[:-1] if path.endswith("/") else f"{path}/"
    try:
        resolve(other)
    except Resolver404:
        return known_problem(
            404, _("이 주소에는 아무것도 없습니다. 쓸 수 있는 주소는 /api/v1/docs/ 에 있습니다.")
        )
    query = request.META.get("QUERY_STRING", "")
    where = request.get_full_path_info().partition("?")[0]
    where = where[:-1] if path.endswith("/") else f"{where}/"
    return HttpResponse(status=308, headers={"Location": f"{where}?{query}" if query else where})


def _our_fault(request: HttpRequest) -> HttpResponseBase:
    got_request_exception.send(sender=None, request=request)
    logger.exception(
        "Internal Server Error: %s",
        request.path,
        extra={"status_code": 500, "request": request},
    )
    # Inside the `except`: the portal's own handler looks at what went wrong.
    handler = get_resolver().resolve_error_handler(500)
    answer: HttpResponseBase = handler(request)
    return answer
