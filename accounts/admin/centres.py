"""The community centres: who runs one corrects it, a list of all comes in as a file."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.admin.words import NOTHING, history_of
from accounts.forms import CentreForm
from accounts.models import CommunityCentre
from accounts.permissions import (
    can_correct_centre,
    can_import_centres,
    can_manage_some_office,
    can_see_centres,
)
from accounts.services.centres import CENTRE_LIST, KIND, LABELS, CentreRefused, correct_centre
from core.desk.exchange import ExchangeAdmin
from core.desk.exports import ExportColumn
from core.feeds.history_desk import HistoryPage
from core.feeds.models import FieldChange
from core.places.facts import districts
from core.places.rules import WeeklyHours, hours_words

EXPORT = (
    ExportColumn("시도", lambda one: "서울"),
    ExportColumn("시군구", lambda one: one.serves.district.name if one.serves else None),
    ExportColumn("읍면동", lambda one: one.serves.name if one.serves else None),
    ExportColumn("행정동코드", lambda one: one.code),
    ExportColumn("우편번호", lambda one: one.postcode),
    ExportColumn("주소", lambda one: one.address),
    ExportColumn("상세주소", lambda one: one.address_detail),
    ExportColumn("전화번호", lambda one: one.phone),
)


class DistrictFilter(admin.SimpleListFilter):
    title = "자치구"
    parameter_name = "district"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.code[:5], one.name) for one in districts()]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[CommunityCentre]"
    ) -> "QuerySet[CommunityCentre]":
        chosen = self.value()
        return queryset.filter(code__startswith=chosen) if chosen else queryset


@admin.register(CommunityCentre)
class CentreAdmin(HistoryPage[CommunityCentre], ExchangeAdmin[CommunityCentre]):
    counted_in = "곳"
    listing = CENTRE_LIST
    export_columns = EXPORT
    export_name = "community-centres"
    list_display = ("centre", "district_name", "address", "phone_number", "people", "managers")
    list_filter = (DistrictFilter,)
    search_fields = ("office__name", "address")
    search_help_text = "이름이나 주소로 찾습니다."
    ordering = ("code",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_see_centres(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_see_centres(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return can_manage_some_office(request.user)
        return can_correct_centre(request.user, obj)

    def may_import(self, request: HttpRequest) -> bool:
        return can_import_centres(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CommunityCentre]:
        """With how many people work there today."""
        today = timezone.localdate()
        now = Q(office__memberships__starts_date__lte=today, office__memberships__ended_at=None) & (
            Q(office__memberships__ends_date=None) | Q(office__memberships__ends_date__gte=today)
        )
        return (
            super()
            .get_queryset(request)
            .select_related("office")
            .annotate(
                people=Count("office__memberships__person", now, distinct=True),
                managers=Count("office__memberships", now & Q(office__memberships__role="MANAGER")),
            )
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Which colleague changed what is told to who runs the centre, with both factors, alone."""
        centre = self.get_object(request, unquote(object_id))
        if centre is not None and not can_correct_centre(request.user, centre):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def render_change_form(  # noqa: PLR0917 - as Django calls it
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        if not self.has_change_permission(request, obj):
            context["show_history"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if self.has_change_permission(request, obj):
            return ("centre", "district_name", *CentreForm.base_fields, "history")
        return (
            "centre", "district_name", "address", "address_detail", "postcode", "phone_number",
            "hours_told",
        )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        asked = CentreForm.base_fields if self.has_change_permission(request, obj) else {}
        return tuple(name for name in self.get_fields(request, obj) if name not in asked)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if self.has_change_permission(request, obj):
            kwargs["form"] = CentreForm
        return super().get_form(request, obj, change=change, **kwargs)

    @admin.display(description="이름", ordering="office__name")
    def centre(self, centre: CommunityCentre) -> str:
        return centre.office.name

    @admin.display(description="자치구", ordering="code")
    def district_name(self, centre: CommunityCentre) -> str:
        return centre.serves.district.name if centre.serves else NOTHING

    @admin.display(description="전화번호", empty_value=NOTHING)
    def phone_number(self, centre: CommunityCentre) -> str | None:
        return centre.office.phone or None

    @admin.display(description="일하는 사람")
    def people(self, centre: CommunityCentre) -> int:
        return centre.people  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="책임자")
    def managers(self, centre: CommunityCentre) -> int:
        return centre.managers  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="운영시간", empty_value=NOTHING)
    def hours_told(self, centre: CommunityCentre) -> str | None:
        return _hours(centre.weekly_hours)

    @admin.display(description="변경 이력")
    def history(self, centre: CommunityCentre) -> SafeString | str:
        return history_of(KIND, centre, tell=_tell)

    def say_change(self, change: FieldChange) -> str:
        label, new = _tell(change.field, change.new)
        return f"{label}: {_tell(change.field, change.old)[1]} → {new}"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except CentreRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actor: Any = request.user
        told = form.cleaned_data
        correct_centre(
            actor=actor,
            centre=obj,
            address=told["address"] or "",
            address_detail=told["address_detail"],
            postcode=told["postcode"] or None,
            phone=told["telephone"],
            hours=told["hours"],
            now=timezone.now(),
        )

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Who did it is kept with the change itself."""


def _hours(stored: Any) -> str | None:
    if stored is None:
        return None
    week = hours_words(WeeklyHours.from_json(stored))
    return " / ".join(f"{days} {hours}" for days, hours in week)


def _tell(field: str, value: Any) -> tuple[str, str]:
    words = _hours(value) if field == "weekly_hours" else value
    return LABELS.get(field, field), str(words or NOTHING)
