"""What the buttons of a case's page do: each calls a service, and answers a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone

from core.cases import services
from core.cases.codes import in_groups
from core.cases.errors import CaseRefused
from core.cases.files import FileRefused, prepare_sent
from core.cases.models import Case
from core.cases.staff import get_colleague, name_of
from core.offices.models import Office

MOST_OFFICES_NAMED = 10


@dataclass(frozen=True, slots=True)
class Slip:
    """The digits as they are printed, and where to type them."""

    code: str
    address: str
    english_address: str


Deed = Callable[[HttpRequest, Case], "str | Slip"]


def _common(request: HttpRequest, case: Case) -> dict[str, Any]:
    key = request.POST.get("key", "")[:64]
    if not key:
        raise CaseRefused("화면을 새로 고친 뒤 다시 해 주세요.")
    return {"case_id": case.pk, "actor": request.user, "key": key, "now": timezone.now()}


def _move(request: HttpRequest, case: Case) -> str:
    name = request.POST.get("move", "")
    words = request.POST.get(f"words-{name}", "")
    services.move(name=name, words=words, **_common(request, case))
    return "처리했습니다."


def _take(request: HttpRequest, case: Case) -> str:
    services.take(actor_name=name_of(request.user), **_common(request, case))
    return "이 신청을 맡았습니다."


def _assign(request: HttpRequest, case: Case) -> str:
    assignee = get_colleague(_number(request, "assignee"))
    name = name_of(assignee)
    services.assign(assignee=assignee, assignee_name=name, **_common(request, case))
    return f"담당자를 {name} 님으로 정했습니다."


def _note(request: HttpRequest, case: Case) -> str:
    services.note(text=request.POST.get("note", ""), **_common(request, case))
    return "메모를 남겼습니다."


def _message(request: HttpRequest, case: Case) -> str:
    services.write_to_citizen(text=request.POST.get("message", ""), **_common(request, case))
    return "시민에게 알렸습니다."


def _attach(request: HttpRequest, case: Case) -> str:
    sent = request.FILES.get("file")
    if sent is None:
        raise FileRefused("파일을 골라 주세요.")
    file = prepare_sent(sent)
    services.attach(
        file=file,
        filename=sent.name or "",
        is_told="is_told" in request.POST,
        **_common(request, case),
    )
    return "파일을 붙였습니다."


def _hand_over(request: HttpRequest, case: Case) -> str:
    office = _office_named(request.POST.get("office", "").strip())
    services.hand_over(
        office=office, reason=request.POST.get("reason", ""), **_common(request, case)
    )
    return f"신청을 넘겼습니다: {office}"


def _office_named(name: str) -> Office:
    """Find one office by its name or a part of it; raises CaseRefused with those that it may be."""
    if not name:
        raise CaseRefused("넘길 기관의 이름을 적어 주세요.")
    open_today = Office.objects.open_on(timezone.localdate()).by_name()
    if len(same := list(open_today.filter(name=name)[:2])) == 1:
        return same[0]
    found = list(open_today.filter(name__icontains=name)[: MOST_OFFICES_NAMED + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        raise CaseRefused("그런 이름의 기관이 없습니다.")
    names = ", ".join(str(office) for office in found[:MOST_OFFICES_NAMED])
    raise CaseRefused(f"이름을 더 적어 주세요. 이런 기관이 있습니다: {names}")


def _link(request: HttpRequest, case: Case) -> str:
    other = _number(request, "other")
    services.link(other_id=other, **_common(request, case))
    return f"#{other} 신청과 이었습니다."


def issue(request: HttpRequest, case: Case) -> Slip:
    code = services.issue_code(**_common(request, case))
    here = [
        settings.SITE_URL + translate_url(reverse("request-track"), one) for one in ("ko", "en")
    ]
    return Slip(in_groups(code), *here)


def _number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "").strip().lstrip("#")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len("1000000000000000")):
        raise CaseRefused("번호를 다시 확인해 주세요.")
    return int(typed)


DEEDS: dict[str, Deed] = {
    "move": _move,
    "take": _take,
    "assign": _assign,
    "note": _note,
    "message": _message,
    "attach": _attach,
    "hand-over": _hand_over,
    "link": _link,
    "slip": issue,
}
