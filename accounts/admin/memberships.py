"""Who works where: a manager asks people into their own office, and lets them leave it."""

import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.admin.words import NOTHING, history_of
from accounts.enums import Role
from accounts.forms import LeavingForm
from accounts.models import Membership
from accounts.permissions import (
    can_end_membership,
    can_manage_some_office,
    can_see_memberships,
)
from accounts.services import MembershipRefused, end_membership
from accounts.services.membership_list import MEMBERSHIP_LIST
from accounts.services.memberships import KIND
from core.desk.exchange import ExchangeAdmin
from core.desk.exports import ExportColumn
from core.feeds.history_desk import HistoryPage
from core.records.sealed_search import SealedSearch

SOON = datetime.timedelta(days=14)
# Titles as the import reads them: a list that went out can come in again.
EXPORT = (
    ExportColumn("전자우편", lambda one: one.person.email),
    ExportColumn("이름", lambda one: one.person.name),
    ExportColumn("기관", lambda one: one.office.name),
    ExportColumn("역할", lambda one: one.get_role_display()),
    ExportColumn("시작일", lambda one: one.starts_date),
    ExportColumn("마지막 날", lambda one: one.ends_date),
)


class StateFilter(admin.SimpleListFilter):
    title = "상태"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "근무 중"), ("soon", "2주 안에 끝남"), ("over", "끝남")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Membership]"
    ) -> "QuerySet[Membership]":
        today = timezone.localdate()
        rows = Membership.objects.filter(pk__in=queryset.values("pk"))
        match self.value():
            case "now":
                rows = rows.current_on(today)
            case "soon":
                rows = rows.current_on(today).filter(ends_date__lte=today + SOON)
            case "over":
                rows = rows.exclude(pk__in=rows.not_over_on(today).values("pk"))
        return rows


@admin.register(Membership)
class MembershipAdmin(SealedSearch, HistoryPage[Membership], ExchangeAdmin[Membership]):
    listing = MEMBERSHIP_LIST
    export_columns = EXPORT
    export_name = "memberships"
    list_display = (
        "person_name", "person_email", "office_name", "role", "starts_date", "ends_date",
        "state",
    )  # fmt: skip
    list_filter = (StateFilter, "role", "office__kind")
    list_select_related = ("person", "office")
    search_fields = ("=person__email", "person__name", "office__name")
    search_help_text = "사람의 이름이나 전자우편 주소, 기관 이름으로 찾습니다."
    ordering = ("-starts_date", "-pk")

    # Who may: by the office of each row.

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_see_memberships(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_see_memberships(request.user)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return can_manage_some_office(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return can_manage_some_office(request.user)
        over = obj.is_over_on(timezone.localdate())
        return can_end_membership(request.user, obj) and not over

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return Membership.objects.visible_to(request.user)

    # What is asked, and what is told.

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        told = ("person_name", "person_email", "office_name", "role", "starts_date")
        if self.has_change_permission(request, obj):
            known = ("is_known",) if obj.role == Role.MANAGER else ()
            return (*told, "ends_date", "at_once", *known, "history")
        return (*told, "ends_date", "state", "history")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(
            name
            for name in self.get_fields(request, obj)
            if name not in ("ends_date", "at_once", "is_known")
        )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None and self.has_change_permission(request, obj):
            kwargs["form"] = LeavingForm
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.actor = request.user
        return form

    @admin.display(description="이름", ordering="person__name", empty_value=NOTHING)
    def person_name(self, membership: Membership) -> str | None:
        return membership.person.name or None

    @admin.display(description="전자우편", ordering="person__email")
    def person_email(self, membership: Membership) -> str:
        return membership.person.email

    @admin.display(description="기관", ordering="office__name")
    def office_name(self, membership: Membership) -> str:
        """By name alone: the page of an office is not everybody's."""
        return membership.office.name

    @admin.display(description="상태")
    def state(self, membership: Membership) -> str:
        return membership.state_on(timezone.localdate())

    @admin.display(description="변경 이력")
    def history(self, membership: Membership) -> SafeString | str:
        return history_of(KIND, membership, tell=_tell)

    # What is done: by the services alone.

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody is put to work who was not asked: the button leads to the invitation."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:accounts_invitation_add"))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer what a service refuses after the form was right (somebody else was quicker)."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except MembershipRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actor: Any = request.user
        told = form.cleaned_data
        end_membership(
            actor=actor,
            membership=obj,
            now=timezone.now(),
            last_day=None if told["at_once"] else told["ends_date"],
            is_known_to_leave_nobody=told.get("is_known", False),
        )

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Who did it is kept with the change itself."""


def _tell(field: str, value: Any) -> tuple[str, str]:
    if field == "role":
        return "들어옴", str(Role(value).label) if value else NOTHING
    return "마지막 날", value or NOTHING
