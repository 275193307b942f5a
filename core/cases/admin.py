"""Cases at the desk: worklists by what is due, and one case on one screen."""

from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.cases.calendar import days_left
from core.cases.deeds import DEEDS
from core.cases.models import Case
from core.cases.permissions import (
    can_assign_case,
    can_move_case,
    can_read_case,
    can_see_worklists,
    can_work_on_case,
)
from core.cases.registry import case_kinds
from core.cases.services import CaseRefused, note_view
from core.cases.worklists import LISTS, of_list
from core.desk.lists import ReadOnlyAdmin
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.offices.people import Person, is_person
from core.records.reading import because, system_reading


class ListFilter(admin.SimpleListFilter):
    title = "할 일"
    parameter_name = "list"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*LISTS.items(), ("closed", "끝난 신청")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if self.value() == "closed":
            return queryset.exclude(closed_at=None)
        if self.value() in LISTS:
            return queryset.filter(pk__in=of_list(str(self.value()), _actor(request)).values("pk"))
        return queryset


class KindFilter(admin.SimpleListFilter):
    title = "종류"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.slug, str(kind.title)) for kind in case_kinds().values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin[Case]):
    """What may be seen and done follows from the office that one works in, case by case."""

    list_display = (
        "number",
        "what",
        "person_name",
        "stands",
        "due",
        "assignee_name",
        "office_name",
    )
    list_display_links = ("number",)
    list_filter = (ListFilter, KindFilter)
    list_select_related = ("person", "assignee", "office")
    search_fields = ("=number", "person__name")
    search_help_text = "접수번호나 신청인의 이름으로 찾습니다."
    list_before_template = "admin/cases/counts.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_see_worklists(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return can_see_worklists(request.user)
        return can_read_case(request.user, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Staff see here what they work on; what they ask for themselves is on their own pages."""
        rows = Case.objects.visible_to(request.user)
        if is_person(request.user) and not request.user.is_superuser:
            rows = rows.lying_with(request.user.office_ids)
        return rows.most_urgent_first()

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return ()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        counts = {"counts": _counts(request.user)} if can_see_worklists(request.user) else {}
        return super().changelist_view(request, counts | (extra_context or {}))

    @admin.display(description="무엇")
    def what(self, case: Case) -> str:
        return f"{case.title}: {case.subject}"

    @admin.display(description="신청인")
    def person_name(self, case: Case) -> str:
        return case.person.name if case.person else "계정 없음"

    @admin.display(description="상태")
    def stands(self, case: Case) -> str:
        return str(case.stands.title)

    @admin.display(description="기한")
    def due(self, case: Case) -> SafeString | str:
        return due_in_words(case)

    @admin.display(description="담당자")
    def assignee_name(self, case: Case) -> str:
        return case.assignee.name if case.assignee else "없음"

    @admin.display(description="기관")
    def office_name(self, case: Case) -> str:
        return case.office.name

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One case on one screen: what it is, what may be done, and all that was done."""
        case = self._case(request, object_id)
        because(f"신청 {case.number}", office_id=case.office_id)
        actor = _actor(request)
        if request.method == "POST":
            return self._done(request, case)
        note_view(case=case, actor=actor, now=timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "title": f"{case.title} {case.number}",
            "opts": Case._meta,
            "case": case,
            "due": due_in_words(case),
            "key": uuid4().hex,
            "moves": [
                move
                for move in case.declared.moves_from(case.state)
                if can_move_case(request.user, case, move)
            ],
            "may_work": can_work_on_case(request.user, case),
            "colleagues": _colleagues(request.user, case),
            "offices": Office.objects.of_kind(OfficeKind.CENTRE)
            .open_on(timezone.localdate())
            .exclude(pk=case.office_id)
            .by_name(),
            "events": list(case.events.select_related("actor", "office").oldest_first()),
        }
        return TemplateResponse(request, "admin/cases/case.html", context)

    def _case(self, request: HttpRequest, object_id: str) -> Case:
        rows = self.get_queryset(request).select_related("person", "assignee", "office")
        is_number = object_id.isdecimal() and object_id.isascii() and len(object_id) < 19  # noqa: PLR2004
        found = rows.filter(pk=object_id).first() if is_number else None
        if found is None or not can_read_case(request.user, found):
            raise Http404
        return found

    def _done(self, request: HttpRequest, case: Case) -> HttpResponse:
        deed = DEEDS.get(request.POST.get("deed", ""))
        if deed is None:
            raise Http404
        try:
            said = deed(case, request.user, request.POST, timezone.now())
        except CaseRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        if self.get_queryset(request).filter(pk=case.pk).exists():
            return redirect("admin:cases_case_change", case.pk)
        return redirect("admin:cases_case_changelist")


def _actor(request: HttpRequest) -> Person:
    """Answer who works here; the admin lets nobody else this far."""
    if not is_person(request.user):
        raise PermissionDenied
    return request.user


def due_in_words(case: Case) -> SafeString | str:
    """Say when something is due, and how late it is: never by colour alone."""
    if case.days_left is not None:
        return "시민의 답을 기다림"
    if case.due_date is None:
        return "–"
    left = days_left(timezone.localdate(), case.due_date)
    if left < 0 or case.due_date < timezone.localdate():
        late = max(-left, 1)
        return format_html("<strong>{} ({}일 지남)</strong>", f"{case.due_date:%m-%d}", late)
    word = "오늘까지" if left == 0 else f"{left}일 남음"
    return f"{case.due_date:%m-%d} ({word})"


def _counts(actor: Any) -> list[tuple[str, int, int]]:
    """Answer for each state how many open cases of one's offices are in it, and how many late."""
    mine = Case.objects.lying_with(actor.office_ids).open()
    late = dict(_by_state(mine.overdue_on(timezone.localdate())))
    return [
        (str(case_kinds()[kind].by_slug[state].title), number, late.get((kind, state), 0))
        for (kind, state), number in _by_state(mine)
        if kind in case_kinds()
    ]


def _by_state(rows: QuerySet[Case]) -> list[tuple[tuple[str, str], int]]:
    counted = rows.order_by("kind", "state").values("kind", "state").annotate(n=Count("pk"))
    with system_reading("how many, and nothing of anybody"):
        return [((one["kind"], one["state"]), one["n"]) for one in counted]


def _colleagues(actor: Any, case: Case) -> list[Any]:
    """Answer whom this person may give the case to."""
    there = get_user_model().objects.filter(memberships__office=case.office_id, is_active=True)
    people = there.distinct().order_by("name", "pk").prefetch_related("memberships__office")
    return [one for one in people if can_assign_case(actor, case, one)]
