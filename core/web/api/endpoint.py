"""A public, read-only API address: described as DRF's views are, answered without DRF's work."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from core.web.problems import Problem, known_problem
from core.web.public import public
from core.web.readonly import read_only

JSON = "application/json"
MAX_AGE = 60
# What a browser asks before another site's script may send more than it may send anyway.
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, X-Request-ID",
    "Access-Control-Max-Age": "86400",
}

ASKING_PREFLIGHT = PREFLIGHT | {
    "Allow": "POST, OPTIONS",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Content-Type, X-Request-ID",
}


def json_response(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type=JSON)


class PublicEndpoint(APIView):
    """One address that anybody may read.

    An heir documents `get` with `@extend_schema` and answers a Django response or raises `Problem`.
    It holds no state: one object answers every request. DRF's negotiation, authentication and
    request wrapper cost more than a list's only query, so none of it stands in the way.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    max_age: ClassVar[int] = MAX_AGE

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        endpoint = cls(**initkwargs)

        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=PREFLIGHT)
            try:
                told: HttpResponseBase = endpoint.get(request, **kwargs)  # type: ignore[attr-defined]
            except Problem as problem:
                return problem.as_response()
            return told

        view = public(max_age=cls.max_age)(answer)
        # What drf-spectacular reads to describe the address.
        view.cls, view.initkwargs = cls, initkwargs  # type: ignore[attr-defined]
        view.is_endpoint = True  # type: ignore[attr-defined]
        return view


class AskingEndpoint(APIView):
    """One address that anybody may ask with a body too long or too personal for an address.

    It reads as a public page does, and nobody keeps what it answers. No cookie counts here, so that
    nobody needs a token. An heir documents `post` with `@extend_schema`.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        endpoint = cls(**initkwargs)

        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=ASKING_PREFLIGHT)
            if request.method != "POST":
                return _only_posted()
            try:
                with read_only():
                    told: HttpResponseBase = endpoint.post(request, **kwargs)  # type: ignore[attr-defined]
            except Problem as problem:
                return problem.as_response()
            told.headers["Cache-Control"] = "no-store"
            return told

        view: Any = login_not_required(answer)
        view.csrf_exempt = True
        view.cls, view.initkwargs = cls, initkwargs
        view.is_endpoint = True
        return view


def _only_posted() -> HttpResponseBase:
    words = _("이 주소는 POST로만 요청할 수 있습니다.")
    return known_problem(405, words, headers={"Allow": "POST, OPTIONS"})
