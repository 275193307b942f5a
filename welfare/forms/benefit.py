"""What citizens type into the filters of the catalogue of benefits."""

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.filters import FilterForm, district_choice, filter_choice
from welfare.enums import BenefitTarget, BenefitTheme, LifeStage, ProviderLevel
from welfare.queries.benefit_filters import WORDS

# In a list for Seoul, "city or province" is the city.
PROVIDER_WORDS: Mapping[str, str | Promise] = {
    ProviderLevel.CENTRAL: gettext_lazy("나라"),
    ProviderLevel.CITY: gettext_lazy("서울시"),
    ProviderLevel.DISTRICT: gettext_lazy("자치구"),
    ProviderLevel.PUBLIC_BODY: gettext_lazy("공공기관"),
}


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
