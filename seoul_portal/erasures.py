"""The receipt of an erasure, which outlives the account: whoever has the code may read it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.records.models import ErasureRequest
from core.records.services import Line, Outcome
from core.web.public import anonymous

OUTCOMES: dict[str, str | Promise] = {
    Outcome.REMOVED.value: _("지움"),
    Outcome.EMPTIED.value: _("누구의 것인지 알 수 없게 비움"),
    Outcome.KEPT.value: _("남음"),
    Outcome.ENDED.value: _("먼저 끝냄"),
}
Told = tuple[str, str | Promise, int, str]


def told_lines(lines: Iterable[Line | Mapping[str, Any]]) -> list[Told]:
    """Answer the lines of a receipt in the language of the page: what, what became of it, why."""
    language = get_language() or "ko"
    told = []
    for line in lines:
        each = asdict(line) if isinstance(line, Line) else line
        outcome = OUTCOMES[each["outcome"]]
        told.append((each["title"][language], outcome, each["rows"], each["law"][language] or "–"))
    return told


@anonymous
def erasure_receipt(request: HttpRequest, code: str) -> HttpResponse:
    asked = get_object_or_404(ErasureRequest.objects.all(), code=code)
    context = {
        "asked": asked,
        "lines": told_lines(asked.receipt),
        "address": request.build_absolute_uri(),
    }
    return render(request, "seoul_portal/erasure_receipt.html", context)
