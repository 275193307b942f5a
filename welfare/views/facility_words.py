"""How a list of facilities is said: its heading, the filters in force, the lines of its cards."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.places.enums import Precision
from core.places.facts import District, Dong, get_district, get_dong
from core.web.addresses import changed, spelt
from core.web.filters import ActiveFilter
from core.web.maps import MapPlace
from core.web.opening import OpeningState, date_words, full_date, opening_state
from core.web.wording import in_its_language
from welfare.forms import radius_words
from welfare.models import Facility
from welfare.queries import FacilityFilters, FacilityPage, FacilityRow, directory
from welfare.queries.checked import lists_received_at

SEOUL = ZoneInfo("Asia/Seoul")
# 426 dongs in 25 districts, said in two languages.
MOST_PLACES = 1024


@dataclass(frozen=True, slots=True)
class FacilityCard:
    """One line of the list, ready to be read."""

    row: FacilityRow
    url: str
    name: str
    title: str  # the name, marked where it is Korean on an English page
    kind: str
    where: str
    opening: OpeningState | None

    @property
    def is_about(self) -> bool:
        return self.row.precision == Precision.DONG


def region_name(region: District | Dong) -> str:
    return region.name_en if get_language() == "en" else region.name


def where_words(district: District | None, dong: Dong | None) -> str:
    """Say 강남구 역삼1동, or Yeoksam 1-dong, Gangnam-gu."""
    names = [region_name(region) for region in (district, dong) if region]
    return ", ".join(reversed(names)) if get_language() == "en" else " ".join(names)


def kind_label(name: str) -> str:
    fact = directory().by_name.get(name)
    return fact.label if fact else name


def family_label(name: str) -> str:
    kinds = directory().families.get(name)
    return kinds[0].family_label if kinds else name


def heading(page: FacilityPage) -> str:
    """Say how many of what there are where: 서울 강남구의 노인복지관 12곳."""
    filters = page.filters
    what = _what(filters)
    number = f"{page.count:,}"
    if page.count_capped:
        return _("%(what)s %(count)s곳 이상") % {"what": what, "count": number}
    if not page.count:
        return _("%(what)s: 찾은 곳이 없습니다") % {"what": what}
    return _("%(what)s %(count)s곳") % {"what": what, "count": number}


def _what(filters: FacilityFilters) -> str:
    what = _thing(filters)
    if filters.district:
        return _("서울 %(district)s의 %(what)s") % {
            "district": region_name(filters.district),
            "what": what,
        }
    return _("서울시 %(what)s") % {"what": what}


def _thing(filters: FacilityFilters) -> str:
    if filters.kind:
        return kind_label(filters.kind)
    return family_label(filters.family) if filters.family else _("복지시설")


def only_known(filters: FacilityFilters) -> list[str]:
    """Say what a filter leaves out because nobody knows: that is not the same as closed."""
    told = []
    if filters.open_at:
        told.append(_("여는 시간이 확인된 곳만 보여 드립니다."))
    if filters.accessible:
        told.append(_("휠체어로 이용할 수 있다고 확인된 곳만 보여 드립니다."))
    return told


def tiles_title(filters: FacilityFilters) -> str:
    """State the finding of the picture: where most of them are."""
    counts = directory().counts_by_district(kind=filters.kind, family=filters.family)
    known = {code: number for code, number in counts.items() if get_district(code)}
    most = get_district(max(known, key=lambda code: known[code])) if known else None
    if most is None:
        return _("%(what)s: 자치구별 수") % {"what": _thing(filters)}
    return _("%(what)s: %(district)s에 가장 많습니다(%(count)s곳)") % {
        "what": _thing(filters),
        "district": region_name(most),
        "count": f"{known[most.code]:,}",
    }


def figures_source() -> str:
    """Say whose figures these are, and of which day."""
    publishers = _("자료: 서울특별시, 한국사회보장정보원")
    if (checked := lists_received_at()) is None:
        return publishers
    return _("%(publishers)s, %(date)s 기준") % {
        "publishers": publishers,
        "date": full_date(localdate(checked)),
    }


def cards(page: FacilityPage, at: datetime.datetime) -> Iterator[FacilityCard]:
    near = page.filters.near
    query = f"?{urlencode({'near': f'{near[0]:.4f},{near[1]:.4f}'}, safe=',')}" if near else ""
    # Asked once, not for each of twenty.
    list_address, kinds = reverse("welfare:facility-list"), directory().by_name
    language = get_language() or ""
    for row in page.rows:
        schedule = row.schedule()
        name = (row.name_en if language == "en" else "") or row.name
        yield FacilityCard(
            row=row,
            url=f"{list_address}{quote(row.code)}/{query}",
            name=name,
            title=in_its_language(name),
            kind=kinds[row.kind].label if row.kind in kinds else row.kind,
            where=_where(row.district_code, row.dong_code, language),
            opening=opening_state(schedule, at) if schedule else None,
        )


@lru_cache(maxsize=MOST_PLACES)
def _where(district_code: str | None, dong_code: str | None, _language: str) -> str:
    """Say it once for each dong and language, which must be the active one."""
    return where_words(
        get_district(district_code) if district_code else None,
        get_dong(dong_code) if dong_code else None,
    )


def map_places(shown: Iterable[FacilityCard], *, first: int) -> list[MapPlace]:
    """Answer those whose place is known, each with its number on the list."""
    return [
        MapPlace(
            name=card.name,
            address=card.row.address or "",
            lat=card.row.lat,
            lon=card.row.lon,
            is_about=card.is_about,
            number=number,
            url=card.url,
        )
        for number, card in enumerate(shown, first)
        if card.row.lat is not None and card.row.lon is not None
    ]


def active_filters(filters: FacilityFilters, query: QueryDict) -> list[ActiveFilter]:
    """Tell the filters in force, each with the address of the list without it."""
    told = {
        "q": filters.q and f"‘{filters.q}’",
        "district": filters.district and region_name(filters.district),
        "family": filters.family and family_label(filters.family),
        "kind": filters.kind and kind_label(filters.kind),
        "place": filters.place and _("‘%(place)s’ 근처") % {"place": filters.place},
        "near": filters.near and not filters.place and _("내 위치 근처"),
        "radius": filters.radius and radius_words(filters.radius),
        "open_at": filters.open_at and _open_words(filters.open_at, query),
        "accessible": filters.accessible and _("휠체어로 이용할 수 있는 곳"),
    }
    return [ActiveFilter(str(label), without(query, name)) for name, label in told.items() if label]


def _open_words(at: datetime.datetime, query: QueryDict) -> str:
    if query.get("open_at") == "now":
        return _("지금 열려 있는 곳")
    there = at.astimezone(SEOUL)
    return _("%(when)s에 여는 곳") % {"when": f"{date_words(there.date())} {there:%H:%M}"}


# What makes no sense without the filter that goes.
BELONGS_TO = {"place": ("radius", "sort"), "near": ("radius", "sort"), "family": ("kind",)}


def without(query: QueryDict, name: str) -> str:
    return changed(query, **{gone: "" for gone in (name, *BELONGS_TO.get(name, ()))})


def list_url(**values: str) -> str:
    return f"{reverse('welfare:facility-list')}{spelt(values).removeprefix('.')}"


def homepage(facility: Facility) -> str:
    """Answer its address on the web; what publishers write there is not always one."""
    told = facility.homepage or ""
    return told if told.startswith(("https://", "http://")) else ""


def title(facility: Facility) -> str:
    return (facility.name_en if get_language() == "en" else "") or facility.name
