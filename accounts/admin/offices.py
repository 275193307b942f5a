"""Offices that are no community centre: departments of the city, partners, organisers."""

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.permissions import can_keep_offices
from accounts.queries import offices_without_manager
from core.cases.queries import number_without_heir
from core.desk.lists import DeskAdmin
from core.feeds.history_desk import HistoryAdmin
from core.offices.models import ALL_OF_SEOUL, Office
from core.places.facts import districts


class ManagerFilter(admin.SimpleListFilter):
    title = "책임자"
    parameter_name = "manager"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "없거나 2주 안에 없어짐")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Office]") -> "QuerySet[Office]":
        if self.value() == "none":
            return queryset & offices_without_manager(on=timezone.localdate())
        return queryset


if TYPE_CHECKING:
    OfModel = forms.ModelForm[Office]
else:
    OfModel = forms.ModelForm


class OfficeForm(OfModel):
    def clean_closes_date(self) -> datetime.date | None:
        """Refuse to close an office whose open requests nobody would go on with."""
        closes: datetime.date | None = self.cleaned_data["closes_date"]
        if closes is None or closes == self.instance.closes_date or not self.instance.pk:
            return closes
        if left := number_without_heir(self.instance.pk, on=timezone.localdate()):
            raise forms.ValidationError(
                f"끝나지 않은 신청 {left:,}건을 이어받을 기관이 없습니다. 먼저 다른 기관으로 "
                "넘기거나, 이곳을 대신할 기관을 정하세요."
            )
        return closes


@admin.register(Office)
class OfficeAdmin(HistoryAdmin[Office], DeskAdmin[Office]):
    counted_in = "곳"
    form = OfficeForm
    list_display = ("name", "kind", "phone", "opens_date", "closes_date")
    list_filter = ("kind", ManagerFilter)
    search_fields = ("name", "name_en")
    search_help_text = "기관 이름으로 찾습니다."
    ordering = ("kind", "name")
    fields = ("kind", "name", "name_en", "phone", "stands_in_for", "opens_date", "closes_date")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_keep_offices(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_keep_offices(request.user)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return can_keep_offices(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_keep_offices(request.user)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Places are chosen by their names."""
        if db_field.name != "stands_in_for":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        places = [(one.code[:5], one.name) for one in districts()]
        return forms.ChoiceField(
            label=db_field.verbose_name,
            help_text="이곳의 동주민센터에 직원이 아직 없으면 그곳의 신청을 받아 답합니다.",
            choices=[("", "대신하지 않음"), (ALL_OF_SEOUL, "서울 전체"), *places],
            required=False,
            widget=UnfoldAdminSelectWidget,
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What an office is, it stays: its people's roles depend on it."""
        return ("kind",) if obj else ()
