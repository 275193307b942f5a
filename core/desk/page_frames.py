"""Draws unfold's frame around the desk's own pages: once, with holes (docs/adr/0014).

What differs from page to page is filled in: title, content, menu, token and messages. Everything
else follows from the list that a page belongs to, and from what its context says of the frame.
"""

from typing import Any

from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString

from core.desk.frames import frames, hole, mark
from core.desk.list_pages import MESSAGES, OF_EVERYBODY, messages_of

FRAME, WHOLE = "admin/desk/page_frame.html", "admin/base_site.html"
TITLE, CONTENT, MENU, TOKEN = (hole(number) for number in range(30, 34))
# What unfold's frame says of a record or a list, and what changes it: such pages are unfold's.
OF_RECORDS = (
    *("original", "object", "cl", "adminform", "inline_admin_formsets", "datasets"),
    *("actions_detail", "actions_list", "nav_global", "is_fullwidth", "is_popup"),
)


def can_be_framed(context: Any) -> bool:
    return (
        context.get("draw_menu") is not None
        and bool(context.get("has_permission"))
        and context.get("opts") is not None
        and not any(context.get(name) for name in OF_RECORDS)
    )


def draw_around(context: Any, content: SafeString) -> SafeString:
    """Answer the page: its frame, filled; what the frame cannot say is drawn whole by unfold."""
    if not can_be_framed(context):
        template: Any = get_template(WHOLE)
        with context.push(content=content):
            drawn: SafeString = template.template.render(context)
        return drawn
    request, token = context["request"], str(context["csrf_token"])
    key = ("page", context["opts"].label, request.user.is_staff)
    frame = frames.get(key, lambda: _frame(context))
    return frame.filled(
        {
            TITLE: context["title"],
            CONTENT: content,
            MENU: context["draw_menu"](token),
            TOKEN: token,
            MESSAGES: messages_of(request),
        }
    )


def _frame(context: Any) -> str:
    told = {
        **{name: value for name, value in context.flatten().items() if name in OF_EVERYBODY},
        "title": mark(TITLE),
        "content": mark(CONTENT),
        "menu": mark(MENU),
        "told": mark(MESSAGES),
        "csrf_token": mark(TOKEN),
        "user": None,
        "messages": (),
    }
    return render_to_string(FRAME, told, request=context["request"])
