"""The portal's own pages, which see every area: home, each area's landing page, and about."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.areas import PolicyArea, declared_feeds, open_areas
from core.web import display, public_computer, signed_in
from core.web.overview import Overview
from core.web.public import public

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ShownArea:
    """An area as these pages tell it: what it declares, and what it has to offer now."""

    area: PolicyArea
    url_name: str
    overview: Overview | None


@public(max_age=60)
def home(request: HttpRequest) -> HttpResponse:
    try:
        areas = [_shown(area, _overview(area)) for area in open_areas()]
    except DatabaseError:
        # The search box, the ways on and the numbers to call are worth showing without figures.
        logger.warning("The home page is shown without figures", exc_info=True)
        areas = [_shown(area, None) for area in open_areas()]
    names = ", ".join(str(shown.area.title) for shown in areas)
    context = {
        "areas": areas,
        "promise": _("서울의 %(areas)s 정보를 한곳에서 찾습니다.") % {"areas": names},
    }
    return render(request, "seoul_portal/home.html", context)


@public(max_age=60)
def area_landing(request: HttpRequest, slug: str) -> HttpResponse:
    """What one area offers; only open areas have an address."""
    area = next(area for area in open_areas() if area.slug == slug)
    context = {"shown": _shown(area, _overview(area))}
    return render(request, "seoul_portal/area_landing.html", context)


def _shown(area: PolicyArea, overview: Overview | None) -> ShownArea:
    return ShownArea(area, f"area-{area.slug}", overview)


def _overview(area: PolicyArea) -> Overview | None:
    if not area.overview:
        return None
    return cast(Callable[[], Overview], import_string(area.overview))()


@public(max_age=3600)
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "seoul_portal/about.html", {"feeds": declared_feeds().values()})


@public(max_age=3600)
def about_privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "seoul_portal/about_privacy.html", {"cookies": _cookies()})


def _cookies() -> list[tuple[str, str]]:
    """Every cookie that the portal sets: its name, what it is for, and how long it stays."""
    return [
        (
            display.COOKIE,
            _("글자 크기와 화면 대비입니다. 화면 설정을 바꾸면 생기고, 1년 남습니다."),
        ),
        (
            settings.SESSION_COOKIE_NAME,
            _(
                "로그인을 이어 갑니다. 로그아웃하거나 브라우저를 닫으면 끝납니다."
                " ‘로그인 상태로 두기’를 고르면 2주 남습니다."
            ),
        ),
        (
            signed_in.MARK,
            _("로그인했다는 표시일 뿐, 누구인지는 없습니다. 로그인과 함께 끝납니다."),
        ),
        (
            public_computer.MARK,
            _(
                "‘여럿이 쓰는 컴퓨터’를 고르면 생깁니다. 몇 분 뒤에 로그아웃하는지만 적혀 있고,"
                " 로그인과 함께 끝납니다."
            ),
        ),
        (
            settings.CSRF_COOKIE_NAME,
            _(
                "남이 내 이름으로 보내지 못하게 합니다."
                " 보내는 칸이 있는 쪽에서 생기고, 1년 남습니다."
            ),
        ),
        (
            "messages",
            _("‘바꾸었습니다’ 같은 알림을 다음 화면까지 나릅니다. 보여 드리면 지워집니다."),
        ),
    ]


@public(max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here where a page names no icon: an error of a server in front, a plain file."""
    return HttpResponsePermanentRedirect(static("img/icon.svg"))
