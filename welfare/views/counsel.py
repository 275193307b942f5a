"""`/welfare/counsel/`: ask one's community centre for a talk; `/my/requests/` tells how it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from core.cases.enums import Duplicates
from core.cases.errors import CaseRefused, KeyUsed
from core.cases.keys import renew_key
from core.cases.models import Case
from core.cases.services import open_case
from core.offices.models import Office
from core.web.opening import full_date
from core.web.wording import in_its_language
from welfare.cases import COUNSEL, centre_for
from welfare.forms import MINE, CounselForm


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """One that is not over yet: where it is read, how it stands, and whom one can call."""

    url: str
    opened: str
    told: str
    office: str
    phone: str
    whose: str  # of whom one helps; empty where it is one's own


def counsel(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        raise PermissionDenied
    helped = helped_by(request.user, COUNSEL.slug)
    # What was typed is shown again whatever has happened in the meantime.
    found = _open_of(request.user, helped)
    taken = set(found) if _takes_one_at_a_time() and request.method != "POST" else set()
    choices = {key: one for key, one in helped.items() if key not in taken}
    form = None
    if MINE not in taken or choices:
        form = _form(request, choices, is_mine_taken=MINE in taken)
    if request.method == "POST" and form is not None and form.is_valid():
        case = _try_to_open(request.user, helped, form)
        if case is not None:
            return redirect("my-request", number=case.pk)
    context = {
        "form": form,
        "open_requests": [_told(one, request.user) for ones in found.values() for one in ones],
        "takes_more": not _takes_one_at_a_time(),
    }
    return render(request, "welfare/counsel.html", context)


def _takes_one_at_a_time() -> bool:
    return COUNSEL.duplicates == Duplicates.REFUSED


def _form(request: HttpRequest, helped: Mapping[str, User], *, is_mine_taken: bool) -> CounselForm:
    own: int | None = None
    if not helped and isinstance(request.user, User):
        own = own_centre(request.user)
    whose = next(iter(helped)) if is_mine_taken else MINE
    form = CounselForm(
        request.POST or None,
        helped={key: one.called for key, one in helped.items()},
        own_office=own,
        initial={"key": uuid4(), "whose": whose},
    )
    if is_mine_taken:
        choices: Any = form.fields["whose"]
        choices.choices = [one for one in choices.choices if one[0] != MINE]
    return form


def own_centre(person: User) -> int | None:
    try:
        return centre_for(person)
    except ValueError:
        return None


def helped_by(actor: User, kind: str) -> dict[str, User]:
    """Answer for whom somebody may ask: one query, and none for whoever helps nobody."""
    ids = actor.represented_ids(kind)
    people = User.objects.filter(pk__in=sorted(ids), is_active=True).order_by("name", "pk")
    return {str(one.pk): one for one in people} if ids else {}


def _open_of(actor: User, helped: Mapping[str, User]) -> dict[str, list[Case]]:
    """Answer what is open of each for whom somebody may ask, newest first: one query."""
    whose = {actor.pk: MINE} | {one.pk: key for key, one in helped.items()}
    cases = Case.objects.open().of_kind(COUNSEL.slug).filter(person__in=sorted(whose))
    found: dict[str, list[Case]] = {}
    for case in cases.select_related("office").newest_first():
        found.setdefault(whose[case.person_id or 0], []).append(case)
    return found


def _told(case: Case, reader: User) -> OpenRequest:
    return OpenRequest(
        url=reverse("my-request", args=[case.pk]),
        opened=full_date(timezone.localdate(case.opened_at)),
        told=str(case.stands.told),
        office=_name(case.office),
        phone=case.office.phone,
        whose="" if case.person_id == reader.pk else case.applicant,
    )


def _name(office: Office) -> str:
    if get_language() == "en" and office.name_en:
        return office.name_en
    return in_its_language(office.name)


def _try_to_open(actor: User, helped: Mapping[str, User], form: CounselForm) -> Case | None:
    """Open it, or say in the form, at the question that it is about, why it cannot be."""
    told = form.cleaned_data
    person = helped.get(told.get("whose", MINE), actor)
    office = told["office"].pk if told["office"] else None
    try:
        office = office or centre_for(person)
    except ValueError as unknown:
        form.add_error("office", str(unknown))
        return None
    try:
        return open_case(
            kind=COUNSEL.slug,
            person=person,
            applicant=person.name,
            actor=actor,
            words=told["text"],
            office_id=office,
            key=told["key"],
            now=timezone.now(),
        )
    except CaseRefused as refused:
        asked = "whose" if "whose" in form.fields and not isinstance(refused, KeyUsed) else None
        form.add_error(asked, str(refused))
        renew_key(form)
        return None
