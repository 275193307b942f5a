"""What the rights that Django keeps allow at the desk: the one place that asks for them."""

from typing import Any

from django.contrib.auth import get_permission_codename
from django.db.models import Model


def can_use_right(actor: Any, right: str) -> bool:
    """Ask the account ("app.codename"): it says no until the second factor has been shown."""
    return bool(actor.has_perm(right))


def can_see_records(actor: Any, model: type[Model]) -> bool:
    """Whoever may change them sees them too."""
    return _can("view", actor, model) or can_change_records(actor, model)


def can_change_records(actor: Any, model: type[Model]) -> bool:
    return _can("change", actor, model)


def _can(deed: str, actor: Any, model: type[Model]) -> bool:
    opts = model._meta
    return can_use_right(actor, f"{opts.app_label}.{get_permission_codename(deed, opts)}")
