"""Who works here, and what they may do; opened to whoever may change users, and to nobody else."""

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from accounts.permissions import can_grant_rights, can_keep_users, can_see_users
from core.desk.exchange import ExportAdmin
from core.desk.exports import ExportColumn, yes
from core.feeds.history_desk import HistoryAdmin
from core.records.sealed_search import SealedSearch

# Django names permissions in English, and of each list four; staff here look and act.
DEEDS = {"view": "보기", "change": "고치기", "add": "추가하기", "delete": "지우기"}
# What only a superuser gives; a group comes with a release, with the rights declared for it.
GIVEN = ("is_staff", "is_superuser", "groups", "user_permissions")

if TYPE_CHECKING:
    PermissionField = forms.ModelMultipleChoiceField[Permission]
else:
    PermissionField = forms.ModelMultipleChoiceField


class PermissionChoice(PermissionField):
    """Permissions in the words of the lists that they open: `복지 | 시설 종류 | 고치기`."""

    def label_from_instance(self, permission: Any) -> str:
        return permission_words(permission)


def permission_words(permission: Permission) -> str:
    kind = permission.content_type
    if kind.model_class() is None:
        return str(permission)
    deed = DEEDS.get(permission.codename.partition("_")[0], permission.name)
    return f"{kind.app_labeled_name} | {deed}"


# Told of somebody, not asked of whoever looks: that only `can_…` does.
EVERYTHING = attrgetter("is_superuser")
COLUMNS = (
    ExportColumn("전자우편", lambda one: one.email),
    ExportColumn("이름", lambda one: one.name),
    ExportColumn("직원", lambda one: yes(one.is_staff)),
    ExportColumn("최상위 관리자", lambda one: yes(EVERYTHING(one))),
    ExportColumn("사용 중", lambda one: yes(one.is_active)),
    ExportColumn("마지막 로그인", lambda one: one.last_login),
)


@admin.register(User)
class UserAdmin(SealedSearch, HistoryAdmin[User], ExportAdmin[User]):
    """People sign up by themselves; here they become staff. Passwords are nobody's business."""

    counted_in = "명"
    export_columns = COLUMNS
    export_name = "users"
    list_display = ("email", "name", "is_staff", "is_superuser", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active")
    search_fields = ("=email", "name")
    search_help_text = "전자우편 주소나 이름으로 찾습니다."
    list_before_template = "admin/accounts/user/joining.html"
    ordering = ("-is_staff", "email")
    fields = ("email", "name", "is_active", *GIVEN)
    readonly_fields = ("email", "name")
    filter_horizontal = ("groups", "user_permissions")

    history_fields = ("is_active", *GIVEN)

    def name_related(self, record: Any) -> str:
        return permission_words(record) if isinstance(record, Permission) else str(record)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = ("email", "name")
        if can_grant_rights(request.user):
            return fixed
        return (*fixed, *GIVEN)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.visible_to(request.user).order_by(*self.ordering)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_see_users(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_see_users(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_keep_users(request.user)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user_permissions":
            kwargs |= {
                "form_class": PermissionChoice,
                "queryset": Permission.objects.select_related("content_type"),
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)
