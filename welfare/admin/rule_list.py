"""The list of conditions and tables: what is taken along of it, and how it is narrowed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.desk.exports import ExportColumn, yes
from welfare.models import RuleVersion
from welfare.queries.rule_words import slot_words, subject_words, version_words

COLUMNS = (
    ExportColumn("무엇의", subject_words),
    ExportColumn("종류", lambda one: one.get_kind_display()),
    ExportColumn("자리", slot_words),
    ExportColumn("내용", version_words),
    ExportColumn("시행일", lambda one: one.since),
    ExportColumn("끝나는 날", lambda one: one.until),
    ExportColumn("근거", lambda one: one.law),
    ExportColumn("근거 주소", lambda one: one.law_url),
    ExportColumn("원문 대조", lambda one: yes(one.is_verified and one.verified_by_id is not None)),
    ExportColumn("확인한 날", lambda one: one.verified_on),
    ExportColumn("다시 확인할 날", lambda one: one.stale_from),
    ExportColumn("상태", lambda one: one.get_status_display()),
)


class UnvouchedFilter(admin.SimpleListFilter):
    """What nobody vouches for, as the worklist asks."""

    title = "확인"
    parameter_name = "vouched"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("nobody", "아무도 확인하지 않은 것")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[RuleVersion]
    ) -> QuerySet[RuleVersion]:
        if self.value() != "nobody":
            return queryset
        unvouched = RuleVersion.objects.unvouched(timezone.localdate())
        return queryset.filter(pk__in=unvouched.values("pk"))
