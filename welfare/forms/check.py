"""What citizens answer to the screener's questions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.cases.codes import cleaned_code
from core.places.facts import dongs
from core.web.days import TypedDay
from core.web.filters import GroupedSelect
from welfare.queries.answer_words import CHOSEN_FROM, answers_to
from welfare.queries.money import round_words
from welfare.queries.screening import WON_STEPS
from welfare.rules.facts import LAST_WEEK

Choices = Iterable[tuple[str, str | Promise]]
NONE_OF_THESE = "NONE"
UNKNOWN, PRIVATE = "UNKNOWN", "PRIVATE"
UNSAID = (
    (UNKNOWN, gettext_lazy("모름")),
    (PRIVATE, gettext_lazy("답하지 않겠습니다")),
)
DAYS = ("birth_date", "resident_since")
# What is typed may be left out by a box beside it alone.
TYPED = (*DAYS, "weeks")
YES_NO = (("yes", gettext_lazy("네")), ("no", gettext_lazy("아니요")))


def over_words(won: int) -> str:
    return _("%(won)s보다 많음") % {"won": round_words(won)}


class WeeksField(forms.IntegerField):
    """In which week a pregnancy is, as the card for mothers-to-be says it."""

    def __init__(self, **told: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        words = gettext_lazy("임신 주수는 1부터 42까지의 숫자로 적어 주세요.")
        super().__init__(
            min_value=1,
            max_value=LAST_WEEK,
            widget=forms.TextInput(attrs=attrs),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
            **told,
        )


def answer_field(
    asked: str, *, bands: Choices = (), facts: Sequence[str] = (), of_several: bool = False
) -> forms.Field:
    """Answer the field that a question is answered in; `facts` are those of a list to tick.

    Of several on one page each may be left unsaid by themselves.
    """
    unsaid: Choices = UNSAID if of_several else ()
    label = gettext_lazy("답")
    if asked in DAYS:
        return TypedDay(
            label=label, help_text=gettext_lazy("연도, 월, 일을 숫자 여덟 개로. 보기: 19560302")
        )
    if asked == "weeks":
        return WeeksField(label=label, help_text=gettext_lazy("숫자만 적으세요. 보기: 20"))
    if asked == "district":
        choices = [("", _("고르세요")), *answers_to(asked).items()]
        return forms.ChoiceField(label=label, choices=choices)
    if (single := _single(asked, bands)) is not None:
        return forms.ChoiceField(label=label, choices=[*single, *unsaid], widget=forms.RadioSelect)
    names = answers_to(asked)
    # Of several nothing ticked is none of these, where anything is ticked of anybody.
    none = [] if of_several else [(NONE_OF_THESE, gettext_lazy("해당 없음"))]
    return forms.MultipleChoiceField(
        label=label,
        choices=[*((fact, names[fact]) for fact in facts), *none, *unsaid],
        widget=forms.CheckboxSelectMultiple,
        help_text="" if of_several else gettext_lazy("해당하는 것을 모두 고르세요."),
    )


def _single(asked: str, bands: Choices) -> list[tuple[str, Any]] | None:
    if asked in CHOSEN_FROM:
        return list(answers_to(asked).items())
    if asked == "home":
        return list(YES_NO)
    if asked in ("income", "income_step"):
        return list(bands)
    if asked == "assets":
        up_to = [(str(won), _("%(won)s까지") % {"won": round_words(won)}) for won in WON_STEPS]
        return [*up_to, (str(WON_STEPS[-1] + 1), over_words(WON_STEPS[-1]))]
    return None


def told_by(asked: str, answer: Any) -> Any:
    """Answer the fact as the API takes it; a list where several may be so."""
    match asked:
        case "birth_date" | "resident_since":
            return answer.isoformat()
        case "home":
            return answer == "yes"
        case "assets":
            return int(answer)
    if isinstance(answer, list):
        return [one for one in answer if one != NONE_OF_THESE]
    return answer


class ResumeForm(forms.Form):
    """The eight digits on paper, by which kept answers are opened again or deleted."""

    code = forms.CharField(
        label=gettext_lazy("이어서 하기 번호"),
        max_length=20,
        help_text=gettext_lazy("인쇄하거나 적어 둔 숫자 여덟 자리입니다. 예: 1234-5678"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-after-hash": ""}
        ),
        error_messages={"required": gettext_lazy("숫자 여덟 자리를 적어 주세요.")},
    )

    def clean_code(self) -> str:
        code = cleaned_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("숫자 여덟 자리를 적어 주세요."))
        return code


class DatedResumeForm(ResumeForm):
    """For an hour in which somebody guesses numbers: the digits, with a day that the paper says."""

    day = TypedDay(
        label=gettext_lazy("저장한 날이나 종이에 적힌 보관 마지막 날"),
        help_text=gettext_lazy(
            "지금은 틀린 번호가 많이 들어와 날짜도 확인합니다. 둘 중 아는 날을 적어 주세요. "
            "예: 20261129"
        ),
        error_messages={"required": gettext_lazy("저장한 날이나 종이에 적힌 날을 적어 주세요.")},
        example="20261129",
    )


class DongForm(forms.Form):
    """The dong where somebody lives, for the way to their community centre."""

    dong = forms.ChoiceField(label=gettext_lazy("사는 동"), widget=GroupedSelect, required=False)

    def __init__(self, *args: Any, district: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_english = get_language() == "en"
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in dongs():
            if district in (None, one.district.name):
                title = one.district.name_en if is_english else one.district.name
                name = one.name_en if is_english else one.name
                groups.setdefault(title, []).append((one.code, name))
        field: Any = self.fields["dong"]
        field.choices = [("", _("고르세요")), *groups.items()]
