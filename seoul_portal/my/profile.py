"""`/my/profile/`: what a person told of themselves, for what; corrected and taken back here."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.enums import FactGroup
from accounts.forms import FORMS, NameForm
from accounts.forms.profile_words import Pairs, told_in_words
from accounts.models import User
from accounts.queries import all_facts, purposes_for
from accounts.services import forget_group, set_name, tell_facts, withdraw_purpose
from core.moments import say_moment
from core.records.consents import consented_purposes, receipts
from core.records.declaration import Purpose
from core.records.enums import Channel
from core.records.purposes import UnknownPurpose, get_purpose
from core.web.wording import in_its_language
from seoul_portal.my.person import signed_in


@dataclass(frozen=True, slots=True)
class Use:
    """One purpose as the page tells it: agreed to since when, or not."""

    purpose: Purpose
    receipt: str


@dataclass(frozen=True, slots=True)
class Section:
    """One group on the page."""

    slug: str
    title: str
    facts: Pairs
    uses: list[Use]
    unused: list[Purpose]


@require_safe
def my_profile(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    told, agreed = all_facts(person), consented_purposes(person)
    given = {
        one.purpose: _("%(day)s, %(channel)s에서 동의함")
        % {
            "day": say_moment(one.given_at),
            "channel": one.channel.label,
        }
        for one in receipts(person)
        if one.withdrawn_at is None
    }
    sections = [
        Section(
            slug=_slug(group),
            title=str(group.label),
            facts=told_in_words(group, told.get(group, {})),
            uses=[Use(one, given[one.slug]) for one in purposes_for(group) if one.slug in agreed],
            unused=[one for one in purposes_for(group) if one.slug not in agreed],
        )
        for group in FORMS
    ]
    context = {"sections": sections, "name": in_its_language(person.name)}
    return render(request, "seoul_portal/my/profile.html", context)


def my_profile_name(request: HttpRequest) -> HttpResponse:
    """What to call somebody: told, corrected, or taken back by emptying it."""
    person = signed_in(request)
    form = NameForm(
        request.POST if request.method == "POST" else None, initial={"name": person.name}
    )
    if request.method == "POST" and form.is_valid():
        set_name(person=person, name=form.cleaned_data["name"])
        messages.success(request, _("저장했습니다: %(group)s") % {"group": _("이름")})
        return HttpResponseRedirect(_url("name"))
    return render(request, "seoul_portal/my/profile_name.html", {"form": form})


def my_profile_group(request: HttpRequest, group: str) -> HttpResponse:
    """One group: told for the first time, or corrected."""
    person, chosen = signed_in(request), _group(group)
    form = FORMS[chosen](
        request.POST if request.method == "POST" else None,
        facts=all_facts(person).get(chosen, {}),
        agreed=consented_purposes(person),
    )
    if request.method == "POST" and form.is_valid():
        tell_facts(
            person=person,
            group=chosen,
            facts=form.facts(),
            purposes=form.chosen,
            channel=Channel.WEB,
            now=timezone.now(),
        )
        messages.success(request, _("저장했습니다: %(group)s") % {"group": chosen.label})
        return _back(group)
    context = {"form": form, "title": chosen.label, "is_told": bool(form.initial)}
    return render(request, "seoul_portal/my/profile_group.html", context)


def my_profile_withdraw(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say what stops, and whether the facts go as well; then stop it."""
    person = signed_in(request)
    try:
        declared = get_purpose(purpose)
    except UnknownPurpose:
        raise Http404 from None
    group = _group_of(declared)
    agreed = consented_purposes(person) & {one.slug for one in purposes_for(group)}
    if purpose not in agreed:
        return _back(_slug(group))
    if request.method == "POST":
        ended = withdraw_purpose(person=person, purpose=purpose, now=timezone.now())
        told = (
            _("동의를 거두고, 적은 내용을 지웠습니다.")
            if ended.is_forgotten
            else _("동의를 거두었습니다.")
        )
        messages.success(request, f"{told} {declared.stops}")
        return _back(_slug(group))
    return _confirm(request, person, group, stops=[declared], forgets=agreed == {purpose})


def my_profile_forget(request: HttpRequest, group: str) -> HttpResponse:
    """Withdraw all of a group's purposes, and delete it."""
    person, chosen = signed_in(request), _group(group)
    if request.method == "POST":
        forget_group(person=person, group=chosen, now=timezone.now())
        messages.success(request, _("동의를 모두 거두고, 적은 내용을 지웠습니다."))
        return _back(group)
    agreed = consented_purposes(person)
    stops = [one for one in purposes_for(chosen) if one.slug in agreed]
    return _confirm(request, person, chosen, stops=stops, forgets=True)


def _confirm(
    request: HttpRequest, person: User, group: FactGroup, *, stops: list[Purpose], forgets: bool
) -> HttpResponse:
    context = {
        "title": group.label,
        "stops": stops,
        "forgets": forgets,
        "facts": told_in_words(group, all_facts(person).get(group, {})),
        "back_url": _url(_slug(group)),
    }
    return render(request, "seoul_portal/my/profile_withdraw.html", context)


def _slug(group: FactGroup) -> str:
    return group.value.lower()


def _group(slug: str) -> FactGroup:
    try:
        return FactGroup(slug.upper())
    except ValueError:
        raise Http404 from None


def _group_of(purpose: Purpose) -> FactGroup:
    if purpose.facts not in FactGroup.values:
        raise Http404
    return FactGroup(purpose.facts)


def _url(slug: str) -> str:
    return f"{reverse('my-profile')}#{slug}"


def _back(slug: str) -> HttpResponse:
    return HttpResponseRedirect(_url(slug))
