"""Who asks for a page below `/my/`."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Answer the person; nobody else gets below `/my/` (the sign-in is asked for before)."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def person_id_of(request: HttpRequest) -> int:
    """Answer the key of who is signed in."""
    return int(signed_in(request).pk)
