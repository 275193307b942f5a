"""How often one address may ask: the API, downloads and pages each have a limit of their own."""

import threading
import time
from collections.abc import Callable
from functools import lru_cache, wraps

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
from core.web.throttle import address_of, throttle

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]
LONGEST_TURN = 3.0  # seconds


class ThrottleMiddleware:
    """Stands before the page cache, so that what is answered from memory counts too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.UNCOUNTED_PATHS):
            return self.get_response(request)
        if is_api(request):
            if wait := _seconds_to_wait("api", request, rate=settings.API_RATE):
                return _problem(request, wait)
        elif wait := _seconds_to_wait("pages", request, rate=settings.PAGE_RATE):
            return _page(request, wait)
        return self.get_response(request)


def limited_downloads(view: View) -> View:
    """Let one address have a view's answer, which may be the whole of a table, only so often."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if wait := _seconds_to_wait("downloads", request, rate=settings.DOWNLOAD_RATE):
            return _page(request, wait)
        return view(request, *args, **kwargs)

    return wrapped


def heavy_answer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer forms whose answer takes long: so often for one address, one at a time in a process.

    One more may wait for a while. Who comes then is told so at once, so that no thread is held up.
    """
    room, turn = threading.BoundedSemaphore(2), threading.Lock()

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if wait := _seconds_to_wait("answers", request, rate=settings.ANSWER_RATE):
            return _page(request, wait)
        if not room.acquire(blocking=False):
            return errors.answer(request, errors.BUSY)
        try:
            if not turn.acquire(timeout=LONGEST_TURN):
                return errors.answer(request, errors.BUSY)
            try:
                return view(request, *args, **kwargs)
            finally:
                turn.release()
        finally:
            room.release()

    return wrapped


def _seconds_to_wait(what: str, request: HttpRequest, *, rate: int) -> int:
    return throttle.seconds_to_wait(what, address_of(request), rate=rate, now=time.time())


def _problem(request: HttpRequest, wait: int) -> HttpResponse:
    with translation.override(asked_language(request)):
        return known_problem(
            429,
            _("1분에 %(rate)s번까지 요청할 수 있습니다. %(wait)s초 뒤에 다시 요청해 주세요.")
            % {"rate": settings.API_RATE, "wait": wait},
            headers={"Retry-After": str(wait), **OPEN_TO_ALL, **STERN},
        )


def _page(request: HttpRequest, wait: int) -> HttpResponse:
    response = HttpResponse(
        _page_in(language_of(request.path_info)), status=errors.TOO_MANY_REQUESTS.status
    )
    response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response


@lru_cache(maxsize=len(settings.LANGUAGES))
def _page_in(language: str) -> bytes:
    """Lay the page out once, as its language's home: to refuse must cost less than to answer."""
    nobody = HttpRequest()
    nobody.path = nobody.path_info = home_of(language)
    with translation.override(language):
        return errors.too_many_requests(nobody).content
