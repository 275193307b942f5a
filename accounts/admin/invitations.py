"""Whom an office has asked to work there: addresses as they were typed, until they answer."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.admin.words import NOTHING, history_of
from accounts.enums import Role
from accounts.forms import InvitingForm, WithdrawingForm
from accounts.models import Invitation
from accounts.permissions import (
    can_manage_every_office,
    can_manage_some_office,
    can_withdraw_invitation,
)
from accounts.services import InvitationRefused, invite, withdraw_invitation
from accounts.services.invitations import KIND
from core.desk.lists import DeskAdmin
from core.feeds.history_desk import HistoryPage
from core.offices.models import Office
from core.records.sealed_search import SealedSearch

TYPED = ("email", "office", "role", "starts_date", "ends_date")


def offices_to_choose(request: HttpRequest) -> QuerySet[Office]:
    """Answer the open offices into which this person may ask somebody."""
    offices = Office.objects.open_on(timezone.localdate()).by_name()
    if can_manage_every_office(request.user):
        return offices
    return offices.filter(pk__in=request.user.managed_office_ids)  # type: ignore[union-attr]


@admin.register(Invitation)
class InvitationAdmin(SealedSearch, HistoryPage[Invitation], DeskAdmin[Invitation]):
    list_display = (
        "email", "office_name", "role", "starts_date", "ends_date", "state", "expires_date",
    )  # fmt: skip
    list_filter = ("role",)
    list_select_related = ("office",)
    search_fields = ("=email",)
    search_help_text = "초대한 전자우편 주소로 찾습니다."
    ordering = ("-invited_at", "-pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_manage_some_office(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_manage_some_office(request.user)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return can_manage_some_office(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return can_manage_some_office(request.user)
        is_open = obj.is_open_on(timezone.localdate())
        return is_open and can_withdraw_invitation(request.user, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return Invitation.objects.visible_to(request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return TYPED
        told = (
            "email", "office_name", "role", "starts_date", "ends_date", "expires_date", "state",
            "history",
        )  # fmt: skip
        return (*told, "withdraw") if self.has_change_permission(request, obj) else told

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        return tuple(name for name in self.get_fields(request, obj) if name != "withdraw")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None or self.has_change_permission(request, obj):
            kwargs["form"] = WithdrawingForm if obj else InvitingForm
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.actor = request.user
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "office":
            kwargs["queryset"] = offices_to_choose(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="기관", ordering="office__name")
    def office_name(self, invitation: Invitation) -> str:
        return invitation.office.name

    @admin.display(description="상태")
    def state(self, invitation: Invitation) -> str:
        return invitation.state_on(timezone.localdate())

    @admin.display(description="변경 이력")
    def history(self, invitation: Invitation) -> SafeString | str:
        return history_of(KIND, invitation, tell=_tell)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer what a service refuses after the form was right (somebody else was quicker)."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except InvitationRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actor: Any = request.user
        if change:
            withdraw_invitation(actor=actor, invitation=obj, now=timezone.now())
            return
        told = {name: form.cleaned_data[name] for name in TYPED}
        made = invite(actor=actor, now=timezone.now(), **told)
        obj.pk, obj._state.adding = made.pk, False  # noqa: SLF001
        obj.refresh_from_db()

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Who did it is kept with the change itself."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Who did it is kept with the change itself."""


def _tell(field: str, value: Any) -> tuple[str, str]:
    return "초대", str(Role(value).label) if value else NOTHING
