"""Columns that the database keeps without being able to read them."""

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import IsNull

from core.records.encryption import keyring

if TYPE_CHECKING:
    TextField = models.TextField[Any, Any]
else:
    TextField = models.TextField


class EncryptedTextField(TextField):
    """A text that is sealed on its way into the database, and opened on its way out.

    The same text looks different each time, so nothing can be looked up, compared or sorted by it:
    every lookup but `isnull` raises FieldError. An index or a unique constraint makes no sense.
    """

    # The history of a record says that it changed, and nothing of what it says.
    is_sealed = True

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(f"{self} is encrypted: rows cannot be found by it ({lookup_name}).")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self} is encrypted: nothing can be made of it ({lookup_name}).")

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self._from_text(keyring().open(value))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return super().get_db_prep_save(value, connection)
        return keyring().seal(self._to_text(value))

    def _to_text(self, value: Any) -> str:
        return str(value)

    def _from_text(self, text: str) -> Any:
        return text


class EncryptedJSONField(EncryptedTextField):
    """What JSON can say (dates and decimals become text), sealed as one text."""

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": forms.JSONField, **kwargs})

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> Any:
        return self.value_from_object(obj)

    def _to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)

    def _from_text(self, text: str) -> Any:
        return json.loads(text)
