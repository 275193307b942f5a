"""The design system's components as template tags: the Python signature is the contract.

A tag is a file is a block of style: `{% notice %}`, components/notice.html, `.notice`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django import template
from django.conf import settings
from django.template import Context, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.moments import say_day, say_moment
from core.web import tile_picture
from core.web.devices import device_of
from core.web.drawn import drawn, drawn_around
from core.web.maps import MapPlace, map_data
from core.web.pagination import COUNT_CAP, Pager, queries_for_pages
from core.web.phones import tel_uri
from core.web.qr import draw_qr, qr_svg
from core.web.tiles import DistrictTile, tile_grid
from core.web.urgent import URGENT_LINES, WOMENS_LINE, urgent_lines
from core.web.wording import in_its_language, korean_marked, safe

register = template.Library()
register.filter("korean_marked", korean_marked)
register.filter("say_day", say_day)
register.filter("say_moment", say_moment)


@register.filter
def device_words(told: str) -> str:
    """Say in words what is kept of a browser's mark: 휴대전화 (크롬)."""
    return device_of(told).words


Text = str | Promise
ChosenT = TypeVar("ChosenT")

NOTICE_KINDS: dict[str, Text] = {
    "info": gettext_lazy("안내"),
    "success": gettext_lazy("완료"),
    "warning": gettext_lazy("주의"),
    "danger": gettext_lazy("중요"),
}
# Class names are KRDS's, written out in full so that the asset build finds them.
BUTTON_KINDS = {
    "primary": "krds-btn primary",
    "secondary": "krds-btn secondary",
    "tertiary": "krds-btn tertiary",
    "text": "krds-btn text",
}
BUTTON_SIZES = {"small": "small", "medium": "medium", "large": "large"}
BADGE_TONES = {
    "gray": "krds-badge bg-light-gray",
    "primary": "krds-badge bg-light-primary",
    "info": "krds-badge bg-light-information",
    "success": "krds-badge bg-light-success",
    "warning": "krds-badge bg-light-warning",
    "danger": "krds-badge bg-light-danger",
}
PAGE_STEPS = {"prev": "page-navi prev", "next": "page-navi next"}
PAGES_LEFT_OUT = '<span class="page-link link-dot" aria-hidden="true">…</span>'
BUTTON_TYPES = {"submit": "submit", "button": "button", "reset": "reset"}
HEADING_LEVELS = {2: 2, 3: 3, 4: 4}
METRES_IN_KILOMETRE = 1000


def chosen(tag: str, what: str, value: Any, known: Mapping[Any, ChosenT]) -> ChosenT:
    """Answer what a variant stands for; an unknown one fails, and says which are known."""
    if value not in known:
        names = ", ".join(map(str, known))
        raise TemplateSyntaxError(f"{tag}: unknown {what} {value!r}; known are {names}")
    return known[value]


@register.simple_block_tag
def notice(content: str, *, title: Text, level: str = "info", heading: int = 2) -> SafeString:
    """A message set apart; `danger` interrupts a screen reader, the others do not."""
    return render_to_string(
        "components/notice.html",
        {
            "kind": chosen("notice", "level", level, NOTICE_KINDS),
            "heading": chosen("notice", "heading", heading, HEADING_LEVELS),
            "level": level,
            "title": title,
            "content": content,
        },
    )


@register.simple_tag(takes_context=True)
def breadcrumb(context: Context, *steps: Text) -> SafeString:
    """The way here, from the area on: `{% breadcrumb list_title list_url name %}`.

    The last step has no address. Drawn without a template, and kept nowhere: a step may name a
    person.
    """
    pairs = [
        (in_its_language(str(steps[i])), steps[i + 1] if i + 1 < len(steps) else "")
        for i in range(0, len(steps), 2)
    ]
    area = context.get("current_area")
    if area and area.url != context["request"].path:
        pairs.insert(0, (area.title, area.url))
    links = "".join(_step(title, url) for title, url in pairs)
    home = f'<a class="txt" href="{safe(context.get("home_url", "/"))}">{safe(_("홈"))}</a>'
    return SafeString(
        f'<nav class="krds-breadcrumb-wrap" aria-label="{safe(_("현재 위치"))}">'
        f'<ol class="breadcrumb"><li class="home">{home}</li>{links}</ol></nav>'
    )


def _step(title: Text, url: Text) -> str:
    if url:
        return f'<li><a class="txt" href="{safe(url)}">{safe(title)}</a></li>'
    return f'<li><span class="txt" aria-current="page">{safe(title)}</span></li>'


@register.inclusion_tag("components/button.html")
def button(
    label: Text,
    *,
    kind: str = "primary",
    size: str = "medium",
    type: str = "submit",  # noqa: A002
    name: str = "",
    value: str = "",
    disabled: bool = False,
    action: str = "",
) -> dict[str, object]:
    """Sends its form: to the form's own address, or as it stands to `action`."""
    return {
        "label": label,
        "action": action,
        "classes": _button_classes("button", kind, size),
        "type": chosen("button", "type", type, BUTTON_TYPES),
        "name": name,
        "value": value,
        "disabled": disabled,
    }


@register.inclusion_tag("components/link_button.html")
def link_button(
    label: Text, url: str, *, kind: str = "primary", size: str = "medium", rel: str = ""
) -> dict[str, object]:
    """Looks like a button, is a link: it goes somewhere and changes nothing."""
    classes = _button_classes("link_button", kind, size)
    return {"label": label, "url": url, "classes": classes, "rel": rel}


def _button_classes(tag: str, kind: str, size: str) -> str:
    return f"{chosen(tag, 'kind', kind, BUTTON_KINDS)} {chosen(tag, 'size', size, BUTTON_SIZES)}"


@register.simple_tag
def badge(label: Text, *, tone: str = "gray") -> SafeString:
    """A state in a word; the word says it, the colour only helps."""
    classes = chosen("badge", "tone", tone, BADGE_TONES)
    return SafeString(f'<span class="{classes}">{safe(label)}</span>')


@register.simple_tag
def tag(label: Text, *, url: str = "", remove_label: Text = "") -> SafeString:
    """A word to filter by, or (with `remove_label`) a filter in force that the link takes away."""
    shown = safe(korean_marked(str(label)))
    if not url:
        return SafeString(f'<span class="krds-btn-tag">{shown}</span>')
    if remove_label:
        shown += (
            f'\n<span aria-hidden="true">×</span><span class="sr-only">{safe(remove_label)}</span>'
        )
    return SafeString(f'<a class="krds-btn-tag link" href="{safe(url)}">{shown}</a>')


@register.simple_block_tag
def card(content: str, *, title: Text, url: str = "", heading: int = 3) -> SafeString:
    """One thing in a list: what it is first, then where, when, how much.

    Drawn without a template: a list has twenty.
    """
    level = chosen("card", "heading", heading, HEADING_LEVELS)
    shown = safe(title)
    if url:
        shown = f'<a class="card__link" href="{safe(url)}">{shown}</a>'
    return SafeString(
        f'<article class="card"><h{level} class="card__title">{shown}</h{level}>'
        f"{safe(content)}</article>"
    )


@register.simple_block_tag
def accordion(content: str, *, title: Text, open: bool = False) -> SafeString:  # noqa: A002
    return render_to_string(
        "components/accordion.html", {"title": title, "open": open, "content": content}
    )


@register.simple_block_tag
def nothing_found(content: str, *, title: Text, heading: int = 2) -> SafeString:
    """An empty list: says so, and (in the block) what to try."""
    level = chosen("nothing_found", "heading", heading, HEADING_LEVELS)
    return render_to_string(
        "components/nothing_found.html", {"title": title, "heading": level, "content": content}
    )


@register.inclusion_tag("components/definition_list.html")
def definition_list(pairs: Iterable[tuple[Text, object]]) -> dict[str, object]:
    """Facts about one thing; a fact that is not known is left out, never guessed."""
    known = [(term, value) for term, value in pairs if value not in (None, "")]
    return {"pairs": known}


@register.inclusion_tag("components/table.html")
def data_table(
    caption: Text, columns: Sequence[Text], rows: Iterable[Sequence[object]]
) -> dict[str, object]:
    """The figures; the first cell of a row is its heading, numbers stand to the right."""
    cells = [(row[0], [(cell, isinstance(cell, int | float)) for cell in row[1:]]) for row in rows]
    return {"caption": caption, "columns": columns, "rows": cells}


@register.simple_tag(takes_context=True)
def pagination(context: Context, pager: Pager, *, label: Text = "") -> SafeString:
    if not pager.has_others:
        return SafeString("")
    here, address = pager.number, queries_for_pages(context["request"].GET)
    before = _page_step(address(here - 1), "prev", _("이전")) if here > 1 else ""
    after = _page_step(address(here + 1), "next", _("다음")) if here < pager.last else ""
    links = "".join(
        _page_link(address(number), number, is_here=number == here) if number else PAGES_LEFT_OUT
        for number in pager.window()
    )
    return SafeString(
        f'<nav class="krds-pagination" aria-label="{safe(label or _("쪽 이동"))}">{before}'
        f'<div class="page-links">{links}</div>{after}</nav>'
    )


def _page_step(url: str, way: str, word: str) -> str:
    return f'<a class="{PAGE_STEPS[way]}" href="{safe(url)}" rel="{way}">{safe(word)}</a>'


def _page_link(url: str, number: int, *, is_here: bool) -> str:
    classes = "page-link active" if is_here else "page-link"
    current = ' aria-current="page"' if is_here else ""
    word = safe(_("현재 쪽") if is_here else _("쪽"))
    return (
        f'<a class="{classes}" href="{safe(url)}"{current}>'
        f'<span class="sr-only">{word}</span> {number}</a>'
    )


@register.simple_tag
def result_count(pager: Pager) -> str:
    """How many were found, in words; past the cap nobody is told a number that is not true."""
    if pager.count_capped:
        return _("%(count)s개보다 많습니다") % {"count": f"{COUNT_CAP:,}"}
    if not pager.count:
        return _("찾은 것이 없습니다")
    return _("%(count)s개를 찾았습니다") % {"count": f"{pager.count:,}"}


@register.simple_tag
def distance(metres: float, *, about: bool = False) -> str:
    """350 m, 1.2 km; `about` where a point is no better than the middle of its dong."""
    tens = round(metres / 10) * 10
    if about and tens < METRES_IN_KILOMETRE:
        return _("1 km 안")  # most dongs are wider than what is measured here
    if tens < METRES_IN_KILOMETRE:
        text = f"{tens} m"
    else:
        text = f"{metres / METRES_IN_KILOMETRE:,.1f} km"
    return _("약 %(distance)s") % {"distance": text} if about else text


@register.simple_tag
def phone(number: str, *, label: Text = "") -> SafeString:
    """A telephone number as a link; `label` says to a screen reader whose number it is."""
    hidden = f'<span class="sr-only">{safe(label)} </span>' if label else ""
    shown = safe(number)
    return SafeString(f'<a class="phone" href="{tel_uri(number)}">{hidden}{shown}</a>')


@register.simple_tag
def contact_lines(contact_phone: str, contact_email: str = "") -> SafeString:
    """Whom to ask: a telephone number, and an e-mail address where there is one."""
    return drawn(
        "components/contact_lines.html", contact_phone=contact_phone, contact_email=contact_email
    )


@register.inclusion_tag("components/qr.html")
def qr(
    address: str, *, label: Text, caption: str = "", is_secret: bool = False
) -> dict[str, object]:
    """A QR code drawn in the page; beneath it what whoever cannot scan types (the address).

    What is secret is drawn each time and kept nowhere.
    """
    svg = draw_qr(address) if is_secret else qr_svg(address)
    return {"svg": svg, "address": address, "label": label, "caption": caption}


@register.inclusion_tag("components/share.html")
def share(address: str, title: Text) -> dict[str, object]:
    """Send by e-mail or message without a script; copy and print where a script runs."""
    return {"address": address, "title": title}


@register.inclusion_tag("components/step_indicator.html")
def step_indicator(current: int, titles: Sequence[Text]) -> dict[str, object]:
    return {"current": current, "total": len(titles), "titles": list(enumerate(titles, start=1))}


@register.simple_tag
def district_tiles(
    tiles: Iterable[DistrictTile], *, title: Text, value_name: Text, source: Text = ""
) -> SafeString:
    """The 25 districts as a picture of links, and the same figures as a table beside it."""
    told = {"title": str(title), "value_name": str(value_name), "source": str(source)}
    return tile_picture.draw(tile_grid(tiles), **told)


@register.simple_tag
def place_map(places: Sequence[MapPlace], *, label: Text, left_out: int = 0) -> SafeString:
    """Places on a map, offered where a script runs; `left_out` of the list have no known place."""
    return drawn_around(
        "components/place_map.html",
        {"data": map_data(places)},
        label=label,
        is_numbered=any(place.number for place in places),
        has_about=any(place.is_about for place in places),
        left_out=left_out,
        attribution=settings.MAP_TILES_URL and settings.MAP_TILES_ATTRIBUTION,
    )


@register.simple_tag
def urgent_help() -> SafeString:
    """The numbers to call at once; the same on every page, so drawn once a language."""
    return _urgent_help(get_language())


@cache
def _urgent_help(language: str) -> SafeString:
    lines = [(line, tel_uri(line.number)) for line in URGENT_LINES]
    return render_to_string("components/urgent_help.html", {"lines": lines})


@register.simple_tag
def urgent_first(*texts: str | None) -> SafeString | str:
    """Whom to call first, where the words looked for say that somebody may be in danger."""
    if not (lines := urgent_lines(*texts)):
        return ""
    has_places_to_stay = any(line.number == WOMENS_LINE for line in lines)
    return render_to_string(
        "components/urgent_first.html",
        {"lines": lines, "has_places_to_stay": has_places_to_stay},
    )
