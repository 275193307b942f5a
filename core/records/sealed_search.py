"""Searches of staff for people: the address of what was found names nobody.

A counter's PC keeps what its browser was at, and a proxy logs it. So the words are sent in a form's
body and come back in the address sealed, for nobody but whoever sent them.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from core.records.encryption import Unreadable, keyring

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.admin.views.main import ChangeList

    class AnyList(ChangeList): ...

    class AnyDesk(ModelAdmin[Any]): ...
else:
    AnyList = AnyDesk = object

SENT_ALONG = ("csrfmiddlewaretoken", SEARCH_VAR)
# As many as the page's own field takes: sealed words are four times as long in an address.
MOST = 200


def sealed_words(request: HttpRequest, words: str) -> str:
    return keyring().seal(_bound_to(request) + words)


def words_of(request: HttpRequest, sealed: str) -> str:
    """Answer the words; what was not sealed here, and by this person, is taken as it stands."""
    try:
        opened = keyring().open(sealed)
    except Unreadable:
        return sealed
    # Other sealed texts, the database's own, are opened for nobody by this way.
    bound = _bound_to(request)
    return opened.removeprefix(bound) if opened.startswith(bound) else sealed


def _bound_to(request: HttpRequest) -> str:
    return f"desk-search:{request.user.pk}:"


def is_sealed_search(request: HttpRequest) -> bool:
    """Say whether this only asks for an address: whoever is led to it is told nothing yet."""
    match = request.resolver_match
    desk = getattr(match.func, "model_admin", None) if match is not None else None
    is_of_list = match is not None and (match.url_name or "").endswith("_changelist")
    return isinstance(desk, SealedSearch) and is_of_list and _is_sent(request)


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and SEARCH_VAR in request.POST


class _SealedList(AnyList):
    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        self.query: str = words_of(request, self.query)
        rows: QuerySet[Any] = super().get_queryset(request, *args, **kwargs)
        return rows


class SealedSearch(AnyDesk):
    """A list of the admin that is searched for people; `templates/admin/<app>/<model>/` has its
    form (`search_form.html`).
    """

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Any]:
        return type("SealedList", (_SealedList, super().get_changelist(request, **kwargs)), {})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not _is_sent(request):
            answer: HttpResponse = super().changelist_view(request, extra_context)
            return answer
        told = QueryDict(mutable=True)
        for name, values in request.POST.lists():
            if name not in SENT_ALONG:
                told.setlist(name, values)
        words = request.POST[SEARCH_VAR].strip()
        if len(words) > MOST:
            messages.warning(request, f"찾는 말이 길어 앞 {MOST}자로만 찾았습니다.")
        if words := words[:MOST].strip():
            told[SEARCH_VAR] = sealed_words(request, words)
        return HttpResponseRedirect(f"{request.path}?{told.urlencode()}")
