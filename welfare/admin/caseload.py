"""What a centre's two lists of households share: whose they are, and how somebody is found."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from core.desk.exchange import ExportAdmin
from core.desk.imports import CellRefused, read_day
from core.desk.lists import ReadOnlyAdmin, number_of
from core.records.sealed_search import SealedSearch
from welfare import permissions
from welfare.queries.households import marks_of

if TYPE_CHECKING:

    class AnyDesk(SealedSearch, ExportAdmin[Any], ReadOnlyAdmin[Any]): ...
else:

    class AnyDesk(SealedSearch, ExportAdmin, ReadOnlyAdmin):
        """A list to look at and to take along."""


class CaseloadAdmin(AnyDesk):
    """Who may see it follows from where they work, as with requests; its page tells its history."""

    counted_in = "가구"
    # Answers a row's page: (desk, request, row).
    page: ClassVar[Callable[[Any, HttpRequest, Any], HttpResponse]]
    # What a row's page asks for along with it.
    page_asks_for: tuple[str, ...] = ()
    list_display_links = ("household",)
    search_help_text = "이름과 생년월일을 함께 적어 찾습니다. 예: 홍길동 1956-03-02"
    sortable_by = ()

    def rows_of(self, user: Any) -> QuerySet[Any]:
        """Keep what somebody sees."""
        raise NotImplementedError

    def marked(self, rows: QuerySet[Any], marks: list[str]) -> QuerySet[Any]:
        """Keep those where somebody with one of these marks belongs."""
        raise NotImplementedError

    def can_see_some(self, user: Any) -> bool:
        return permissions.can_see_signs(user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.can_see_some(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return self.can_see_some(request.user)
        return self.rows_of(request.user).filter(pk=obj.pk).exists()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find by name and birth date alone: both are sealed, and only whoever knows both asks."""
        if not search_term.strip():
            return queryset, False
        name, _, day = search_term.strip().rpartition(" ")
        try:
            marks = marks_of(name=name, birth_date=read_day(day))
        except CellRefused:
            return queryset.none(), False
        return self.marked(queryset, marks), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        rows = self.rows_of(request.user).select_related(*self.page_asks_for)
        found = rows.filter(pk=number_of(object_id)).first()
        if found is None:
            raise Http404
        return type(self).page(self, request, found)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return self.change_view(request, object_id)
