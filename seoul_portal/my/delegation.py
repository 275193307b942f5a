"""`/my/helpers/`: who may act for a person, for what, until when, and all that they did."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import DelegationStep, MessagesTo
from accounts.forms import CodeForm, NamingForm
from accounts.forms.delegation import matters_of
from accounts.models import Delegation, DelegationEvent, User
from accounts.permissions import can_see_delegation
from accounts.services import (
    DelegationRefused,
    accept_delegation,
    code_of,
    end_delegation,
    find_by_code,
    find_by_link,
    link_token,
    name_helper,
    renew_code,
)
from core.moments import say_day, say_moment
from core.offices.models import Office
from core.web.pagination import Pager, page_number
from core.web.wording import in_its_language
from seoul_portal.my.kept_words import in_readers_language
from seoul_portal.my.person import signed_in

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One delegation as pages tell it to one of its two sides."""

    delegation: Delegation
    title: str
    state: str
    tone: str
    facts: Pairs
    may_end: bool
    may_print: bool


@require_safe
def my_helpers(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    told = Delegation.objects.select_related("person", "helper", "office").newest_first()
    given = [_shown(one, person) for one in told.of(person.pk)]
    held = told.held_by(person.pk, person.office_ids).filter(accepted_at__isnull=False)
    taken = [_shown(one, person) for one in held]
    return render(request, "seoul_portal/my/helpers.html", {"given": given, "taken": taken})


def my_helpers_add(request: HttpRequest) -> HttpResponse:
    """Name somebody; the paper with code and link comes next."""
    form = NamingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = name_helper(
            person=signed_in(request),
            label=told["label"],
            purposes=told["purposes"],
            ends_date=told["ends_date"],
            messages_to=MessagesTo(told["messages_to"]),
            office=told["office"],
            now=timezone.now(),
        )
        return redirect("my-helper", pk=made.pk)
    return render(request, "seoul_portal/my/helpers_add.html", {"form": form})


@require_safe
def my_helper(request: HttpRequest, pk: int) -> HttpResponse:
    """One delegation: its code while it waits, and everything that happened under it."""
    person = signed_in(request)
    delegation = _get(pk, person)
    shown = _shown(delegation, person)
    events = DelegationEvent.objects.filter(delegation=delegation)
    number = page_number(request.GET.get("page"))
    pager = Pager(number or 1, events.count())
    if number is None or not pager.is_in_range:
        raise Http404
    lines = events.select_related("actor").newest_first()[pager.offset :][: pager.size]
    context = {
        "shown": shown,
        "events": [_line(one, person) for one in lines],
        "columns": (_("때"), _("누가"), _("무엇을")),
        "pager": pager,
        "code": "",
        "link": "",
    }
    if shown.may_print:
        code = code_of(delegation)
        context |= {"named": person.name, "matters": matters_of(delegation)}
        path = reverse("my-helpers-accept-link", args=[link_token(delegation)])
        context |= {"code": f"{code[:4]} {code[4:]}", "link": f"{settings.SITE_URL}{path}"}
    return render(request, "seoul_portal/my/helper.html", context)


@require_POST
def my_helper_end(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    delegation = _get(pk, person)
    end_delegation(actor=person, delegation=delegation, now=timezone.now())
    messages.success(
        request, _("끝냈습니다. 이제 대신할 수 없고, 대신 받던 알림도 더는 가지 않습니다.")
    )
    return redirect("my-helpers")


@require_POST
def my_helper_renew(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    delegation = _get(pk, person)
    if delegation.person_id != person.pk:
        raise Http404
    try:
        renew_code(person=person, delegation=delegation, now=timezone.now())
    except DelegationRefused as refused:
        messages.error(request, str(refused))
    return redirect("my-helper", pk=pk)


def my_helpers_accept(request: HttpRequest) -> HttpResponse:
    """Type the code from a paper; what it asks for is shown before anything begins."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            found = find_by_code(
                code=form.cleaned_data["code"], helper=signed_in(request), now=timezone.now()
            )
        except DelegationRefused as refused:
            form.add_error("code", str(refused))
        else:
            if found is not None:
                return redirect("my-helpers-accept-link", token=link_token(found))
            form.add_error("code", _("이런 번호가 없거나 기한이 지났습니다. 다시 확인해 주세요."))
    return render(request, "seoul_portal/my/helpers_code.html", {"form": form})


def my_helpers_accept_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show who asks for what, until when; then begin."""
    helper = signed_in(request)
    delegation = find_by_link(token=token, now=timezone.now())
    if delegation is None:
        raise Http404
    if request.method == "POST":
        try:
            accept_delegation(helper=helper, delegation=delegation, now=timezone.now())
        except DelegationRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.path)
        messages.success(request, _("받아들였습니다. 이제 대신할 수 있습니다."))
        return redirect("my-helpers")
    context = {
        "who": name_of(delegation.person),
        "facts": [
            (_("맡기는 일"), matters_of(delegation)),
            (_("언제까지"), say_day(delegation.ends_date)),
            *([(_("맡는 기관"), office_name(delegation.office))] if delegation.office else []),
        ],
    }
    return render(request, "seoul_portal/my/helpers_accept.html", context)


def _get(pk: int, person: User) -> Delegation:
    """Answer what this person gave or holds; of others not even that it is there."""
    seen = Delegation.objects.visible_to(person).select_related("person", "helper", "office")
    found = seen.filter(pk=pk).first()
    if found is None or not can_see_delegation(person, found):
        raise Http404
    return found


def name_of(person: User) -> str:
    """Name somebody to their helper: by name, or by an address of which a part is hidden."""
    return in_its_language(person.called)


def office_name(office: Office) -> str:
    is_english = get_language() == "en"
    return (office.name_en if is_english else "") or in_its_language(office.name)


def _shown(delegation: Delegation, person: User) -> Shown:
    is_mine = delegation.person_id == person.pk
    state, tone = _state(delegation)
    waits = delegation.accepted_at is None and delegation.revoked_at is None
    facts = [
        (_("맡긴 일"), matters_of(delegation)),
        (_("언제까지"), say_day(delegation.ends_date)),
    ]
    if is_mine:
        facts.append((_("알림"), str(MessagesTo(delegation.messages_to).label)))
        if delegation.helper is not None:
            facts.insert(0, (_("도우미"), name_of(delegation.helper)))
    if delegation.office is not None:
        facts.insert(0, (_("기관"), office_name(delegation.office)))
    return Shown(
        delegation=delegation,
        title=in_its_language(delegation.label) if is_mine else name_of(delegation.person),
        state=state,
        tone=tone,
        facts=facts,
        may_end=delegation.revoked_at is None and delegation.ends_date >= timezone.localdate(),
        may_print=is_mine and waits and delegation.is_waiting_at(timezone.now()),
    )


def _state(delegation: Delegation) -> tuple[str, str]:
    if delegation.revoked_at is not None:
        return _("끝남"), "gray"
    if delegation.ends_date < timezone.localdate():
        return _("기한이 지남"), "gray"
    if delegation.accepted_at is not None:
        return _("맡김"), "success"
    if delegation.is_waiting_at(timezone.now()):
        return _("받아들이기를 기다림"), "warning"
    return _("번호의 기한이 지남"), "warning"


def _line(event: DelegationEvent, person: User) -> list[str]:
    """Answer one row of the table: when, who, what."""
    when = say_moment(event.at)
    if event.actor is None:
        who = _("탈퇴한 사람")
    else:
        who = _("나") if event.actor_id == person.pk else name_of(event.actor)
    step = str(DelegationStep(event.step).label)
    if event.what:
        step = format_html("{}: {}", step, in_readers_language(event.what))
    return [when, who, step]
