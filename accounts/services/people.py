"""What a person is called; a person with a confirmed address, as `demo` and operators need one."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.models import User


def set_name(*, person: User, name: str) -> None:
    """Call somebody so from now on; an empty name takes it back."""
    person.name = " ".join(name.split())
    person.save(update_fields=["name"])


@transaction.atomic
def ensure_person(
    *,
    email: str,
    name: str,
    password: str,
    is_staff: bool = False,
    is_superuser: bool = False,
    may_manage: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
) -> User:
    """Create a person or set an existing one as told; their address counts as confirmed.

    `may_manage` names apps whose records the person may see and change, but neither add nor delete;
    `groups` the groups of staff that they belong to.
    """
    fields = {"name": name, "is_staff": is_staff, "is_superuser": is_superuser, "is_active": True}
    person, _ = User.objects.update_or_create(email=email, defaults=fields)
    if not person.check_password(password):
        person.set_password(password)
        person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=email, defaults={"verified": True, "primary": True}
    )
    person.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=may_manage, codename__regex=r"^(view|change)_"
        )
    )
    person.groups.set(Group.objects.filter(name__in=groups))
    return person
