"""Where staff say which words mean the same, and look at what the index holds."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.areas import declared_searchables
from core.desk.lists import ReadOnlyAdmin
from core.feeds.history_desk import HistoryAdmin
from core.places.facts import get_district
from core.search.models import SearchEntry, Synonym
from core.search.services import delete_synonym, save_synonym

LANGUAGES = {"ko": "한국어", "en": "영어"}


@admin.register(Synonym)
class SynonymAdmin(HistoryAdmin[Synonym]):
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


class LanguageFilter(admin.SimpleListFilter):
    title = "말"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(LANGUAGES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(language=self.value()) if self.value() else queryset


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin[SearchEntry]):
    """Read only: an entry follows its source at the next refresh."""

    list_display = ("title", "what", "key", "spoken", "indexed_at")
    list_filter = (LanguageFilter,)
    search_fields = ("=key", "title_key__startswith")
    search_help_text = "키나 제목의 첫머리로 찾습니다."
    fields = ("title", "what", "key", "spoken", "district", "card", "vector", "indexed_at")
    readonly_fields = fields
    ordering = ("-pk",)

    @admin.display(description="무엇", ordering="kind")
    def what(self, entry: SearchEntry) -> str:
        titles = {one.kind: str(one.title) for one in declared_searchables()}
        return titles.get(entry.kind, entry.kind)

    @admin.display(description="말", ordering="language")
    def spoken(self, entry: SearchEntry) -> str:
        return LANGUAGES.get(entry.language, entry.language)

    @admin.display(description="자치구")
    def district(self, entry: SearchEntry) -> str:
        found = get_district(entry.district_code) if entry.district_code else None
        return found.name if found else "–"
