"""What a person reads when something went wrong: pages, and problem details under /api/."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.web.outage import RETRY_AFTER_SECONDS, database_is_away
from core.web.problems import is_api, problem_response

# What is left when not even a template can be shown: the files are missing, or the disk is full.
LAST_RESORT = (
    '<!doctype html><html lang="ko"><meta charset="utf-8"><title>오류</title><main>'
    "<h1>잠시 문제가 생겼습니다</h1>"
    "<p>조금 뒤에 다시 시도해 주세요. 급하면 120 다산콜에 전화하세요.</p>"
    '<div lang="en"><h2>Something went wrong</h2><p>Please try again in a little while.</p></div>'
    "</main></html>"
)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """One error in words: what happened, and what to do now."""

    status: int
    title: str | Promise
    what: str | Promise
    next_step: str | Promise
    retry_after: int = 0  # seconds; 0 where coming back later would not help
    leads_home: bool = False  # whether to show the way to one's own things as well


BAD_REQUEST = ErrorPage(
    400,
    _("요청을 이해하지 못했습니다"),
    _("주소나 보낸 내용에 맞지 않는 것이 있습니다."),
    _("앞 화면으로 돌아가 다시 해 보세요."),
)
FORBIDDEN = ErrorPage(
    403,
    _("볼 수 없는 쪽입니다"),
    _("이 쪽을 볼 권한이 없습니다."),
    _("‘내 서비스’에서 지금 할 수 있는 일을 고르거나, 다른 계정으로 로그인해 주세요."),
    leads_home=True,
)
NOT_FOUND = ErrorPage(
    404,
    _("찾는 쪽이 없습니다"),
    _("주소가 바뀌었거나, 없어진 쪽입니다."),
    _("주소를 다시 확인하거나, 위에서 찾아보세요."),
)
EXPIRED = ErrorPage(
    403,
    _("화면이 오래되어 보내지 못했습니다"),
    _("안전을 위해 오래된 화면에서 보낸 것은 받지 않습니다."),
    _("앞 화면으로 돌아가 새로 고친 다음 다시 보내 주세요. 쿠키를 막았다면 풀어 주세요."),
)
TOO_MANY_REQUESTS = ErrorPage(
    429,
    _("너무 자주 요청했습니다"),
    _("같은 곳에서 짧은 시간에 많은 요청이 왔습니다. 모두가 쓸 수 있도록 잠시 쉽니다."),
    _("1분 뒤에 다시 시도해 주세요. 급하면 120 다산콜에 전화하세요."),
    retry_after=60,
)
NOT_ALLOWED = ErrorPage(
    405,
    _("이 주소로는 보낼 수 없습니다"),
    _("이 주소는 보기만 하는 쪽이거나, 이 방법을 받지 않습니다."),
    _("앞 화면으로 돌아가 다시 해 보세요."),
)
TOO_LARGE_TITLE = _("보낸 것이 너무 큽니다")
SERVER_ERROR = ErrorPage(
    500,
    _("잠시 문제가 생겼습니다"),
    _("우리 쪽 문제입니다. 입력하신 것이 잘못된 것은 아닙니다."),
    _("조금 뒤에 다시 시도해 주세요. 급하면 120 다산콜에 전화하세요."),
)
BUSY = ErrorPage(
    503,
    _("지금 많은 분이 함께 쓰고 있습니다"),
    _("계산이 오래 걸리는 화면이라 한 번에 몇 분께만 보여 드립니다. 적으신 답은 그대로 있습니다."),
    _("잠시 뒤에 이 화면을 새로 고치거나, 앞 화면으로 돌아가 같은 단추를 다시 눌러 주세요."),
    retry_after=5,
)
UNAVAILABLE = ErrorPage(
    503,
    _("지금은 점검하고 있습니다"),
    _("자료를 꺼낼 수 없는 상태입니다. 곧 돌아옵니다."),
    _("1분 뒤에 다시 시도해 주세요. 급하면 120 다산콜에 전화하세요."),
    retry_after=RETRY_AFTER_SECONDS,
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return answer(request, too_large(f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 2**20:g}MB"))
    return answer(request, BAD_REQUEST)


def too_large(most: str) -> ErrorPage:
    """Answer the words for a body that is larger than `most`, which is a number with its unit."""
    return ErrorPage(
        413,
        TOO_LARGE_TITLE,
        gettext("한 번에 %(most)s까지 보낼 수 있는데, 보낸 것은 더 큽니다.") % {"most": most},
        _("앞 화면으로 돌아가 파일을 줄이거나 나누어서 다시 보내 주세요."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, EXPIRED)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what allauth asks for at its limits; it does not say how long they last."""
    return answer(request, TOO_MANY_REQUESTS)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say 503 where the database is away, 500 otherwise; needs no database itself."""
    away = database_is_away(sys.exc_info()[1])
    return answer(request, UNAVAILABLE if away else SERVER_ERROR)


def not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """Say in words that the method is not for this address, and name those that are."""
    response = answer(request, NOT_ALLOWED)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def answer(request: HttpRequest, page: ErrorPage) -> HttpResponse:
    if is_api(request):
        response: HttpResponse = problem_response(
            page.status, str(page.title), f"{page.what} {page.next_step}"
        )
    else:
        response = HttpResponse(_html(request, page), status=page.status)
        response.headers["Cache-Control"] = "no-store"
    if page.retry_after:
        response.headers["Retry-After"] = str(page.retry_after)
    return response


def _html(request: HttpRequest, page: ErrorPage) -> str:
    # Like a public page, an error page does not ask who is there: that would need the database.
    request.is_public_page = True  # type: ignore[attr-defined]
    context = {"page": page, "request_id": getattr(request, "id", "")}
    try:
        return render_to_string("core/error.html", context, request=request)
    except Exception:
        if page.status < SERVER_ERROR.status:
            raise
        return LAST_RESORT
