"""Welfare at a glance: how many facilities there are, of which kinds, in which districts."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.overview import Overview, OverviewGroup, OverviewLink
from core.web.tiles import tiles_of
from welfare.queries import FacilityFilters, directory
from welfare.queries.directory import KindFact
from welfare.views import facility_words as words

MOST_FREQUENT = 8


def overview() -> Overview:
    counts = directory().counts_by_kind()
    return Overview(
        finding=_("서울시 복지시설 %(count)s곳") % {"count": f"{sum(counts.values()):,}"},
        frequent_title=gettext_lazy("시설이 많은 종류"),
        frequent=tuple(_frequent(counts)),
        groups_title=gettext_lazy("종류로 찾기"),
        groups=tuple(_groups(counts)),
        tiles=tiles_of(
            directory().counts_by_district(),
            url_for=lambda district: words.list_url(district=district.name),
        ),
        tiles_title=words.tiles_title(FacilityFilters()),
        tiles_value=gettext_lazy("시설 수"),
        tiles_source=words.figures_source(),
    )


def _frequent(counts: dict[str, int]) -> Iterator[OverviewLink]:
    known = directory().by_name
    most = sorted(counts, key=lambda name: (-counts[name], name))
    for name in [name for name in most if name in known][:MOST_FREQUENT]:
        yield _kind_link(known[name], counts[name])


def _groups(counts: dict[str, int]) -> Iterator[OverviewGroup]:
    """Tell the kinds by family, the largest family first; none of which there is nothing."""
    families = [
        (sum(counts.get(kind.name, 0) for kind in kinds), name, kinds)
        for name, kinds in directory().families.items()
    ]
    for total, name, kinds in sorted(families, key=lambda family: (-family[0], family[1])):
        shown = [kind for kind in kinds if counts.get(kind.name) or kind.is_protected]
        links = [_kind_link(kind, counts.get(kind.name, 0)) for kind in shown]
        if total and len(shown) > 1:
            everything = OverviewLink(_("이 분류 모두"), words.list_url(family=name), total)
            links.insert(0, everything)
        if links:
            yield OverviewGroup(_titled(kinds[0].family_label, total), tuple(links))


def kinds_beside(name: str) -> list[OverviewLink]:
    """Answer the other kinds of its family that can be found, the most frequent first."""
    counts = directory().counts_by_kind()
    own = directory().by_name.get(name)
    kinds = directory().families.get(own.family, ()) if own else ()
    beside = [kind for kind in kinds if kind.name != name and counts.get(kind.name)]
    beside.sort(key=lambda kind: (-counts[kind.name], kind.name))
    return [_kind_link(kind, counts[kind.name]) for kind in beside]


def _titled(label: str, total: int) -> str:
    return f"{label} ({total:,})" if total else label


def _kind_link(kind: KindFact, count: int) -> OverviewLink:
    """A protected kind leads to its telephone number: of its places no number is told."""
    if kind.is_protected:
        url = reverse("welfare:facility-kind", kwargs={"name": kind.name})
        return OverviewLink(_("%(kind)s (전화 안내)") % {"kind": kind.label}, url)
    return OverviewLink(kind.label, words.list_url(kind=kind.name), count)
