"""How changes of memberships and centres are told at the desk."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.feeds.models import FieldChange

NOTHING = "–"
MOST_HISTORY = 60


def history_of(
    kind: str, record: Model, *, tell: Callable[[str, Any], tuple[str, str]]
) -> SafeString | str:
    """Answer what changed, newest first; `tell` answers the words of a field and of a value."""
    if record.pk is None:
        return NOTHING
    changes = FieldChange.objects.of(kind, str(record.pk)).select_related("changed_by")
    lines = [(_line(one, tell),) for one in changes[:MOST_HISTORY]]
    return format_html_join("", "<p>{}</p>", lines) or NOTHING


def _line(change: FieldChange, tell: Callable[[str, Any], tuple[str, str]]) -> str:
    when = timezone.localtime(change.changed_at)
    who = change.changed_by.called if change.changed_by else NOTHING
    label, new = tell(change.field, change.new)
    _, old = tell(change.field, change.old)
    what = f"{label}: {old} → {new}" if change.old is not None else f"{label}: {new}"
    why = f" ({change.reason})" if change.reason else ""
    return f"{when:%Y-%m-%d %H:%M} {who} · {what}{why}"
