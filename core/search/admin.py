"""Where staff say which words mean the same, and look at what the index holds."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.desk.lists import ModelAdmin, ReadOnlyAdmin
from core.search.models import SearchEntry, Synonym
from core.search.services import delete_synonym, save_synonym


@admin.register(Synonym)
class SynonymAdmin(ModelAdmin[Synonym]):
    list_display = ("words_in_line", "is_active", "note")
    list_filter = ("is_active",)
    search_fields = ("words", "note")
    ordering = ("pk",)

    @admin.display(description=_("같은 말"))
    def words_in_line(self, synonym: Synonym) -> str:
        return ", ".join(synonym.words)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_synonym(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_synonym(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for synonym in queryset:
            delete_synonym(synonym)


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin[SearchEntry]):
    """Read only: an entry follows its source at the next refresh."""

    list_display = ("title", "kind", "key", "language", "indexed_at")
    list_filter = ("language",)
    search_fields = ("=key", "title_key__startswith")
    fields = ("title", "kind", "key", "language", "district_code", "card", "vector", "indexed_at")
    readonly_fields = fields
    ordering = ("-pk",)
