"""Refuses a request whose body is larger than anything that the portal takes, before it is kept.

A length that is told is believed before a byte is read (the web server holds the sender to it). A
body without one, in chunks, is counted while it is read: Django alone would take it for empty.
"""

import math
import tempfile
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from core.web import errors
from core.web.api.middleware import OPEN_TO_ALL, STERN
from core.web.context import home_of
from core.web.middleware import language_of
from core.web.problems import asked_language, is_api, known_problem

MB = 1024 * 1024
PIECE = 64 * 1024
# A browser that still sends shows no answer. So a while longer is read, and thrown away.
MOST_DRAINED = 10
BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class BodySizeMiddleware:
    """Stands before whatever might read a body: the page cache, the API, the check for tokens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        most = settings.REQUEST_MB * MB
        if _is_untold(request):
            with tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as kept:
                if not _count(request, kept, most=most):
                    return _refuse(request)
                return self.get_response(request)
        if _told(request) > most:
            return _refuse(request)
        return self.get_response(request)


def _told(request: HttpRequest) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "")
    return int(told) if told.isascii() and told.isdecimal() else 0


def _is_untold(request: HttpRequest) -> bool:
    """Say whether there may be a body of no told length (HTTP/1.1 chunks, or HTTP/2)."""
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        return True
    # Where the server does not end the stream itself, to read on would be to wait for ever.
    ends = request.META.get("wsgi.input_terminated", False)
    return bool(ends) and not request.META.get("CONTENT_LENGTH") and request.method not in BODILESS


def _count(request: HttpRequest, kept: IO[bytes], *, most: int) -> bool:
    """Read the body and hand it on with its length; False as soon as it is larger than allowed."""
    sent: Any = request.META["wsgi.input"]
    size = 0
    while piece := sent.read(PIECE):
        size += len(piece)
        if size > most:
            return False
        kept.write(piece)
    kept.seek(0)
    request.META.pop("HTTP_TRANSFER_ENCODING", None)
    request.META["CONTENT_LENGTH"] = str(size)
    request.META["wsgi.input"] = kept
    # Django made its own of the length that was missing; there is no other way to give it one.
    request._stream = cast("BinaryIO", kept)  # noqa: SLF001
    return True


def _refuse(request: HttpRequest) -> HttpResponse:
    most = MOST_DRAINED * settings.REQUEST_MB * MB
    _drain(request.META["wsgi.input"], most=min(most, _told(request) or most))
    if is_api(request):
        return _problem(request)
    response = HttpResponse(
        _page_in(language_of(request.path_info), settings.REQUEST_MB),
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _drain(sent: Any, *, most: int) -> None:
    while most > 0 and (piece := sent.read(min(PIECE, most))):
        most -= len(piece)


def _problem(request: HttpRequest) -> HttpResponse:
    words = {"most": settings.REQUEST_MB}
    with translation.override(asked_language(request)):
        if size := _told(request):
            words["size"] = math.ceil(size / MB)
            detail = _("한 번에 %(most)sMB까지 보낼 수 있습니다. 보낸 것은 %(size)sMB입니다.")
        else:
            detail = _("한 번에 %(most)sMB까지 보낼 수 있습니다. 보낸 것은 더 큽니다.")
        return known_problem(413, detail % words, headers={**OPEN_TO_ALL, **STERN})


@lru_cache(maxsize=2 * len(settings.LANGUAGES))
def _page_in(language: str, most: int) -> bytes:
    """Lay the page out once, as its language's home: to refuse must cost less than to answer."""
    nobody = HttpRequest()
    nobody.path = nobody.path_info = home_of(language)
    with translation.override(language):
        return errors.answer(nobody, errors.too_large(f"{most}MB")).content
