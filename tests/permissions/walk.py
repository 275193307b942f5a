"""Asks every address as every role, and says who was let in."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core.web.public import open_routes
from tests.permissions.roles import ROLES, World
from tests.permissions.table import DESKS, NOBODY, PAGES, Desk, Row
from tests.sign_in import sign_in

# Where whoever is not let in is sent: to sign in, to set up a second factor, or to the desk.
ELSEWHERE = re.compile(
    r"/(accounts|admin)/login/|/accounts/(second-factor/|2fa/($|totp/activate/))|/admin/$"
)
REFUSALS = {401, 403, 404}
# What Django adds to each of its own lists, and the only ones that a row of the table stands for.
OBJECT = "<path:object_id>"
FORM = "<str:form>"
# Led on to a page that has a row of its own, or to none.
NO_DOOR = re.compile(
    r"accounts/(second-factor/|social/.*)"
    r"|admin/(logout/|password_change/(done/)?|autocomplete/|r/.*|\(\?P<url>.*|.*<path:object_id>/)"
)


@dataclass(frozen=True)
class Asked:
    """One address as the walk asks it, and the roles that it must let in."""

    route: str
    path: str
    open_to: frozenset[str]
    sends: bool = False


def every_route() -> list[str]:
    """Answer every address of the URLconf as it is written there, without regex anchors."""
    return [re.sub(r"[$^]", "", route) for route in _below(get_resolver(), "")]


def _below(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _below(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def routes_open_to_all() -> set[str]:
    return {re.sub(r"[$^]", "", route) for route, _ in open_routes()}


def routes_of(desk: Desk) -> dict[str, frozenset[str]]:
    """Answer the addresses that Django makes for a model, with the roles that each lets in."""
    base = f"admin/{desk.model.replace('.', '/')}/"
    lists = desk.look if desk.lists is None else desk.lists
    file = {f"{base}export/{FORM}/": lists} if desk.exports else {}
    return file | {
        base: lists,
        f"{base}{OBJECT}/history/": desk.look if desk.history is None else desk.history,
        f"{base}{OBJECT}/change/": desk.look,
        f"{base}add/": desk.add,
        f"{base}{OBJECT}/delete/": desk.delete,
    }


def routes_told() -> dict[str, frozenset[str]]:
    """Answer every address that the table speaks of, each with the roles that it lets in."""
    rows = [*PAGES, *(row for desk in DESKS for row in desk.extra)]
    told = {route: row.open_to for row in rows for route in row.routes}
    for desk in DESKS:
        told |= routes_of(desk)
    return told


def everything_to_ask(world: World) -> Iterator[Asked]:
    for row in PAGES:
        yield from _of_row(row, world)
    for desk in DESKS:
        key = desk.sample(world)
        for route, roles in routes_of(desk).items():
            path = route.replace(OBJECT, key).replace(FORM, "csv")
            yield Asked(route, f"/{path}", roles)
        if desk.change:
            yield Asked(
                "", f"/admin/{desk.model.replace('.', '/')}/{key}/change/", desk.change, True
            )
        for row in desk.extra:
            yield from _of_row(row, world)
    for label in sorted({desk.model.partition(".")[0] for desk in DESKS}):
        if f"admin/{label}/" in routes_told():  # unfold's search hides the index of our search app
            continue
        looking = [
            desk.look | (desk.lists or NOBODY)
            for desk in DESKS
            if desk.model.startswith(f"{label}.")
        ]
        yield Asked(f"admin/{label}/", f"/admin/{label}/", NOBODY.union(*looking))


def _of_row(row: Row, world: World) -> Iterator[Asked]:
    given = row.sample(world) if row.sample else {}
    for route in row.routes:
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: given[found[1]], route)
        yield Asked(route, f"/{path}", row.open_to, row.sends)


def lets_in(client: Client, asked: Asked) -> bool:
    """Ask, and say whether the page was given: neither refused, nor sent to sign in, nor home."""
    ask = client.post if asked.sends else client.get
    with transaction.atomic():  # what one role does must not be done when the next one asks
        response: HttpResponse = ask(asked.path)
        if response.streaming:
            list(response)  # read to its end, a download lets go of its file
        transaction.set_rollback(True)
    if response.status_code in REFUSALS:
        return False
    return not (response.status_code == 302 and ELSEWHERE.match(response["Location"]))


def clients(world: World) -> dict[str, Client]:
    """Answer a browser for every role, each signed in just now and in two steps."""
    found = {role: Client() for role in ROLES}
    for role, person in world.people.items():
        sign_in(found[role], person)
        session = found[role].session
        session["why"] = {"reason": "a walk", "until": time.time() + 3600}
        session.save()
    return found


def registered_models() -> set[str]:
    return {model._meta.label_lower for model in admin.site._registry}
