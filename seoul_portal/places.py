"""The short permanent address of any place, for QR codes: every area is asked in its turn."""

from collections.abc import Callable
from typing import cast

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.areas import open_areas
from core.web.public import BRIEFLY, public


@public(max_age=BRIEFLY)
def place(request: HttpRequest, code: str) -> HttpResponseRedirect:
    for area in open_areas():
        if not area.place_address:
            continue
        find = cast(Callable[[str], str | None], import_string(area.place_address))
        if address := find(code):
            return HttpResponseRedirect(address)
    raise Http404(_("이 번호의 장소가 없습니다."))
