"""Doors for whoever has not signed in: the stop link of a letter, and letters that came back."""

import hashlib
import hmac
import json
import time

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core.notices.registry import declared_purposes
from core.notices.services import choosing
from core.notices.services.bouncing import Returned, read_report, take_bounces
from core.notices.stopping import ALL, Stop, read_token
from core.web.public import anonymous

ONE_CLICK = "One-Click"  # RFC 8058: what a mail service posts as List-Unsubscribe
MOST_BYTES = 2**20
MOST_AT_ONCE = 1000
FRESH_SECONDS = 300
LONGEST_MOMENT = 12  # digits of a moment in seconds: enough for thirty thousand years


# The link itself says who may; a mail service that follows it has no page to take a token from.
@csrf_exempt
@anonymous
@require_http_methods(["GET", "HEAD", "POST"])
def notice_stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what would stop, POST stops it (or begins again); nobody is signed in by it."""
    stop = read_token(token)
    if stop is None or (stop.purpose != ALL and stop.purpose not in declared_purposes()):
        raise Http404
    done = ""
    if request.method == "POST":
        is_start = request.POST.get("step") == "start"
        act = choosing.start_again if is_start else choosing.stop
        act(person_id=stop.person_id, named=stop.purpose, now=timezone.now())
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            return HttpResponse(status=200)
        done = "started" if is_start else "stopped"
    return render(request, "seoul_portal/notices/stop.html", _shown(stop, done))


def _shown(stop: Stop, done: str) -> dict[str, object]:
    named = choosing.named_purposes(stop.purpose, stop.person_id)
    purposes = choosing.stoppable(named)
    stopped = choosing.stopped_among(purposes, stop.person_id)
    return {
        "done": done,
        "purposes": purposes,
        "is_stopped": bool(purposes) and len(stopped) == len(purposes),
        "kept": [one for one in named if not one.can_be_silenced],
    }


@csrf_exempt
@anonymous
@require_POST
def notice_bounces(request: HttpRequest) -> HttpResponse:
    """Take reports of letters that came back, from whoever has BOUNCE_KEY.

    The body is a delivery status notification (RFC 3464) as it came, or JSON
    `{"bounces": [{"address": …, "reason": …}]}`. `X-Signature` is the HMAC-SHA256 of
    `<X-Timestamp>.<body>` in hexadecimal; a report older than five minutes is refused.
    """
    if not settings.BOUNCE_KEY:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise BadRequest("too long for a report")
    if not _is_signed(request):
        raise PermissionDenied
    is_json = request.content_type == "application/json"
    returned = _from_json(request.body) if is_json else read_report(request.body)
    take_bounces(returned=returned, now=timezone.now())
    return HttpResponse(status=204)


def _is_signed(request: HttpRequest) -> bool:
    at, told = request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", "")
    is_moment = at.isascii() and at.isdecimal() and len(at) <= LONGEST_MOMENT
    if not is_moment or abs(time.time() - int(at)) > FRESH_SECONDS:
        return False
    signed = f"{at}.".encode() + request.body
    right = hmac.new(settings.BOUNCE_KEY.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(told.encode(), right.encode())


def _from_json(body: bytes) -> list[Returned]:
    try:
        told = json.loads(body)["bounces"]
        return [
            Returned(str(one["address"])[:254], str(one.get("reason", ""))[:200])
            for one in told[:MOST_AT_ONCE]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadRequest("no report that can be read") from fault
