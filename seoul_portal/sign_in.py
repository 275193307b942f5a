"""Tells a person's rights how their session was signed in to, and leads from a closed door on."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from core.web.context import is_public_page
from core.web.devices import device_of
from core.web.problems import is_api


class SignInRecordsMiddleware:
    """Stays as lazy as Django's own: whoever does not ask who it is costs nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(lambda: _who(request))  # type: ignore[assignment]
        told = request.META.get("HTTP_USER_AGENT", "")
        # What allauth writes down of a session: the kind of device, not the browser's whole mark.
        request.META["HTTP_USER_AGENT"] = device_of(told).value
        try:
            return self.get_response(request)
        finally:
            # Whoever counts openings, further out, tells programs from people by it.
            request.META["HTTP_USER_AGENT"] = told

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponseBase | None:
        """Lead a member of staff, whose rights wait for the second factor, to it."""
        if not isinstance(fault, PermissionDenied) or is_public_page(request) or is_api(request):
            return None
        match = request.resolver_match
        if match is not None and match.func.__module__.startswith("allauth."):
            return None  # the way itself
        return to_second_factor(request.get_full_path()) if is_held_back(request) else None


def is_held_back(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_held_back


def to_second_factor(onward: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('account_second_factor')}?{urlencode({'next': onward})}")


def _who(request: HttpRequest) -> User | AnonymousUser:
    person = get_user(request)
    if isinstance(person, User):
        person.sign_in_records = tuple(get_authentication_records(request, person))
    return person
