"""The list of cases: what this person works on, soonest due first, counted by state and age."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.cases.admin.assigning import assign_chosen
from core.cases.admin.figures import figures_page
from core.cases.admin.intake import intake_page
from core.cases.admin.page import CHANGE, case_page
from core.cases.admin.words import NOTHING, draw_standings, due_words, state_words, what_words
from core.cases.attachments import as_download
from core.cases.models import Attachment, Case
from core.cases.models.case import CaseQuerySet
from core.cases.permissions import (
    can_assign_some,
    can_read_at_desk,
    can_read_attachment,
    can_see_all_cases,
    can_see_cases,
    can_work_on_some,
)
from core.cases.queries import standings
from core.cases.registry import declared_kinds, get_kind
from core.cases.services import record_download
from core.cases.worklists import LISTS
from core.desk.exchange import ExportAdmin
from core.desk.exports import ExportColumn
from core.desk.lists import ReadOnlyAdmin
from core.records.reading import because
from core.records.sealed_search import SealedSearch

if TYPE_CHECKING:

    class CaseDesk(SealedSearch, ExportAdmin[Case], ReadOnlyAdmin[Case]): ...
else:

    class CaseDesk(SealedSearch, ExportAdmin, ReadOnlyAdmin):
        """A list to look at and to take along."""


# What stands on the list, and what a spreadsheet is sorted by besides; no words of anybody.
COLUMNS = (
    ExportColumn("번호", lambda case: f"#{case.pk}"),
    ExportColumn("종류", lambda case: case.title),
    ExportColumn("제목", lambda case: case.subject),
    ExportColumn("신청한 사람", lambda case: case.applicant),
    ExportColumn("상태", lambda case: case.get_state_display()),
    ExportColumn("접수한 날", lambda case: timezone.localdate(case.opened_at)),
    ExportColumn("기한", lambda case: case.due_date),
    ExportColumn("시민 답 기다림", lambda case: "예" if case.is_paused else ""),
    ExportColumn("기관", lambda case: case.office),
    ExportColumn("담당", lambda case: case.assignee_name),
    ExportColumn("끝난 날", lambda case: case.closed_at and timezone.localdate(case.closed_at)),
)
# Of fewer digits than the largest that the database holds.
LONGEST_NUMBER = len(str(2**63))


class ListFilter(admin.SimpleListFilter):
    """What is to be done at this office, unless another list is asked for."""

    title = "목록"
    parameter_name = "list"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, title) for name, (title, _) in LISTS.items()][1:]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": LISTS["office"][0]}
        yield from others

    def value(self) -> str:
        asked = super().value() or "office"
        return asked if asked in LISTS else "office"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if not isinstance(queryset, CaseQuerySet):
            return queryset
        _, keep = LISTS[self.value()]
        return keep(queryset, request.user)


@lru_cache(maxsize=8)
def _stands(kinds: tuple[str, ...], language: str | None) -> tuple[tuple[str, str], ...]:
    """Answer the choices of a language, put together once."""
    return tuple(
        (f"{slug}:{state.slug}", f"{get_kind(slug).title}: {state.title}")
        for slug in kinds
        for state in get_kind(slug).states
    )


class StandsFilter(admin.SimpleListFilter):
    """A kind of request, and where it stands."""

    title = "종류와 상태"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(_stands(tuple(declared_kinds()), get_language()))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        kind, _, state = (self.value() or "").partition(":")
        return queryset.filter(kind=kind, state=state) if kind else queryset


@admin.register(Case)
class CaseAdmin(CaseDesk):
    """Who may see it follows from where they work, not from permissions that somebody ticks."""

    counted_in = "건"
    list_display = ("number", "what", "applicant", "stands", "due", "assigned", "opened")
    list_display_links = ("number",)
    list_filter = (ListFilter, StandsFilter)
    list_before_template = "admin/cases/case/before.html"
    export_columns = COLUMNS
    export_name = "requests"
    search_fields = ("=id", "applicant")
    search_help_text = "신청 번호나 신청한 사람의 이름으로 찾습니다."
    sortable_by = ()
    actions = (assign_chosen,)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_see_cases(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None:
            return can_read_at_desk(request.user, obj)
        return can_see_cases(request.user)

    def has_act_permission(self, request: HttpRequest) -> bool:
        return can_assign_some(request.user)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Soonest due first; of what has ended, the last first. Each is the order of an index."""
        if request.GET.get(ListFilter.parameter_name) == "closed":
            return ("-closed_at", "-pk")
        return ("due_date", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return Case.objects.worked_on_by(request.user).soonest_due()

    def export_rows(self, request: HttpRequest) -> QuerySet[Case]:
        return super().export_rows(request).select_related("office")

    def get_urls(self) -> list[URLPattern]:
        file = path(
            "<int:number>/files/<int:file>/",
            self.admin_site.admin_view(self.file_view),
            name="cases_case_file",
        )
        figures = path(
            "figures/", self.admin_site.admin_view(figures_page), name="cases_case_figures"
        )
        intake = path(
            "intake/", self.admin_site.admin_view(self.intake_view), name="cases_case_intake"
        )
        return [file, figures, intake, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        everywhere = can_see_all_cases(request.user)
        rows = standings(
            None if everywhere else request.user.office_ids,  # type: ignore[union-attr]
            on=timezone.localdate(),
        )
        context = {
            "title": "신청과 민원",
            "standings": draw_standings(rows),
            "may_take_in": can_work_on_some(request.user),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return case_page(self, request, self._seen(request, object_id))

    def _seen(self, request: HttpRequest, object_id: str) -> Case:
        """Answer a case that this person may read; 404 for every other."""
        is_number = (
            object_id.isascii() and object_id.isdecimal() and len(object_id) < LONGEST_NUMBER
        )
        rows = Case.objects.worked_on_by(request.user).filter(pk=object_id if is_number else 0)
        case = rows.select_related("office").first()
        if case is None:
            raise Http404
        return case

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Lead to the case's page, whose log is its history."""
        return redirect(CHANGE, self._seen(request, object_id).pk)

    def intake_view(self, request: HttpRequest) -> HttpResponse:
        return intake_page(self, request)

    def file_view(self, request: HttpRequest, number: int, file: int) -> HttpResponseBase:
        mine = Case.objects.worked_on_by(request.user).filter(pk=number)
        rows = Attachment.objects.filter(case__in=mine, pk=file)
        kept = rows.select_related("case__office", "event").first()
        if kept is None or not can_read_attachment(request.user, kept):
            raise Http404
        case = kept.case
        because(f"{case.title} #{case.pk}", office_id=case.office_id)
        record_download(file=kept, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
        answer: FileResponse = as_download(kept)
        return answer

    @admin.display(description="번호")
    def number(self, case: Case) -> str:
        return f"#{case.pk}"

    @admin.display(description="신청")
    def what(self, case: Case) -> SafeString:
        return what_words(case)

    @admin.display(description="상태")
    def stands(self, case: Case) -> str:
        return state_words(case)

    @admin.display(description="기한")
    def due(self, case: Case) -> SafeString | str:
        return due_words(case)

    @admin.display(description="담당")
    def assigned(self, case: Case) -> str:
        return case.assignee_name or NOTHING

    @admin.display(description="접수")
    def opened(self, case: Case) -> str:
        return str(timezone.localtime(case.opened_at).date())
