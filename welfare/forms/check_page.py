"""One page of the screener: a question or two, of one person or of all at once; who lives there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from welfare.forms.check import (
    DAYS,
    NONE_OF_THESE,
    PRIVATE,
    TYPED,
    UNKNOWN,
    UNSAID,
    Choices,
    answer_field,
    told_by,
)
from welfare.queries.living import MOST_OF, member_name
from welfare.queries.question_words import WORDS
from welfare.queries.screening import SIZE, VALUES, Screening, facts_asked, written
from welfare.rules.questions import Asked
from welfare.rules.screener import QUESTIONS

# What pressing the buttons below several fields says of those that were left empty.
ANSWER, NONE, SAME = "answer", "none", "same"
LEFT_OPEN = {"unknown": UNKNOWN, "private": PRIVATE}
# Most families answer these alike.
ALIKE = ("nationality", "resident_since")


@dataclass(frozen=True, slots=True)
class Said:
    """One answer; None where it is not known, or somebody would rather not say."""

    value: Any = None
    is_private: bool = False


NOT_KNOWN, NOT_TOLD = Said(), Said(is_private=True)


class UnsaidField(forms.MultipleChoiceField):
    """Why a day is not told: nothing needs to be ticked, and so it is not called optional."""

    def __init__(self, label: Any) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, choices=UNSAID, widget=widget)

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class PageForm(forms.Form):
    """The answers to one page; `told()` puts them into what is known.

    Of several fields one may be left empty: the button that was pressed says what that means.
    """

    def __init__(
        self,
        page: Sequence[Asked],
        state: Screening,
        sent: Any = None,
        *,
        pressed: str = ANSWER,
        bands: Choices = (),
    ) -> None:
        super().__init__(sent)
        self.page, self.pressed = page, pressed
        self.members = tuple(dict.fromkeys(one.member for one in page))
        self.of_several = len(self.members) > 1
        self._said: dict[Asked, Said] = {}
        self._whose: dict[str, str | None] = {}
        self._short: dict[str, Any] = {}
        for one in page:
            self._add(one, state, bands)

    @property
    def is_long(self) -> bool:
        return len(self.page) > 1

    @property
    def is_filled(self) -> bool:
        """Say whether anything was typed, ticked or chosen."""
        return any(self[name].data not in (None, "", []) for name in self.fields)

    @property
    def has_lists(self) -> bool:
        return self.of_several and any(map(is_list, self.page))

    @property
    def may_be_alike(self) -> bool:
        return self.of_several and any(one.question in ALIKE for one in self.page)

    def people(self) -> Iterator[tuple[str, list[tuple[BoundField, Any]]]]:
        """Answer the fields of each member, each with what it is called beside their name."""
        for member in self.members:
            names = [name for name, whose in self._whose.items() if whose == member]
            yield member_name(member), [(self[name], self._short[name]) for name in names]

    def told(self, state: Screening) -> Screening:
        """Answer the state after these answers."""
        for one, said in self._said.items():
            state = state.answered(one, said.value, is_private=said.is_private)
        return state

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told = [one for one in self.page if field_name(one) in cleaned]
        empty = [one for one in self.page if self.has_error(field_name(one), code="required")]
        is_any_ticked = any(map(is_list, told))
        for one in told:
            self._read(one, cleaned[field_name(one)])
        for one in empty:
            if (said := self._left_empty(one, is_any_ticked)) is not None:
                del self.errors[field_name(one)]
                self._said[one] = said
        return cleaned

    def add_faults(self, faults: Mapping[str, str], members: Sequence[str]) -> None:
        """Put what is wrong with the facts beside the fields that told them."""
        for where, words in faults.items():
            found = [field_name(one) for one in self.page if is_told_as(one, where, members)]
            lone = None if self.is_long else field_name(self.page[0])
            self.add_error(found[0] if found else lone, words)

    def _add(self, one: Asked, state: Screening, bands: Choices) -> None:
        name, question = field_name(one), QUESTIONS[one.question]
        facts = facts_asked(question, state.told)
        several = self.of_several
        field = answer_field(one.question, bands=bands, facts=facts, of_several=several)
        short = str(WORDS[one.question].short)
        field.label = f"{member_name(one.member)}: {short}" if several else short
        if one.question in DAYS:
            field.error_messages["required"] = (
                _("날짜를 적거나, 모르면 ‘모름’을 고르세요.")
                if several
                else _("날짜를 적으세요. 모르면 ‘모르겠습니다’를 누르세요.")
            )
        elif one.question in TYPED:
            field.error_messages["required"] = (
                _("숫자를 적거나, 모르면 ‘모름’을 고르세요.")
                if several
                else _("숫자를 적으세요. 모르면 ‘모르겠습니다’를 누르세요.")
            )
        elif several:
            field.error_messages["required"] = _("하나를 고르세요. 모르면 ‘모름’을 고르세요.")
        else:
            field.error_messages["required"] = _(
                "하나를 고르세요. 모르면 ‘모르겠습니다’를 누르세요."
            )
        self._put(name, one.member, field, short)
        held, skipped = _held(one, state), ""
        if held in (UNKNOWN, PRIVATE):
            skipped, held = held, None
        if several and one.question in TYPED:
            unsaid = UnsaidField(f"{member_name(one.member)}: {_('적을 수 없으면')}")
            unsaid.initial = [skipped] if skipped else []
            self._put(f"{name}-unsaid", one.member, unsaid, _("적을 수 없으면"))
        elif several and skipped:
            held = [skipped] if is_list(one) else skipped
        elif held == [] and not several:
            held = [NONE_OF_THESE]
        field.initial = held

    def _put(self, name: str, member: str | None, field: forms.Field, short: Any) -> None:
        self.fields[name] = field
        self._whose[name], self._short[name] = member, short

    def _left_empty(self, one: Asked, is_any_ticked: bool) -> Said | None:
        """Answer what an empty field says; None where it says nothing and is asked again."""
        unsaid = self.cleaned_data.get(f"{field_name(one)}-unsaid", [])
        if unsaid:
            return NOT_TOLD if PRIVATE in unsaid else NOT_KNOWN
        if self.pressed in LEFT_OPEN:
            return NOT_TOLD if LEFT_OPEN[self.pressed] == PRIVATE else NOT_KNOWN
        if self.of_several and is_list(one) and (self.pressed == NONE or is_any_ticked):
            return Said([])
        if self.pressed == SAME and one.question in ALIKE:
            return self._first_said(one.question)
        return None

    def _first_said(self, question: str) -> Said | None:
        told = (said for one, said in self._said.items() if one.question == question)
        return next((said for said in told if said.value is not None), None)

    def _read(self, one: Asked, answer: Any) -> None:
        name = field_name(one)
        unsaid = self.cleaned_data.get(f"{name}-unsaid") or []
        chosen = answer if isinstance(answer, list) else [answer]
        alone = {UNKNOWN, PRIVATE, NONE_OF_THESE} & {str(one) for one in chosen}
        if unsaid or (alone and len(chosen) > 1):
            words = _("‘해당 없음’과 다른 것을 함께 고를 수 없습니다.")
            if NONE_OF_THESE not in alone:
                words = _("‘모름’이나 ‘답하지 않겠습니다’와 답을 함께 고를 수 없습니다.")
            self.add_error(name, words)
        elif chosen == [UNKNOWN]:
            self._said[one] = NOT_KNOWN
        elif chosen == [PRIVATE]:
            self._said[one] = NOT_TOLD
        else:
            self._said[one] = Said(told_by(one.question, answer))


class LivingForm(forms.Form):
    """Who lives together: how many of each, so that each can be asked about by a name."""

    is_alone = forms.BooleanField(label=gettext_lazy("혼자 삽니다"), required=False)

    def __init__(self, state: Screening, sent: Any = None) -> None:
        super().__init__(sent)
        self.fields["is_alone"].initial = state.answer_of(SIZE) == 1
        for relation, most in MOST_OF.items():
            field = forms.TypedChoiceField(
                label=LIVING_WORDS[relation],
                choices=[(n, _("%(n)s명") % {"n": n}) for n in range(most + 1)],
                coerce=int,
                initial=state.counts[relation],
            )
            self.fields[relation] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        others = sum(self.counts().values())
        if cleaned.get("is_alone") and others:
            self.add_error("is_alone", _("‘혼자 삽니다’와 함께 사는 사람을 같이 고를 수 없습니다."))
        elif not cleaned.get("is_alone") and not others:
            self.add_error(
                "is_alone",
                _("혼자 사시면 ‘혼자 삽니다’를, 아니면 함께 사는 사람을 골라 주세요."),
            )
        return cleaned

    @property
    def is_filled(self) -> bool:
        """Say whether something was chosen: nobody of each is what stands there from the start."""
        return any(self[name].data not in (None, "", "0", False) for name in self.fields)

    def told(self, state: Screening) -> Screening:
        return state.with_counts(self.counts())

    def add_faults(self, faults: Mapping[str, str], members: Sequence[str]) -> None:
        self.add_error(None, " ".join(faults.values()))

    def counts(self) -> dict[str, int]:
        return {relation: self.cleaned_data.get(relation) or 0 for relation in MOST_OF}


LIVING_WORDS: Mapping[str, Any] = {
    "partner": gettext_lazy("배우자"),
    "child": gettext_lazy("아들과 딸"),
    "parent": gettext_lazy("부모님(배우자의 부모님도)"),
    "other": gettext_lazy("그 밖의 사람(손주, 형제자매, 조부모님 등)"),
}


def field_name(one: Asked) -> str:
    return one.question if one.member is None else f"{one.question}-{one.member}"


def is_list(one: Asked) -> bool:
    """Say whether several of its facts may be ticked."""
    return one.question not in VALUES


def is_told_as(one: Asked, where: str, members: Sequence[str]) -> bool:
    """Say whether a fault's name, `members[1].birth_date`, is of what this question tells."""
    if one.member is None:
        return VALUES.get(one.question) == where
    told = VALUES.get(one.question)
    place = f"members[{members.index(one.member)}]."
    return where == f"{place}{told}" if told else where in (f"{place}yes", f"{place}no")


def _held(one: Asked, state: Screening) -> Any:
    """Answer what was said before in the form's own values; None where it was not asked."""
    answer = state.answer_of(one)
    if answer is None:
        is_private = written(one) in state.private
        return (PRIVATE if is_private else UNKNOWN) if one in state.asked else None
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer
