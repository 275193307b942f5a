"""A file that somebody sends: its size is judged before it is read, and said in words."""

import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

MB = 1024 * 1024


def words_on_size(size: int, *, most: int) -> str:
    """Say how large a file may be and how large this one is; an empty string where it fits."""
    if size <= most:
        return ""
    # Rounded up, so that no file of "10MB" is refused because it may be 10MB.
    told = {"most": most // MB, "size": f"{math.ceil(size * 10 / MB) / 10:,.1f}"}
    return (
        _(
            "파일이 너무 큽니다. %(most)sMB까지 보낼 수 있는데 고른 파일은 %(size)sMB입니다."
            " 더 작게 저장해 다시 골라 주세요."
        )
        % told
    )


class SizedFileField(forms.FileField):
    """Takes no file that is larger than `most` bytes, and reads none to know."""

    def __init__(self, *, most: int, **told: Any) -> None:
        self.most = most
        super().__init__(**told)

    def to_python(self, data: "File[Any] | None") -> "File[Any] | None":
        sent = super().to_python(data)
        if sent is not None and (wrong := words_on_size(sent.size or 0, most=self.most)):
            raise ValidationError(wrong)
        return sent
