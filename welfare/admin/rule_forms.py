"""The form of a rule's draft: every field that cannot be meant is named beside it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from core.web.days import TypedDay
from welfare.admin.rule_fields import BenefitField, TypedWords, unknown_words
from welfare.enums import FigureMeasure, FigureUnit, RuleKind
from welfare.models import RuleVersion
from welfare.queries.rule_typing import (
    UnknownWords,
    read_slot,
    read_table,
    read_value,
    say_value,
    table_names,
    value_names,
)
from welfare.queries.rule_words import (
    FIELD_WORDS,
    GROUP_WORDS,
    OPERATOR_WORDS,
    SLOT_WORDS,
    fault_words,
    programme_choices,
    say_fault,
)
from welfare.rules.refinements import Operator
from welfare.rules.stored import GROUPS, NAMED_BY
from welfare.services.rule_versions import TOLD

ROWS = 5
A_DAY = "20270101"
LONGEST_NAME, MOST_LETTERS = 40, 120
# What a condition is of, and what its rows are made of.
WHAT, ROW = ("programme", "benefit_code", "slot"), ("field", "operator", "value")
TABLE = "@"
RANGE = "~"
COUNTED = re.compile(r"(?<=\d) ?(세|개월|원|명|주|%)$")
NOT_CHOSEN = ("", "고르지 않음")
VALUE_HINT = (
    "숫자, 또는 아래의 말을 쉼표로 나누어 (예: 장애인, 구직자·실업자)."
    " 기준표의 금액이면 @기초연금 선정기준액처럼. ‘부터 까지’는 6~18처럼."
)


class DraftForm(forms.Form):
    """What stands open on the page, what is folded because it is empty, and what comes after."""

    spare: Sequence[BoundField] = ()
    rest: Sequence[BoundField] = ()

    @property
    def shown(self) -> list[BoundField]:
        return list(self)


class RuleForm(DraftForm):
    """What is common to conditions and tables: the law, the days, and who has checked it."""

    law = forms.CharField(
        label="근거",
        required=False,
        max_length=300,
        help_text="법령과 조항, 또는 고시 번호. 예: 기초연금법 제3조 제1항",
    )
    law_url = forms.URLField(label="근거 주소", required=False, assume_scheme="https")
    since = TypedDay(label="시행일", required=False, example=A_DAY, help_text=f"예: {A_DAY}")
    until = TypedDay(
        label="끝나는 날",
        required=False,
        example=A_DAY,
        help_text="이날부터 쓰지 않습니다. 없으면 비웁니다.",
    )
    stale_from = TypedDay(
        label="다시 확인할 날",
        required=False,
        example=A_DAY,
        help_text="해마다 바뀌는 금액이면 다음 해 1월 1일. 이날부터 확인하지 않은 것으로 봅니다.",
    )
    is_verified = forms.BooleanField(
        label="원문과 견주어 확인했습니다",
        required=False,
        help_text="확인하지 않은 것만으로는 누구에게도 ‘아님’이라고 하지 않습니다.",
    )
    note = forms.CharField(label="메모", required=False, widget=forms.Textarea)
    kind: RuleKind

    @classmethod
    def initial_of(cls, version: RuleVersion) -> dict[str, Any]:
        return {name: getattr(version, name) for name in TOLD}

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TOLD if name in self.cleaned_data}

    def add_fault(self, fault: ValueError) -> None:
        """Say beside the field what the rules refuse."""
        field, _words = fault_words(fault)
        self.add_error(next(self._named(field), None), say_fault(fault))

    def _named(self, field: str) -> Iterator[str]:
        if field in self.fields:
            yield field


class ConditionForm(RuleForm):
    kind = RuleKind.CONDITION

    programme = forms.ChoiceField(label="사업", choices=programme_choices, required=False)
    benefit_code = BenefitField(label="또는 급여", required=False)
    slot = forms.CharField(
        label="자리",
        required=False,
        max_length=40,
        help_text="같은 자리에서는 시행일이 가장 늦은 것만 셉니다. 예: 나이, 소득, 재산",
        widget=TypedWords(SLOT_WORDS.values),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One more than there are, so that none is lost and another can be written.
        held = [name for name in self.initial if name.startswith("field_")]
        self.rows = range(1, max(ROWS, len(held) + 1) + 1)
        self.tables = table_names()
        fields = [NOT_CHOSEN, *FIELD_WORDS.items()]
        operators = [NOT_CHOSEN, *OPERATOR_WORDS.items()]
        for row in self.rows:
            self.fields[f"field_{row}"] = forms.ChoiceField(
                label=f"조건 {row}: 항목", choices=fields, required=False
            )
            self.fields[f"operator_{row}"] = forms.ChoiceField(
                label=f"조건 {row}: 비교", choices=operators, required=False
            )
            self.fields[f"value_{row}"] = forms.CharField(
                label=f"조건 {row}: 값",
                required=False,
                max_length=400,
                help_text=VALUE_HINT,
                widget=TypedWords(self._words, name="rule-values"),
            )
            self.fields[f"somebody_{row}"] = forms.BooleanField(
                label=f"조건 {row}: 가구원 가운데 누구라도", required=False
            )
            if row > 1:
                self.fields[f"joined_{row}"] = forms.BooleanField(
                    label=f"조건 {row}: 바로 앞 조건과 같은 사람이 함께 갖추어야 함", required=False
                )
        rows = [name for name in self.fields if name.rpartition("_")[2].isdigit()]
        self.order_fields([*WHAT, *rows])

    @classmethod
    def initial_of(cls, version: RuleVersion) -> dict[str, Any]:
        initial = super().initial_of(version)
        initial["slot"] = SLOT_WORDS.get(version.slot, version.slot)
        tables = table_names()
        parts = [
            (one, place > 0)
            for whole in version.wanted
            for place, one in enumerate((whole, *whole.get("also", ())))
        ]
        for row, (one, is_joined) in enumerate(parts, start=1):
            value = say_value(one["field"], one.get("value", ""))
            if one["operator"] == Operator.BETWEEN:
                value = RANGE.join(one["value"])
            elif table := one.get("figure"):
                value = f"{TABLE}{tables.get(table, table)}"
            initial |= {
                f"field_{row}": one["field"],
                f"operator_{row}": one["operator"],
                f"value_{row}": value,
                f"somebody_{row}": one.get("somebody", False),
                f"joined_{row}": is_joined,
            }
        return initial

    def _words(self) -> list[str]:
        """Answer all that a value can be in words, for the field that completes them."""
        names = [words for field in GROUP_WORDS for words in value_names(field).values()]
        return [*dict.fromkeys(names), *(f"{TABLE}{one}" for one in self.tables.values())]

    @property
    def vocabulary(self) -> list[tuple[str, list[str]]]:
        """What can be typed as a value, by what it is a value of."""
        of_fields = [(said, value_names(field)) for field, said in GROUP_WORDS.items()]
        of_tables = {name: f"{TABLE}{words}" for name, words in self.tables.items()}
        return [(said, list(names.values())) for said, names in (*of_fields, ("기준표", of_tables))]

    def clean_slot(self) -> str:
        return read_slot(self.cleaned_data["slot"].strip())

    def clean(self) -> dict[str, Any]:
        """Read the words of each row; what is none of them stays as it was typed."""
        told = super().clean() or {}
        for row in self._rows():
            name = f"value_{row}"
            typed = (told.get(name) or "").strip()
            field = told.get(f"field_{row}", "")
            told[f"{name}_read"] = [typed] if typed else []
            if not value_names(field) or told.get(f"operator_{row}") not in NAMED_BY:
                continue
            try:
                told[f"{name}_read"] = read_value(field, typed)
            except UnknownWords as unknown:
                self.add_error(name, f"{FIELD_WORDS[field]}: {unknown_words(unknown)}")
        return told

    @property
    def shown(self) -> list[BoundField]:
        """What stands open: rows that say something, and one that another can be written in."""
        return [one for one in self if 0 < self._row(one) <= self._last_open or one.name in WHAT]

    @property
    def spare(self) -> list[BoundField]:  # type: ignore[override]
        """Empty rows, which most conditions never need."""
        return [one for one in self if self._row(one) > self._last_open]

    @property
    def rest(self) -> list[BoundField]:  # type: ignore[override]
        return [one for one in self if not self._row(one) and one.name not in WHAT]

    @property
    def _last_open(self) -> int:
        filled = (row for row in self.rows if any(self[f"{one}_{row}"].value() for one in ROW))
        return max((0, *filled)) + 1

    @staticmethod
    def _row(one: BoundField) -> int:
        number = one.name.rpartition("_")[2]
        return int(number) if number.isdigit() else 0

    def told(self) -> dict[str, Any]:
        wanted: list[dict[str, Any]] = []
        for row in self._rows():
            one = self._wanted(row)
            if wanted and self.cleaned_data.get(f"joined_{row}"):
                wanted[-1].setdefault("also", []).append(one)
            else:
                wanted.append(one)
        return super().told() | {"wanted": wanted}

    def _rows(self) -> list[int]:
        return [
            row for row in self.rows if any(self.cleaned_data.get(f"{name}_{row}") for name in ROW)
        ]

    def _wanted(self, row: int) -> dict[str, Any]:
        told = self.cleaned_data
        field, value = told.get(f"field_{row}", ""), told.get(f"value_{row}", "").strip()
        one: dict[str, Any] = {
            "field": field,
            "operator": told.get(f"operator_{row}", ""),
            "somebody": told.get(f"somebody_{row}", False),
        }
        if value.startswith(TABLE):
            return one | {"figure": read_table(value.removeprefix(TABLE).strip(), self.tables)}
        if field in GROUPS:
            return one | {"value": told[f"value_{row}_read"]}
        if one["operator"] == Operator.BETWEEN:
            return one | {"value": [_number(end) for end in value.split(RANGE)]}
        return one | {"value": _number(value)}

    def _named(self, field: str) -> Iterator[str]:
        yield from super()._named(field)
        for row in self._rows():
            if self.cleaned_data.get(f"field_{row}") in (field, ""):
                yield f"value_{row}"
        yield "field_1"


class FigureForm(RuleForm):
    kind = RuleKind.FIGURE

    figure = forms.CharField(
        label="기준표",
        max_length=MOST_LETTERS,
        help_text=(
            "있는 것은 이름으로: 기준 중위소득, ‘기초연금: 주는 금액’."
            " 새것은 이름을 지어(40자까지) 조건에서 @이름처럼 씁니다."
        ),
        widget=TypedWords(lambda: table_names().values()),
    )
    title = forms.CharField(
        label="기준의 이름",
        required=False,
        max_length=120,
        help_text="판정의 이유에 그대로 나옵니다. 예: 기초연금 선정기준액",
    )
    notice = forms.CharField(
        label="고시 번호나 확인한 자료",
        required=False,
        max_length=120,
        help_text=(
            "고시를 직접 보았으면 그 번호를, 보도자료나 안내에서 보았으면 그 이름과 날짜를 "
            "적습니다. 모르면 비워 두면 확인할 것으로 남습니다."
        ),
    )
    unit = forms.ChoiceField(
        label="단위", choices=FigureUnit, initial=FigureUnit.WON, required=False
    )
    measure = forms.ChoiceField(
        label="무엇마다", choices=FigureMeasure, initial=FigureMeasure.SIZE, required=False
    )
    amounts = forms.CharField(
        label="금액 또는 비율",
        widget=forms.Textarea,
        help_text=(
            "한 줄에 하나씩: 1인, 2인, … 마지막은 그보다 큰 가구에도. 중위소득은 7인까지."
            " 배우자마다면 없는 사람, 있는 사람. 비율은 32처럼 숫자 하나."
        ),
    )
    payments = forms.IntegerField(
        label="한 해에 주는 횟수",
        required=False,
        min_value=1,
        max_value=366,
        help_text="사업이 주는 금액에만: 다달이면 12.",
    )
    is_most = forms.BooleanField(label="많으면 이 금액 (덜 받는 사람도 있음)", required=False)
    field_order = (
        *("figure", "title", "unit", "measure", "amounts"),
        *("payments", "is_most", "law", "notice"),
    )

    @classmethod
    def initial_of(cls, version: RuleVersion) -> dict[str, Any]:
        amounts = "\n".join(f"{one:,}" for one in version.amounts)
        figure = table_names().get(version.figure, version.figure)
        return super().initial_of(version) | {"amounts": amounts, "figure": figure}

    def clean_figure(self) -> str:
        figure = read_table(self.cleaned_data["figure"].strip(), table_names())
        if len(figure) > LONGEST_NAME:
            raise forms.ValidationError(f"새 이름은 {LONGEST_NAME}자까지 적을 수 있습니다.")
        return figure

    def clean_unit(self) -> str:
        return self.cleaned_data["unit"] or FigureUnit.WON

    def clean_measure(self) -> str:
        return self.cleaned_data["measure"] or FigureMeasure.SIZE

    def clean_amounts(self) -> list[int]:
        lines = [line.replace(",", "").strip() for line in self.cleaned_data["amounts"].split("\n")]
        try:
            return [int(line) for line in lines if line]
        except ValueError:
            raise forms.ValidationError("한 줄에 숫자 하나씩 적어 주세요.") from None


class RemovalForm(DraftForm):
    note = forms.CharField(label="왜 거두는지", widget=forms.Textarea)

    @classmethod
    def initial_of(cls, version: RuleVersion) -> dict[str, Any]:
        return {"note": version.note}

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def add_fault(self, fault: ValueError) -> None:
        self.add_error(None, fault_words(fault)[1])


def _number(typed: str) -> str:
    """Answer a number without what it counts: 70세, 1,800,000원."""
    return COUNTED.sub("", typed.replace(",", "").strip())


FORMS: dict[str, Any] = {
    RuleKind.CONDITION: ConditionForm,
    RuleKind.FIGURE: FigureForm,
    RuleKind.REMOVAL: RemovalForm,
}
