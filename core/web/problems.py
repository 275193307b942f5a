"""Errors as RFC 9457 problem details, for everything that answers under /api/."""

import re
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

MEDIA_TYPE = "application/problem+json"
API_PREFIX = "/api/"
LANGUAGES = ("ko", "en")
# What the status means to whoever asked, where nobody knows more.
KNOWN = {
    400: (gettext_lazy("잘못된 요청"), gettext_lazy("요청을 알아볼 수 없습니다.")),
    401: (gettext_lazy("로그인 필요"), gettext_lazy("로그인하거나 토큰을 보내야 합니다.")),
    403: (gettext_lazy("권한 없음"), gettext_lazy("이 일을 할 권한이 없습니다.")),
    404: (gettext_lazy("찾을 수 없음"), gettext_lazy("이 주소에는 아무것도 없습니다.")),
    405: (
        gettext_lazy("쓸 수 없는 방법"),
        gettext_lazy("이 주소는 읽기만 할 수 있습니다. GET으로 요청해 주세요."),
    ),
    410: (gettext_lazy("없어진 자료"), gettext_lazy("전에는 있었지만 이제 없습니다.")),
    413: (gettext_lazy("너무 큰 요청"), gettext_lazy("보낸 내용이 너무 큽니다.")),
    429: (gettext_lazy("너무 잦은 요청"), gettext_lazy("잠시 뒤에 다시 요청해 주세요.")),
    500: (
        gettext_lazy("서버 오류"),
        gettext_lazy("프로그램 오류로 답하지 못했습니다. 오류는 기록되었습니다."),
    ),
    503: (
        gettext_lazy("지금은 쓸 수 없음"),
        gettext_lazy("지금은 자료를 불러올 수 없습니다. 1분쯤 뒤에 다시 요청해 주세요."),
    ),
}
QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)")


class Problem(Exception):
    """Raised by whatever answers an API address; becomes a problem document."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        errors: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = dict(errors or {})
        self.headers = dict(headers or {})

    def as_response(self) -> JsonResponse:
        return known_problem(self.status, self.detail, errors=self.errors, headers=self.headers)


def refuse(errors: Mapping[str, str]) -> Problem:
    """Answer a 400 that names each wrong parameter and says what would be right."""
    told = " ".join(f"{name}: {words}" for name, words in errors.items())
    return Problem(HTTPStatus.BAD_REQUEST, told, errors=errors)


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API_PREFIX)


def problem(status: int, title: str, detail: str, **extra: Any) -> dict[str, Any]:
    """Answer the members of a problem; `type` stays `about:blank` unless one is given."""
    return {
        "type": "about:blank",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        **extra,
    }


def problem_response(status: int, title: str, detail: str, **extra: Any) -> JsonResponse:
    response = JsonResponse(
        problem(status, title, detail, **extra),
        status=status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def known_problem(
    status: int,
    detail: str = "",
    *,
    errors: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """Answer a problem titled by its status, with the usual words where nobody knows better."""
    title, usual = KNOWN.get(status) or (
        HTTPStatus(status).phrase,
        _("요청을 처리하지 못했습니다."),
    )
    listed = [{"parameter": name, "detail": words} for name, words in (errors or {}).items()]
    extra = {"errors": listed} if listed else {}
    response = problem_response(status, str(title), detail or str(usual), **extra)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Answer a problem in place of an error page; what is none, or is one already, stays."""
    told = response.headers.get("Content-Type", "")
    if response.status_code < HTTPStatus.BAD_REQUEST or told.startswith(MEDIA_TYPE):
        return response
    kept = {
        name: response.headers[name]
        for name in ("Allow", "Retry-After")
        if name in response.headers
    }
    with override(asked_language(request)):
        return known_problem(response.status_code, headers=kept)


def asked_language(request: HttpRequest) -> str:
    """Answer the language for words in an API answer: Korean, unless English is preferred."""
    header = request.META.get("HTTP_ACCEPT_LANGUAGE")
    return _preferred(header) if header else "ko"


@lru_cache(maxsize=256)
def _preferred(header: str) -> str:
    best, chosen = 0.0, "ko"
    for part in header[:200].lower().split(","):
        name, _semicolon, parameters = part.strip().partition(";")
        language = name.partition("-")[0]
        found = QUALITY.search(parameters)
        quality = float(found[1]) if found else 1.0
        if language in LANGUAGES and quality > best:
            best, chosen = quality, language
    return chosen
