"""Who signs in: a user whose name is an e-mail address."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission, PermissionsMixin
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.enums import CASEWORK, DESK, Role
from accounts.rules import HeldFactor, SecondFactor, judge_second_factor, mask_address
from core.offices.people import Home
from core.records.asking import AskedAbout
from core.records.permissions import can_read_everything

if TYPE_CHECKING:
    from accounts.models.delegation import Delegation
    from accounts.models.membership import Membership

# Asked in nearly every request of somebody who has signed in.
FACTORS = AskedAbout(
    lambda user: Authenticator.objects.filter(user=user).values_list(
        "pk", "type", "data__confirmed_at"
    ),
    -1,
)
RIGHT = ("content_type__app_label", "codename")
RIGHTS = AskedAbout(
    lambda user: (
        Permission.objects.filter(user=user)
        .order_by()
        .values_list(*RIGHT)
        .union(Permission.objects.filter(group__user=user).order_by().values_list(*RIGHT))
    ),
    -1,
)


# What the database counts people with.
MOST_NUMBER = 2**63


@cache
def columns() -> list[str]:
    return [field.attname for field in User._meta.concrete_fields]


@cache
def somebody() -> AskedAbout:
    return AskedAbout(lambda number: User.objects.filter(pk=number).values_list(*columns()), -1)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """Load who has signed in as quickly as can be: Django asks for them in each request."""
        is_simple = not args and kwargs.keys() == {"pk"} and isinstance(kwargs["pk"], int)
        is_simple = is_simple and 0 < kwargs["pk"] < MOST_NUMBER
        # What hangs on a relation keeps to it.
        if not is_simple or type(self) is not UserManager or self._db:
            return super().get(*args, **kwargs)
        rows = somebody()(kwargs["pk"])
        if not rows:
            raise self.model.DoesNotExist
        return self.model.from_db(DEFAULT_DB_ALIAS, columns(), rows[0])

    def visible_to(self, actor: object) -> "models.QuerySet[User]":
        """Keep all but superusers, whom none but superusers may put out of office."""
        return self.all() if can_read_everything(actor) else self.filter(is_superuser=False)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("전자우편", max_length=254, unique=True)
    name = models.CharField("이름", max_length=60, blank=True)
    is_staff = models.BooleanField("직원", default=False)
    is_active = models.BooleanField("사용 중", default=True)
    joined_at = models.DateTimeField("가입 시각", default=timezone.now)

    objects = UserManager()

    # How the session was signed in to, as allauth records it. None outside of one (a task, a
    # command): nobody is there who could be asked for a second factor.
    sign_in_records: Sequence[Mapping[str, Any]] | None = None

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
        """Say what colleagues call them: lists and logs of the desk hold nobody's whole address."""
        return self.called

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def called(self) -> str:
        """What others call this person who deal with their matters: never by the whole address."""
        return self.name or mask_address(self.email)

    # What a person may do follows from these; each request loads its user, and so them, anew.

    @cached_property
    def duties(self) -> tuple["Membership", ...]:
        """The roles held today, with their offices: one query a request."""
        if self.pk is None:
            return ()
        held: Any = apps.get_model("accounts", "Membership").objects
        return tuple(held.held_by(self.pk, on=timezone.localdate()))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset() if self.is_held_back else self._held_roles

    @property
    def office_ids(self) -> frozenset[int]:
        return self._offices_as(CASEWORK)

    @property
    def managed_office_ids(self) -> frozenset[int]:
        return self._offices_as(frozenset({Role.MANAGER}))

    @property
    def works_at_the_desk(self) -> bool:
        if not self.is_active or self.is_held_back:
            return False
        return self.is_staff or bool(self.roles & DESK)

    @property
    def reads_about_people(self) -> bool:
        """Whoever can read other people's data signs in with two factors."""
        return self.is_active and (
            self.is_superuser or self.is_staff or bool(self._held_roles & CASEWORK)
        )

    @cached_property
    def mandates(self) -> tuple["Delegation", ...]:
        """What lets this person act for others today: one query a request, beside the duties."""
        if self.pk is None or not self.is_active:
            return ()
        held: Any = apps.get_model("accounts", "Delegation").objects
        return tuple(held.mandates_of(self.pk, self.office_ids, on=timezone.localdate()))

    @cached_property
    def home(self) -> Home:
        """Whom somebody lives with, by the function that the setting AT_HOME names.

        Asked of those alone who work on requests.
        """
        if not self.office_ids:
            return Home()
        find: Callable[[int], Home] = import_string(settings.AT_HOME)
        return find(self.pk)

    @cached_property
    def second_factor(self) -> SecondFactor:
        """How far it has come in this session: one query, for those who are asked for one."""
        if self.sign_in_records is None:
            return SecondFactor.SHOWN
        factors = [
            HeldFactor(number, kind, bool(confirmed))
            for number, kind, confirmed in FACTORS(self.pk)
        ]
        return judge_second_factor(factors, self.sign_in_records)

    @property
    def is_held_back(self) -> bool:
        """In a session that has not shown the second factor, staff may do what citizens may."""
        return self.reads_about_people and self.second_factor is not SecondFactor.SHOWN

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self._has_its_rights() and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return self._has_its_rights() and super().has_module_perms(app_label)

    def _has_its_rights(self) -> bool:
        """Say no until the second factor was shown; else see to it that the rights are known.

        They are asked at once, what Django's backends would ask in two, and kept where they would.
        """
        if self.is_held_back:
            return False
        if not (self.is_superuser or not self.is_active or hasattr(self, "_perm_cache")):
            self._perm_cache = {f"{app}.{name}" for app, name in RIGHTS(self.pk)}
        return True

    @property
    def sees_figures(self) -> bool:
        return (
            self.is_active
            and not self.is_held_back
            and (self.is_superuser or Role.OFFICIAL in self.roles)
        )

    def represented_ids(self, purpose: str, *, besides: int | None = None) -> frozenset[int]:
        """The people for whom this person may act today: `purpose` is an area, or `area.matter`.

        What the office `besides` was given is left out.
        """
        return frozenset(
            one.person_id
            for one in self.mandates
            if one.covers(purpose) and (one.office_id is None or one.office_id != besides)
        )

    @property
    def _held_roles(self) -> frozenset[Role]:
        return self._roles_of_duties if self.is_active else frozenset()

    @cached_property
    def _roles_of_duties(self) -> frozenset[Role]:
        """A page of the desk asks a hundred times."""
        return frozenset(Role(duty.role) for duty in self.duties)

    def _offices_as(self, roles: frozenset[Role]) -> frozenset[int]:
        if not self.is_active or self.is_held_back:
            return frozenset()
        return frozenset(duty.office_id for duty in self.duties if duty.role in roles)
