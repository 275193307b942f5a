"""The home page, which sees every area, and the answers to what went wrong."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.web.outage import RETRY_AFTER_SECONDS, database_is_away
from core.web.problems import is_api, problem_response
from core.web.public import public


@public(max_age=60)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "seoul_portal/home.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: says whether the database is away or the mistake is ours."""
    is_away = database_is_away(sys.exc_info()[1])
    status = 503 if is_away else 500
    if is_api(request):
        response: HttpResponse = problem_response(
            status,
            "Service Unavailable" if is_away else "Internal Server Error",
            _("지금은 자료를 불러올 수 없습니다. 1분쯤 뒤에 다시 요청해 주세요.")
            if is_away
            else _("프로그램 오류로 답하지 못했습니다. 오류는 기록되었습니다."),
        )
    else:
        # Without the request: what a page's frame needs may be the very thing that is away.
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
        response.headers["Cache-Control"] = "no-store"
    if is_away:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
