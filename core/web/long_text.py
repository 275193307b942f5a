"""A question answered in many words: nothing is cut off, and what is too long is counted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.records.resident_numbers import refuse_resident_number


class LongTextField(forms.CharField):
    """Takes what was typed whole and says by how much it is too long.

    Without the browser's `maxlength`, which drops the end of a pasted text without a word. Where a
    script runs it counts along; a line break is one character, however it is sent.
    """

    def __init__(self, *, most: int, rows: int = 5, **told: Any) -> None:
        self.most = most
        counted = {
            "rows": rows,
            "data-most": most,
            "data-counted": gettext_lazy("{most}자까지 적을 수 있습니다. 지금 {number}자입니다."),
        }
        super().__init__(widget=forms.Textarea(attrs=counted), **told)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        refuse_resident_number(value)
        if (over := len(value) - self.most) > 0:
            told = {"most": f"{self.most:,}", "number": f"{len(value):,}", "over": f"{over:,}"}
            raise ValidationError(
                _(
                    "%(most)s자까지 적을 수 있는데 %(number)s자입니다."
                    " %(over)s자를 줄여 주세요. 적은 것은 그대로 있습니다."
                )
                % told
            )
