"""A day as people type it: eight digits, or year, month and day with anything between them."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Year, month and day: eight digits in a row, or whatever stands between them.
TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
APART = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D{0,2}")
# As identity cards have it: nobody can tell 1926 from 2026.
SHORT = re.compile(r"\d{6}|\d{2}\D{1,3}\d{1,2}\D{1,3}\d{1,2}\D{0,2}")
LONGEST = 20


class TypedDay(forms.DateField):
    """A day to be typed: a calendar to leaf through is no way to a birthday seventy years ago.

    Takes 19560302, 1956-03-02, 1956. 3. 2. and 1956년 3월 2일.
    """

    def __init__(
        self, *, example: str = "19560302", autocomplete: str = "off", **told: Any
    ) -> None:
        self.example = example
        typed = {"inputmode": "numeric", "autocomplete": autocomplete, "maxlength": LONGEST}
        super().__init__(widget=forms.DateInput(attrs=typed, format="%Y-%m-%d"), **told)

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.date):
            return value
        typed = str(value).strip()
        found = TOGETHER.fullmatch(typed) or APART.fullmatch(typed)
        if found is None:
            words = self.short if SHORT.fullmatch(typed) else self.wrong
            raise ValidationError(words, code="invalid")
        try:
            return datetime.date(*(int(one) for one in found.groups()))
        except ValueError:
            words = f"{_('달력에 없는 날입니다.')} {self.wrong}"
            raise ValidationError(words, code="invalid") from None

    @property
    def wrong(self) -> str:
        return _("연도, 월, 일을 숫자로 적어 주세요. 예: %(day)s") % {"day": self.example}

    @property
    def short(self) -> str:
        return _("연도를 네 자리로 적어 주세요. 예: %(day)s") % {"day": self.example}
