"""`/welfare/counsel/`: ask one's community centre for a talk; `/my/requests/` tells how it goes."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.services import open_case
from welfare.cases import COUNSEL
from welfare.forms import MINE, CounselForm


def counsel(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        raise PermissionDenied
    helped = helped_by(request.user, COUNSEL.slug)
    form = CounselForm(
        request.POST or None,
        helped={key: one.name or one.email for key, one in helped.items()},
        initial={"key": uuid4(), "whose": MINE},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        person = helped.get(told.get("whose", MINE), request.user)
        try:
            case = _opened(request.user, person, told)
        except CaseRefused as refused:
            form.add_error("office" if not told["office"] else None, str(refused))
        else:
            return redirect("my-request", number=case.pk)
    return render(request, "welfare/counsel.html", {"form": form})


def helped_by(actor: User, kind: str) -> dict[str, User]:
    """Answer for whom somebody may ask: one query, and none for whoever helps nobody."""
    ids = actor.represented_ids(kind)
    people = User.objects.filter(pk__in=sorted(ids), is_active=True).order_by("name", "pk")
    return {str(one.pk): one for one in people} if ids else {}


def _opened(actor: User, person: User, told: dict[str, Any]) -> Case:
    return open_case(
        kind=COUNSEL.slug,
        person=person,
        applicant=person.name or person.email,
        actor=actor,
        words=told["text"],
        office_id=told["office"].pk if told["office"] else None,
        key=told["key"],
        now=timezone.now(),
    )
