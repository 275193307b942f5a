"""Whose page it is: everything below `/my/` belongs to who is signed in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def person_id_of(request: HttpRequest) -> int:
    """Answer the key of who is signed in; the sign-in middleware lets nobody else this far."""
    if request.user.pk is None:
        raise PermissionDenied
    return request.user.pk
