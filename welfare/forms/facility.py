"""What citizens type: the filters of the directory, and what is wrong on a facility's page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.records.resident_numbers import refuse_resident_number
from core.web.filters import (
    FilterForm,
    PlainInput,
    district_choice,
    filter_choice,
    place_input,
)
from core.web.spam import GuardedForm
from welfare.enums import BenefitTarget, BenefitTheme, LifeStage, ProviderLevel, ReportTopic
from welfare.queries import directory
from welfare.queries.benefit_filters import WORDS

Choices = Iterable[tuple[str, str | Promise]]
# In a list for Seoul, "city or province" is the city.
PROVIDER_WORDS: Mapping[str, str | Promise] = {
    ProviderLevel.CENTRAL: gettext_lazy("나라"),
    ProviderLevel.CITY: gettext_lazy("서울시"),
    ProviderLevel.DISTRICT: gettext_lazy("자치구"),
    ProviderLevel.PUBLIC_BODY: gettext_lazy("공공기관"),
}
RADII = ("500", "1000", "2000", "5000")


class FacilityFilterForm(FilterForm):
    """The directory's filters; `read_filters` judges them."""

    district = forms.Field()
    family = forms.Field()
    kind = forms.Field()
    place = place_input()
    radius = forms.Field()
    open_at = forms.CharField(
        label=gettext_lazy("이때 여는 곳"),
        widget=PlainInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, shown: Mapping[str, str], *, errors: Mapping[str, str]) -> None:
        super().__init__(shown, errors=errors)
        families = directory().families
        kinds = families.get(shown.get("family", ""), ())
        self.fields["district"] = district_choice()
        self.fields["family"] = filter_choice(
            gettext_lazy("시설 분류"),
            gettext_lazy("모든 분류"),
            [(name, kinds[0].family_label) for name, kinds in families.items()],
        )
        self.fields["kind"] = filter_choice(
            gettext_lazy("시설 종류"),
            gettext_lazy("이 분류의 모든 종류"),
            [(kind.name, kind.label) for kind in kinds],
        )
        self.fields["radius"] = filter_choice(
            gettext_lazy("거리"),
            gettext_lazy("거리 상관없음"),
            [
                (metres, radius_words(metres))
                for metres in _radii("" if "radius" in errors else shown.get("radius", ""))
            ],
        )
        if not kinds:
            del self.fields["kind"]


class BenefitFilterForm(FilterForm):
    """The catalogue's filters; `read_benefit_filters` judges them."""

    life_stage = forms.Field()
    theme = forms.Field()
    target = forms.Field()
    district = forms.Field()
    provider = forms.Field()

    def __init__(self, shown: Mapping[str, str], *, errors: Mapping[str, str]) -> None:
        super().__init__(shown, errors=errors)
        self.fields["district"] = district_choice()
        for name, label, any_label, labels in (
            ("life_stage", _("생애주기"), _("모든 나이"), LifeStage),
            ("theme", _("주제"), _("모든 주제"), BenefitTheme),
            ("target", _("상황"), _("모든 상황"), BenefitTarget),
            ("provider", _("주는 곳"), _("모든 곳"), PROVIDER_WORDS),
        ):
            words = WORDS[name]
            told = dict(labels.choices) if hasattr(labels, "choices") else labels
            self.fields[name] = filter_choice(
                label, any_label, [(word, told[one]) for word, one in words.items()]
            )


def _radii(asked: str) -> list[str]:
    """Answer what is offered, and what was asked for where that is something else."""
    return sorted({*RADII, asked} - {""}, key=int)


def radius_words(metres: str | int) -> str:
    return _("%(km)s km 안") % {"km": f"{int(metres) / 1000:g}"}


class FacilityReportForm(GuardedForm):
    """What is wrong on a facility's page; asks nothing about who says so."""

    topic = forms.ChoiceField(
        label=gettext_lazy("무엇이 다른가요?"),
        choices=ReportTopic,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("무엇이 다른지 하나를 골라 주세요.")},
    )
    proposed = forms.CharField(
        label=gettext_lazy("올바른 내용"),
        help_text=gettext_lazy("아는 만큼 적어 주세요. 모르면 아래에 설명만 적어도 됩니다."),
        required=False,
        max_length=300,
        validators=[refuse_resident_number],
    )
    message = forms.CharField(
        label=gettext_lazy("무엇이 다른지 설명"),
        help_text=gettext_lazy("이름이나 전화번호처럼 나를 알 수 있는 내용은 적지 마세요."),
        required=False,
        max_length=1000,
        validators=[refuse_resident_number],
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        says = cleaned.get("proposed") or cleaned.get("message")
        if cleaned.get("topic") not in (None, ReportTopic.CLOSED) and not says:
            self.add_error("proposed", _("올바른 내용을 적거나, 아래에 설명을 적어 주세요."))
        return cleaned
