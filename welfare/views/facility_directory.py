"""The directory: filters on the left, what was found on the right, the districts below."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.web.addresses import changed, plain, spelt, tidied
from core.web.drawn import drawn_around, drawn_from_data
from core.web.filters import ActiveFilter
from core.web.pagination import Pager
from core.web.public import public
from core.web.templatetags.components import tag
from core.web.tiles import tiles_of
from welfare.forms import FacilityFilterForm
from welfare.queries import (
    FacilityFilters,
    FacilityPage,
    FiltersRefused,
    directory,
    facility_page,
    one_value,
    read_filters,
)
from welfare.views import facility_words as words
from welfare.views.facility_cards import drawn_list

# Filters whose values are known beforehand, and those into which anything may be typed.
CHOSEN = ("district", "family", "kind", "radius", "accessible")
TYPED = ("q", "near", "place", "open_at")


@public(max_age=60)
def facility_list(request: HttpRequest) -> HttpResponse:
    query = tidy(request.GET)
    if query != request.GET:
        return HttpResponseRedirect(spelt(plain(query)))
    now = timezone.now()
    try:
        filters = read_filters(query, now=now)
    except FiltersRefused as refused:
        return _refused(request, refused)
    page = facility_page(filters, on=timezone.localdate(now))
    pager = Pager(
        number=filters.page,
        count=page.count,
        size=filters.page_size,
        count_capped=page.count_capped,
    )
    status = 200 if pager.is_in_range else 404
    context = _frame(query, {}) | _found(query, page, pager, now)
    return render(request, "welfare/facility_list.html", context, status=status)


def tidy(query: QueryDict) -> QueryDict:
    """Answer the address as one would say it aloud: without what a form sends empty or twice."""
    given = {name: one_value(name, query.getlist(name)) for name in query}
    if given.get("place"):
        given["near"] = ""
    kind = directory().by_name.get(given.get("kind", ""))
    if kind and given.get("family", kind.family) not in ("", kind.family):
        given["kind"] = ""
    return tidied(given)


def _refused(request: HttpRequest, refused: FiltersRefused) -> HttpResponse:
    context = _frame(request.GET, refused.errors) | {"page": None, "heading": _("복지시설 찾기")}
    return render(request, "welfare/facility_list.html", context, status=400)


def _frame(query: QueryDict, errors: dict[str, str]) -> dict[str, Any]:
    """Answer what is there whether or not the address could be read."""
    shown = {name: query.get(name, "") for name in query}
    return {
        "q": shown.get("q", ""),
        "form": FacilityFilterForm(shown, errors=errors) if errors else None,
        "filters_side": _filters_side(shown, errors),
        "is_filtered": bool(query),
    }


def _filters_side(shown: dict[str, str], errors: dict[str, str]) -> SafeString:
    """Answer the filters, drawn once where nothing was typed: choices are the same for all."""
    known = {name: shown[name] for name in CHOSEN if shown.get(name)}
    is_now = shown.get("open_at") == "now"
    typed = {name for name in TYPED if shown.get(name)} - ({"open_at"} if is_now else set())
    if errors or typed:
        return _draw_filters(shown, errors)
    key = f"welfare.filters|{is_now}|{spelt(known)}"
    return drawn_from_data(key, lambda: _draw_filters(shown, {}))


def _draw_filters(told: dict[str, str], errors: dict[str, str]) -> SafeString:
    shown = dict(told)
    kind = directory().by_name.get(shown.get("kind", ""))
    if kind:
        shown["family"] = kind.family
    is_now = shown.get("open_at") == "now"
    if is_now:
        shown["open_at"] = ""
    context = {
        "form": FacilityFilterForm(shown, errors=errors),
        "q": shown.get("q", ""),
        "near": shown.get("near", ""),
        "open_now": ["now"] if is_now else [],
        "accessible": [shown["accessible"]] if "accessible" in shown else [],
        "open_choices": [("now", _("지금 열려 있는 곳"))],
        "access_choices": [("1", _("휠체어로 이용할 수 있는 곳"))],
        "kinds": directory().families.get(shown.get("family", ""), ()),
        "has_more": bool({"radius", "open_at", "accessible"} & {*shown, *errors}),
    }
    return render_to_string("welfare/facility_filters.html", context)


def _found(
    query: QueryDict, page: FacilityPage, pager: Pager, now: datetime.datetime
) -> dict[str, Any]:
    filters = page.filters
    kind = directory().by_name.get(filters.kind)
    protected = kind if kind and kind.is_protected else None
    cards = list(words.cards(page, now))
    active = words.active_filters(filters, query)
    places = words.map_places(cards, first=filters.offset + 1)
    return {
        "page": page,
        "pager": pager,
        "heading": words.heading(page),
        "only_known": words.only_known(filters),
        "cards": drawn_list(cards),
        "first_number": filters.offset + 1,
        "places": places,
        "left_out": len(cards) - len(places),
        "active": active,
        "in_force": _in_force(active),
        "sorts": _sorts(filters, query),
        "tiles": _tiles(filters, query),
        "protected_kind": protected,
        "protected_kind_url": protected
        and reverse("welfare:facility-kind", kwargs={"name": protected.name}),
        "downloads": _downloads(query) if cards else "",
        "first_page": "" if cards else changed(query),
    }


def _sorts(filters: FacilityFilters, query: QueryDict) -> list[tuple[str, str, bool]]:
    """Answer the orders that make sense here: name, address, whether in force."""
    if not (filters.near or filters.q):
        return []
    known = {
        "distance": (bool(filters.near), _("가까운 곳부터")),
        "relevance": (bool(filters.q), _("찾는 말에 가까운 것부터")),
        "name": (True, _("이름 순서")),
    }
    return [
        (str(label), changed(query, sort=name), filters.order == name)
        for name, (makes_sense, label) in known.items()
        if makes_sense
    ]


def _in_force(active: list[ActiveFilter]) -> SafeString:
    """Answer the filters in force, each of which takes itself away."""
    if not active:
        return SafeString("")
    remove = _("빼기")
    tags = "".join(tag(one.label, url=one.url, remove_label=remove) for one in active)
    return drawn_around("welfare/facility_in_force.html", {"tags": SafeString(tags)})


def _downloads(query: QueryDict) -> SafeString:
    whole = changed(query, page_size="").removeprefix(".")
    return drawn_around("welfare/facility_downloads.html", {"asked": whole})


def _tiles(filters: FacilityFilters, query: QueryDict) -> SafeString:
    """Answer the picture of the districts: it follows from figures that are kept as well."""
    here = filters.district.code if filters.district else ""
    asked = {name: query.get(name, "") for name in ("kind", "family")}
    key = f"welfare.tiles|{here}|{spelt(asked)}"
    return drawn_from_data(key, lambda: _draw_tiles(filters, asked, here))


def _draw_tiles(filters: FacilityFilters, asked: dict[str, str], here: str) -> SafeString:
    tiles = tiles_of(
        directory().counts_by_district(kind=filters.kind, family=filters.family),
        url_for=lambda district: spelt(asked | {"district": district.name}),
        current=here,
    )
    told = {"tiles_title": words.tiles_title(filters), "tiles_source": words.figures_source()}
    return render_to_string("welfare/facility_tiles.html", {"tiles": tiles, **told})
