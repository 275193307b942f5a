"""The group of staff who keep rules, plain words and weights: made here, given by a superuser."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from welfare.permissions import RIGHTS_OF_RULE_KEEPERS, RULE_KEEPERS


@transaction.atomic
def ensure_rule_keepers() -> Group:
    """Make the group, or give it anew what it is declared with; who belongs to it stays."""
    group, _ = Group.objects.get_or_create(name=RULE_KEEPERS)
    names = [right.partition(".")[2] for right in RIGHTS_OF_RULE_KEEPERS]
    held = Permission.objects.filter(content_type__app_label="welfare", codename__in=names)
    group.permissions.set(held)
    return group
