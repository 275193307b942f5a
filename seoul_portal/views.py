"""Pages that see every area: the home page, and each area's landing page."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.areas import PolicyArea, open_areas
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
