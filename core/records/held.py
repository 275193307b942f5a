"""All that the portal holds about one person, by the declarations: told in words, and as data."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.moments import say_day, say_moment
from core.offices.people import Person
from core.records.declaration import Holding
from core.records.registry import declared_holdings, model_of

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Held:
    """One holding with its rows of one person."""

    holding: Holding
    rows: Sequence[Any]
    has_more: bool = False

    def in_words(
        self, retold: Mapping[str, Callable[[str], str]] | None = None
    ) -> list[list[tuple[str | Promise, str]]]:
        """Answer each row as pairs of what a field is called and what it says.

        `retold` says anew, for whoever reads, what fields keep in the words of their day.
        """
        anew = retold or {}
        told = [
            [
                (title, anew.get(name, str)(self._words(row, name)))
                for name, title in self.holding.fields.items()
            ]
            for row in self.rows
        ]
        if self.holding.file is not None:
            for pairs, row in zip(told, self.rows, strict=True):
                pairs.append((_("내려받은 것에서의 자리"), place_of(self.holding, row)))
        return told

    def _words(self, row: models.Model, name: str) -> str:
        if name in self.holding.said_by:
            return str(import_string(self.holding.said_by[name])(row))
        return words(row, name)

    def as_data(self) -> Mapping[str, object]:
        return {
            "what": str(self.holding.title),
            "model": self.holding.model,
            "purpose": str(self.holding.purpose),
            "legal_basis": str(self.holding.legal_basis),
            "rows": [
                {name: plain(row, name) for name in self.holding.fields} | self._file_of(row)
                for row in self.rows
            ],
        }

    def files(self) -> Iterator[tuple[str, Any]]:
        """Yield the person's files, each with its place in what they take along."""
        if self.holding.file is not None:
            for row in self.rows:
                yield place_of(self.holding, row), getattr(row, self.holding.file[0])

    def _file_of(self, row: models.Model) -> dict[str, str]:
        return {"file": place_of(self.holding, row)} if self.holding.file else {}


def place_of(holding: Holding, row: models.Model) -> str:
    """Answer where a row's file lies in what a person takes along, by number and ending."""
    if holding.file is None:
        return ""
    ending = PurePosixPath(str(getattr(row, holding.file[1]))).suffix
    return f"files/{row._meta.model_name}-{row.pk}{ending}"


def rows_of(holding: Holding, person_id: int) -> Rows:
    """Answer the rows of one person, whatever a model's own manager would hide."""
    rows: Rows
    if holding.rows_by:
        rows = import_string(holding.rows_by)(person_id)
    else:
        rows = model_of(holding)._meta.base_manager.filter(**{holding.person: person_id})
    return rows.order_by("pk")


def held_about(person: Person, *, most: int | None = None) -> Iterator[Held]:
    """Yield what is held of this person; holdings with nothing are left out.

    One statement finds which hold something at all, and one query each tells what.

    `most` rows of each, where all of them would be too many to show.
    """
    for holding in _with_rows(person.pk):
        told = _told(holding, person.pk)
        rows = told.select_related(*_foreign_keys(holding))
        found = list(rows if most is None else rows[: most + 1])
        if found:
            yield Held(holding, found[:most], most is not None and len(found) > most)


def _told(holding: Holding, person_id: int) -> Rows:
    return rows_of(holding, person_id).filter(**holding.told)


def _with_rows(person_id: int) -> list[Holding]:
    holdings = declared_holdings()
    asked = {
        f"has_{number}": Exists(_told(one, person_id).order_by())
        for number, one in enumerate(holdings)
    }
    accounts = get_user_model()._meta.base_manager.filter(pk=person_id)
    found = accounts.annotate(**asked).values_list(*asked).first() or ()
    return [one for one, is_there in zip(holdings, found, strict=False) if is_there]


def _foreign_keys(holding: Holding) -> list[str]:
    meta = model_of(holding)._meta
    return [name for name in holding.fields if isinstance(meta.get_field(name), models.ForeignKey)]


def words(row: models.Model, name: str) -> str:
    """Answer what a field says, as a person reads it."""
    if callable(display := getattr(row, f"get_{name}_display", None)):
        return str(display())
    return _in_words(_value(row, name))


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return _("예") if value else _("아니요")
    if isinstance(value, datetime.datetime):
        return say_moment(value)
    if isinstance(value, datetime.date):
        return say_day(value)
    if isinstance(value, dict):
        value = [f"{key}: {_in_words(each)}" for key, each in value.items()]
    if isinstance(value, list | tuple):
        value = ", ".join(map(_in_words, value))
    if isinstance(value, models.Model):
        return _called(value)
    return "–" if value is None or value == "" else str(value)


def plain(row: models.Model, name: str) -> object:
    """Answer what a field says, as JSON can (dates by ISO 8601, related rows by what they say)."""
    value = _value(row, name)
    if isinstance(value, models.Model):
        return _called(value)
    if isinstance(value, list):
        return [_called(one) if isinstance(one, models.Model) else one for one in value]
    return value


def _called(row: models.Model) -> str:
    """Answer what a related row is called: somebody else never by their whole address."""
    called = getattr(row, "called", None) or (
        getattr(row, "name_en", None) if get_language() == "en" else None
    )
    return str(called or row)


def _value(row: models.Model, name: str) -> Any:
    if row._meta.get_field(name).many_to_many:
        return list(getattr(row, name).order_by("pk"))
    return getattr(row, name)
