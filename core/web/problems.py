"""Errors as RFC 9457 problem details, for everything that answers under /api/."""

from typing import Any

from django.http import HttpRequest, JsonResponse

MEDIA_TYPE = "application/problem+json"
API_PREFIX = "/api/"


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
