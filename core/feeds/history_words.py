"""Changes in plain words: what a field is called and what its values say, and never a number."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.feeds.enums import ChangeOrigin
from core.feeds.history import is_hidden
from core.feeds.models import FieldChange

NOTHING = "–"
# What related records say, by field and key: asked once for a whole page.
Related = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One line of a record's history."""

    when: datetime.datetime
    who: str
    what: str
    reason: str = ""


def told_changes(
    model: type[models.Model],
    changes: Sequence[FieldChange],
    *,
    says: Callable[[FieldChange], str] = lambda _: "",
    names: Callable[[Any], str] = str,
) -> list[ToldChange]:
    """Answer the changes of one record, in words; a question for each kind of related record.

    `says` is for what a model alone cannot say, `names` for what related records are called.
    """
    related = _related(model, changes, names)
    return [
        ToldChange(one.changed_at, who_of(one), says(one) or _what(model, one, related), one.reason)
        for one in changes
    ]


def who_of(change: FieldChange) -> str:
    if change.changed_by is not None:
        return str(change.changed_by)
    return _("자료 수신") if change.origin == ChangeOrigin.FEED else _("탈퇴한 직원")


def _what(model: Any, change: FieldChange, related: Related) -> str:
    field = _field(model, change.field)
    label = change.get_field_display()
    if (field is not None and is_hidden(field)) or (change.old is None and change.new is None):
        return _("%(field)s: 바뀜 (내용은 보이지 않습니다)") % {"field": label}
    if field is not None and field.many_to_many:
        return f"{label}: {_difference(field, change, related)}"
    old, new = (value_words(field, value, related) for value in (change.old, change.new))
    return f"{label}: {old} → {new}"


def _difference(field: Any, change: FieldChange, related: Related) -> str:
    old, new = set(change.old or ()), set(change.new or ())
    parts = ((_("더함"), sorted(new - old)), (_("뺌"), sorted(old - new)))
    return "; ".join(f"{word} {value_words(field, keys, related)}" for word, keys in parts if keys)


def value_words(field: Any, value: Any, related: Related | None = None) -> str:
    """Say one value as a person reads it."""
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("예") if value else _("아니요")
    if field is not None and field.is_relation:
        known = (related or {}).get(field.name, {})
        keys = value if isinstance(value, list) else [value]
        return ", ".join(known.get(str(key), _("지금은 없는 것")) for key in keys)
    return _plain_words(field, value)


def _plain_words(field: Any, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value_words(getattr(field, "base_field", None), one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {value_words(None, one)}" for key, one in value.items())
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def _field(model: Any, name: str) -> Any:
    held = {one.name: one for one in (*model._meta.fields, *model._meta.many_to_many)}
    return held.get(name)


def _related(model: Any, changes: Iterable[FieldChange], names: Callable[[Any], str]) -> Related:
    keys: dict[str, set[Any]] = defaultdict(set)
    for change in changes:
        field = _field(model, change.field)
        if field is not None and field.is_relation:
            for value in (change.old, change.new):
                keys[field.name] |= set(value if isinstance(value, list) else [value]) - {None}
    return {
        name: {str(one.pk): names(one) for one in _rows(_field(model, name).related_model, found)}
        for name, found in keys.items()
    }


def _rows(model: Any, keys: set[Any]) -> Iterable[Any]:
    rows: Iterable[Any] = model._meta.base_manager.filter(pk__in=keys).order_by("pk")
    return rows
