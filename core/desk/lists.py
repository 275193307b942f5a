"""The lists of the admin: none counts a million rows, and read-only ones offer no editing."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib import messages
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Model, TextField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminTextInputWidget

from core.desk.list_pages import can_be_drawn
from core.desk.permissions import can_change_records, can_see_records

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator
    from unfold.admin import ModelAdmin as UnfoldModelAdmin

    class ModelAdmin(UnfoldModelAdmin):
        """Unfold's, which says nothing of its types."""

        def __class_getitem__(cls, _: object) -> type:
            return cls


__all__ = ["ONE_LINE", "CappedPaginator", "DeskAdmin", "ModelAdmin", "ReadOnlyAdmin", "number_of"]

ModelT = TypeVar("ModelT", bound=Model)
MOST_ROWS = 10_000
MOST_DIGITS = 18
# For models whose texts are names and numbers: a line to type in, not a page.
ONE_LINE: dict[Any, Any] = {TextField: {"widget": UnfoldAdminTextInputWidget}}


def number_of(typed: str) -> int:
    """Answer the number of a row as an address or a form tells it; 0, which no row has, if none."""
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS
    return int(typed) if is_number else 0


class CappedPaginator(AnyPaginator):
    """Counts to MOST_ROWS and no further; whoever needs what lies beyond narrows the list."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return int(rows.order_by()[:MOST_ROWS].count() if hasattr(rows, "order_by") else len(rows))


def _parameter(one: Any) -> str:
    """Answer what a filter is called in an address: its own name, or that of its field."""
    if isinstance(one, tuple):
        return str(one[0]).partition("__")[0]
    return str(getattr(one, "parameter_name", ""))


class DeskAdmin(ModelAdmin[ModelT]):
    """A list of what other parts of the portal write: searched and filtered, never added to."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 0
    list_filter_sheet = False
    list_filter_submit = False
    # How Korean counts what is listed (명, 곳, 가구, 건); where it is empty a number stands alone.
    counted_in: ClassVar[str] = ""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Keep to the filters that the list shows: others tell, letter by letter, what it hides."""
        asked = lookup.partition("__")[0]
        shown = self.get_list_filter(request)
        return any(asked == (one if isinstance(one, str) else _parameter(one)) for one in shown)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Say that a filter is wrong where Django says that the database is, with status 200."""
        response = super().changelist_view(request, extra_context)
        if getattr(response, "template_name", "") == "admin/invalid_setup.html":
            raise BadRequest("a filter of the list cannot be read")
        if response.headers.get("Location") == f"{request.path}?{ERROR_FLAG}=1":
            messages.warning(
                request, "주소의 필터나 쪽 번호를 읽을 수 없어 처음부터 보여 드립니다."
            )
        if isinstance(response, TemplateResponse) and can_be_drawn(response.context_data or {}):
            response.template_name = "admin/desk/list.html"
        return response

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_see_records(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_change_records(request.user, self.model)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = dict(super().get_actions(request))
        actions.pop("delete_selected", None)
        return actions


class ReadOnlyAdmin(DeskAdmin[ModelT]):
    """A list to look at: its records follow from what runs and services do."""

    def may_act(self, request: HttpRequest) -> bool:
        """Say whether this person may do more than look (the permission to change)."""
        return can_change_records(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False
