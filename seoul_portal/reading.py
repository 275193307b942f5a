"""Opens a reading for each request, and lets no answer leave before it is written down."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice
from typing import Any, cast

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.models import User
from core.records.enums import Door
from core.records.permissions import can_read_everything
from core.records.reading import PersonId, Reading, ReasonNeeded, recording, system_reading
from core.records.sealed_search import is_sealed_search
from core.records.services import record_looks
from core.web.errors import SERVER_ERROR, UNAVAILABLE, answer
from core.web.problems import is_api
from core.web.public import is_public
from core.web.request_id import current_request_id
from seoul_portal import reasons
from seoul_portal.people_pages import is_about_people, listing_of
from seoul_portal.sign_in import is_held_back

# Pages on which people deal with their own accounts: what they look up of others (is this address
# taken?) they do not show.
# Not the one that asks for the password again: it may go on with the page that wanted it.
OWN_ACCOUNT = re.compile(r"(account|mfa|socialaccount|usersessions)_(?!reauthenticate)")
ADMIN = "/admin/"

log = structlog.get_logger("portal.reading")


class ReadingMiddleware:
    """Stands before all that reads personal data: pages, the admin and the API.

    What was read of whom is one statement when the view is done. Where it fails nothing is shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reading = Reading(_door(request), current_request_id.get())
        request.reading = reading  # type: ignore[attr-defined]
        with recording(reading):
            response = self.get_response(request)
        return _told(request, reading, response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        reading: Reading = request.reading  # type: ignore[attr-defined]
        match = request.resolver_match
        if match is not None and OWN_ACCOUNT.match(match.view_name or ""):
            reading.is_off = True
        elif getattr(view, "login_required", True) and request.user.is_authenticated:
            reading.actor_id = request.user.pk
            reading.listing = listing_of(request)
            if can_read_everything(request.user):
                reading.reason = reasons.given(request)
                reading.wants_reason = not reading.reason
                # A search answers by its number alone, before there is a row to be read. Whoever
                # has not shown the second factor is led to it first, by the page itself.
                held_back = is_held_back(request)
                # Words to search for are sealed first, and asked about where they lead: at this
                # address may still stand the search before.
                is_asked = is_about_people(request) and not is_sealed_search(request)
                if reading.wants_reason and not held_back and is_asked:
                    return reasons.ask(request)
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        return reasons.ask(request) if isinstance(exception, ReasonNeeded) else None


# A file's heading and its first rows: by then it has shown whether it tells of people.
FIRST_CHUNKS = 4


def _door(request: HttpRequest) -> Door:
    if is_api(request):
        return Door.API
    return Door.ADMIN if request.path_info.startswith(ADMIN) else Door.PAGE


def _told(request: HttpRequest, reading: Reading, response: HttpResponseBase) -> HttpResponseBase:
    if reading.was_refused:  # also where something in between caught the exception
        return reasons.ask(request)
    if isinstance(response, StreamingHttpResponse) and not response.is_async:
        told = _told_while_streaming(
            request, reading, cast(Iterable[bytes], response.streaming_content)
        )
        try:
            # Whoever must say why is asked instead of getting the beginning of a file.
            begun = list(islice(told, FIRST_CHUNKS)) if reading.wants_reason else []
        except ReasonNeeded:
            return reasons.ask(request)
        response.streaming_content = chain(begun, told)
        return response
    if not reading.seen:
        return response
    try:
        _write(request, reading)
    except Exception as fault:
        log.exception("an answer was held back: its reading could not be recorded")
        away = isinstance(fault, DatabaseError)
        return answer(request, UNAVAILABLE if away else SERVER_ERROR)
    return response


def _told_while_streaming(
    request: HttpRequest, reading: Reading, chunks: Iterable[bytes]
) -> Iterator[bytes]:
    """Write down what a chunk shows before it leaves; each person once for each holding."""
    rest, written = iter(chunks), set[tuple[PersonId, str]]()
    while True:
        with recording(reading):
            chunk = next(rest, None)
        if reading.seen:
            written |= _write(request, reading, written)
        if chunk is None:
            return
        yield chunk


def _write(
    request: HttpRequest,
    reading: Reading,
    written: set[tuple[PersonId, str]] | None = None,
) -> set[tuple[PersonId, str]]:
    """Record what was seen since the last time, and forget it; answers whom, and what of them."""
    match = request.resolver_match
    if match is not None and is_public(match.func):
        raise PublicPageTold(f"{match.view_name} is public, and read {sorted(_names(reading))}")
    actor = getattr(request, "user", None)
    reading.actor_id = getattr(actor, "pk", None)
    fresh = _not_yet(reading.by_person(), written or set())
    reading.seen = {}
    if fresh:
        if isinstance(actor, User):
            reading.office_id = reading.office_id or _office_of(actor, reading.door, fresh)
        record_looks(people=fresh, reading=reading, actor_name=_name_of(actor), now=timezone.now())
    return {(person, name) for person, holdings in fresh.items() for name in holdings}


def _not_yet(
    people: dict[PersonId, Counter[str]], written: set[tuple[PersonId, str]]
) -> dict[PersonId, Counter[str]]:
    left = {
        person: Counter({name: n for name, n in found.items() if (person, name) not in written})
        for person, found in people.items()
    }
    return {person: found for person, found in left.items() if found}


def _name_of(actor: object) -> str:
    """Answer what the log calls somebody for ever, and shows to whom they read about."""
    return getattr(actor, "called", "")


def _office_of(actor: User, door: Door, people: Collection[PersonId]) -> int | None:
    """Answer from where somebody read: of several offices nobody knows, and a helper reads for
    whom they help, wherever else they work."""
    with system_reading("in which office the reader works"):
        offices = {duty.office_id for duty in actor.duties}
        if len(offices) != 1:
            return None
        if door == Door.PAGE and _helped_by(actor) & set(people):
            return None
    return offices.pop()


def _helped_by(actor: User) -> set[PersonId]:
    return {one.person_id for one in actor.mandates if one.helper_id == actor.pk}


def _names(reading: Reading) -> set[str]:
    return {watch.holding for watch in reading.seen}


class PublicPageTold(RuntimeError):
    """A page that anybody may keep has read personal data; its answer is held back."""
