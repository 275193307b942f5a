"""What a write changed, kept beside it: field by field, from what to what, by whom.

One statement before, one after and one insert, for one record or a thousand. Feeds, which write by
`MERGE`, keep theirs in their own statement (`staging.py`); both fill the same table.
"""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import QuerySet

from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange

# By the key of a record: what each of its fields says.
Snapshot = Mapping[str, Mapping[str, Any]]


def kind_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


def is_hidden(field: Any) -> bool:
    """Say whether a field's values are nobody's to read: of a sealed one only that it changed."""
    return bool(getattr(field, "is_sealed", False)) or field.name == "password"


@contextmanager
def changes_kept(
    rows: QuerySet[Any],
    *,
    fields: Sequence[str],
    changed_by: Any,
    now: datetime.datetime,
    reason: str = "",
) -> Iterator[None]:
    """Keep what the block changes in the records of `rows`, in the transaction of the change.

    What it deletes, every field of it says so; the records are locked, so that what stood before
    is what the block found.
    """
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        before = _snapshot(rows.model, keys, fields, is_locked=True)
        yield
        after = _snapshot(rows.model, keys, fields)
        FieldChange.objects.bulk_create(
            FieldChange(
                kind=kind_of(rows.model),
                key=key,
                field=field,
                old=old,
                new=new,
                reason=reason,
                origin=ChangeOrigin.STAFF,
                changed_by=changed_by,
                changed_at=now,
            )
            for key, field, old, new in _differences(rows.model, before, after)
        )


def _snapshot(
    model: Any, keys: Sequence[Any], fields: Sequence[str], *, is_locked: bool = False
) -> Snapshot:
    many = [name for name in fields if model._meta.get_field(name).many_to_many]
    single = [name for name in fields if name not in many]
    rows = model._meta.base_manager.filter(pk__in=keys).order_by("pk")
    rows = rows.select_for_update(of=("self",)) if is_locked else rows
    found: dict[str, dict[str, Any]] = {
        str(row["pk"]): {name: _as_json(row[name]) for name in single}
        for row in rows.values("pk", *single)
    }
    for name in many:
        for told in found.values():
            told[name] = []
        through = model._meta.get_field(name).remote_field.through
        source = model._meta.get_field(name).m2m_field_name()
        target = model._meta.get_field(name).m2m_reverse_field_name()
        links = through._meta.base_manager.filter(**{f"{source}__in": keys}).order_by(target)
        for owner, other in links.values_list(source, target):
            found[str(owner)][name].append(other)
    return found


def _differences(
    model: Any, before: Snapshot, after: Snapshot
) -> Iterator[tuple[str, str, Any, Any]]:
    for key, told in before.items():
        for name, old in told.items():
            new = after.get(key, {}).get(name)
            if old == new:
                continue
            if is_hidden(model._meta.get_field(name)):
                yield key, name, None, None
            else:
                yield key, name, old, new


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
