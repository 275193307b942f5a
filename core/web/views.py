"""Pages of the frame itself: how pages look to me, and the gallery of components."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.web import signed_in
from core.web.context import home_of
from core.web.display import CONTRASTS, SIZES, Display
from core.web.gallery import gallery_context
from core.web.measured import Measured, measured
from core.web.middleware import language_of
from core.web.opening import full_date
from core.web.public import anonymous, public

SEE_OTHER = 303


# A display choice harms nobody, and a page kept by shared caches can carry no token.
@csrf_exempt
@anonymous
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    display = Display.of(request)
    if request.method == "POST":
        return _keep(request, display)
    context = {
        "display": display,
        "sizes": SIZES,
        "contrasts": CONTRASTS,
        "next": _next(request, request.GET),
    }
    return render(request, "core/preferences.html", context)


def _keep(request: HttpRequest, display: Display) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return HttpResponseForbidden()
    goal = _next(request, request.POST)
    own = url_has_allowed_host_and_scheme(goal, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(goal if own else _home(request), status=SEE_OTHER)
    display.changed(request.POST.dict()).keep(response, secure=request.is_secure())
    return response


def _next(request: HttpRequest, choices: QueryDict) -> str:
    return choices.get("next") or _home(request)


def _home(request: HttpRequest) -> str:
    return home_of(language_of(request.path_info))


@anonymous
@require_safe
def preferences_css(request: HttpRequest) -> HttpResponse:
    """All that differs between visitors on public pages, read from two cookies that name nobody."""
    lines = (Display.of(request).sheet(), signed_in.sheet(request))
    return HttpResponse("\n".join(lines), content_type="text/css; charset=utf-8")


@public(max_age=3600)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement: what is aimed at, what was measured, what is known to be wanting."""
    facts = measured()
    context = {
        "facts": facts,
        "measured_on": full_date(facts.measured_on),
        "lines": _measured_lines(facts),
    }
    return render(request, "core/accessibility.html", context)


def _measured_lines(facts: Measured) -> list[tuple[str, str]]:
    contrasts = ", ".join(str(CONTRASTS[name]) for name in facts.contrasts)
    return [
        (_("잰 날"), full_date(facts.measured_on)),
        (_("잰 도구"), f"axe-core {facts.axe}, Chromium {facts.browser}"),
        (_("화면 너비"), ", ".join(f"{width:,} px" for width in facts.widths)),
        (_("글자 크기"), ", ".join(f"{size}%" for size in facts.sizes)),
        (_("화면 대비"), contrasts),
        (_("페이지 종류"), _("%(count)s가지") % {"count": len(facts.pages)}),
        (_("잰 횟수"), _("%(count)s번") % {"count": f"{facts.judgements:,}"}),
        (_("찾은 문제"), _("%(count)s건") % {"count": len(facts.faults)}),
    ]


@public(max_age=300)
def component_gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "core/component_gallery.html", gallery_context())
