"""Letters to a person about their own account, and where its pages lead."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class Letters(DefaultAccountAdapter):  # type: ignore[misc]
    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who follows “sign out” after the session has ended is asked in; who sends it is out."""
        if request.method == "POST":
            return str(super().get_logout_redirect_url(request))
        return reverse("account_login")
