"""Draws a whole list of staff's in one go: unfold's own page, made once with holes, and what fills
them.

What a page has that others of its list have not (rows, filters as they stand, figures, words that
were searched for, whose page it is) is drawn here by hand; everything around it is unfold's, drawn
by its templates with a stand-in for the list, and kept. A list that wants more than most is
drawn by unfold alone.
"""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.loader import get_template, render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.desk.frames import frames, hole, mark
from core.desk.rows import draw_rows, is_plain

FRAME = "admin/desk/list_frame.html"
(
    MENU,
    TOKEN,
    MESSAGES,
    BEFORE,
    TYPED,
    HIDDEN,
    COUNT,
    FILTERS,
    CLEAR,
    FACETS,
    ROWS,
    ACTIONS,
    PAGES,
) = map(hole, range(10, 23))
# A figure of which templates make what they make of figures; no list is so long.
MANY = 7_318_254_906
HIDDEN_INPUT = re.compile(rf'<input type="hidden" name="@@{HIDDEN}@@"[^>]*>')
PAGE_NUMBER = re.compile(
    rf'<div class="pr-2">\s*<span class="font-medium text-primary-600">@@{PAGES}@@</span>\s*</div>'
)
# Unfold's words, which are called otherwise in `locale/borrowed`.
BY = " By %(filter_title)s "
PLAIN_FILTER = "admin/filter.html"
CHOSEN, OTHERS = (
    "font-semibold text-primary-600 dark:text-primary-500 ",
    "hover:text-base-700 dark:hover:text-base-200",
)


def can_be_drawn(context: dict[str, Any]) -> bool:
    """Say whether the page holds nothing but what is drawn here."""
    cl = context.get("cl")
    return (
        cl is not None
        and bool(cl.result_list)
        and is_plain(cl, context.get("actions_row"))
        and "draw_menu" in context
        and not (
            cl.date_hierarchy
            or cl.add_facets
            or cl.show_full_result_count
            or cl.model_admin.list_filter_submit
            or cl.model_admin.list_after_template
            or context.get("actions_list")
            # The way to a new record says which filters to come back to.
            or (context["has_add_permission"] and context["preserved_filters"])
        )
    )


def draw_page(context: Any) -> SafeString:
    """Answer the page: the frame of its list, filled."""
    cl, request, token = context["cl"], context["request"], str(context["csrf_token"])
    frame = frames.get(_key(context, cl, request), lambda: _frame(context, cl, request))
    return frame.filled(
        {
            MENU: context["draw_menu"](token),
            TOKEN: token,
            MESSAGES: messages_of(request),
            BEFORE: _before(context, cl),
            TYPED: cl.query,
            HIDDEN: _hidden(cl),
            COUNT: str(cl.result_count),
            FILTERS: SafeString("".join(_filters(cl))),
            CLEAR: cl.clear_all_filters_qs or "",
            FACETS: cl.add_facet_link,
            ROWS: draw_rows(cl),
            ACTIONS: _actions(context),
            PAGES: SafeString("".join(_pages(cl))) if cl.multi_page else "",
        }
    )


def _key(context: Any, cl: Any, request: HttpRequest) -> tuple[object, ...]:
    media = context["media"]
    return (
        "list",
        cl.opts.label,
        str(context["title"]),
        context["has_permission"],
        context["has_add_permission"],
        bool(context["action_form"]),
        cl.has_filters,
        cl.has_active_filters,
        cl.multi_page,
        cl.result_count == 1,
        request.user.is_staff,
        repr((media._css_lists, media._js_lists)),  # noqa: SLF001
    )


def _frame(context: Any, cl: Any, request: HttpRequest) -> str:
    told = {
        **{name: value for name, value in context.flatten().items() if name in OF_EVERYBODY},
        "cl": _stand_in(cl),
        "csrf_token": mark(TOKEN),
        "action_form": None,
        "is_acting": bool(context["action_form"]),
        "user": None,
        "messages": (),
        "menu": mark(MENU),
        "told": mark(MESSAGES),
        "before": mark(BEFORE),
        "rows": mark(ROWS),
        "acting": mark(ACTIONS),
    }
    drawn = HIDDEN_INPUT.sub(f"@@{HIDDEN}@@", render_to_string(FRAME, told, request=request))
    return PAGE_NUMBER.sub(f"@@{PAGES}@@", drawn).replace(str(MANY), mark(COUNT))


# What of a list's context says nothing of who asks, nor of what they asked for.
OF_EVERYBODY = {
    *("site_title", "site_header", "site_url", "site_subheader", "site_dropdown", "site_logo"),
    *("site_icon", "site_symbol", "site_favicons", "theme", "border_radius", "colors", "styles"),
    *("scripts", "environment", "environment_title_prefix", "show_back_button", "tab_list"),
    *("is_popup", "is_nav_sidebar_enabled", "has_permission", "title", "subtitle", "media"),
    *("opts", "has_add_permission", "actions_on_top", "actions_on_bottom", "to_field"),
    *("command_show_history", "show_languages", "language", "True", "False", "None"),
}


def _stand_in(cl: Any) -> SimpleNamespace:
    """Answer a list like this one, that holds nothing but holes."""
    desk = cl.model_admin
    paginator = type(type(cl.paginator).__name__, (), {"num_pages": 0, "ELLIPSIS": None})()
    paginator.get_elided_page_range = lambda _: [mark(PAGES)]
    spec = SimpleNamespace(
        template="admin/desk/hole.html", title="", choices=lambda _: [], mark=mark(FILTERS)
    )
    return SimpleNamespace(
        model=cl.model,
        opts=cl.opts,
        model_admin=SimpleNamespace(
            list_fullwidth=desk.list_fullwidth,
            list_filter_sheet=desk.list_filter_sheet,
            list_filter_submit=desk.list_filter_submit,
            list_before_template="admin/desk/before.html" if desk.list_before_template else None,
            list_after_template=None,
            show_add_link=getattr(desk, "show_add_link", True),
            counted_in=getattr(desk, "counted_in", ""),
        ),
        query=mark(TYPED),
        filter_params={mark(HIDDEN): [""]},
        search_fields=cl.search_fields,
        search_help_text=cl.search_help_text,
        has_filters=cl.has_filters,
        has_active_filters=cl.has_active_filters,
        filter_specs=[spec],
        is_facets_optional=cl.is_facets_optional,
        add_facets=False,
        add_facet_link=mark(FACETS),
        clear_all_filters_qs=mark(CLEAR),
        result_count=1 if cl.result_count == 1 else MANY,
        full_result_count=cl.full_result_count,
        show_full_result_count=False,
        date_hierarchy=None,
        formset=None,
        is_popup=False,
        paginator=paginator,
        page_num=mark(PAGES),
        multi_page=cl.multi_page,
        show_all=False,
        can_show_all=False,
    )


def messages_of(request: HttpRequest) -> SafeString:
    """Draw what somebody is to be told once."""
    if not len(get_messages(request)):
        return SafeString("")
    return render_to_string("unfold/helpers/messages.html", {}, request=request)


def _before(context: Any, cl: Any) -> SafeString:
    """Draw what the list shows above its rows, by its own template."""
    name = cl.model_admin.list_before_template
    return get_template(name).template.render(context) if name else SafeString("")  # type: ignore[attr-defined]


def _actions(context: Any) -> SafeString:
    if not context["action_form"]:
        return SafeString("")
    template: Any = get_template("unfold/helpers/change_list_actions.html")
    drawn: SafeString = template.template.render(context)
    return drawn


def _hidden(cl: Any) -> SafeString:
    """Let a search keep what the list is filtered by."""
    return SafeString(
        "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, values in cl.filter_params.items()
            if name != SEARCH_VAR
            for value in values
        )
    )


def _pages(cl: Any) -> Iterator[str]:
    numbers = list(cl.paginator.get_elided_page_range(cl.page_num))
    for place, number in enumerate(numbers, start=1):
        yield f'<div class="{"pr-2" if place == len(numbers) else "pr-4"}">'
        if number == cl.page_num:
            yield f'<span class="font-medium text-primary-600">{number}</span>'
        else:
            end = ' class="end"' if number == cl.paginator.num_pages else ""
            yield (
                f'<a href="{escape(cl.get_query_string({PAGE_VAR: number}))}"{end}'
                ' x-data x-on:click.prevent="window.location.href = $el.href +'
                f' window.location.hash">{number}</a> '
            )
        yield "</div>"


class Addresses:
    """Stands for the list while a filter says where its choices lead: one parameter changes."""

    def __init__(self, cl: Any) -> None:
        self._cl = cl
        self._around: dict[str, tuple[str, str]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cl, name)

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        if remove or new_params is None or len(new_params) != 1:
            told: str = self._cl.get_query_string(new_params, remove)
            return told
        ((name, value),) = new_params.items()
        if value is None or isinstance(value, list | tuple):
            return str(self._cl.get_query_string(new_params))
        if name not in self._around:
            held = sorted(self._cl.filter_params.items())
            before = urlencode([one for one in held if one[0] < name], doseq=True)
            after = urlencode([one for one in held if one[0] > name], doseq=True)
            self._around[name] = (
                f"?{before}{'&' if before else ''}{quote_plus(name)}=",
                f"&{after}" if after else "",
            )
        before, after = self._around[name]
        return f"{before}{quote_plus(str(value))}{after}"


def _filters(cl: Any) -> Iterator[str]:
    addresses = Addresses(cl)
    for spec in cl.filter_specs:
        choices = list(spec.choices(addresses))
        if isinstance(spec, admin.SimpleListFilter) and spec.template == PLAIN_FILTER:
            yield from _choices(spec.title, choices)
        else:
            told = {"title": spec.title, "choices": choices, "spec": spec}
            yield get_template(spec.template).render(told)


def _choices(title: Any, choices: list[dict[str, Any]]) -> Iterator[str]:
    by = gettext(BY) % {"filter_title": conditional_escape(title)}
    yield (
        '<div><h3 class="font-semibold mb-2 text-font-important-light'
        f' dark:text-font-important-dark">{by}</h3>'
        '<ul class="border border-base-200 flex flex-col rounded-default shadow-xs'
        ' dark:border-base-700">'
    )
    for choice in choices:
        name = conditional_escape(choice["display"])
        yield (
            '<li class="border-b border-base-200 last:border-b-0 dark:border-base-700'
            f' {CHOSEN if choice["selected"] else OTHERS}">'
            f'<a href="{escape(iri_to_uri(choice["query_string"]))}" title="{name}"'
            ' class="block px-3 py-2 hover:text-primary-600 dark:hover:text-primary-500">'
            f"{name}</a></li>"
        )
    yield "</ul></div>"
