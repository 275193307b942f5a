"""The admin's page of history: every change of a record, whoever and whatever wrote it."""

from contextlib import nullcontext
from typing import Any, TypeVar

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.desk.lists import ModelAdmin
from core.feeds.history import changes_kept, kind_of
from core.feeds.history_words import ToldChange, told_changes
from core.feeds.models import FieldChange

ModelT = TypeVar("ModelT", bound=Model)
MOST_LINES = 200
ADDED = "새로 넣음"


class HistoryPage(ModelAdmin[ModelT]):
    """Shows what was kept; for records whose services keep their changes themselves."""

    object_history_template = "admin/feeds/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        response = super().history_view(request, object_id, extra_context)
        told = getattr(response, "context_data", None)
        if told is not None and "object" in told:  # neither refused nor sent elsewhere
            told["lines"] = self.history_lines(told["object"])
        return response

    def say_change(self, change: FieldChange) -> str:
        """Answer a change in words that the model does not know; "" where it says enough."""
        return ""

    def name_related(self, record: Any) -> str:
        return str(record)

    def history_lines(self, record: Any) -> list[ToldChange]:
        changes = FieldChange.objects.of(kind_of(self.model), str(record.pk))
        newest = changes.select_related("changed_by")[:MOST_LINES]
        lines = told_changes(
            self.model, list(newest), says=self.say_change, names=self.name_related
        )
        return [*lines, *self._addition(record)]

    def _addition(self, record: Any) -> list[ToldChange]:
        added = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model),
            object_id=str(record.pk),
            action_flag=ADDITION,
        )
        return [
            ToldChange(one.action_time, str(one.user), ADDED)
            for one in added.select_related("user").order_by("pk")[:1]
        ]


class HistoryAdmin(HistoryPage[ModelT]):
    """Keeps, of what is changed and deleted here, what every field said before and after."""

    # None: every field that can be edited at all.
    history_fields: tuple[str, ...] | None = None

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        with self._kept(request, object_id):
            return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        with self._kept(request, object_id):
            return super().delete_view(request, object_id, extra_context)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with self._kept_rows(request, queryset):
            for record in queryset:
                self.delete_model(request, record)

    def _kept(self, request: HttpRequest, object_id: str | None) -> Any:
        if request.method != "POST" or object_id is None:
            return nullcontext()
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return nullcontext()
        return self._kept_rows(request, self.model._meta.base_manager.filter(pk=record.pk))

    def _kept_rows(self, request: HttpRequest, rows: QuerySet[Any]) -> Any:
        return changes_kept(
            rows, fields=self._fields(), changed_by=request.user, now=timezone.now()
        )

    def _fields(self) -> tuple[str, ...]:
        if self.history_fields is not None:
            return self.history_fields
        meta = self.model._meta
        return tuple(
            one.name
            for one in (*meta.concrete_fields, *meta.many_to_many)
            if one.editable and not one.primary_key
        )
