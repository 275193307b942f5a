"""Counter mode: all questions on one screen beside the citizen, and nothing left when it is over.

What is typed lives in the page's form alone: no session, no database, no address. A script changes
the page in place, so that the browser keeps no step of it (`assets/js/counter.js`).
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation

from accounts.models import CommunityCentre
from core.desk.lists import ReadOnlyAdmin
from core.places.facts import get_dong
from core.web.spam import within_limit
from welfare.enums import CounterConsent
from welfare.forms.counter import (
    MOST_AT_COUNTER,
    BeginForm,
    HouseholdFactsForm,
    MemberFactsForms,
)
from welfare.models import CounterTalk
from welfare.permissions import can_see_talks, can_serve_at_counter
from welfare.queries.living import ME
from welfare.queries.match_words import shown_pairs
from welfare.queries.matching import Match
from welfare.queries.question_words import page_text
from welfare.queries.screening import Screening
from welfare.queries.told import FactsRefused
from welfare.rules.conditions import Verdict
from welfare.rules.questions import Asked, next_question
from welfare.services.counter import begin_talk, finish_talk
from welfare.services.saved_screenings import number_on_paper, save_screening

if TYPE_CHECKING:
    TalkDesk = ReadOnlyAdmin[CounterTalk]
else:
    TalkDesk = ReadOnlyAdmin

BEGIN, TALK = "admin:welfare_countertalk_begin", "admin:welfare_countertalk_talk"
SHOWN_LIKELY, SHOWN_DEPENDS = 30, 10
MOST_DIGITS = 6
PAPERS_AN_HOUR, HOUR = 60, 60 * 60
# `members[2].birth_date`, as FactsRefused names a field.
OF_MEMBER = re.compile(r"members\[(\d+)\]\.(\w+)")
CLEARED = '"cache"'


@admin.register(CounterTalk)
class CounterTalkAdmin(TalkDesk):
    """When somebody was served here, and by whom; citizens are not named anywhere."""

    list_display = ("started_at", "office", "by", "consent", "finished_at")
    list_display_links = None
    list_select_related = ("office", "by")
    list_filter = (("started_at", admin.DateFieldListFilter), "consent")
    list_before_template = "admin/welfare/countertalk/before.html"
    sortable_by = ()
    ordering = ("-started_at", "-pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_see_talks(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_see_talks(request.user) and obj is None

    def get_queryset(self, request: HttpRequest) -> QuerySet[CounterTalk]:
        return CounterTalk.objects.visible_to(request.user)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("begin/", wrap(self.begin_view), name="welfare_countertalk_begin"),
            path("<int:number>/talk/", wrap(self.talk_view), name="welfare_countertalk_talk"),
            *super().get_urls(),
        ]

    def begin_view(self, request: HttpRequest) -> HttpResponse:
        if not can_serve_at_counter(request.user):
            raise PermissionDenied
        clerk: Any = request.user
        sent = request.POST if request.method == "POST" else None
        form = BeginForm(sent, office_ids=clerk.office_ids)
        if request.method == "POST" and form.is_valid():
            talk = begin_talk(
                office_id=form.office_id,
                by=clerk,
                consent=CounterConsent(form.cleaned_data["consent"]),
                now=timezone.now(),
            )
            return HttpResponseRedirect(reverse(TALK, args=[talk.pk]))
        context = self._context(request, "창구 상담 시작하기") | {
            "form": form,
            "asks_office": form.only_office is None,
        }
        return TemplateResponse(request, "admin/welfare/countertalk/begin.html", context)

    def talk_view(self, request: HttpRequest, number: int) -> HttpResponse:
        talk = self._own(request, number)
        if talk.finished_at is not None:
            return HttpResponseRedirect(reverse(BEGIN))
        if request.POST.get("do") == "finish":
            finish_talk(talk=talk, now=timezone.now())
            over = HttpResponseRedirect(reverse(BEGIN))
            over.headers["Clear-Site-Data"] = CLEARED
            return over
        sent = _with_another(request.POST) if request.method == "POST" else None
        household = HouseholdFactsForm(sent, prefix="household", initial=_lives_here(talk))
        members = MemberFactsForms(sent, prefix="member")
        if sent is None:  # the first keystroke tells when they were born
            members.forms[0].fields["birth_date"].widget.attrs["autofocus"] = True
        context = self._context(request, "창구 상담") | {
            "talk": talk,
            "household": household,
            "members": members,
            "may_add": members.total_form_count() < MOST_AT_COUNTER,
            "likely": None,
            "paper": None,
            "is_wrong": False,
        }
        if sent is not None and request.POST.get("do") != "add":
            context |= _judged(request, household, members) or {"is_wrong": True}
        return TemplateResponse(request, "admin/welfare/countertalk/talk.html", context)

    def _own(self, request: HttpRequest, number: int) -> CounterTalk:
        """Answer a talk of this person's own, in an office where they work today."""
        if not can_serve_at_counter(request.user):
            raise PermissionDenied
        clerk: Any = request.user
        own = CounterTalk.objects.at_offices(clerk.office_ids).filter(pk=number, by=clerk)
        talk = own.select_related("office").first()
        if talk is None:
            raise Http404
        return talk

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": CounterTalk._meta,
        }


def _lives_here(talk: CounterTalk) -> dict[str, str]:
    """Begin with the centre's own district: who comes from elsewhere says so."""
    centre = CommunityCentre.objects.filter(office=talk.office_id).first()
    dong = get_dong(centre.code) if centre else None
    return {"district": dong.district.name} if dong else {}


def _with_another(sent: Any) -> Any:
    """Add an empty member where the button for it was pressed."""
    if sent.get("do") != "add":
        return sent
    held = sent.copy()
    total = held.get("member-TOTAL_FORMS", "")
    if total.isdecimal() and len(total) < MOST_DIGITS and int(total) < MOST_AT_COUNTER:
        held["member-TOTAL_FORMS"] = str(int(total) + 1)
    return held


def _judged(request: HttpRequest, household: Any, members: Any) -> dict[str, Any]:
    """Answer what follows from what was typed, or put what is wrong beside its field."""
    if not (household.is_valid() and members.is_valid()):
        return {}
    told = household.told() | {
        "members": [form.told(number) for number, form in enumerate(members, start=1)]
    }
    today = timezone.localdate()
    state = Screening(told=told)
    try:
        # What small children are not asked is taken as the screener takes it, at home as here.
        match = Match(state.household(today))
    except FactsRefused as refused:
        _put_beside(refused.errors, household, members)
        return {}
    likely, depends = match.pairs((Verdict.LIKELY,)), match.pairs((Verdict.DEPENDS,))
    asked = next_question(match.judgement)
    context: dict[str, Any] = {
        "counts": match.counts(),
        "more": max(0, len(likely) - SHOWN_LIKELY),
        "likely": shown_pairs(match, likely.cut(0, SHOWN_LIKELY), today),
        "depends": shown_pairs(match, depends.cut(0, SHOWN_DEPENDS), today),
        "next": _question(asked.asked) if asked else "",
    }
    if request.POST.get("do") == "paper":
        context |= _paper(request, match, state)
    return context


def _question(page: Sequence[Asked]) -> str:
    """Say the page that would decide most, and of whom, as the forms on the screen are numbered."""
    members = dict.fromkeys(one.member for one in page)
    whose = ", ".join("본인" if one == ME else f"{one}번째 사람" for one in members if one)
    return page_text(page) if whose in ("", "본인") else f"{whose}: {page_text(page)}"


def _put_beside(errors: dict[str, str], household: Any, members: Any) -> None:
    for name, words in errors.items():
        if found := OF_MEMBER.match(name):
            form, field = members.forms[int(found[1])], found[2]
        else:
            form, field = household, name
        form.add_error(field if field in form.fields else None, words)


def _paper(request: HttpRequest, match: Match, state: Screening) -> dict[str, Any]:
    """Answer what the citizen takes home, in their language; a number to go on only if wanted."""
    language = "en" if request.POST.get("language") == "en" else "ko"
    today = match.told.on
    paper: dict[str, Any] = {
        "language": language,
        "is_large": "large" in request.POST,
        "shown_code": "",
        "is_too_often": False,
    }
    with translation.override(language):
        pairs = match.pairs((Verdict.LIKELY,))
        paper["shown"] = shown_pairs(match, pairs.cut(0, SHOWN_LIKELY), today)
        paper["more"] = max(0, len(pairs) - SHOWN_LIKELY)
        paper["where"] = settings.SITE_URL + reverse("welfare:check")
        if "keep" in request.POST:
            paper |= _number(request, match, state)
    return {"paper": paper}


def _number(request: HttpRequest, match: Match, state: Screening) -> dict[str, Any]:
    who = f"clerk:{request.user.pk}"
    if not within_limit("counter-paper", who, limit=PAPERS_AN_HOUR, seconds=HOUR):
        return {"is_too_often": True}
    code = save_screening(state=state.with_all_answered(), match=match)
    return number_on_paper(code=code, on=match.told.on)
