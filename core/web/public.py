"""Marks a view as public: readable without sign-in, cacheable by anyone, and unable to write."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def public(*, max_age: int) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", f"public, max-age={max_age}")
            return response

        return login_not_required(wrapped)

    return decorate
