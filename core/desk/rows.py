"""Draws the rows of a list in one go: unfold's markup without a template for each of its cells.

What is the same in every row (classes, labels, the way to a record, the box to tick) is made once a
page. A list that wants more (fields to edit, rows to drag, sections, a menu) is drawn by unfold.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote as url_quote

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import lookup_field, quote
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from unfold.admin import checkbox
from unfold.templatetags.unfold_list import (
    CHECKBOX_CLASSES,
    LINK_CLASSES,
    ROW_CLASSES,
    result_headers,
)
from unfold.utils import display_for_field, display_for_value

BOX = "action_checkbox"
MARK = "_pk_"
# What lets unfold draw the cells of a column in a way of its own.
FANCY = ("label", "header", "dropdown")
STRIPES = ("", "bg-base-50 dark:bg-white/[.02]")
ROW = (
    '<tbody class="block relative lg:table-row-group {}" x-data="{{rowOpen: false}}">'
    '<tr class="data-row block border border-base-200 mb-3 relative rounded-default lg:table-row'
    ' lg:border-none lg:mb-0 lg:rounded-none dark:border-base-800">'
)
ROW_END = "</tr></tbody>"
Cell = Callable[[Any], str]


class Column(NamedTuple):
    """What stands before and after each of its cells, and what is in one."""

    before: str
    cell: Cell
    after: str


def is_plain(cl: Any, actions_row: Any) -> bool:
    """Say whether rows are only to be read: nothing to edit, drag, open or choose from in them."""
    admin = cl.model_admin
    return not (
        cl.is_popup
        or cl.to_field
        or actions_row
        or getattr(cl, "formset", None)
        or getattr(admin, "ordering_field", None)
        or getattr(admin, "list_sections", None)
        or any(_is_fancy(admin, name) for name in cl.list_display)
    )


def _is_fancy(admin: Any, name: Any) -> bool:
    if not isinstance(name, str):
        return True
    source = getattr(admin, name, None) or getattr(admin.model, name, None)
    return any(getattr(source, kind, False) for kind in FANCY)


def draw_rows(cl: Any) -> SafeString:
    """Answer head and body of the table of a change list."""
    headers = list(result_headers(cl))
    head = render_to_string(
        "unfold/helpers/change_list_headers.html",
        {
            "cl": cl,
            "result_headers": headers,
            "num_sorted_fields": sum(bool(one["sortable"] and one["sorted"]) for one in headers),
        },
    )
    columns = tuple(_columns(cl, headers))
    rows = [ROW.format(stripe) for stripe in STRIPES]
    parts: list[str] = [head]
    add = parts.append
    for place, record in enumerate(cl.result_list):
        add(rows[place % 2])
        for before, cell, after in columns:
            add(before)
            add(cell(record))
            add(after)
        add(ROW_END)
    return SafeString("".join(parts))


def _columns(cl: Any, headers: list[dict[str, Any]]) -> Iterator[Column]:
    links = cl.list_display_links or ()
    is_first_link = True
    for name, header in zip(cl.list_display, headers, strict=True):
        if name == BOX:
            yield _column("td", CHECKBOX_CLASSES, gettext("이 줄 고르기"), _box())
            continue
        cell, more = _cell(cl, name)
        classes = (f"field-{name}", *ROW_CLASSES, *more)
        if name not in links:
            yield _column("td", classes, header["text"], cell)
            continue
        tag, is_first_link = ("th" if is_first_link else "td"), False
        yield _column(tag, classes, header["text"], _linked(cl, cell))


def _column(tag: str, classes: Iterable[str], label: str, cell: Cell) -> Column:
    told = conditional_escape(label)
    return Column(f'<{tag} class="{" ".join(classes)}" data-label="{told}">', cell, f"</{tag}>")


def _cell(cl: Any, name: str) -> tuple[Cell, tuple[str, ...]]:
    """Answer what draws a column's cells, and the classes that its kind of field adds."""
    admin = cl.model_admin
    empty = admin.get_empty_value_display()
    field = _field(cl, name)
    method = getattr(admin, name, None)
    if field is None and method is not None:
        return _by_method(method, getattr(method, "empty_value_display", empty)), ()
    if isinstance(field, models.CharField) and not field.choices:
        return _by_text(name, lambda record: _looked_up(admin, name, record, empty)), ()
    is_narrow = isinstance(field, models.DateField | models.TimeField | models.ForeignKey)
    return (lambda record: _looked_up(admin, name, record, empty)), ("nowrap",) * is_narrow


def _field(cl: Any, name: str) -> Any:
    try:
        return cl.lookup_opts.get_field(name)
    except FieldDoesNotExist:
        return None


def _by_method(method: Callable[[Any], Any], empty: str) -> Cell:
    is_boolean = getattr(method, "boolean", False)

    def cell(record: Any) -> str:
        value = method(record)
        if isinstance(value, SafeString):
            return value
        if value and isinstance(value, str):
            return escape(value)
        return conditional_escape(display_for_value(value, empty, is_boolean))

    return cell


def _by_text(name: str, otherwise: Cell) -> Cell:
    """Nothing is to be looked up where a text stands as it is; what is empty has a sign."""

    def cell(record: Any) -> str:
        value = getattr(record, name)
        return escape(value) if value and type(value) is str else otherwise(record)

    return cell


def _looked_up(admin: Any, name: str, record: Any, empty: str) -> str:
    try:
        field, source, value = lookup_field(name, record, admin)
    except ObjectDoesNotExist:
        return conditional_escape(empty)
    empty = getattr(source, "empty_value_display", empty)
    if field is None or field.auto_created:
        return conditional_escape(
            display_for_value(value, empty, getattr(source, "boolean", False))
        )
    if isinstance(field.remote_field, models.ManyToOneRel):
        related = getattr(record, field.name)
        return conditional_escape(empty if related is None else related)
    return conditional_escape(display_for_field(value, field, empty))


def _linked(cl: Any, cell: Cell) -> Cell:
    """Let a cell lead to its record; the address is made once, around where its key stands."""
    try:
        before, after = _way_to_a_record(cl)
    except NoReverseMatch:
        return cell
    link = f'" class="{" ".join(LINK_CLASSES)}">'

    def linked(record: Any) -> str:
        number = record.pk
        key = str(number) if type(number) is int else url_quote(str(quote(number)))
        return f'<a href="{before}{key}{after}{link}{cell(record)}</a>'

    return linked


def _way_to_a_record(cl: Any) -> tuple[SafeString, SafeString]:
    name = f"admin:{cl.opts.app_label}_{cl.opts.model_name}_change"
    address = add_preserved_filters(
        {"preserved_filters": cl.preserved_filters, "opts": cl.opts},
        reverse(name, args=(MARK,), current_app=cl.model_admin.admin_site.name),
    )
    before, _, after = address.partition(MARK)
    return conditional_escape(before), conditional_escape(after)


def _box() -> Cell:
    before, _, after = _drawn_box(get_language()).partition(MARK)
    return lambda record: f"{before}{conditional_escape(record.pk)}{after}"


@lru_cache(maxsize=8)
def _drawn_box(language: str | None) -> str:
    return str(checkbox.render(ACTION_CHECKBOX_NAME, MARK))
