"""The desk's menu: worklists first, then every list that a person may see, drawn once for all who
may see the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts import queries
from core.areas import policy_areas
from core.cases.worklists import WORKLISTS as CASES
from core.desk.frames import frames, hole, mark
from core.desk.worklists import Worklist
from core.feeds.worklists import WORKLISTS
from core.kpi.worklists import WORKLISTS as OF_INDICATORS
from core.notices.worklists import WORKLISTS as OF_NOTICES

NAME, EMAIL, INITIAL, TOKEN = map(hole, range(4))


@cache
def worklists() -> tuple[Worklist, ...]:
    """Answer what the areas declare, then what people, feeds and messages leave to do."""
    of_areas = (one for area in policy_areas() for one in area.worklists)
    of_rooms = (*WORKLISTS, *OF_NOTICES, *OF_INDICATORS)
    return (*CASES, *of_areas, *queries.WORKLISTS, *of_rooms)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Worklists first, then every list that this person may see, by app; each page once.

    A list that is a worklist as it stands (its first filter keeps what waits) is among those alone.
    """
    mine = [one for one in worklists() if one.is_shown_to(request.user)]
    first = [
        {"title": str(one.title), "icon": one.icon, "link": one.url, "active": one.is_open}
        for one in mine
    ]
    groups: list[dict[str, Any]] = [
        {
            "title": "할 일",
            "items": [{"title": "한눈에", "icon": "home", "link": reverse("admin:index")}, *first],
        }
    ]
    taken = {one.url for one in mine}
    is_elsewhere = any(one.is_open(request) for one in mine)
    for app in admin.site.get_app_list(request):
        items = [
            {"title": str(model["name"]), "link": model["admin_url"]}
            | ({"active": _never} if is_elsewhere else {})
            for model in app["models"]
            if model["admin_url"] and model["admin_url"] not in taken
        ]
        if items:
            groups.append(
                {"title": str(app["name"]), "separator": True, "collapsible": True, "items": items}
            )
    return groups


def _never(request: HttpRequest) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Somebody:
    """Stands for whoever looks while the menu is drawn: holes, and what leaves a trace in it."""

    has_usable_password: bool

    email = mark(EMAIL)
    get_username = mark(NAME)
    avatar_url = ""

    @property
    def get_full_name(self) -> "Named":
        return Named()


class Named(str):
    """A name that is a hole, and so is its first letter."""

    __slots__ = ()

    def __new__(cls) -> "Named":
        return super().__new__(cls, mark(NAME))

    def __getitem__(self, _: object) -> SafeString:
        return mark(INITIAL)


def draw_menu(request: HttpRequest, frame: dict[str, Any], token: str) -> SafeString:
    """Answer the menu of whoever asks, which says where they are.

    What they may see is asked anew each time; the markup follows from that, and is kept.
    """
    user: Any = request.user
    key = ("menu", _shown_to(request), _open_entries(request), user.has_usable_password())
    drawn = frames.get(key, lambda: _draw(request, frame))
    name = user.get_username()
    return drawn.filled({NAME: name, EMAIL: user.email, INITIAL: name[:1].upper(), TOKEN: token})


def _shown_to(request: HttpRequest) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Answer the worklists, by their place, and the lists that this person may see."""
    lists = tuple(place for place, one in enumerate(worklists()) if one.is_shown_to(request.user))
    return lists, tuple(_lists_for(request))


def _lists_for(request: HttpRequest) -> Iterator[str]:
    for model, desk in admin.site._registry.items():  # noqa: SLF001
        if desk.has_module_permission(request) and desk.has_view_or_change_permission(request):
            yield model._meta.label


def _open_entries(request: HttpRequest) -> tuple[str, tuple[int, ...]]:
    """Answer which list the page belongs to, and which worklists it is as it stands."""
    home, lists, of_worklists = _places()
    place = "/".join(request.path.split("/", 4)[:4]) + "/"
    here = place if place in lists or request.path == home else ""
    found = of_worklists.get(place, ()) if len(request.path) > len(home) else ()
    asked = request.GET
    return here, tuple(
        number
        for number, path, query in found
        if request.path.startswith(path) and all(asked.get(name) == told for name, told in query)
    )


@cache
def _places() -> tuple[str, frozenset[str], dict[str, tuple[Any, ...]]]:
    """Answer where the desk begins, where its lists are, and the worklists below each address."""
    lists = {
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry  # noqa: SLF001
    }
    below: dict[str, list[Any]] = {}
    for number, one in enumerate(worklists()):
        place = "/".join(one.path.split("/", 4)[:4]) + "/"
        below.setdefault(place, []).append((number, one.path, parse_qsl(one.query)))
    return reverse("admin:index"), frozenset(lists), {at: tuple(all_) for at, all_ in below.items()}


def _draw(request: HttpRequest, frame: dict[str, Any]) -> str:
    user: Any = request.user
    site: Any = admin.site
    somebody = Somebody(has_usable_password=user.has_usable_password())
    context = {
        **frame,
        "branding": render_to_string("unfold/helpers/site_branding.html", frame),
        "sidebar_navigation": site.get_sidebar_list(request),
        "user": somebody,
        "request": SimpleNamespace(user=somebody, path=request.path, META={}),
        "csrf_token": mark(TOKEN),
    }
    return render_to_string("admin/nav_sidebar.html", context)
