"""Who works here, and what they may do; opened to whoever may change users, and to nobody else."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from core.desk.lists import DeskAdmin


@admin.register(User)
class UserAdmin(DeskAdmin[User]):
    """People sign up by themselves; here they become staff. Passwords are nobody's business."""

    list_display = ("email", "name", "is_staff", "is_superuser", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active")
    search_fields = ("=email", "name")
    search_help_text = "전자우편 주소나 이름으로 찾습니다."
    ordering = ("-is_staff", "email")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "user_permissions")
    readonly_fields = ("email", "name")
    filter_horizontal = ("user_permissions",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Only those who may do everything may let others do everything."""
        fixed = ("email", "name")
        if request.user.is_superuser:
            return fixed
        return (*fixed, "is_staff", "is_superuser", "user_permissions")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people = super().get_queryset(request)
        # Whoever is no superuser cannot put one out of office.
        return people if request.user.is_superuser else people.filter(is_superuser=False)
