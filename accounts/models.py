"""Who signs in: a user whose name is an e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("전자우편", max_length=254, unique=True)
    name = models.CharField("이름", max_length=60, blank=True)
    is_staff = models.BooleanField("직원", default=False)
    is_active = models.BooleanField("사용 중", default=True)
    joined_at = models.DateTimeField("가입 시각", default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "이용자"
        verbose_name_plural = "이용자"
        constraints = [
            models.CheckConstraint(
                # One person, one address: written in small letters, so that `unique` means it.
                condition=models.Q(email=Lower(F("email"))),
                name="accounts_user_email_is_lower_case",
                violation_error_message="전자우편 주소는 소문자로 적어야 합니다.",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()
