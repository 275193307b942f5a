"""Fields of rules that take words: what is typed is completed, read, and kept where it is wrong."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from welfare.models import Benefit
from welfare.queries.rule_typing import UnknownWords, benefit_words, read_benefit

LONGEST = 400


def unknown_words(unknown: UnknownWords) -> str:
    """Say what cannot be meant, and what would be right."""
    said = f"쓸 수 없는 값입니다: {unknown.typed}."
    return f"{said} 이렇게 적을 수 있습니다: {', '.join(unknown.near)}." if unknown.near else said


class TypedWords(forms.TextInput):
    """A line that the browser completes from words; with a name, several share one list."""

    def __init__(self, words: Callable[[], Iterable[str]], *, name: str = "") -> None:
        super().__init__()
        self.words, self.name = words, name

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        listed = self.name or f"{name}-words"
        line = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        if self.name and not name.endswith("_1"):
            return line  # the first of them brings the list
        words = format_html_join("", '<option value="{}"></option>', ((w,) for w in self.words()))
        return format_html('{}<datalist id="{}">{}</datalist>', line, listed, words)


class BenefitField(forms.CharField):
    """A benefit by its name or number; several that it could be are named, to choose from."""

    def __init__(self, **told: Any) -> None:
        hint = "이름이나 번호. 이름이 여럿에 맞으면 골라 적을 것을 보여 드립니다."
        super().__init__(max_length=LONGEST, help_text=hint, **told)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).strip()
        if not typed:
            return ""
        try:
            return read_benefit(typed)
        except UnknownWords as unknown:
            if not unknown.near:
                raise forms.ValidationError(f"이런 급여가 없습니다: {typed}") from None
            said = f"어느 급여인지 정할 수 없습니다: {typed}. 이 가운데 하나를 적어 주세요: "
            raise forms.ValidationError(said + " / ".join(unknown.near)) from None

    def prepare_value(self, value: Any) -> Any:
        """Show a number with its name; what was typed otherwise stays."""
        known = Benefit.objects.filter(pk=value).first() if value else None
        return benefit_words(known.code, known.name) if known else value
