"""How much one request may send: refused by its length, before anything of it is read or kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from core.web import errors
from core.web.api.middleware import OPEN_TO_ALL, STERN
from core.web.middleware import language_of
from core.web.problems import asked_language, is_api, known_problem

MEGABYTE = 1024 * 1024


class RequestSizeMiddleware:
    """Answers 413 to a body that is too long, and 411 to one that does not say how long it is.

    Browsers always say it. Django would take a body in pieces (`Transfer-Encoding: chunked`) for
    an empty one; a proxy that gathers requests, as nginx does, passes them on with their length.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length and request.META.get("HTTP_TRANSFER_ENCODING"):
            return _refusal(request, errors.NO_LENGTH)
        # What is no number Django reads as nothing sent.
        if length.isdecimal() and int(length) > settings.MOST_REQUEST_MB * MEGABYTE:
            return _refusal(request, errors.TOO_LARGE)
        return self.get_response(request)


def _refusal(request: HttpRequest, page: errors.ErrorPage) -> HttpResponse:
    most = {"most": settings.MOST_REQUEST_MB}
    if is_api(request):
        with translation.override(asked_language(request)):
            detail = _("한 번에 %(most)sMB까지, 길이를 밝혀 보낼 수 있습니다.") % most
            return known_problem(page.status, detail, headers={**OPEN_TO_ALL, **STERN})
    with translation.override(language_of(request.path_info)):
        return errors.answer(request, page.saying(**most))
