"""Search over everything, as a page: what was found in any area, and what was searched for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.areas import declared_searchables, open_areas
from core.places.facts import District, get_district
from core.search.queries import SearchAnswer, search
from core.web.addresses import changed, plain, spelt, tidied
from core.web.filters import ActiveFilter, FilterForm, district_choice, filter_choice, place_input
from core.web.pagination import Pager, no_such_page, page_number
from core.web.public import public
from core.web.templatetags.components import badge, card, distance, phone
from core.web.wording import in_its_language
from seoul_portal.search_filters import SearchFilters, read_search_filters

PARAMETERS = ("q", "area", "kind", "district", "near", "place", "page")


class SearchForm(FilterForm):
    """The filters beside what was found; a choice among one is not offered."""

    def __init__(self, shown: Mapping[str, str], *, errors: Mapping[str, str]) -> None:
        super().__init__(shown, errors=errors)
        areas = [(area.slug, area.title) for area in open_areas() if area.searchable]
        kinds = [(one.kind, one.title) for one in declared_searchables()]
        if len(areas) > 1 or shown.get("area"):
            self.fields["area"] = filter_choice(
                gettext_lazy("분야"), gettext_lazy("모든 분야"), areas
            )
        if len(kinds) > 1 or shown.get("kind"):
            self.fields["kind"] = filter_choice(
                gettext_lazy("무엇"), gettext_lazy("무엇이든"), kinds
            )
        self.fields["district"] = district_choice()
        self.fields["place"] = place_input()


@public(max_age=60)
def site_search(request: HttpRequest) -> HttpResponse:
    given = {name: _last(request.GET.getlist(name)) for name in request.GET}
    if given.get("place"):
        given["near"] = ""
    query = tidied(given)
    if query != request.GET:
        return HttpResponseRedirect(spelt(plain(query)))
    asked = plain(query)
    filters = read_search_filters(asked)
    number = page_number(asked.get("page"))
    errors = filters.errors | _unknown(query)
    if number is None:
        errors["page"] = no_such_page()
    context = _frame(query, errors)
    if number is None or errors:
        return render(request, "seoul_portal/search.html", context, status=400)
    if not asked.get("q"):
        return render(request, "seoul_portal/search.html", context)
    found = _ask(asked["q"], filters, number)
    pager = Pager(number=number, count=found.count, count_capped=found.count_capped)
    context |= _found(query, filters, found, pager)
    status = 200 if pager.is_in_range else 404
    return render(request, "seoul_portal/search.html", context, status=status)


def _last(values: Iterable[str]) -> str:
    """Answer the one value meant: the last that is not blank, without what no text holds."""
    meant = (" ".join(value.replace("\x00", "").split()) for value in values)
    return next(reversed([value for value in meant if value]), "")


def _unknown(query: QueryDict) -> dict[str, str]:
    known = ", ".join(PARAMETERS)
    return {
        name: _("이런 조건은 없습니다. 쓸 수 있는 조건: %(known)s") % {"known": known}
        for name in query
        if name not in PARAMETERS
    }


def _ask(words: str, filters: SearchFilters, page: int) -> SearchAnswer:
    return search(
        words,
        area=filters.area,
        kind=filters.kind,
        district=filters.district_code,
        near=filters.near,
        page=page,
    )


def _frame(query: QueryDict, errors: dict[str, str]) -> dict[str, Any]:
    """Answer what is there whether or not anything was asked for."""
    return {
        "form": SearchForm(plain(query), errors=errors),
        "q": query.get("q", ""),
        "near": query.get("near", ""),
        "heading": _("포털 전체에서 찾기"),
        "is_wrong": bool(errors),
        "has_more": bool({"area", "kind", "district", "place"} & {*query, *errors}),
        "suggest_url": reverse("api-suggest"),
    }


def _found(
    query: QueryDict, filters: SearchFilters, found: SearchAnswer, pager: Pager
) -> dict[str, Any]:
    return {
        "answer": found,
        "pager": pager,
        "heading": _heading(str(query["q"]), found),
        "cards": list(_cards(found)),
        "active": _active(query, filters),
        "first_page": changed(query),
    }


def _heading(words: str, found: SearchAnswer) -> str:
    told = {"words": words, "count": f"{found.count:,}"}
    if found.count_capped:
        return _("‘%(words)s’ 찾은 것 %(count)s개 이상") % told
    if not found.count:
        return _("‘%(words)s’: 찾은 것이 없습니다") % told
    return _("‘%(words)s’ 찾은 것 %(count)s개") % told


def _cards(found: SearchAnswer) -> Iterator[SafeString]:
    titles = {one.kind: one.title for one in declared_searchables()}
    english = get_language() == "en"
    distances = found.distances or (None,) * len(found.cards)
    for text, metres in zip(found.cards, distances, strict=True):
        yield _drawn(json.loads(text), titles, metres, english=english)


def _drawn(
    told: Mapping[str, Any],
    titles: Mapping[str, str | Promise],
    metres: float | None,
    *,
    english: bool,
) -> SafeString:
    """Answer one thing as a card, whatever it is: what, where, how to reach it."""
    title = (told.get("title_en") if english else None) or told["title"]
    label = (told.get("label_en") if english else None) or told.get("label")
    # The place of an entry may be the middle of its dong.
    away = badge(distance(metres, about=True), tone="info") if metres is not None else ""
    what = badge(in_its_language(str(label or titles[told["kind"]])), tone="primary")
    lines = [f'<p class="row">{what}{away}</p>']
    lines += [f"<p>{line}</p>" for line in _lines(told, title)]
    url = f"/en{told['url']}" if english else told["url"]
    return card(SafeString("".join(lines)), title=in_its_language(title), url=url)


def _lines(told: Mapping[str, Any], title: str) -> Iterator[SafeString]:
    district = get_district(told["district"]) if told.get("district") else None
    where = _district_name(district) if district else None
    places = [
        conditional_escape(in_its_language(text)) for text in (where, told.get("summary")) if text
    ]
    if places:
        yield SafeString("<br>".join(places))
    if number := told.get("phone"):
        yield phone(number, label=in_its_language(title))


def _district_name(district: District) -> str:
    return district.name_en if get_language() == "en" else district.name


def _active(query: QueryDict, filters: SearchFilters) -> list[ActiveFilter]:
    """Tell the filters in force, each with the address of the same search without it."""
    areas = {area.slug: area.title for area in open_areas()}
    kinds = {one.kind: one.title for one in declared_searchables()}
    district = filters.district
    told: dict[str, str | Promise | None] = {
        "area": areas.get(filters.area),
        "kind": kinds.get(filters.kind),
        "district": _district_name(district) if district else None,
        "place": filters.place and _("‘%(place)s’ 근처") % {"place": filters.place},
        "near": _("내 위치 근처") if filters.near and not filters.place else None,
    }
    return [
        ActiveFilter(label, changed(query, **{name: ""})) for name, label in told.items() if label
    ]
