"""`/my/data/`: what the portal holds about somebody; to read, to take along, to have erased."""

import datetime
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import ask_erasure, call_off_erasure
from core.records.consents import receipts
from core.records.declaration import Erasure, Holding
from core.records.export import as_json
from core.records.held import Held, held_about
from core.records.models import ErasureRequest
from core.records.permissions import can_ask_for_erasure
from core.records.services import what_erasure_would_do
from seoul_portal.erasures import told_lines
from seoul_portal.my.kept_words import in_readers_language

View = Callable[[HttpRequest], HttpResponseBase]

SHOWN_ROWS = 20
MOST_IN_MEMORY = 8 * 1024 * 1024
# Whoever sits down at a screen left open must not take everything along, nor have it erased.
asked_again = cast(Callable[[View], View], reauthentication_required)
DAYS_OF_A_YEAR = 365
# Logs keep the Korean words of their day: they are said in the language of whoever reads them.
RETOLD = {
    "accounts.DelegationEvent": {"what": in_readers_language},
    "records.Access": {"reason": in_readers_language},
}
WHAT_ERASURE_DOES: dict[Erasure, str | Promise] = {
    Erasure.DELETE: gettext_lazy("지웁니다."),
    Erasure.ANONYMISE: gettext_lazy("누구의 것인지 알 수 없게 비웁니다."),
    Erasure.KEEP: gettext_lazy("법에 따라 남습니다."),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One holding as the page tells it."""

    held: Held

    @property
    def title(self) -> str | Promise:
        return self.held.holding.title

    @property
    def rules(self) -> list[tuple[str, str | Promise]]:
        one = self.held.holding
        return [
            (_("왜 가지고 있나요"), one.purpose),
            (_("근거"), one.legal_basis),
            (_("얼마나 오래"), how_long(one)),
            (_("지우기를 요청하면"), WHAT_ERASURE_DOES[one.erasure]),
            (_("남는 까닭"), one.law),
        ]

    @property
    def rows(self) -> list[list[tuple[str | Promise, str]]]:
        return self.held.in_words(RETOLD.get(self.held.holding.model))

    @property
    def changed_at(self) -> str:
        return self.held.holding.changed_at

    @property
    def has_more(self) -> bool:
        return self.held.has_more


def how_long(holding: Holding) -> str:
    if holding.keep is None:
        return _("계정이 있는 동안")
    time = _length(holding.keep)
    if holding.kept_since:
        return _("%(since)s부터 %(time)s") % {"since": holding.kept_since, "time": time}
    return time


def _length(keep: datetime.timedelta) -> str:
    days = keep.days
    if days % DAYS_OF_A_YEAR == 0:
        years = days // DAYS_OF_A_YEAR
        return ngettext("%(number)s년", "%(number)s년", years) % {"number": years}
    return ngettext("%(number)s일", "%(number)s일", days) % {"number": days}


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    context = {
        "sections": [Section(one) for one in held_about(person, most=SHOWN_ROWS)],
        "waiting": ErasureRequest.objects.waiting().of(person.pk).first(),
        "can_ask": can_ask_for_erasure(person),
    }
    return render(request, "seoul_portal/my/data.html", context)


@asked_again
@require_safe
def my_data_download(request: HttpRequest) -> FileResponse:
    """Answer everything in one file, which nobody keeps: it is gone when it has been sent."""
    now = timezone.now()
    name = f"my-data-{timezone.localdate(now):%Y-%m-%d}.zip"
    return FileResponse(
        _archive(request, now), as_attachment=True, filename=name, content_type="application/zip"
    )


def _archive(request: HttpRequest, now: Any) -> IO[bytes]:
    person: Any = request.user
    held = list(held_about(person))
    page = render_to_string(
        "seoul_portal/my/data_file.html",
        {
            "sections": [Section(one) for one in held],
            "consents": receipts(person),
            "made_at": now,
            "language": request.LANGUAGE_CODE,
        },
    )
    # Somebody's pictures do not fit in memory: past this it is a file without a name.
    target = SpooledTemporaryFile(max_size=MOST_IN_MEMORY)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.html", page)
        archive.writestr("my-data.json", as_json(person=person, held=held, now=now))
        for place, file in (one for each in held for one in each.files()):
            _add_file(archive, place, file)
    target.seek(0)
    return target


def _add_file(archive: zipfile.ZipFile, place: str, file: Any) -> None:
    try:
        with file.open("rb") as source, archive.open(place, "w") as entry:
            shutil.copyfileobj(source, entry)
    except FileNotFoundError:
        archive.writestr(f"{place}.txt", _("이 파일은 저장소에 없습니다. 120에 알려 주세요."))


class EraseForm(forms.Form):
    is_sure = forms.BooleanField(
        label=gettext_lazy("위 내용을 읽었고, 7일 뒤에 지우기를 요청합니다."),
        error_messages={"required": gettext_lazy("지우려면 이 칸에 표시해 주세요.")},
    )


@asked_again
@require_http_methods(["GET", "HEAD", "POST"])
def my_data_erase(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    if not can_ask_for_erasure(person):
        raise PermissionDenied
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ask_erasure(person=person, now=timezone.now())
        messages.success(request, _("지우기를 요청했습니다. 7일 안에 거둘 수 있습니다."))
        return redirect("my-data")
    context = {"form": form, "lines": told_lines(what_erasure_would_do(person))}
    return render(request, "seoul_portal/my/erase.html", context)


@require_POST
def my_data_keep(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    if call_off_erasure(person=person, now=timezone.now()):
        messages.success(request, _("지우기 요청을 거두었습니다. 모두 그대로 있습니다."))
    return redirect("my-data")
